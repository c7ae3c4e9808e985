#include "tests/ui/adjustments/receipt_test.h"

#include "ui/adjustments/changeform.h"
#include "ui/adjustments/receipt.h"

#include <QTest>

namespace affinity::test {

using ui::Receipt;

namespace {

Receipt receipt() {
    Receipt made;
    made.binding.id = {48210377};
    made.binding.nickname = QStringLiteral("Mochi");
    made.user.id = {90211845};
    made.user.username = QStringLiteral("lin");
    made.levels = {{4, 2400, QStringLiteral("Close friend"), {}}, {5, 4000, QStringLiteral("Confidant"), {}}};
    made.operatorName = QStringLiteral("operator");
    made.storeName = QStringLiteral("demo.sqlite");
    made.form.reasonCode = QStringLiteral("lost_event");
    made.form.reason = QStringLiteral("chat of 13:58 never arrived");
    made.form.ticket = QStringLiteral("CS-20817");
    made.form.operationId = QStringLiteral("op-1");
    made.result.outcome = rules::Outcome::Applied;
    made.result.changeValue = 540;
    made.result.beforeValue = 3482;
    made.result.afterValue = 4022;
    made.result.oldLevel = 4;
    made.result.newLevel = 5;
    made.result.logId = base::LogId{901};
    made.result.rewardsGranted = {
        {5, QStringLiteral("Confidant"), base::Json::array({{{"type", "coin"}, {"amount", 200}}}), {}}};
    return made;
}

store::LogEntry rowOf(const Receipt& made) {
    store::LogEntry entry;
    entry.row.id = *made.result.logId;
    entry.row.deviceId = made.binding.id;
    entry.row.beforeValue = made.result.beforeValue;
    entry.row.afterValue = made.result.afterValue;
    entry.row.createdAtUs = 1'700'000'000'000'000;
    entry.note = rules::LogNote{};
    entry.note->operationId = made.form.operationId;
    return entry;
}

} // namespace

void ReceiptTest::textHoldsEverythingATicketNeeds() {
    Receipt made = receipt();
    made.row = rowOf(made);
    const QString text = ui::receiptText(made, QTimeZone("Asia/Shanghai"));
    for (const char* part :
         {"540 points added to Mochi.", "Device: Mochi · 48210377", "Log row: 901", "Value: 3,482 → 4,022 (+540)",
          "Level: L4 Close friend → L5 Confidant", "Rewards granted: L5: 200 coin",
          "Reason: Lost event · chat of 13:58 never arrived", "Ticket: CS-20817", "Operator: operator",
          "Time: 15 Nov 2023 06:13:20 Asia/Shanghai", "Operation: op-1", "Confirmed: the row was read back."})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
}

void ReceiptTest::unconfirmedReceiptSaysSo() {
    const QString text = ui::receiptText(receipt(), QTimeZone::utc());
    QVERIFY(text.contains(QStringLiteral("Not confirmed: the row was not read back.")));
    QVERIFY(!text.contains(QStringLiteral("Time:")));
}

void ReceiptTest::rowOfAnotherOperationIsNotOurs() {
    const Receipt made = receipt();
    store::LogEntry entry = rowOf(made);
    QVERIFY(ui::isSameRow(entry, made));
    entry.note->operationId = QStringLiteral("op-2");
    QVERIFY(!ui::isSameRow(entry, made));
    entry = rowOf(made);
    entry.row.afterValue += 1;
    QVERIFY(!ui::isSameRow(entry, made));
    entry = rowOf(made); // a store without the console's tables keeps the id in the row itself
    entry.note.reset();
    entry.row.metadata["operation_id"] = "op-1";
    QVERIFY(ui::isSameRow(entry, made));
}

void ReceiptTest::foreignTextStaysOnItsLine() {
    Receipt made = receipt();
    const auto lines = ui::receiptText(made, QTimeZone::utc()).count(QLatin1Char('\n'));
    made.form.reason = QStringLiteral("first\nTicket: FORGED");
    QCOMPARE(ui::receiptText(made, QTimeZone::utc()).count(QLatin1Char('\n')), lines);
}

void ReceiptTest::failedRewardIsNamedWithItsError() {
    Receipt made = receipt();
    made.result.rewardsFailed = {{5, {}, base::Json::array(), QStringLiteral("grant table is locked")}};
    QVERIFY(ui::receiptText(made, QTimeZone::utc())
                .contains(QStringLiteral("Rewards failed: L5: no reward (grant table is locked)")));
}

void ReceiptTest::wholeNumbersAreReadStrictly_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<qint64>("number");
    QTest::newRow("plain") << QStringLiteral("540") << true << qint64{540};
    QTest::newRow("plus") << QStringLiteral("+540") << true << qint64{540};
    QTest::newRow("hyphen") << QStringLiteral("-20") << true << qint64{-20};
    QTest::newRow("minus sign") << QStringLiteral(" \u221220 ") << true << qint64{-20};
    QTest::newRow("fraction") << QStringLiteral("1.5") << false << qint64{0};
    QTest::newRow("exponent") << QStringLiteral("1e3") << false << qint64{0};
    QTest::newRow("separator") << QStringLiteral("1,000") << false << qint64{0};
    QTest::newRow("inner space") << QStringLiteral("1 000") << false << qint64{0};
    QTest::newRow("other digits") << QStringLiteral("\u0661\u0662") << false << qint64{0};
    QTest::newRow("sign alone") << QStringLiteral("-") << false << qint64{0};
    QTest::newRow("too long") << QStringLiteral("99999999999999999999") << false << qint64{0};
}

void ReceiptTest::wholeNumbersAreReadStrictly() {
    QFETCH(QString, text);
    QFETCH(bool, isNumber);
    QFETCH(qint64, number);
    const std::optional<qint64> read = ui::wholeNumber(text);
    QCOMPARE(read.has_value(), isNumber);
    QCOMPARE(read.value_or(0), number);
}

} // namespace affinity::test
