// The function through which a support role commits on PostgreSQL: the same rows as the owner's, and every check of it.
#pragma once

#include "tests/servers/rolesdatabase.h"

#include <QObject>

namespace affinity::test {

class RoleFunctionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void supportLeavesTheOwnersRows();
    void forgedRowIsRefusedByName();
    void personWhoIsNoStaffAnyMoreIsRefused();
    void otherIsolationIsRefused();
    void limitsHoldInFourSessions();
    void lastPointsOfTheDayGoToOneOfFour();
    void lockOfTheFunctionShowsWhatWasCommittedMeanwhile();
    void whatIsToBeSentIsWrittenForTheRowAlone();
    void supportLeavesWhatIsToBeSent();
    void functionsAreTheOwnersAndNobodysElse();
    void loginsGetTimeLimits();
    void schemaMayHaveAnyName();
    void lookedForCommitIsFound();

private:
    std::unique_ptr<DatabaseServer> m_server;
};

} // namespace affinity::test
