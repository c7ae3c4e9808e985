#include "tests/ui/devices/devicetext_test.h"

#include "ui/devices/devicetext.h"

#include <QTest>

namespace affinity::test {

namespace {

service::DeviceDetail sampleDetail() {
    service::DeviceDetail detail;
    rules::Binding& binding = detail.device.binding;
    binding.id = base::DeviceId{48210377};
    binding.userId = base::UserId{9};
    binding.serial = QStringLiteral("MC-1");
    binding.favorability = 3482;
    detail.device.user.username = QStringLiteral("wu.min");
    detail.setting.maxAffinity = 10000;
    detail.progress.level = 4;
    detail.progress.levelName = QStringLiteral("Close friend");
    detail.atUs = 1'800'000'000'000'000;
    service::RuleUse use;
    use.rule.key = QStringLiteral("chat");
    use.rule.dailyCap = 30;
    use.usedToday = 28;
    use.triggersToday = 7;
    use.cooldownLeftUs = 17'500'000;
    detail.ruleUses = {use};
    return detail;
}

} // namespace

void DeviceTextTest::noteIsReadFromMetadataOnAStoreWithoutNotes() {
    store::LogEntry entry;
    entry.row.metadata = base::Json{{"reason_code", "goodwill"}, {"ticket", "T1"}, {"reverses_log_id", 12}};
    QCOMPARE(ui::adjustmentNote(entry),
             (ui::AdjustmentNote{QStringLiteral("goodwill"), QStringLiteral("T1"), base::LogId{12}}));
    entry.row.metadata = base::Json::array({1});
    QCOMPARE(ui::adjustmentNote(entry), ui::AdjustmentNote{});
    entry.note = rules::LogNote{};
    entry.note->ticket = QStringLiteral("T2");
    QCOMPARE(ui::adjustmentNote(entry).ticket, QStringLiteral("T2"));
}

void DeviceTextTest::unknownSourceIsShownAsItIs() {
    QCOMPARE(ui::sourceText(QStringLiteral("mobile_event")), QStringLiteral("phone"));
    QCOMPARE(ui::sourceText(QStringLiteral("kiosk")), QStringLiteral("kiosk"));
    QCOMPARE(ui::reasonCodeText(QStringLiteral("lost_event")), QStringLiteral("lost event"));
    QCOMPARE(ui::reasonCodeText(QStringLiteral("new_code")), QStringLiteral("new_code"));
}

void DeviceTextTest::snapshotHoldsNumbersExactlyAndTimesInTheZone() {
    const QString text = ui::snapshotText(sampleDetail(), std::nullopt, QTimeZone("Asia/Shanghai"));
    QVERIFY2(text.startsWith(QStringLiteral("Device no nickname, at 15 Jan 2027 16:00:00, Asia/Shanghai (UTC+8)\n")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Value 3482 of 10000, level 4 Close friend\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("chat: 28 of 30 points, 7 events today, cooldown 00:18 left\n")),
             qPrintable(text));
    QVERIFY2(text.endsWith(QStringLiteral("Not reconciled\n")), qPrintable(text));
}

void DeviceTextTest::snapshotListsFindings() {
    service::ReconcileReport report;
    report.rows = 12;
    QVERIFY(ui::snapshotText(sampleDetail(), report, QTimeZone::utc())
                .endsWith(QStringLiteral("Reconciled: 12 log rows, nothing differs\n")));
    service::Finding finding;
    finding.what = QStringLiteral("The value is 5.");
    report.findings = {finding};
    QVERIFY(ui::snapshotText(sampleDetail(), report, QTimeZone::utc())
                .endsWith(QStringLiteral("Does not reconcile:\n- The value is 5.\n")));
}

} // namespace affinity::test
