#include "tests/outbox/entries_test.h"

#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"

#include <QTest>

namespace affinity::test {

using rules::Outcome;
using store::OutboxEntries;

namespace {

/// What stands in the store, in the order in which it was written.
OutboxEntries entriesIn(const OutboxStore& rows) {
    OutboxEntries entries;
    const auto store = rows.open();
    store::Outbox& outbox = *store->outbox();
    const qint64 nowUs = rows.clock().nowUs();
    entries.rows = must(outbox.confirms(nowUs + secondUs, 1000));
    must(outbox.lease(QStringLiteral("test"), nowUs, secondUs));
    const auto pushes = must(outbox.claimPushes(QStringLiteral("test"), nowUs, 1000));
    entries.rows.insert(entries.rows.end(), pushes.begin(), pushes.end());
    entries.deliveries = rows.deliveries();
    return entries;
}

/// Without what only a commit gives.
OutboxEntries withoutIds(OutboxEntries entries) {
    for (store::OutboxRow& row : entries.rows) {
        row.id = 0;
        row.logId = {};
    }
    for (store::RewardDelivery& delivery : entries.deliveries) {
        delivery.id = 0;
        delivery.logId = {};
    }
    return entries;
}

bool isNothingLeft(const OutboxStore& rows) {
    return rows.figures() == store::OutboxFigures{} && rows.deliveries().empty() &&
           rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox")) == QLatin1String("0");
}

} // namespace

void EntriesTest::initTestCase_data() {
    addBackends();
}

void EntriesTest::refusedAndFailedEventsLeaveNothing() {
    const OutboxStore rows(currentBackend());
    int calls = 0;
    service::OutboxUse use = everything();
    use.written = [&calls](base::LogId, bool) { ++calls; };
    Writer writer(rows, use);
    QCOMPARE(writer.apply(firstDevice, QStringLiteral("missing")).outcome, Outcome::NoRule);
    QCOMPARE(writer.apply({99}, pat).outcome, Outcome::Error);
    QCOMPARE(writer.apply(firstDevice, decay).outcome, Outcome::ValueBoundary);
    QCOMPARE(writer.apply(firstDevice, pat, QString(65, QLatin1Char('x'))).outcome, Outcome::Error);
    const service::Guard refusing = [](const service::GuardFacts&) {
        return service::GuardVerdict{base::Error{base::ErrorKind::Refused, QStringLiteral("No.")}, {}};
    };
    QCOMPARE(writer.service.apply(eventOn(firstDevice, festival, {}), refusing).outcome, Outcome::Error);
    QCOMPARE(writer.preview(firstDevice, festival).result.outcome, Outcome::Applied);
    QVERIFY(isNothingLeft(rows));
    QCOMPARE(calls, 0);
    QCOMPARE(writer.apply(firstDevice, chat, QStringLiteral("one")).outcome, Outcome::Applied);
    const OutboxEntries left = entriesIn(rows);
    QCOMPARE(writer.apply(firstDevice, chat, QStringLiteral("one")).outcome, Outcome::EventDuplicate);
    QCOMPARE(writer.apply(firstDevice, chat, QStringLiteral("two")).outcome, Outcome::Cooldown);
    QCOMPARE(calls, 1);
    QCOMPARE(left.rows.size(), size_t{2});
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox")), QStringLiteral("2"));
}

void EntriesTest::anOutboxThatCannotBeWrittenUndoesTheChange() {
    const OutboxStore rows(currentBackend());
    Writer writer(rows);
    // Somebody has left a push of the next log row: there is one for each.
    rows.query(QStringLiteral("INSERT INTO affinity_console_outbox (kind, log_id, device_id, user_id, payload, "
                              "created_at) VALUES ('push', 1, 1, 1, '[]', '2026-03-01 12:00:00')"));
    const service::ApplyResult result = writer.apply(firstDevice, festival);
    QCOMPARE(result.outcome, Outcome::Error);
    QVERIFY(result.error);
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QStringLiteral("0"));
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM userapp_userlevelrewardgrant")), QStringLiteral("0"));
    QCOMPARE(rows.query(QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 1")),
             QStringLiteral("0"));
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox")), QStringLiteral("1"));
    QVERIFY(rows.deliveries().empty());
}

void EntriesTest::aPreviewNamesWhatTheCommitWrites_data() {
    QTest::addColumn<QString>("event");
    QTest::addColumn<bool>("isLedger");
    QTest::newRow("a change") << chat << false;
    QTest::newRow("levels, rewards wait") << festival << false;
    QTest::newRow("levels, the ledger has the rewards") << festival << true;
}

void EntriesTest::aPreviewNamesWhatTheCommitWrites() {
    QFETCH(QString, event);
    QFETCH(bool, isLedger);
    const OutboxStore rows(currentBackend());
    service::OutboxUse use = everything();
    if (isLedger)
        use.rewards = service::RewardUse::Ledger;
    Writer writer(rows, use);
    const service::Preview preview = writer.preview(firstDevice, event, QStringLiteral("id"));
    QVERIFY(!preview.outbox.isEmpty());
    QVERIFY(preview.outbox == withoutIds(preview.outbox));
    QVERIFY(isNothingLeft(rows));

    const service::ApplyResult result = writer.apply(firstDevice, event, QStringLiteral("id"));
    QCOMPARE(result.outcome, Outcome::Applied);
    const OutboxEntries written = entriesIn(rows);
    QCOMPARE(written.rows.size(), size_t{2});
    QCOMPARE(written.deliveries.size(), event == festival ? size_t{2} : size_t{0});
    for (const store::OutboxRow& row : written.rows)
        QVERIFY(row.logId == *result.logId);
    for (const store::RewardDelivery& delivery : written.deliveries)
        QVERIFY(delivery.logId == *result.logId);
    QVERIFY(withoutIds(written) == preview.outbox);
}

} // namespace affinity::test
