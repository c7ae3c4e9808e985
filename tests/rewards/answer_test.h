// Tests of Webhook with a server that answers: what is sent, what each answer means, how connections are used.
#pragma once

#include <QObject>

namespace affinity::test {

class AnswerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestIsWhatReceiversAreTold();
    void receiverCanCheckEveryAttempt();
    void statusDecides_data();
    void statusDecides();
    void redirectIsNotFollowed();
    void wishToWaitIsHandedOn();
    void wishToWaitIsNoneOfARefusal();
    void answerOfTheReceiverIsQuoted();
    void longAnswerIsQuotedInPart();
    void connectionStaysOpenBetweenDeliveries();
    void closedConnectionIsOpenedAgain();
    void cookiesAreNotKept();
    void proxyOfTheProgramIsNotUsed();
    void deliveriesGoOutFromALane();
    void chunkedAnswerIsRead();
    void answerWithoutALengthIsRead();
    void wrongTargetIsNamedAndNothingIsSent_data();
    void wrongTargetIsNamedAndNothingIsSent();
    void plainHttpToAnotherMachineCanBeAllowed();
    void loopbackMayBePlain_data();
    void loopbackMayBePlain();
};

} // namespace affinity::test
