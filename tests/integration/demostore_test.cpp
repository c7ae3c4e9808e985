#include "tests/integration/demostore_test.h"

#include "app/demopopulation.h"
#include "engine/access/signin.h"
#include "engine/base/isotime.h"
#include "engine/rules/localday.h"
#include "engine/service/affinityservice.h"
#include "engine/service/levelreport.h"
#include "engine/service/overview.h"
#include "engine/service/random.h"
#include "engine/service/reconcile.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorystore.h"
#include "engine/store/open.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

#include <algorithm>
#include <ctime>
#include <map>
#include <set>

namespace affinity::test {

using base::Result;

namespace {

/// 10 April 2026, 07:30 in Shanghai.
constexpr qint64 nowUs = 1'775'777'400 * base::usPerSecond;
/// Its local midnight, which the history runs up to.
constexpr qint64 midnightUs = nowUs - (7 * 3600 + 1800) * base::usPerSecond;

template<typename T> T must(Result<T> result) {
    if (!result)
        qFatal("%s", qPrintable(result.error().what));
    return std::move(result).value();
}

app::DemoOptions options(qint64 devices, int days, qint64 atUs = nowUs) {
    app::DemoOptions made;
    made.devices = devices;
    made.days = days;
    made.nowUs = atUs;
    return made;
}

std::unique_ptr<store::Store> opened(const QString& fileName, const base::Clock& clock) {
    return must(store::open(QStringLiteral("sqlite:") + fileName, {.access = store::Access::Read}, clock));
}

/// All rows of a question, their columns with a bar between.
QStringList rowsOf(const QString& fileName, const QString& sql) {
    QStringList rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(fileName);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        query.setForwardOnly(true);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        const int columns = query.record().count();
        while (query.next()) {
            QStringList texts;
            for (int i = 0; i < columns; ++i)
                texts << query.value(i).toString();
            rows << texts.join(QLatin1Char('|'));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return rows;
}

qint64 numberOf(const QString& fileName, const QString& sql) {
    return rowsOf(fileName, sql).value(0).toLongLong();
}

/// A digest of every row that has to do with the population.
QByteArray digestOf(const QString& fileName) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const char* table :
         {"auth_user", "userapp_affinitysetting", "userapp_affinityrule", "userapp_affinitylevel",
          "userapp_paradiseuser", "device_interaction_userdevice", "userapp_affinitylog",
          "userapp_useraffinitydailycounter", "userapp_userlevelrewardgrant", "affinity_console_log_note"}) {
        for (const QString& row :
             rowsOf(fileName, QStringLiteral("SELECT * FROM %1 ORDER BY 1").arg(QLatin1String(table))))
            hash.addData(row.toUtf8());
    }
    return hash.result().toHex();
}

/// Follows every device for its course, and chosen ones for their events.
class Follower final : public sim::EventObserver {
public:
    struct Event {
        const app::DemoCohort* cohort = nullptr;
        sim::ObservedEvent event;
    };

    explicit Follower(std::set<qint64> chosen) : m_chosen(std::move(chosen)) {}
    void enter(const app::DemoCohort& cohort) { m_cohort = &cohort; }
    void onDevice(qint64 device, size_t, int startValue) override {
        courses.push_back({device, m_cohort->isNew, startValue, m_cohort->horizon.startUs, std::nullopt});
    }
    void onEvent(const sim::ObservedEvent& event) override {
        if (!courses.back().firstEventUs)
            courses.back().firstEventUs = app::eventTimeUs(*m_cohort, event);
        if (m_chosen.contains(event.device))
            events.push_back({m_cohort, event});
    }

    std::vector<app::DemoCourse> courses;
    std::vector<Event> events;

private:
    std::set<qint64> m_chosen;
    const app::DemoCohort* m_cohort = nullptr;
};

/// The service on a memory store that holds some of the demo's devices as they are before the history.
struct Replica {
    Replica(const app::DemoPlan& plan, const app::DemoPeople& people, const std::set<qint64>& devices)
        : clock(plan.startUs), store(database, clock), counters(clock), service(store, counters, unused) {
        must(Result<bool>(database->add(plan.ruleSet).isOk()));
        for (const rules::User& user : people.users)
            must(database->add(user));
        std::vector<rules::Binding> bindings;
        for (rules::Binding binding : people.bindings) {
            if (!devices.contains(app::demoDevice(binding)))
                continue;
            bindingOfDevice[app::demoDevice(binding)] = binding;
            binding.unboundAtUs.reset();
            must(database->add(binding));
            bindings.push_back(binding);
        }
        for (const rules::Grant& grant : app::earlierGrants(plan, bindings))
            must(Result<bool>(database->add(grant).isOk()));
    }

