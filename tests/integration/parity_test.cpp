#include "tests/integration/parity_test.h"

#include "engine/base/clock.h"
#include "engine/service/random.h"
#include "engine/service/replay.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorystore.h"
#include "engine/store/open.h"
#include "tests/integration/console.h"
#include "tests/integration/djangofile.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <set>

namespace affinity::test {

using base::Json;

namespace {

QByteArray readFile(const QString& fileName) {
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString goldenFile(const char* kind, int number, const char* ending) {
    return QStringLiteral(AFFINITY_TEST_DATA "/parity/%1-%2.%3")
        .arg(QLatin1String(kind))
        .arg(number)
        .arg(QLatin1String(ending));
}

constexpr std::array goldens{101, 102, 103, 201, 301, 305};

void addGoldens() {
    QTest::addColumn<int>("number");
    for (const int number : goldens)
        QTest::addRow("%d", number) << number;
}

/// The first line that differs, or nothing.
QByteArray firstDifference(const QByteArray& expected, const QByteArray& found) {
    const QList<QByteArray> wanted = expected.trimmed().split('\n');
    const QList<QByteArray> given = found.trimmed().split('\n');
    for (qsizetype i = 0; i < std::max(wanted.size(), given.size()); ++i) {
        if (wanted.value(i) != given.value(i)) {
            return "line " + QByteArray::number(i + 1) + "\nwanted " + wanted.value(i) + "\nfound  " + given.value(i);
        }
    }
    return {};
}

/// Rows without the columns that depend on when the service made its demo rows, and in an order of their own.
std::multiset<std::string> comparableRows(const Json& rows) {
    static const std::set<std::string> left{"bound_at", "unbound_at", "granted_at", "updated_at", "created_at"};
    std::multiset<std::string> comparable;
    for (const Json& row : rows) {
        const bool isLog = row.contains("change_value");
        const bool isCounted = row.contains("trigger_count") || row.contains("granted_at");
        std::map<std::string, std::string> columns;
        for (const auto& [column, value] : row.items()) {
            const bool isOwnTime = left.contains(column) && !(isLog && column == "created_at");
            if (!isOwnTime && !(isCounted && column == "id"))
                columns[column] = value.dump();
        }
        std::string text;
        for (const auto& [column, value] : columns)
            text += column + "=" + value + " ";
        comparable.insert(text);
    }
    return comparable;
}

QByteArray stateDifference(const Json& expected, const Json& found) {
    for (const auto& [table, rows] : expected.at("tables").items()) {
        if (comparableRows(rows) != comparableRows(found.at("tables").at(table)))
            return "table " + QByteArray::fromStdString(table);
    }
    const Json& wanted = expected.at("redis");
    const Json& given = found.at("redis");
    if (wanted.size() != given.size())
        return "number of counters";
    for (const auto& [key, counter] : wanted.items()) {
        if (!given.contains(key) || given.at(key).at("value") != counter.at("value"))
            return "counter " + QByteArray::fromStdString(key);
        const qint64 ttl = given.at(key).at("ttl_s").get<qint64>();
        if (std::abs(ttl - counter.at("ttl_s").get<qint64>()) > 1)
            return "life time of " + QByteArray::fromStdString(key);
    }
    return {};
}

Json parsed(const QByteArray& text) {
    return Json::parse(text.begin(), text.end());
}

/// Runs a golden file on a store and says what differs from what Django answered and left behind.
QByteArray differenceOfGoldenRun(int number, const QString& url, const QStringList& environment = {}) {
    QTemporaryDir folder;
    const QString results = folder.filePath(QStringLiteral("results"));
    const QString state = folder.filePath(QStringLiteral("state"));
    const ConsoleRun run =
        runConsole({QStringLiteral("--store"), url, QStringLiteral("--no-other-writer"), QStringLiteral("replay"),
                    QStringLiteral("--events"), goldenFile("events", number, "jsonl"), QStringLiteral("--results"),
                    results, QStringLiteral("--state"), state, QStringLiteral("--virtual-clock")},
                   environment);
    if (run.exitCode != 0)
        return "exit code " + QByteArray::number(run.exitCode) + ": " + run.errors;
    const QByteArray lines = firstDifference(readFile(goldenFile("results", number, "jsonl")), readFile(results));
    if (!lines.isEmpty())
        return lines;
    return stateDifference(parsed(readFile(goldenFile("state", number, "json"))), parsed(readFile(state)));
}

std::unique_ptr<DatabaseServer> makeServer(const QString& kind) {
    if (kind == QLatin1String("mariadb"))
        return std::make_unique<MariaDbServer>();
    return std::make_unique<PostgresServer>();
}

/// Django's demo rows, copied from its file into memory.
void copyRows(store::Store& from, store::MemoryDatabase& to) {
    const auto ruleSet = from.ruleSet();
    QVERIFY(ruleSet && to.add(*ruleSet));
    std::set<qint64> users;
    const auto bindings = from.bindingsAfter({}, 1000, false);
    QVERIFY(bindings.isOk());
    for (const rules::Binding& binding : *bindings) {
        const auto row = from.device(binding.id);
        QVERIFY(row && *row);
        if (users.insert(binding.userId.value).second)
            QVERIFY(to.add((*row)->user).isOk());
        QVERIFY(to.add(binding).isOk());
    }
    for (const char* name : {"admin", "operator", "viewer"}) {
        const auto record = from.operatorByName(QString::fromLatin1(name));
        QVERIFY(record && *record && to.add(**record).isOk());
    }
}

} // namespace

void ParityTest::goldenRunIsEqualOnDjangosFile_data() {
    addGoldens();
}

void ParityTest::goldenRunIsEqualOnDjangosFile() {
    QFETCH(int, number);
    QTemporaryDir folder;
    const QString store = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    const QByteArray difference = differenceOfGoldenRun(number, QStringLiteral("sqlite:") + store);
    QVERIFY2(difference.isEmpty(), difference.constData());
}

void ParityTest::goldenRunIsEqualOnDjangosServer_data() {
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("number");
    for (const char* server : {"postgresql", "mariadb"}) {
        for (const int number : goldens)
            QTest::addRow("%s %d", server, number) << QString::fromLatin1(server) << number;
    }
}

void ParityTest::goldenRunIsEqualOnDjangosServer() {
    QFETCH(QString, server);
    QFETCH(int, number);
    std::unique_ptr<DatabaseServer>& running = m_servers[server];
    if (!running) {
        running = makeServer(server);
        QVERIFY2(running->start(), running->output());
    }
    const QString url = running->makeDatabase(QStringLiteral("django"));
    const QByteArray difference =
        differenceOfGoldenRun(number, url, {QStringLiteral("AFFINITY_SQL_PASSWORD=") + running->password()});
    QVERIFY2(difference.isEmpty(), difference.constData());
}

void ParityTest::goldenRunIsEqualInMemory_data() {
    addGoldens();
}

void ParityTest::goldenRunIsEqualInMemory() {
    QFETCH(int, number);
    QTemporaryDir folder;
    base::VirtualClock clock;
    const QString django = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    const auto file = store::open(QStringLiteral("sqlite:") + django, {.access = store::Access::Read}, clock);
    QVERIFY(file.isOk());
    const auto database = std::make_shared<store::MemoryDatabase>();
    copyRows(**file, *database);
    if (QTest::currentTestFailed())
        return;

    store::MemoryStore store(database, clock);
    store::MemoryCounters counters(clock);
    service::SystemDraw draw;
    service::AffinityService service(store, counters, draw);
    QFile events(goldenFile("events", number, "jsonl"));
    QVERIFY(events.open(QIODevice::ReadOnly));
    QBuffer results;
    results.open(QIODevice::ReadWrite);
    const auto done = service::replay(service, &clock, events, results);
    QVERIFY2(done.isOk(), done ? "" : qPrintable(done.error().what));
    const QByteArray lines = firstDifference(readFile(goldenFile("results", number, "jsonl")), results.data());
    QVERIFY2(lines.isEmpty(), lines.constData());
    const auto state = service::replayState(store, counters);
    QVERIFY(state.isOk());
    const QByteArray rows = stateDifference(parsed(readFile(goldenFile("state", number, "json"))), *state);
    QVERIFY2(rows.isEmpty(), rows.constData());
}

void ParityTest::cleanupTestCase() {
    m_servers.clear();
}

void ParityTest::wrongOperationIsNamedWithItsLine() {
    QTemporaryDir folder;
    const QString store = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    QFile events(folder.filePath(QStringLiteral("events")));
    QVERIFY(events.open(QIODevice::WriteOnly));
    events.write("{\"now\": \"2026-01-31T08:00:00+08:00\", \"op\": \"tick\", \"unknown\": 1}\n"
                 "{\"now\": \"2026-01-31T08:00:01+08:00\", \"op\": \"explode\"}\n");
    events.close();
    const ConsoleRun run = runConsole({QStringLiteral("--store"), QStringLiteral("sqlite:") + store,
                                       QStringLiteral("--no-other-writer"), QStringLiteral("replay"),
                                       QStringLiteral("--events"), events.fileName(), QStringLiteral("--results"),
                                       folder.filePath(QStringLiteral("results")), QStringLiteral("--virtual-clock")});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.errors.contains("Line 2"));
    QVERIFY(run.errors.contains("explode"));
}

} // namespace affinity::test
