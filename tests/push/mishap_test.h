// What a push does when the server is gone, silent, full or no server for it: never twice, and named.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class MishapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void serverThatIsDownIsNamedQuickly();
    void restartedServerIsFoundAgain();
    void cutWhileReadingTheGroupIsNotInDoubt();
    void cutUnderThePushIsInDoubtAndNothingIsSentAgain();
    void lostAnswerIsInDoubtAndTheEventIsThereOnce();
    void cutAfterTheFirstBatchIsInDoubt();
    void silentServerIsGivenUpBeforeAnythingWasSent();
    void cancelledCallEndsAtOnce();
    void serverWithoutMemoryTakesNothing();
    void scriptsThatTheServerForgotAreSentAgainOnce();
    void strangeAnswersAreNamed_data();
    void strangeAnswersAreNamed();
    void wrongSettingsAreRefused_data();
    void wrongSettingsAreRefused();
    void tooManyEventsAreRefused();

private:
    RedisServer m_server;
};

} // namespace affinity::test
