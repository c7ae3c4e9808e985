// What arrives in the queues of a real redis-server: order, room, ages, shared processes, odd and large groups.
#pragma once

#include "engine/redis/connection.h"
#include "tests/support/redisserver.h"

#include <QObject>

#include <memory>

namespace affinity::test {

class DeliveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void eventsOfACallArriveInTheirOrder();
    void eventsOfCallsArriveInTheirOrder();
    void eventStandsBehindAMessageOfAClockThatIsAhead();
    void messageFarInTheFutureMovesNoClock();
    void groupWithoutChannelsIsNoError();
    void callWithoutEventsSendsNothing();
    void channelsOfAProcessShareOneMessage();
    void everyProcessGetsAMessageOfItsOwn();
    void fullQueueIsPassedOverAndCounted();
    void queueThatFillsUpTakesTheFirstEvents();
    void expiredMessagesGiveTheirRoom();
    void queueExpiresAndTheGroupIsLeftAlone();
    void staleMembersAreDropped();
    void misnamedMembersArePassedOver();
    void queueOfAnotherTypeHindersNoOther();
    void settingsOfTheProfileAreFollowed();
    void largeGroupIsToldInBatchesUpToTheLimit();
    void userNeedsNoMoreRightsThanDocumented();

private:
    RedisServer m_server;
    std::unique_ptr<redis::Connection> m_client;
};

} // namespace affinity::test
