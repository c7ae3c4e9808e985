// Tests of transactions on every store: what they lock, see, write and take back.
#pragma once

#include <QObject>

namespace affinity::test {

class StoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void lockedBindingIsReadWhole();
    void unknownBindingIsNothing();
    void liveRuleIsEnabledAndNotDeleted();
    void settingAndLevelsAreRead();
    void timeIsTheClocks();
    void committedPlanIsInEveryTable();
    void destructionRollsEverythingBack();
    void secondWriterIsBusyUntilTheFirstEnds();
    void oneTransactionAtATimePerStore();
    void readTransactionCannotWrite();
    void readOnlyStoreBeginsNoWriting();
    void readTransactionSeesOneMoment();
    void nothingWorksAfterCommit();
    void nothingWorksAfterAnError();
    void movedValueIsAnInternalErrorAndWritesNothing();
    void activityStaysWhenItIsNotRefreshed();
    void unknownRuleIsRefusedByTheCommit();
    void logIdsStartAfterTheGreatest();
    void idsAscendAcrossARollBack();
    void fenceFindsTheNewestRowOfAnEventOnAnyDevice();
    void eventWindowIsHalfOpen();
    void cooldownCountsStrictlyNewerAppliedRowsOfTheRule();
    void dayHoldsItsStartAndNotItsEnd();
    void countersAccumulate();
    void grantIsGivenOnce();
    void grantsAreReadAscending();
    void metadataKeepsOrderAndCharacters();
};

} // namespace affinity::test
