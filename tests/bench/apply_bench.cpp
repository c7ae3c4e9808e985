// apply on an embedded SQLite file (WAL, synchronous NORMAL), beside bare SQLite doing the same statements.
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/store/bulkcopy.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorydatabase.h"
#include "engine/store/open.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <benchmark/benchmark.h>

using namespace affinity;

namespace {

constexpr int deviceCount = 10'000;
const QString ruleKey = QStringLiteral("bench_up");

/// A file with 10,000 devices and one rule that never meets a cap.
QString makeStore(const QTemporaryDir& folder, const base::Clock& clock) {
    store::MemoryDatabase database;
    rules::RuleSet ruleSet;
    ruleSet.setting.maxAffinity = 2'000'000'000;
    ruleSet.setting.globalDailyCap = 2'000'000'000;
    rules::Rule rule;
    rule.key = ruleKey;
    rule.minChange = rule.maxChange = 1;
    rule.dailyCap = 2'000'000'000;
    ruleSet.rules = {rule};
    ruleSet.levels = {{1, 0, QStringLiteral("Lv1"), base::Json::array()}};
    bool isFilled = database.add(ruleSet).isOk();
    isFilled = isFilled && database.add(rules::User{{}, QStringLiteral("bench"), {}, true, 0}).isOk();
    for (int i = 1; i <= deviceCount; ++i) {
        rules::Binding binding;
        binding.userId = {1};
        binding.serial = QString::number(i);
        binding.affinityLevel = 1;
        isFilled = isFilled && database.add(binding).isOk();
    }
    const QString fileName = folder.filePath(QStringLiteral("bench.sqlite"));
    if (!isFilled || !store::createEmbedded(fileName, clock) || !store::copyStore(database, fileName, clock))
        qFatal("the benchmark's store could not be made");
    return fileName;
}

void applyOnSqlite(benchmark::State& state) {
    const QTemporaryDir folder;
    const base::SystemClock clock;
    const auto store =
        store::open(QStringLiteral("sqlite:") + makeStore(folder, clock), {.access = store::Access::Write}, clock);
    store::MemoryCounters counters(clock);
    service::SystemDraw draw;
    service::AffinityService service(**store, counters, draw);
    service::ApplyRequest request;
    request.userId = {1};
    request.ruleKey = ruleKey;
    request.source = QStringLiteral("device_event");
    qint64 call = 0;
    for (auto _ : state) {
        request.deviceId = {call % deviceCount + 1};
        request.eventId = QStringLiteral("bench-%1").arg(call++);
        if (service.apply(request).outcome != rules::Outcome::Applied)
            state.SkipWithError("an event was not applied");
    }
    state.counters["per_second"] = benchmark::Counter(static_cast<double>(call), benchmark::Counter::kIsRate);
}
BENCHMARK(applyOnSqlite)->UseRealTime()->MinTime(3);

/// The reads and writes of one applied event with no engine around them.
void bareSqlite(benchmark::State& state) {
    const QTemporaryDir folder;
    const base::SystemClock clock;
    const QString fileName = makeStore(folder, clock);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("bare"));
        database.setDatabaseName(fileName);
        database.open();
        const auto run = [&database](const char* sql) { return QSqlQuery(database).exec(QString::fromLatin1(sql)); };
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = NORMAL");
        const auto prepared = [&database](const char* sql) {
            QSqlQuery query(database);
            query.prepare(QString::fromLatin1(sql));
            return query;
        };
        std::vector<QSqlQuery> reads;
        reads.push_back(prepared("SELECT * FROM device_interaction_userdevice WHERE id = ?"));
        reads.push_back(prepared("SELECT * FROM userapp_affinitysetting WHERE id = ? OR 1"));
        reads.push_back(prepared("SELECT * FROM userapp_affinitylevel WHERE id > 0 OR id = ?"));
        reads.push_back(prepared("SELECT * FROM userapp_affinityrule WHERE rule_key = 'bench_up' OR id = ?"));
        reads.push_back(
            prepared("SELECT id, change_value FROM userapp_affinitylog WHERE device_id = ? AND created_at > '2000'"));
        QSqlQuery update = prepared("UPDATE device_interaction_userdevice SET favorability = favorability + 1, "
                                    "last_active_at = '2026-01-01 00:00:00' WHERE id = ?");
        QSqlQuery insert =
            prepared("INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, "
                     "event_id, reason, metadata, created_at, device_id, rule_id, user_id) VALUES ('bench_up', 1, "
                     "0, 1, 'device_event', 'x' || ?, '', '{}', '2026-01-01 00:00:00', ?, 1, 1)");
        QSqlQuery counter =
            prepared("INSERT INTO userapp_useraffinitydailycounter (date, accumulated_change, trigger_count, "
                     "device_id, rule_id) VALUES ('2026-01-01', 1, 1, ?, 1) ON CONFLICT (device_id, rule_id, date) "
                     "DO UPDATE SET accumulated_change = accumulated_change + 1, trigger_count = trigger_count + 1");
        qint64 call = 0;
        for (auto _ : state) {
            const qint64 device = call % deviceCount + 1;
            run("BEGIN IMMEDIATE");
            for (QSqlQuery& read : reads) {
                read.bindValue(0, device);
                read.exec();
                while (read.next()) {
                }
            }
            update.bindValue(0, device);
            insert.bindValue(0, call++);
            insert.bindValue(1, device);
            counter.bindValue(0, device);
            if (!update.exec() || !insert.exec() || !counter.exec() || !run("COMMIT"))
                state.SkipWithError("a statement failed");
        }
        state.counters["per_second"] = benchmark::Counter(static_cast<double>(call), benchmark::Counter::kIsRate);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("bare"));
}
BENCHMARK(bareSqlite)->UseRealTime()->MinTime(3);

} // namespace
