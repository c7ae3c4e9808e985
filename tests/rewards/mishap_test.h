// Tests of Webhook with a server that is away, silent, slow, cut, or says too much.
#pragma once

#include <QObject>

namespace affinity::test {

class MishapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closedPortIsTriedAgain();
    void unknownHostIsTriedAgain();
    void silentServerEndsAtTheTotalTime_data();
    void silentServerEndsAtTheTotalTime();
    void fullServerEndsAtTheConnectingTime();
    void cutAnswerIsTriedAgain_data();
    void cutAnswerIsTriedAgain();
    void answerThatIsNotHttpIsTriedAgain_data();
    void answerThatIsNotHttpIsTriedAgain();
    void endlessAnswerIsCutAndItsStatusCounts_data();
    void endlessAnswerIsCutAndItsStatusCounts();
    void answerOfExactlyTheLimitIsWhole();
    void cancelledDeliveryEndsAtOnce();
    void cancelledBeforeSendsNothing();
    void deliveryAfterATimeOutGetsItsOwnAnswer();
    void receiverGivesEachRewardOnceWhateverHappens();
};

} // namespace affinity::test
