// Tests of the program's own sending: apply, rewards and serve.
#pragma once

#include <QObject>

namespace affinity::test {

class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void applySendsEverythingBeforeItEnds();
    void rewardsAreListedAndSentAgain();
    void serveSendsWhatAnotherLeft();
    void applySaysThatPushesWait();
    void aDeadRelaysClaimDoesNotHoldUpACommand();
};

} // namespace affinity::test