    /// What the service makes of an event whose draw is known; an unbound device is unbound first.
    rules::Outcome live(const Follower::Event& event) {
        const rules::Binding& binding = bindingOfDevice.at(event.event.device);
        clock.setNowUs(app::eventTimeUs(*event.cohort, event.event));
        if (binding.unboundAtUs && clock.nowUs() >= *binding.unboundAtUs)
            must(store.setBound(binding.id, false, *binding.unboundAtUs));
        service::FixedDraw draw(event.event.decision.drawn);
        service.setDraw(draw);
        return service.apply(app::demoRequest(binding, *event.cohort, event.event)).outcome;
    }

    std::shared_ptr<store::MemoryDatabase> database = std::make_shared<store::MemoryDatabase>();
    base::VirtualClock clock;
    store::MemoryStore store;
    store::MemoryCounters counters;
    service::SystemDraw unused;
    service::AffinityService service;
    std::map<qint64, rules::Binding> bindingOfDevice;
};

/// The device's rows without the ids, which depend on the other devices.
std::vector<store::LogEntry> logOf(store::Store& store, base::DeviceId id) {
    store::LogPage page = must(store.log({.deviceId = id, .isOldestFirst = true, .limit = 10'000}));
    for (store::LogEntry& entry : page.entries) {
        entry.row.id = {};
        entry.note->logId = {};
    }
    return page.entries;
}

std::vector<rules::Grant> grantsOf(store::Store& store, base::DeviceId id) {
    auto grants = must(store.grants(id));
    for (rules::Grant& grant : grants)
        grant.id = 0;
    return grants;
}

std::vector<rules::DailyCounter> countersOf(store::Store& store, base::DeviceId id) {
    auto counters = must(store.dailyCounters(id, QDate(2000, 1, 1)));
    for (rules::DailyCounter& counter : counters)
        counter.id = 0;
    return counters;
}

/// CPU time of this process: a busy machine does not lengthen it.
qint64 cpuMsSince(std::clock_t started) {
    return qint64{std::clock() - started} * 1000 / CLOCKS_PER_SEC;
}

} // namespace

void DemoStoreTest::initTestCase() {
    const std::clock_t started = std::clock();
    double share = 0;
    app::DemoOptions whole = options(app::DemoOptions().devices, app::DemoOptions().days);
    whole.progress = [&share](double now) {
        QVERIFY2(now >= share && now <= 1.0, qPrintable(QString::number(now)));
        share = now;
    };
    const auto made = app::createDemoStore(wholeStore(), whole);
    QVERIFY2(made.isOk(), made ? "" : qPrintable(made.error().what));
    QCOMPARE(share, 1.0);
    const qint64 tookMs = cpuMsSince(started);
    qInfo("made in %lld ms of CPU", tookMs);
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("whole.sqlite")});
#ifdef QT_NO_DEBUG // instrumented builds are slower
    QVERIFY2(tookMs < 20'000, "the demo store took too long");
#endif
}

void DemoStoreTest::wholeStoreKeepsItsSize() {
    const qint64 rows = numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog"));
    const qint64 bytes = QFileInfo(wholeStore()).size();
    qInfo("%lld rows, %lld bytes", rows, bytes);
    QVERIFY(rows > 270'000 && rows < 350'000);
    QVERIFY(bytes < 100'000'000);
    QCOMPARE(numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM device_interaction_userdevice")), 2000);
    QCOMPARE(rowsOf(wholeStore(), QStringLiteral("PRAGMA integrity_check")), QStringList{QStringLiteral("ok")});
    QCOMPARE(rowsOf(wholeStore(), QStringLiteral("PRAGMA foreign_key_check")), QStringList());
    const base::VirtualClock clock(nowUs);
    const QString empty = m_folder.filePath(QStringLiteral("empty.sqlite"));
    QVERIFY(store::createEmbedded(empty, clock).isOk());
    const QString schema = QStringLiteral("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name");
    QCOMPARE(rowsOf(wholeStore(), schema), rowsOf(empty, schema));
}

void DemoStoreTest::historyEndsAtTheLastMidnight() {
    const base::VirtualClock clock(nowUs);
    const auto store = opened(wholeStore(), clock);
    const auto extent = must(store->logExtent());
    QVERIFY(extent.has_value());
    QVERIFY(extent->lastUs < midnightUs);
    QVERIFY(extent->lastUs > midnightUs - 3600 * base::usPerSecond);
    const qint64 dayUs = 86'400 * base::usPerSecond;
    QVERIFY(extent->firstUs >= midnightUs - 90 * dayUs);
    QVERIFY(extent->firstUs < midnightUs - 89 * dayUs);
}

void DemoStoreTest::populationIsBelievable() {
    const QString file = wholeStore();
    const auto count = [&file](const char* sql) { return numberOf(file, QLatin1String(sql)); };
    const qint64 unbound = count("SELECT count(*) FROM device_interaction_userdevice WHERE unbound_at IS NOT NULL");
    QVERIFY2(unbound > 20 && unbound < 150, qPrintable(QString::number(unbound)));
    const qint64 withSeveral = count("SELECT count(*) FROM (SELECT user_id FROM device_interaction_userdevice "
                                     "GROUP BY user_id HAVING count(*) > 1)");
    QVERIFY2(withSeveral > 100, qPrintable(QString::number(withSeveral)));
    QVERIFY(count("SELECT count(DISTINCT nickname) FROM device_interaction_userdevice") > 250);
    QVERIFY(count("SELECT count(*) FROM userapp_paradiseuser WHERE username GLOB '*[^a-z._0-9]*'") == 0);
    QVERIFY(count("SELECT count(*) FROM userapp_paradiseuser WHERE unicode(nickname) > 19968") > 500);
    QVERIFY(count("SELECT count(*) FROM userapp_paradiseuser WHERE unicode(nickname) < 128") > 400);
    const qint64 isNew =
        numberOf(file, QStringLiteral("SELECT count(*) FROM device_interaction_userdevice "
                                      "WHERE bound_at >= '%1'")
                           .arg(base::databaseTextFromTime(midnightUs - 90 * 86'400 * base::usPerSecond)));
    QVERIFY2(isNew > 700 && isNew < 900, qPrintable(QString::number(isNew)));

    const base::VirtualClock clock(nowUs);
    const auto store = opened(file, clock);
    const service::Overview overview = must(service::overview(*store, {}));
    qint64 middle = 0;
    for (const service::LevelDevices& level : overview.levels) {
        QVERIFY2(level.devices > 0, qPrintable(level.name));
        if (level.level >= 1 && level.level <= 4)
            middle += level.devices;
    }
    QVERIFY(2 * middle > overview.boundDevices);
    QVERIFY(overview.levels.back().devices * 20 < overview.boundDevices);
    for (const service::RuleActivity& rule : overview.rules)
        QVERIFY2(rule.activity.events > 0, qPrintable(rule.ruleKey));
    QVERIFY(*overview.devicesAtGlobalCap > 0 && *overview.devicesAtGlobalCap * 20 < overview.boundDevices);
    QCOMPARE(overview.shownDate, QDate(2026, 4, 9));
    QVERIFY(overview.newDevices > 0);
}

void DemoStoreTest::nobodyActsBeforeBindingOrAfterUnbinding() {
    QCOMPARE(rowsOf(wholeStore(),
                    QStringLiteral("SELECT l.id FROM userapp_affinitylog l JOIN device_interaction_userdevice d "
                                   "ON d.id = l.device_id WHERE l.created_at < d.bound_at "
                                   "OR l.created_at >= d.unbound_at OR l.user_id <> d.user_id")),
             QStringList());
    QCOMPARE(rowsOf(wholeStore(), QStringLiteral("SELECT d.id FROM device_interaction_userdevice d "
                                                 "JOIN userapp_paradiseuser u ON u.id = d.user_id "
                                                 "WHERE u.created_at > d.bound_at OR d.bound_at >= '%1'")
                                      .arg(base::databaseTextFromTime(midnightUs))),
             QStringList());
}

void DemoStoreTest::logIdsAscendWithTime() {
    QCOMPARE(numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog a "
                                                   "JOIN userapp_affinitylog b ON b.id = a.id + 1 "
                                                   "WHERE b.created_at < a.created_at")),
             0);
    QCOMPARE(numberOf(wholeStore(), QStringLiteral("SELECT max(id) - count(*) FROM userapp_affinitylog")), 0);
    QCOMPARE(numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM affinity_console_log_note "
                                                   "WHERE drawn_change IS NOT NULL")),
             numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")));
}

void DemoStoreTest::sampledDevicesComeOutAsInTheService() {
    const app::DemoPlan plan = must(app::demoPlan(options(2000, 90)));
    std::set<qint64> sample;
    for (qint64 i = 0; i < 49; ++i)
        sample.insert(i * 41 + 3);
    // At least one that is unbound during the history.
    const QString serial =
        rowsOf(wholeStore(), QStringLiteral("SELECT device_serial FROM device_interaction_userdevice "
                                            "WHERE unbound_at IS NOT NULL ORDER BY id LIMIT 1"))
            .value(0);
    sample.insert(serial.mid(3).toLongLong() - 1);
    Follower follower(sample);
    for (const app::DemoCohort& cohort : plan.cohorts) {
        follower.enter(cohort);
        sim::SimulationResult counts = sim::emptyResult(cohort.horizon);
        QVERIFY(
            sim::simulatePlain(cohort.horizon, {cohort.firstDevice, cohort.devices, &follower, nullptr, {}}, counts));
    }
    std::stable_sort(follower.events.begin(), follower.events.end(),
                     [](const Follower::Event& a, const Follower::Event& b) {
                         return app::eventTimeUs(*a.cohort, a.event) < app::eventTimeUs(*b.cohort, b.event);
                     });
    const app::DemoPeople people = app::demoPeople(plan, follower.courses);
    Replica replica(plan, people, sample);
    std::map<rules::Outcome, int> seen;
    for (const Follower::Event& event : follower.events)
        ++seen[replica.live(event)];
    for (const auto outcome : {rules::Outcome::Applied, rules::Outcome::Cooldown, rules::Outcome::RuleDailyCap,
                               rules::Outcome::ValueBoundary, rules::Outcome::Error})
        QVERIFY2(seen[outcome] > 0, qPrintable(rules::wireName(outcome)));

    const base::VirtualClock clock(nowUs);
    const auto store = opened(wholeStore(), clock);
    QVERIFY(must(store->ruleSet()).rules.size() == must(replica.store.ruleSet()).rules.size());
    size_t rows = 0;
    for (const auto& [device, start] : replica.bindingOfDevice) {
        const QByteArray where = start.serial.toUtf8();
        const auto expected = logOf(replica.store, start.id);
        const auto found = logOf(*store, start.id);
        QCOMPARE(found.size(), expected.size());
        for (size_t i = 0; i < found.size(); ++i)
            QVERIFY2(found[i] == expected[i], where.constData());
        QVERIFY2(countersOf(*store, start.id) == countersOf(replica.store, start.id), where.constData());
        QVERIFY2(grantsOf(*store, start.id) == grantsOf(replica.store, start.id), where.constData());
        rules::Binding binding = must(replica.store.device(start.id))->binding;
        if (!binding.unboundAtUs) // nothing came after it, so nothing asked for it above
            binding.unboundAtUs = start.unboundAtUs;
        QVERIFY2(must(store->device(start.id))->binding == binding, where.constData());
        rows += found.size();
    }
    QCOMPARE(replica.bindingOfDevice.size(), size_t{50});
    QVERIFY(rows > 3000);
}

void DemoStoreTest::reconcileFindsNothing() {
    const base::VirtualClock clock(nowUs);
    const auto store = opened(wholeStore(), clock);
    const auto report = must(service::reconcile(*store, {}));
    QVERIFY2(report.findings.empty(), report.findings.empty() ? "" : qPrintable(report.findings.front().what));
    QCOMPARE(report.devices, 2000);
    QCOMPARE(report.rows, numberOf(wholeStore(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")));
}

void DemoStoreTest::overviewAndLevelReportAreQuick() {
    const base::VirtualClock clock(nowUs);
    const auto store = opened(wholeStore(), clock);
    qint64 overviewMs = 1'000'000;
    qint64 levelsMs = overviewMs;
    for (int i = 0; i < 5; ++i) {
        const std::clock_t started = std::clock();
        QVERIFY(service::overview(*store, {}).isOk());
        overviewMs = std::min(overviewMs, cpuMsSince(started));
        const std::clock_t between = std::clock();
        QVERIFY(service::levelReport(*store).isOk());
        levelsMs = std::min(levelsMs, cpuMsSince(between));
    }
    qInfo("overview %lld ms, level report %lld ms of CPU, best of five", overviewMs, levelsMs);
#ifdef QT_NO_DEBUG
    QVERIFY(overviewMs < 200);
    QVERIFY(levelsMs < 300);
#endif
}

void DemoStoreTest::accountsSignIn() {
    const base::VirtualClock clock(nowUs);
    const auto store = opened(wholeStore(), clock);
    const auto roleOf = [&store](const QString& name) {
        return must(access::signIn(*store, name, access::Secret(app::demoPassword()))).role;
    };
    QVERIFY(roleOf(app::demoDesigner()) == access::Role::Designer);
    QVERIFY(roleOf(app::demoSupport()) == access::Role::Support);
    QVERIFY(roleOf(app::demoViewer()) == access::Role::Viewer);
}

void DemoStoreTest::sameDateMakesTheSameRows() {
    const auto digestAt = [this](const char* name, qint64 atUs) {
        const QString file = m_folder.filePath(QLatin1String(name));
        must(Result<bool>(app::createDemoStore(file, options(80, 40, atUs)).isOk()));
        return digestOf(file);
    };
    const QByteArray first = digestAt("first.sqlite", nowUs);
    QCOMPARE(digestAt("second.sqlite", nowUs + 3600 * base::usPerSecond), first); // later on the same day
    QVERIFY(digestAt("third.sqlite", nowUs + 86'400 * base::usPerSecond) != first);
}

void DemoStoreTest::oneDeviceAndOneDayAreEnough() {
    const base::VirtualClock clock(nowUs);
    const std::vector<std::pair<qint64, int>> sizes{{1, 1}, {1, 30}, {7, 1}, {7, 2}};
    for (const auto& [devices, days] : sizes) {
        const QString file = m_folder.filePath(QStringLiteral("small-%1-%2.sqlite").arg(devices).arg(days));
        const auto made = app::createDemoStore(file, options(devices, days));
        QVERIFY2(made.isOk(), made ? "" : qPrintable(made.error().what));
        const auto store = opened(file, clock);
        QCOMPARE(must(store->devices({.withUnbound = true})).rows.size(), static_cast<size_t>(devices));
        QVERIFY(must(service::reconcile(*store, {})).findings.empty());
        QVERIFY(service::overview(*store, {}).isOk());
        QVERIFY(service::levelReport(*store).isOk());
    }
    for (const qint64 devices : {0, 100'001}) {
        const auto refused = app::createDemoStore(m_folder.filePath(QStringLiteral("none")), options(devices, 3));
        QVERIFY(!refused && refused.error().kind == base::ErrorKind::InvalidInput);
    }
}

void DemoStoreTest::cancelLeavesNothing() {
    // Wherever it is cancelled: while simulating, writing, or finishing.
    for (const double at : {0.0, 0.03, 0.3, 0.7, 0.95}) {
        const QString file = m_folder.filePath(QStringLiteral("cancelled.sqlite"));
        std::atomic<bool> isCancelled = false;
        app::DemoOptions cancelling = options(300, 40);
        cancelling.isCancelled = &isCancelled;
        cancelling.progress = [&](double share) { isCancelled = isCancelled || share >= at; };
        const auto made = app::createDemoStore(file, cancelling);
        QVERIFY(!made && made.error().kind == base::ErrorKind::Cancelled);
        const QStringList left = QDir(m_folder.path()).entryList({QStringLiteral("cancelled*")}, QDir::Files);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char(' '))));
    }
}

void DemoStoreTest::existingFileIsLeftAlone() {
    const QString file = m_folder.filePath(QStringLiteral("mine.sqlite"));
    QFile mine(file);
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();
    const auto made = app::createDemoStore(file, options(3, 3));
    QVERIFY(!made && made.error().kind == base::ErrorKind::InvalidInput);
    QVERIFY(mine.open(QIODevice::ReadOnly));
    QCOMPARE(mine.readAll(), QByteArrayLiteral("mine"));
}

} // namespace affinity::test
