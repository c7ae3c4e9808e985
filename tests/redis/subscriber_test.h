// Tests of Subscriber on a real redis-server: messages, reconnecting, gaps, dead links.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>
#include <QSignalSpy>

#include <functional>

namespace affinity::test {

class SubscriberTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void messagesOfChannelsAndPatternsArrive();
    void channelsAreAddedAndTakenAwayWhileListening();
    void channelAddedBeforeTheGreetingIsListenedTo();
    void stoppedAndStartedAgainHasAGap();
    void thousandsOfMessagesArriveInOrder();
    void restartedServerIsListenedToAgainWithAGap();
    void firstConnectionHasNoGap();
    void deadLinkIsNoticed();
    void quietLinkIsKept();
    void heldUpThreadIsNoSilence();
    void stopEndsEverything();
    void subscriberMayBeDeletedByItsMessage();
    void refusedSignInIsTold();
    void channelWithoutRightIsTold();
    void messageOverTheLimitEndsTheConnection();
    void tlsIsListenedTo();
    void wrongCertificateIsRefused();

private:
    qint64 publish(const QByteArray& channel, const QByteArray& payload);
    /// Whether a subscriber that takes a short silence for the end is still there after `passTime`.
    bool keepsItsLink(const std::function<void(int silentMs, QSignalSpy& lost)>& passTime);

    RedisServer m_server;
};

} // namespace affinity::test
