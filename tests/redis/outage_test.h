// Tests of what goes wrong under way: a server that is killed, stopped, restarted; calls that are cancelled.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class OutageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stoppedServerIsGivenUpAtTheDeadline();
    void lateReplyIsNeverTheNextCommands();
    void deadServerIsLeftAloneWithTheReason();
    void restartedServerIsFoundAgain();
    void serverThatDiedUnderACommandLeavesItInDoubt();
    void readUnderWhichTheServerDiedIsNotInDoubt();
    void commandAfterTheServerDiedWasNotSent();
    void idleConnectionThatTheServerClosedIsReplacedUnseen();
    void cancelledCallEndsWithinASecond();
    void connectingToASilentHostKeepsItsDeadline();
    void cancelledConnectingEndsWithinASecond();
    void passedDeadlineSendsNothing();

private:
    RedisServer m_server;
};

} // namespace affinity::test
