#include "tests/servers/rolefunction_test.h"

#include "engine/service/adjustments.h"
#include "engine/service/random.h"
#include "engine/service/roleterms.h"
#include "engine/store/functionrefusal.h"
#include "engine/store/functionwrite.h"
#include "engine/store/memorycounters.h"
#include "engine/store/servertarget.h"
#include "tests/production/must.h"
#include "tests/support/postgresserver.h"

#include <QTest>

#include <array>
#include <barrier>
#include <thread>

namespace affinity::test {

using base::ErrorKind;
using base::Json;
using rules::Outcome;
using store::FunctionRefusal;

namespace {

const base::SystemClock clockOfTest;

/// The engine as somebody of the database.
struct Engine {
    explicit Engine(std::unique_ptr<store::Store> opened, const service::ServiceOptions& options = {})
        : store(std::move(opened)), service(*store, counters, draw, options) {}

    std::unique_ptr<store::Store> store;
    store::MemoryCounters counters{clockOfTest};
    service::SystemDraw draw;
    service::AffinityService service;
    service::Adjustments adjustments{service};
};

access::Session supportSession() {
    return {{supportPerson, supportLogin, true, true}, access::Role::Support};
}

service::AdjustmentForm adjustmentForm(base::UserId user, base::DeviceId device, qint64 delta, int number) {
    service::AdjustmentForm form;
    form.userId = user;
    form.deviceId = device;
    form.amount = delta;
    form.reasonCode = QStringLiteral("correction");
    form.reason = QStringLiteral("道歉 \"quoted\"");
    form.operationId = QStringLiteral("operation-%1").arg(number);
    form.ticket = QStringLiteral("T-7");
    return form;
}

/// What everybody can see of a result, the log id left out.
QString shown(const service::ApplyResult& result) {
    Json json = service::toJson(result);
    json.erase("log_id");
    return QString::fromStdString(json.dump());
}

/// Ups, downs, a cut at the ceiling, a reversal, a reward that was granted before and one that fails.
QStringList adjustInEveryWay(RolesDatabase& database, const QString& login) {
    database.query(QStringLiteral("INSERT INTO userapp_userlevelrewardgrant (level, rewards, granted_at, device_id) "
                                  "VALUES (3, '[]', '2026-01-01', 2);"
                                  "ALTER TABLE userapp_userlevelrewardgrant ADD CONSTRAINT no_four CHECK (level <> 4 "
                                  "OR device_id <> 2);"));
    Engine engine(database.open(login));
    const access::Session session = supportSession();
    QStringList results;
    const auto adjust = [&](base::UserId user, base::DeviceId device, qint64 delta) {
        const auto form = adjustmentForm(user, device, delta, static_cast<int>(results.size()));
        results << shown(engine.adjustments.commit(session, form, {}));
        return form;
    };
    adjust({1}, {2}, 400);
    adjust({1}, {2}, -250);
    adjust({3}, {5}, 50);
    adjust({3}, {5}, -10);
    adjust({3}, {5}, 50);
    adjust({3}, {6}, -500);
    adjust({2}, {4}, 5);
    adjust({2}, {3}, 501);
    auto form = adjustmentForm({2}, {3}, 450, 40);
    form.kind = service::AdjustmentKind::SetTo;
    results << shown(engine.adjustments.commit(session, form, {}));
    const base::LogId row = must(engine.store->log({.deviceId = base::DeviceId{3}})).entries.at(0).row.id;
    form = adjustmentForm({2}, {3}, 0, 41);
    results << shown(engine.adjustments.reverse(session, row, form, {}));
    form.operationId = QStringLiteral("another");
    results << shown(engine.adjustments.reverse(session, row, form, {}));
    return results;
}

/// All rows that an adjustment touches, without what differs from second to second.
QByteArray rowsOf(const RolesDatabase& database) {
    return database.query(QStringLiteral(
        "SELECT id, favorability, affinity_level, last_active_at IS NULL FROM device_interaction_userdevice ORDER BY "
        "id;"
        "SELECT row_number() OVER (ORDER BY id), rule_key, change_value, before_value, after_value, source, event_id, "
        "reason, metadata, device_id, operator_admin_id, rule_id, user_id, abs(extract(epoch FROM now() - created_at)) "
        "< 60 FROM userapp_affinitylog ORDER BY id;"
        "SELECT row_number() OVER (ORDER BY log_id), operation_id, reason_code, ticket, drawn_change, reverses_log_id "
        "IS NULL FROM affinity_console_log_note ORDER BY log_id;"
        "SELECT device_id, level, rewards FROM userapp_userlevelrewardgrant ORDER BY 1, 2;"
        "SELECT count(*) FROM userapp_useraffinitydailycounter;"));
}

/// A row that the function takes: 10 points more for device 3, which has 500.
Json goodRow(store::SqlConnection& connection) {
    const auto now = connection.selectText(QStringLiteral("SELECT clock_timestamp()::timestamp::text"), {},
                                           [](const store::SqlRow& row) { return row.value(0).toString(); });
    return {{"device_id", 3},
            {"user_id", 2},
            {"operator_id", 2},
            {"rule_key", "admin"},
            {"source", "admin_adjust_single"},
            {"change", 10},
            {"before", 500},
            {"after", 510},
            {"reason", "an apology"},
            {"metadata", {{"requested_delta", 10}}},
            {"created_at", must(now).at(0).toStdString()},
            {"refreshes_activity", true},
            {"note", {{"operation_id", "op-1"}, {"reason_code", "goodwill"}, {"ticket", ""}}},
            {"grants", Json::array()}};
}

base::Result<qint64> commitRow(store::SqlConnection& connection, const Json& row) {
    must(connection.begin(store::Access::Write));
    const auto done = connection.runText(QStringLiteral("SELECT affinity_console_commit_adjustment(?)"),
                                         {QString::fromStdString(row.dump())});
    if (!done) {
        connection.rollBack();
        return done;
    }
    must(connection.commit());
    return done;
}

/// Whether it is that refusal, whatever the function said about it.
bool isRefusal(const base::Error& error, FunctionRefusal refusal) {
    const QString text = store::errorOf(refusal, QStringLiteral("\1"), QStringLiteral("\2")).what;
    const QString start = text.section(QLatin1Char('\1'), 1).section(QLatin1Char('\2'), 0, 0);
    const QString end = text.section(QLatin1Char('\2'), 1);
    return error.kind == ErrorKind::Refused && error.what.contains(start) && error.what.endsWith(end);
}

using Forge = std::function<void(Json&)>;

struct Forgery {
    const char* name;
    FunctionRefusal refusal;
    Forge forge;
};

void set(Json& row, qint64 change, qint64 before, qint64 after) {
    row["change"] = change;
    row["before"] = before;
    row["after"] = after;
    row["metadata"]["requested_delta"] = change;
}

const std::vector<Forgery>& forgeries() {
    using Refusal = FunctionRefusal;
    static const std::vector<Forgery> all{
        {"another operator", Refusal::OtherOperator, [](Json& row) { row["operator_id"] = 1; }},
        {"no operator", Refusal::OtherOperator, [](Json& row) { row.erase("operator_id"); }},
        {"no change", Refusal::NoAdjustment, [](Json& row) { row.erase("change"); }},
        {"null as time", Refusal::NoAdjustment, [](Json& row) { row["created_at"] = nullptr; }},
        {"an event's source", Refusal::NoAdjustment, [](Json& row) { row["source"] = "device_event"; }},
        {"a rule", Refusal::NoAdjustment, [](Json& row) { row["rule_id"] = 2; }},
        {"a rule's key", Refusal::NoAdjustment, [](Json& row) { row["rule_key"] = "gift"; }},
        {"an event id", Refusal::NoAdjustment, [](Json& row) { row["event_id"] = "e"; }},
        {"no requested change", Refusal::NoAdjustment, [](Json& row) { row["metadata"] = Json::object(); }},
        {"an operation id of metadata", Refusal::NoAdjustment,
         [](Json& row) { row["metadata"]["operation_id"] = "somebody's"; }},
        {"a reversal of metadata", Refusal::NoAdjustment, [](Json& row) { row["metadata"]["reverses_log_id"] = 900; }},
        {"no reason", Refusal::NoReason, [](Json& row) { row["reason"] = "  "; }},
        {"null as reason", Refusal::NoReason, [](Json& row) { row["reason"] = nullptr; }},
        {"an unknown code", Refusal::NoReason, [](Json& row) { row["note"]["reason_code"] = "because"; }},
        {"no operation id", Refusal::OperationId, [](Json& row) { row["note"]["operation_id"] = ""; }},
        {"no note", Refusal::NoReason, [](Json& row) { row.erase("note"); }},
        {"a used operation id", Refusal::OperationId, [](Json& row) { row["note"]["operation_id"] = "used"; }},
        {"a used one of metadata", Refusal::OperationId, [](Json& row) { row["note"]["operation_id"] = "bare"; }},
        {"another's device", Refusal::NoBinding, [](Json& row) { row["user_id"] = 1; }},
        {"no device", Refusal::NoBinding, [](Json& row) { row["device_id"] = 99; }},
        {"an unbound device", Refusal::NoBinding,
         [](Json& row) {
             row["device_id"] = 4;
             set(row, 10, 200, 210);
         }},
        {"yesterday", Refusal::OtherTime, [](Json& row) { row["created_at"] = "2026-03-01 12:00:00"; }},
        {"tomorrow", Refusal::OtherTime, [](Json& row) { row["created_at"] = "2999-03-01 12:00:00"; }},
        {"a value of before", Refusal::ValueMoved, [](Json& row) { set(row, 10, 490, 500); }},
        {"a wrong sum", Refusal::WrongArithmetic, [](Json& row) { row["after"] = 520; }},
        {"nothing", Refusal::WrongArithmetic, [](Json& row) { set(row, 0, 500, 500); }},
        {"below nothing", Refusal::WrongArithmetic, [](Json& row) { set(row, -501, 500, -1); }},
        {"above the ceiling", Refusal::WrongArithmetic, [](Json& row) { set(row, 501, 500, 1001); }},
        {"too much at once", Refusal::OverLimit,
         [](Json& row) {
             row["device_id"] = 5;
             row["user_id"] = 3;
             set(row, -501, 995, 494);
         }},
        {"more asked than done", Refusal::OverLimit, [](Json& row) { row["metadata"]["requested_delta"] = 600; }},
        {"too much of a device", Refusal::OverLimit,
         [](Json& row) {
             row["device_id"] = 7;
             row["user_id"] = 4;
             set(row, 20, 300, 320);
         }},
        {"a level too high", Refusal::LevelNotReached, [](Json& row) { row["new_level"] = 10; }},
        {"a reward of a level too high", Refusal::LevelNotReached,
         [](Json& row) {
             row["new_level"] = 6;
             row["grants"].push_back({{"level", 10}, {"rewards", {{{"type", "coin"}, {"amount", 100}}}}});
         }},
        {"a reward of a level that was there", Refusal::LevelNotReached,
         [](Json& row) {
             row["new_level"] = 6;
             row["grants"].push_back({{"level", 6}, {"rewards", {{{"type", "coin"}, {"amount", 60}}}}});
         }},
        {"another reward", Refusal::LevelNotReached,
         [](Json& row) {
             set(row, 200, 500, 700);
             row["new_level"] = 8;
             row["grants"].push_back({{"level", 8}, {"rewards", {{{"type", "coin"}, {"amount", 8000}}}}});
         }},
        {"a reversal of another device's row", Refusal::NoAdjustment,
         [](Json& row) { row["note"]["reverses_log_id"] = 901; }},
    };
    return all;
}

void makeRolesAsAdministrator(const RolesDatabase& database) {
    const QStringList sql =
        must(store::roleSql(database.url(ownerLogin), database.options(ownerLogin), service::roleTerms()));
    const QByteArray answer = database.query(sql.join(QStringLiteral(";\n\n")) + QStringLiteral(";"));
    if (!answer.isEmpty())
        qFatal("%s", answer.constData());
}

} // namespace

void RoleFunctionTest::initTestCase() {
    m_server = std::make_unique<PostgresServer>();
    QVERIFY2(m_server->start(), m_server->output().constData());
}

void RoleFunctionTest::cleanupTestCase() {
    m_server.reset();
}

void RoleFunctionTest::supportLeavesTheOwnersRows() {
    RolesDatabase ofOwner(*m_server);
    RolesDatabase ofSupport(*m_server);
    const QStringList wanted = adjustInEveryWay(ofOwner, ownerLogin);
    const QStringList results = adjustInEveryWay(ofSupport, supportLogin);
    const QString name = ofOwner.connect(ownerLogin)->name();
    const QString other = ofSupport.connect(supportLogin)->name();
    QCOMPARE(results.size(), qsizetype{11});
    for (qsizetype i = 0; i < results.size(); ++i)
        QCOMPARE(QString(results.at(i)).replace(other, name), wanted.at(i));
    const QByteArray rows = rowsOf(ofOwner);
    QVERIFY2(rows.contains("admin_adjust_single") && !rows.contains("ERROR"), rows.constData());
    QCOMPARE(rowsOf(ofSupport), rows);
}

void RoleFunctionTest::forgedRowIsRefusedByName() {
    const RolesDatabase database(*m_server);
    database.query(QStringLiteral(
        "INSERT INTO userapp_affinitylog (id, rule_key, change_value, before_value, after_value, source, reason, "
        "metadata, created_at, device_id, operator_admin_id, user_id) VALUES "
        "(900, 'admin', 1, 0, 1, 'admin_adjust_single', 'x', '{}', '2026-01-01', 3, 2, 2),"
        "(901, 'admin', 1, 0, 1, 'admin_adjust_single', 'x', '{\"operation_id\": \"bare\"}', '2026-01-01', 2, 2, 1),"
        "(902, 'admin', -985, 985, 0, 'admin_adjust_single', 'x', '{}', clock_timestamp(), 7, 2, 4);"
        "INSERT INTO affinity_console_log_note VALUES (900, 'used', 'test', '', NULL, NULL);"));
    const auto connection = database.connect(supportLogin);
    for (const Forgery& forgery : forgeries()) {
        Json row = goodRow(*connection);
        forgery.forge(row);
        const auto done = commitRow(*connection, row);
        QVERIFY2(!done, forgery.name);
        QVERIFY2(isRefusal(done.error(), forgery.refusal),
                 qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(forgery.name), done.error().what)));
    }
    QCOMPARE(database.query(QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QByteArray("3"));
    must(commitRow(*connection, goodRow(*connection))); // what was forged was a good row
    QCOMPARE(database.query(QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3")),
             QByteArray("510"));
}

void RoleFunctionTest::personWhoIsNoStaffAnyMoreIsRefused() {
    const RolesDatabase database(*m_server);
    const auto connection = database.connect(supportLogin);
    for (const char* column : {"is_staff", "is_active"}) {
        database.query(QStringLiteral("UPDATE auth_user SET is_staff = true, is_active = true WHERE id = 2;"
                                      "UPDATE auth_user SET %1 = false WHERE id = 2;")
                           .arg(QLatin1String(column)));
        const auto done = commitRow(*connection, goodRow(*connection));
        QVERIFY(!done);
        QVERIFY2(isRefusal(done.error(), FunctionRefusal::NoStaff), qPrintable(done.error().what));
    }
}

void RoleFunctionTest::otherIsolationIsRefused() {
    const RolesDatabase database(*m_server);
    const auto connection = database.connect(supportLogin);
    must(connection->runText(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ")));
    const auto done = connection->runText(QStringLiteral("SELECT affinity_console_commit_adjustment(?)"),
                                          {QString::fromStdString(goodRow(*connection).dump())});
    QVERIFY(!done);
    QVERIFY2(isRefusal(done.error(), FunctionRefusal::OtherTransaction), qPrintable(done.error().what));
}

void RoleFunctionTest::limitsHoldInFourSessions() {
    const RolesDatabase database(*m_server);
    const std::vector<std::pair<base::UserId, base::DeviceId>> devices{{{1}, {1}}, {{1}, {2}}, {{2}, {3}},
                                                                       {{3}, {5}}, {{3}, {6}}, {{4}, {7}}};
    std::atomic<int> applied = 0;
    std::atomic<int> overLimit = 0;
    std::atomic<int> others = 0;
    const auto work = [&](int thread) {
        Engine engine(database.open(supportLogin));
        for (int i = 0; i < 18; ++i) {
            const auto& [user, device] = devices[static_cast<size_t>(i + thread) % devices.size()];
            service::AdjustRequest request;
            request.userId = user;
            request.deviceId = device;
            request.delta = (i / 6 + thread) % 2 == 0 ? 240 : -240;
            request.operatorId = supportPerson;
            request.reason = QStringLiteral("a race");
            request.operationId = QStringLiteral("race-%1-%2").arg(thread).arg(i);
            request.reasonCode = QStringLiteral("test");
            // Without the checks of Adjustments, which would refuse most of it before the function sees it.
            const service::ApplyResult result = engine.service.adminAdjust(request);
            if (result.outcome == Outcome::Applied)
                ++applied;
            else if (result.error && isRefusal(*result.error, FunctionRefusal::OverLimit))
                ++overLimit;
            else if (result.outcome != Outcome::ValueBoundary)
                ++others;
        }
    };
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back(work, thread);
    for (std::thread& thread : threads)
        thread.join();
    const QByteArray sums = database.query(
        QStringLiteral("SELECT (SELECT sum(abs(change_value)) FROM userapp_affinitylog), (SELECT max(s) FROM (SELECT "
                       "sum(abs(change_value)) AS s FROM userapp_affinitylog GROUP BY device_id) d)"));
    qInfo("%d applied, %d over a limit; points, most of a device: %s", applied.load(), overLimit.load(),
          sums.constData());
    QCOMPARE(others.load(), 0);
    QVERIFY(overLimit.load() > 0);
    const QByteArrayList parts = sums.split('\t');
    QVERIFY(parts.at(0).toInt() <= 5000 && parts.at(0).toInt() > 3000);
    QVERIFY(parts.at(1).toInt() <= 1000);
    QCOMPARE(
        database.query(QStringLiteral(
            "SELECT count(*) FROM (SELECT before_value, lag(after_value) OVER (PARTITION BY device_id ORDER BY id) "
            "AS earlier FROM userapp_affinitylog) l WHERE before_value <> earlier")),
        QByteArray("0"));
}

void RoleFunctionTest::lastPointsOfTheDayGoToOneOfFour() {
    const RolesDatabase database(*m_server);
    std::vector<std::unique_ptr<Engine>> engines;
    for (int i = 0; i < 4; ++i)
        engines.push_back(std::make_unique<Engine>(database.open(supportLogin)));
    const std::array<std::pair<base::UserId, base::DeviceId>, 4> devices{
        {{{1}, {1}}, {{1}, {2}}, {{2}, {3}}, {{4}, {7}}}};
    for (int round = 0; round < 4; ++round) {
        database.query(QStringLiteral(
            "DELETE FROM userapp_affinitylog; UPDATE device_interaction_userdevice SET favorability = 0 WHERE id IN "
            "(1, 2, 3, 7); INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, "
            "reason, metadata, created_at, device_id, operator_admin_id, user_id) VALUES ('admin', -4800, 4800, 0, "
            "'admin_adjust_single', 'x', '{}', clock_timestamp(), 4, 2, 2);"));
        std::barrier start(4);
        std::atomic<int> applied = 0;
        std::vector<std::thread> threads;
        for (size_t i = 0; i < devices.size(); ++i) {
            threads.emplace_back([&, i] {
                service::AdjustRequest request;
                request.userId = devices[i].first;
                request.deviceId = devices[i].second;
                request.delta = 150;
                request.operatorId = supportPerson;
                request.reason = QStringLiteral("a race");
                request.operationId = QStringLiteral("last-%1-%2").arg(round).arg(i);
                request.reasonCode = QStringLiteral("test");
                start.arrive_and_wait();
                if (engines[i]->service.adminAdjust(request).outcome == Outcome::Applied)
                    ++applied;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(applied.load(), 1);
    }
}

void RoleFunctionTest::lockOfTheFunctionShowsWhatWasCommittedMeanwhile() {
    const RolesDatabase database(*m_server);
    const auto holder = database.connect(ownerLogin);
    must(holder->begin(store::Access::Write));
    must(holder->runText(QStringLiteral("UPDATE device_interaction_userdevice SET favorability = 777 WHERE id = 3")));
    must(holder->runText(QStringLiteral("UPDATE userapp_affinitysetting SET max_affinity = 888 WHERE id = 1")));
    store::StoredSituation situation;
    std::thread waiting([&] {
        const auto store = database.open(supportLogin);
        const auto transaction = must(store->begin(store::Access::Write));
        situation = must(transaction->lockAndLoad({base::DeviceId{3}, {}, {}}));
        // And it is locked: the owner cannot have it.
        const auto other = database.connect(ownerLogin);
        const auto taken = other->runText(
            QStringLiteral("SELECT 1 FROM device_interaction_userdevice WHERE id = 3 FOR UPDATE NOWAIT"));
        if (taken || taken.error().kind != ErrorKind::Busy)
            qFatal("the binding is not locked");
    });
    const bool isWaiting = QTest::qWaitFor(
        [&] {
            return database.query(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                                 "current_database() AND wait_event_type = 'Lock'")) == "1";
        },
        10'000);
    must(holder->commit());
    waiting.join();
    QVERIFY(isWaiting);
    QCOMPARE(situation.binding->favorability, 777);
    QCOMPARE(situation.binding->serial, QStringLiteral("SN-0003"));
    QCOMPARE(situation.setting.maxAffinity, 888);
}

void RoleFunctionTest::whatIsToBeSentIsWrittenForTheRowAlone() {
    const RolesDatabase database(*m_server);
    for (const char* table : {"log_note", "outbox", "reward_delivery"}) // made by an administrator, as it may be
        database.query(QStringLiteral("ALTER TABLE affinity_console_%1 OWNER TO superuser").arg(QLatin1String(table)));
    makeRolesAsAdministrator(database);
    const auto connection = database.connect(supportLogin);
    const Json push{{"kind", "push"}, {"payload", "[{\"type\": \"affinity_update\"}]"}};
    const Json rewards = Json::parse(R"([{"type": "coin", "amount": 80}])");
    Json row = goodRow(*connection);
    set(row, 200, 500, 700);
    row["new_level"] = 8;
    row["grants"] = {{{"level", 8}, {"rewards", rewards}}};
    row["outbox"] = {push};
    Json delivery{{"level", 8},
                  {"name", "Lv8"},
                  {"rewards", rewards.dump()},
                  {"state", "waiting"},
                  {"next_attempt_at", "2026-03-01 12:00:00"}};
    for (const auto& [member, value] :
         {std::pair("level", Json(9)), {"name", "Lv9"}, {"rewards", "[]"}, {"state", "dead"}}) {
        Json forged = row;
        forged["deliveries"] = {delivery};
        forged["deliveries"][0][member] = value;
        QVERIFY2(!commitRow(*connection, forged), member);
    }
    Json forged = row;
    forged["outbox"][0]["kind"] = "confirm";
    QVERIFY(!commitRow(*connection, forged));
    row["deliveries"] = {delivery};
    must(commitRow(*connection, row));
    QCOMPARE(
        database.query(QStringLiteral(
            "SELECT o.kind, o.device_id, o.user_id, o.payload, o.log_id = l.id, o.created_at = l.created_at FROM "
            "affinity_console_outbox o, userapp_affinitylog l;"
            "SELECT r.device_id, r.level, r.user_id, r.name, r.rewards, r.state, r.attempts, r.log_id = l.id, "
            "r.next_attempt_at = '2026-03-01 12:00:00+00', r.last_error = '' FROM affinity_console_reward_delivery "
            "r, userapp_affinitylog l;")),
        QByteArray("push\t3\t2\t[{\"type\": \"affinity_update\"}]\tt\tt\n"
                   "3\t8\t2\tLv8\t[{\"type\":\"coin\",\"amount\":80}]\twaiting\t0\tt\tt\tt"));

    // By a call of its own, in the row's transaction only.
    const base::LogId last = must(database.open(supportLogin)->log({.deviceId = base::DeviceId{3}})).entries[0].row.id;
    store::OutboxRow lateRow;
    lateRow.logId = last;
    lateRow.payload = Json::array();
    const auto late = store::writeOutboxByFunction(*connection, {{lateRow}, {}});
    QVERIFY(!late);
    QVERIFY2(isRefusal(late.error(), FunctionRefusal::NoAdjustment), qPrintable(late.error().what));
    for (const char* table : {"affinity_console_outbox", "affinity_console_reward_delivery"}) {
        const auto direct = connection->runText(QStringLiteral("DELETE FROM %1").arg(QLatin1String(table)));
        QVERIFY(!direct && direct.error().kind == ErrorKind::ReadOnly);
    }
}

void RoleFunctionTest::supportLeavesWhatIsToBeSent() {
    service::ServiceOptions options;
    options.outbox.holdsPushes = true;
    options.outbox.rewards = service::RewardUse::Wait;
    const QString sent = QStringLiteral(
        "SELECT kind, device_id, user_id, payload FROM affinity_console_outbox;"
        "SELECT device_id, level, user_id, name, rewards, state, connector, attempts, next_attempt_at = created_at, "
        "delivered_at IS NULL, last_error = '' FROM affinity_console_reward_delivery ORDER BY level;");
    std::vector<QByteArray> rows;
    for (const QString& login : {supportLogin, ownerLogin}) {
        const RolesDatabase fresh(*m_server);
        Engine engine(fresh.open(login), options);
        QCOMPARE(engine.store->info().mayRelay, login == ownerLogin);
        const auto result = engine.adjustments.commit(supportSession(), adjustmentForm({2}, {3}, 200, 1), {});
        QVERIFY2(result.outcome == Outcome::Applied, result.error ? qPrintable(result.error->what) : "");
        QCOMPARE(result.rewardsGranted.size(), size_t{2});
        rows.push_back(fresh.query(sent));
    }
    QCOMPARE(rows[0], rows[1]);
    QCOMPARE(rows[0].count('\n'), 2); // a push and two deliveries
}

void RoleFunctionTest::functionsAreTheOwnersAndNobodysElse() {
    const RolesDatabase database(*m_server);
    const QByteArray functions = database.query(QStringLiteral(
        "SELECT proname, pg_get_userbyid(proowner), prosecdef, proconfig, has_function_privilege('affinity_viewer', "
        "oid, 'EXECUTE'), has_function_privilege('affinity_support', oid, 'EXECUTE'), "
        "has_function_privilege('affinity_engine', oid, 'EXECUTE') FROM pg_proc WHERE proname LIKE 'affinity%' "
        "AND prosecdef ORDER BY 1"));
    const QByteArray path = "\taffinity\tt\t{\"search_path=pg_catalog, pg_temp\"}\t";
    QCOMPARE(functions, "affinity_console_commit_adjustment" + path + "f\tt\tf\naffinity_console_lock_device" + path +
                            "f\tt\tf\naffinity_console_operator" + path + "t\tt\tt\naffinity_console_write_outbox" +
                            path + "f\tt\tf");
    // A table of the same name in the caller's own schema is not looked at.
    const auto connection = database.connect(supportLogin);
    must(connection->runText(QStringLiteral("CREATE TEMPORARY TABLE auth_user (id integer, username text, is_active "
                                            "boolean, is_staff boolean)")));
    must(connection->runText(QStringLiteral("INSERT INTO auth_user VALUES (1, 'operator', true, true)")));
    Json row = goodRow(*connection);
    row["operator_id"] = 1;
    const auto done = commitRow(*connection, row);
    QVERIFY(!done && isRefusal(done.error(), FunctionRefusal::OtherOperator));
}

void RoleFunctionTest::loginsGetTimeLimits() {
    const RolesDatabase database(*m_server);
    makeRolesAsAdministrator(database); // after the logins were made
    const QByteArray settings = database.query(
        QStringLiteral("SELECT r.rolname, s.setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
                       "JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database() AND "
                       "r.rolcanlogin ORDER BY 1"));
    const QByteArray limits =
        "\t{statement_timeout=5000ms,lock_timeout=2000ms,idle_in_transaction_session_timeout=10000ms}";
    QCOMPARE(settings, "dora" + limits + "\noperator" + limits + "\nservice" + limits + "\nviewer" + limits);
}

void RoleFunctionTest::schemaMayHaveAnyName() {
    const RolesDatabase database(
        *m_server, QStringLiteral("ALTER SCHEMA public RENAME TO \"Mixed case\"; REVOKE ALL ON SCHEMA \"Mixed case\" "
                                  "FROM PUBLIC; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = "
                                  "\"Mixed case\"', current_database()); END $$;"));
    Engine engine(database.open(supportLogin));
    QVERIFY(!engine.store->info().isReadOnly);
    const auto result = engine.adjustments.commit(supportSession(), adjustmentForm({2}, {3}, 200, 1), {});
    QVERIFY2(result.outcome == Outcome::Applied, result.error ? qPrintable(result.error->what) : "");
    QCOMPARE(result.rewardsGranted.size(), size_t{2});
}

void RoleFunctionTest::lookedForCommitIsFound() {
    // What the engine does when the answer to COMMIT never came: lock the binding, then look for the row.
    const RolesDatabase database(*m_server);
    Engine engine(database.open(supportLogin));
    const auto result = engine.adjustments.commit(supportSession(), adjustmentForm({2}, {3}, 5, 1), {});
    QCOMPARE(result.outcome, Outcome::Applied);
    const auto transaction = must(engine.store->begin(store::Access::Write));
    must(transaction->lockBinding({3}));
    QVERIFY(must(transaction->logEntry(*result.logId)).has_value());
}

} // namespace affinity::test
