#include "tests/outbox/upgrade_test.h"

#include "engine/store/schema.h"
#include "tests/integration/console.h"
#include "tests/outbox/outboxstore.h"
#include "tests/production/must.h"

#include <QFile>
#include <QTest>

#include <latch>
#include <thread>

namespace affinity::test {

namespace {

/// As version 2 left it.
void takeTheOutboxAway(const OutboxStore& rows) {
    for (const char* table :
         {"affinity_console_outbox", "affinity_console_reward_delivery", "affinity_console_relay_lease"})
        rows.query(QStringLiteral("DROP TABLE ") + QLatin1String(table));
    rows.query(QStringLiteral("DELETE FROM affinity_console_schema_version WHERE version = 3"));
}

QString versionOf(const OutboxStore& rows) {
    return rows.query(QStringLiteral("SELECT max(version) || ' of ' || count(*) FROM affinity_console_schema_version"));
}

QByteArray bytesOf(const OutboxStore& rows) {
    QFile file(rows.url().section(QLatin1Char(':'), 1));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void UpgradeTest::writersBringItUpToDateTogether() {
    constexpr int processes = 8;
    const OutboxStore rows(Backend::Embedded, StoreTime::Servers);
    takeTheOutboxAway(rows);
    QCOMPARE(versionOf(rows), QStringLiteral("2 of 2"));
    std::vector<std::unique_ptr<QProcess>> running;
    for (int i = 0; i < processes; ++i) {
        const int device = 1 + i % 3;
        running.push_back(startConsole({QStringLiteral("--store"), rows.url(), QStringLiteral("apply"),
                                        QStringLiteral("--user"), QString::number(device), QStringLiteral("--device"),
                                        QString::number(device), QStringLiteral("--rule"), festival,
                                        QStringLiteral("--source"), QStringLiteral("device_event")}));
    }
    for (const auto& process : running) {
        const ConsoleRun run = finishConsole(*process);
        QVERIFY2(run.exitCode == 0, (run.output + run.errors).constData());
    }
    QCOMPARE(versionOf(rows), QStringLiteral("3 of 3"));
    QVERIFY(rows.open()->info().hasOutbox);
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_relay_lease")), QStringLiteral("1"));
    const auto deliveries = rows.deliveries();
    QCOMPARE(deliveries.size(), size_t{6}); // levels 2 and 3 of three devices, in the ledger
    for (const store::RewardDelivery& delivery : deliveries)
        QVERIFY(delivery.state == store::DeliveryState::Delivered);
}

/// Faster than processes, so that they meet in the middle of it.
void UpgradeTest::threadsOpenItTogether() {
    constexpr int rounds = 30;
    constexpr int writers = 8;
    const OutboxStore rows(Backend::Embedded);
    takeTheOutboxAway(rows);
    const QString original = rows.url().section(QLatin1Char(':'), 1);
    QStringList faults;
    std::mutex mutex;
    for (int round = 0; round < rounds; ++round) {
        const QString copy = QStringLiteral("%1.%2").arg(original).arg(round);
        QVERIFY(QFile::copy(original, copy));
        std::latch start(writers);
        std::vector<std::thread> threads;
        for (int i = 0; i < writers; ++i) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                const auto opened = store::open(QStringLiteral("sqlite:") + copy, {.lockMs = farMs}, rows.clock());
                const std::lock_guard lock(mutex);
                if (!opened)
                    faults << opened.error().what;
                else if (!(*opened)->outbox())
                    faults << QStringLiteral("no outbox");
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
}

void UpgradeTest::aReaderLeavesItAsItIs() {
    const OutboxStore rows(Backend::Embedded);
    takeTheOutboxAway(rows);
    const QByteArray before = bytesOf(rows);
    QVERIFY(!before.isEmpty());
    {
        const auto store = rows.open(store::Access::Read);
        QVERIFY(store->info().isPrepared);
        QVERIFY(!store->info().hasOutbox);
        QVERIFY(!store->outbox());
    }
    QCOMPARE(bytesOf(rows), before);
    QCOMPARE(versionOf(rows), QStringLiteral("2 of 2"));
    QVERIFY(rows.open()->outbox()); // and a writer has one
    QCOMPARE(versionOf(rows), QStringLiteral("3 of 3"));
}

} // namespace affinity::test
