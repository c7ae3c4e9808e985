// Tests of granted levels' rewards: the ledger of an embedded store, and a receiver that answers as it likes.
#pragma once

#include <QObject>

namespace affinity::test {

class RewardsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void theLedgerIsWrittenWithTheCommit();
    void aLevelIsDeliveredOnceEvenIfItIsGrantedAgain();
    void theReceiverGetsItAtOnce();
    void aReceiverThatIsBusyIsAskedAgain();
    void aRefusedRewardIsDeadUntilSomebodySendsItAgain();
    void aReceiverThatIsAwayHoldsUpNothingElse();
};

} // namespace affinity::test
