#include "tests/production/invariants_test.h"

#include "engine/base/isotime.h"
#include "engine/store/rediscounters.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"
#include "tests/production/djangorequest.h"
#include "tests/production/must.h"

namespace affinity::test {

namespace {

rules::RuleSet narrowRuleSet() {
    rules::RuleSet ruleSet = raceRuleSet();
    ruleSet.setting.globalDailyCap = 60;
    return ruleSet;
}

QString timeText(qint64 timeUs) {
    return QStringLiteral("'%1'").arg(base::databaseTextFromTime(timeUs));
}

void expectApplied(const service::ApplyResult& result) {
    if (result.outcome != rules::Outcome::Applied)
        qFatal("%s", described(Results{result}).constData());
}

void apply(Caller& caller, base::DeviceId device, const QString& ruleKey, const QString& eventId) {
    expectApplied(caller.apply(eventOn(device, ruleKey, eventId)));
}

/// Two devices with something of everything, written by the engine: the first from 45 to 79 points, the second with the
/// whole global cap of 60 points today, and 10 points yesterday.
class Played {
public:
    Played()
        : rows(currentServerKind(), [](store::MemoryDatabase& database) {
              fillGame(database, narrowRuleSet(), {45, 10});
          }) {
        emptyRedis(false);
        Caller caller(rows, CounterKind::Redis, 0);
        rows.clock().setNowUs(noonUs - 86'400 * secondUs + secondUs);
        apply(caller, secondDevice, wave, QStringLiteral("w-0"));
        rows.clock().setNowUs(noonUs);
        for (int i = 1; i <= 3; ++i)
            apply(caller, firstDevice, gift, QStringLiteral("g-%1").arg(i));
        apply(caller, firstDevice, chat, QStringLiteral("c-1"));
        rows.clock().setNowUs(noonUs + 60 * secondUs);
        runOnRedis({"DEL", ":1:affinity:cd:1:chat"}); // Redis has a clock of its own
        apply(caller, firstDevice, chat, QStringLiteral("c-2"));
        for (int i = 1; i <= 4; ++i)
            apply(caller, secondDevice, gift, {});
        for (int i = 1; i <= 2; ++i)
            apply(caller, secondDevice, wave, QStringLiteral("w-%1").arg(i));
        expectApplied(caller.adjust(adjustmentOn(secondDevice, -20)));
    }

    std::vector<Violation> violations() const {
        return violationsOf(rows.rows(),
                            {.isAllOurs = true, .openings = {{firstDevice.value, 45}, {secondDevice.value, 10}}});
    }
    std::vector<Violation> counterViolations(const std::set<qint64>& unconfirmed = {}) const {
        store::RedisCounters counters(redisServer().target());
        return violationsOfCounters(rows.rows(), must(counters.entries()), unconfirmed);
    }

    ProductionStore rows;
};

QString dropUniqueGrant(ServerKind kind) {
    const QString table = QStringLiteral("ALTER TABLE userapp_userlevelrewardgrant ");
    if (kind == ServerKind::PostgreSql)
        return table + QStringLiteral("DROP CONSTRAINT rewardgrant_device_level");
    return table + QStringLiteral("ADD INDEX for_the_foreign_key (device_id), DROP INDEX rewardgrant_device_level");
}

QString insertGrant(int level) {
    return QStringLiteral("INSERT INTO userapp_userlevelrewardgrant (device_id, level, rewards, granted_at) "
                          "VALUES (1, %1, '[]', %2)")
        .arg(level)
        .arg(timeText(noonUs));
}

} // namespace

void InvariantsTest::initTestCase_data() {
    addServerKinds();
}

void InvariantsTest::storeOfTheEngineHasNoViolation() {
    const Played played;
    HAS_NO_VIOLATION(played.violations());
    HAS_NO_VIOLATION(played.counterViolations());
    const StoreRows rows = played.rows.rows();
    QCOMPARE(rows.log.size(), size_t{13});
    QCOMPARE(rows.bindings[0].favorability, 79);
    QVERIFY(std::all_of(rows.log.begin(), rows.log.end(),
                        [](const store::LogEntry& entry) { return entry.note.has_value(); }));
}

void InvariantsTest::plantedDefectIsNamed_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QList<Invariant>>("expected");
    const auto plant = [](const char* name, const QString& sql, const QList<Invariant>& expected) {
        QTest::newRow(name) << sql << expected;
    };
    plant("a value that no row explains",
          QStringLiteral("UPDATE device_interaction_userdevice SET favorability = 80 WHERE id = 1"),
          {Invariant::ValueIsSumOfLog});
    plant("a row that is gone",
          QStringLiteral("DELETE FROM userapp_affinitylog WHERE event_id IS NULL AND "
                         "rule_key = 'admin'"),
          {Invariant::ValueIsSumOfLog});
    plant("a before that is not the last after",
          QStringLiteral("UPDATE userapp_affinitylog SET before_value = before_value + 1, "
                         "after_value = after_value + 1 WHERE event_id = 'g-2'"),
          {Invariant::RowsAreAChain, Invariant::RowsAreAChain});
    plant("an after that is not the sum",
          QStringLiteral("UPDATE userapp_affinitylog SET after_value = after_value + 1 WHERE event_id = 'c-2'"),
          {Invariant::RowsAreAChain});
    plant("a row over the rule's cap",
          QStringLiteral("UPDATE userapp_affinitylog SET rule_key = 'gift', rule_id = 2 WHERE event_id = 'w-2'"),
          {Invariant::RuleCap, Invariant::DailyCounter, Invariant::DailyCounter});
    plant("a row over the global cap",
          QStringLiteral("UPDATE userapp_affinitylog SET created_at = %1 WHERE event_id = 'w-0'").arg(timeText(noonUs)),
          {Invariant::GlobalCap, Invariant::DailyCounter, Invariant::DailyCounter});
    plant("a row within the cooldown",
          QStringLiteral("UPDATE userapp_affinitylog SET created_at = %1 WHERE event_id = 'c-2'")
              .arg(timeText(noonUs + 60 * secondUs - 1)),
          {Invariant::Cooldown});
    plant("an event that counted twice",
          QStringLiteral("UPDATE userapp_affinitylog SET event_id = 'g-1' WHERE event_id = 'g-2'"),
          {Invariant::EventOnce});
    plant("an event with other content that counted",
          QStringLiteral("UPDATE userapp_affinitylog SET event_id = 'g-1' WHERE event_id = 'c-1'"),
          {Invariant::EventConflict});
    plant("an event that counted for two devices",
          QStringLiteral("UPDATE userapp_affinitylog SET event_id = 'c-2' WHERE event_id = 'w-1'"),
          {Invariant::EventConflict});
    plant("a level granted twice", insertGrant(2), {Invariant::GrantOnce});
    plant("a level that is not the value's",
          QStringLiteral("UPDATE device_interaction_userdevice SET affinity_level = 1 WHERE id = 1"),
          {Invariant::LevelOfValue});
    plant("a level that was not granted",
          QStringLiteral("DELETE FROM userapp_userlevelrewardgrant WHERE device_id = 1"), {Invariant::LevelOfValue});
    plant("a level that was never reached", insertGrant(3), {Invariant::LevelOfValue});
    plant("a daily counter that counted a trigger too many",
          QStringLiteral("UPDATE userapp_useraffinitydailycounter SET trigger_count = trigger_count + 1 "
                         "WHERE device_id = 1 AND rule_id = 1"),
          {Invariant::DailyCounter});
}

void InvariantsTest::plantedDefectIsNamed() {
    QFETCH(QString, sql);
    QFETCH(QList<Invariant>, expected);
    const Played played;
    if (expected.contains(Invariant::GrantOnce))
        played.rows.runSql(dropUniqueGrant(played.rows.kind()));
    played.rows.runSql(sql);
    const std::vector<Violation> found = played.violations();
    QList<Invariant> named;
    for (const Violation& violation : found)
        named << violation.invariant;
    QVERIFY2(named == expected, described(found).constData());
}

void InvariantsTest::plantedCounterIsNamed_data() {
    QTest::addColumn<QByteArrayList>("command");
    QTest::addColumn<Invariant>("expected");
    const QByteArray day = ":1:affinity:daily:1:gift:20260301";
    QTest::newRow("a sum that is gone") << QByteArrayList{"DEL", day} << Invariant::CountersKnowTheLog;
    QTest::newRow("a sum too small") << QByteArrayList{"DECRBY", day, "1"} << Invariant::CountersKnowTheLog;
    QTest::newRow("a confirm that counted twice")
        << QByteArrayList{"INCRBY", day, "10"} << Invariant::ConfirmCountsOnce;
    QTest::newRow("a sum of nothing") << QByteArrayList{"SET", ":1:affinity:daily:2:chat:20260301", "2"}
                                      << Invariant::ConfirmCountsOnce;
    QTest::newRow("a global sum too great")
        << QByteArrayList{"INCRBY", ":1:affinity:daily:1:_global:20260301", "1"} << Invariant::ConfirmCountsOnce;
}

void InvariantsTest::plantedCounterIsNamed() {
    QFETCH(QByteArrayList, command);
    QFETCH(Invariant, expected);
    const Played played;
    runOnRedis(redis::Command(command.begin(), command.end()));
    const std::vector<Violation> found = played.counterViolations();
    QVERIFY2(found.size() == 1 && found[0].invariant == expected, described(found).constData());
}

void InvariantsTest::unconfirmedRowMayBeMissing() {
    const Played played;
    for (const QByteArray key : {":1:affinity:daily:1:chat:20260301", ":1:affinity:daily:1:_global:20260301"})
        runOnRedis({"DECRBY", key, "2"});
    QCOMPARE(played.counterViolations().size(), size_t{2});
    const StoreRows rows = played.rows.rows();
    const auto chatted = std::find_if(rows.log.begin(), rows.log.end(), [](const store::LogEntry& entry) {
        return entry.row.eventId == QStringLiteral("c-2");
    });
    QVERIFY(chatted != rows.log.end());
    HAS_NO_VIOLATION(played.counterViolations({chatted->row.id.value}));
}

void InvariantsTest::rowOfAnotherApplicationIsToldFromOurs() {
    const Played played;
    DjangoRequest django(played.rows, secondDevice, narrowRuleSet().rules[1]);
    django.lock();
    django.write(noonUs + 61 * secondUs, today, narrowRuleSet().levels);
    QVERIFY(django.commit());
    const std::vector<Violation> found = violationsOf(played.rows.rows());
    QVERIFY2(found.size() == 2 && found[0].invariant == Invariant::RuleCap &&
                 found[1].invariant == Invariant::GlobalCap,
             described(found).constData());
    for (const Violation& violation : found) {
        QVERIFY(!violation.isOurs);
        QCOMPARE(violation.logId, std::optional(django.logId()));
    }
    QVERIFY(onlyOurs(found).empty());
}

} // namespace affinity::test
