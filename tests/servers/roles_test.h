// Roles on PostgreSQL and MariaDB: what each of them may do, and that the server refuses the rest.
#pragma once

#include "tests/servers/rolesdatabase.h"

#include <QObject>

#include <map>

namespace affinity::test {

class RolesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void cleanupTestCase();
    void serverAllowsWhatTheRoleNeedsAndNothingElse_data();
    void serverAllowsWhatTheRoleNeedsAndNothingElse();
    void viewerOpensReadOnlyAndBrowses();
    void supportSignsInAndAdjusts();
    void designerEditsRulesAndSettings();
    void engineAppliesEvents();
    void eventOfASupportRoleChangesNothing();
    void statementsMayRunAgain();
    void storeWithoutTheConsolesTablesIsRefused();
    void statementsHoldTheLimitsAndNoStrangeName();
    void userWhoMayNotMakeRolesIsTold();

private:
    DatabaseServer& server() const;
    /// Shared by tests that leave it as it was.
    RolesDatabase& shared();

    std::map<QString, std::unique_ptr<DatabaseServer>> m_servers;
    std::map<QString, std::unique_ptr<RolesDatabase>> m_shared;
};

} // namespace affinity::test
