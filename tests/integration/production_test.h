// The program beside a Django service: its databases, its counters in Redis, its channel layer, all of them real.
#pragma once

#include "tests/support/databaseserver.h"
#include "tests/support/redisserver.h"

#include <QObject>

#include <map>
#include <memory>

namespace affinity::test {

class ProductionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanupTestCase();
    void applyLeavesRowsKeysAndAFrame();
    void levelUpIsTold();
    void djangosKeysAreRespected();
    void oursAreVisibleToDjango();
    void adjustmentIsTold();
    void previewTellsNobodyAndWritesNothing();
    void nobodyIsToldWhenNotificationsAreOff();
    void deadPushServerDoesNotUndoTheChange();
    void prepareAddsTheConsolesTables();
    void prepareMakesTheRoles();
    void wrongPasswordIsNamedAndNotShown();

private:
    DatabaseServer& server();
    QString redisUrl() const;

    std::map<QString, std::unique_ptr<DatabaseServer>> m_servers; ///< by kind
    RedisServer m_redis;
    QString m_url; ///< of this test's database
};

} // namespace affinity::test
