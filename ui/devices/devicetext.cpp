#include "ui/devices/devicetext.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"

#include <QCoreApplication>

namespace affinity::ui {

namespace {

struct DeviceTextWords {
    Q_DECLARE_TR_FUNCTIONS(DeviceText)
};

QStringList capLines(const service::DeviceDetail& detail) {
    QStringList lines{DeviceTextWords::tr("All rules: %1 of %2 points gained today")
                          .arg(detail.globalUsedToday)
                          .arg(detail.setting.globalDailyCap)};
    for (const service::RuleUse& use : detail.ruleUses) {
        QString line = DeviceTextWords::tr("%1: %2 of %3 points, %4 events today")
                           .arg(visibleText(use.rule.key))
                           .arg(use.usedToday)
                           .arg(use.rule.dailyCap)
                           .arg(use.triggersToday);
        if (use.cooldownLeftUs > 0)
            line += DeviceTextWords::tr(", cooldown %1 left")
                        .arg(countdownText((use.cooldownLeftUs + 999'999) / 1'000'000));
        lines << line;
    }
    return lines;
}

QString reconcileLine(const std::optional<service::ReconcileReport>& report) {
    if (!report)
        return DeviceTextWords::tr("Not reconciled");
    if (report->findings.empty())
        return DeviceTextWords::tr("Reconciled: %1 log rows, nothing differs").arg(report->rows);
    QStringList findings{DeviceTextWords::tr("Does not reconcile:")};
    for (const service::Finding& finding : report->findings)
        findings << QStringLiteral("- ") + visibleText(engineText(finding.what));
    return findings.join(QLatin1Char('\n'));
}

} // namespace

QString nicknameText(const rules::Binding& binding) {
    return binding.nickname.isEmpty() ? DeviceTextWords::tr("no nickname") : visibleText(binding.nickname);
}

QString sourceText(const QString& source) {
    if (source == QLatin1String("device_event"))
        return DeviceTextWords::tr("device");
    if (source == QLatin1String("mobile_event"))
        return DeviceTextWords::tr("phone");
    if (source == QLatin1String("decay"))
        return DeviceTextWords::tr("decay");
    if (source == QLatin1String("admin_adjust_single"))
        return DeviceTextWords::tr("operator");
    if (source == QLatin1String("admin_adjust_batch"))
        return DeviceTextWords::tr("batch");
    return visibleText(source);
}

QString snapshotText(const service::DeviceDetail& detail, const std::optional<service::ReconcileReport>& report,
                     const QTimeZone& zone) {
    const rules::Binding& binding = detail.device.binding;
    QStringList lines;
    lines << DeviceTextWords::tr("Device %1, at %2, %3")
                 .arg(nicknameText(binding), dateTimeText(detail.atUs, zone), zoneText(zone, detail.atUs));
    lines << DeviceTextWords::tr("Binding %1, serial %2, user %3 (%4)")
                 .arg(QString::number(binding.id.value), dataText(binding.serial),
                      QString::number(binding.userId.value), dataText(detail.device.user.username));
    lines << DeviceTextWords::tr("Bound %1").arg(dateTimeText(binding.boundAtUs, zone));
    if (binding.unboundAtUs)
        lines << DeviceTextWords::tr("Unbound %1").arg(dateTimeText(*binding.unboundAtUs, zone));
    lines << (binding.lastActiveAtUs
                  ? DeviceTextWords::tr("Last active %1").arg(dateTimeText(*binding.lastActiveAtUs, zone))
                  : DeviceTextWords::tr("Never active"));
    lines << DeviceTextWords::tr("Value %1 of %2, level %3 %4")
                 .arg(QString::number(binding.favorability), QString::number(detail.setting.maxAffinity),
                      QString::number(detail.progress.level), visibleText(detail.progress.levelName));
    if (detail.progress.nextLevel)
        lines << DeviceTextWords::tr("%1 points to level %2 %3")
                     .arg(QString::number(detail.progress.pointsNeeded), QString::number(*detail.progress.nextLevel),
                          visibleText(detail.progress.nextLevelName));
    lines << capLines(detail);
    lines << (detail.nextDecay
                  ? DeviceTextWords::tr("Next decay %1, if idle").arg(detail.nextDecay->toString(Qt::ISODate))
                  : DeviceTextWords::tr("No decay ahead"));
    lines << reconcileLine(report);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace affinity::ui
