#include "ui/adjustments/receipt.h"

#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"
#include "ui/workspace/rewardstext.h"

#include <QCoreApplication>

#include <cstdlib>

namespace affinity::ui {
namespace {

struct ReceiptWords {
    Q_DECLARE_TR_FUNCTIONS(Receipt)
};

QString rewardLine(const std::vector<service::RewardResult>& rewards) {
    QStringList parts;
    for (const service::RewardResult& reward : rewards) {
        const QString what = reward.rewards.empty() ? ReceiptWords::tr("no reward") : rewardsText(reward.rewards);
        QString part = QStringLiteral("L%1: %2").arg(reward.level).arg(what);
        if (!reward.error.isEmpty())
            part += QStringLiteral(" (%1)").arg(visibleText(reward.error));
        parts << part;
    }
    return parts.join(QStringLiteral(" · "));
}

QString levelLine(const Receipt& receipt) {
    const service::ApplyResult& result = receipt.result;
    if (result.oldLevel == result.newLevel)
        return levelShort(result.newLevel, receipt.levels);
    return QStringLiteral("%1 → %2").arg(levelShort(result.oldLevel, receipt.levels),
                                         levelShort(result.newLevel, receipt.levels));
}

} // namespace

QString receiptTitle(const Receipt& receipt) {
    const QString name = receipt.binding.nickname.isEmpty()
                             ? ReceiptWords::tr("device %1").arg(receipt.binding.id.value)
                             : visibleText(receipt.binding.nickname, 32);
    const service::ApplyResult& result = receipt.result;
    if (receipt.reversesLogId)
        return ReceiptWords::tr("Log row %1 of %2 is reversed.").arg(receipt.reversesLogId->value).arg(name);
    if (receipt.form.kind == service::AdjustmentKind::SetTo)
        return ReceiptWords::tr("The value of %1 is set to %2.").arg(name, numberText(result.afterValue));
    const QString points = pointsText(std::abs(result.changeValue));
    return result.changeValue < 0 ? ReceiptWords::tr("%1 taken from %2.").arg(points, name)
                                  : ReceiptWords::tr("%1 added to %2.").arg(points, name);
}

bool isSameRow(const store::LogEntry& entry, const Receipt& receipt) {
    const service::ApplyResult& result = receipt.result;
    return result.logId && entry.row.id == *result.logId && entry.row.deviceId == receipt.binding.id &&
           entry.row.beforeValue == result.beforeValue && entry.row.afterValue == result.afterValue &&
           operationIdOf(entry) == receipt.form.operationId;
}

std::vector<std::pair<QString, QString>> receiptLines(const Receipt& receipt, const QTimeZone& zone) {
    const service::ApplyResult& result = receipt.result;
    std::vector<std::pair<QString, QString>> lines;
    lines.emplace_back(ReceiptWords::tr("Device"), deviceTitle(receipt.binding));
    lines.emplace_back(
        ReceiptWords::tr("User"),
        QStringLiteral("%1 · %2").arg(visibleText(receipt.user.username, 40)).arg(receipt.user.id.value));
    lines.emplace_back(ReceiptWords::tr("Log row"),
                       result.logId ? QString::number(result.logId->value) : ReceiptWords::tr("unknown"));
    if (receipt.reversesLogId)
        lines.emplace_back(ReceiptWords::tr("Reverses log row"), QString::number(receipt.reversesLogId->value));
    lines.emplace_back(
        ReceiptWords::tr("Value"),
        ReceiptWords::tr("%1 → %2 (%3)")
            .arg(numberText(result.beforeValue), numberText(result.afterValue), signedText(result.changeValue)));
    lines.emplace_back(ReceiptWords::tr("Level"), levelLine(receipt));
    if (result.isAppliedEarlier)
        lines.emplace_back(ReceiptWords::tr("Rewards"), ReceiptWords::tr("not told again; see the device's grants"));
    else if (!result.rewardsGranted.empty())
        lines.emplace_back(ReceiptWords::tr("Rewards granted"), rewardLine(result.rewardsGranted));
    else
        lines.emplace_back(ReceiptWords::tr("Rewards granted"), ReceiptWords::tr("none"));
    if (!result.rewardsFailed.empty())
        lines.emplace_back(ReceiptWords::tr("Rewards failed"), rewardLine(result.rewardsFailed));
    lines.emplace_back(ReceiptWords::tr("Reason"),
                       QStringLiteral("%1 · %2").arg(reasonCodeName(receipt.form.reasonCode),
                                                     visibleText(receipt.form.reason.trimmed())));
    lines.emplace_back(ReceiptWords::tr("Ticket"),
                       receipt.form.ticket.isEmpty() ? ReceiptWords::tr("none") : visibleText(receipt.form.ticket));
    lines.emplace_back(ReceiptWords::tr("Operator"), visibleText(receipt.operatorName));
    lines.emplace_back(ReceiptWords::tr("Store"), visibleText(receipt.storeName));
    if (receipt.row)
        lines.emplace_back(ReceiptWords::tr("Time"), dateTimeText(receipt.row->row.createdAtUs, zone) +
                                                         QLatin1Char(' ') + QString::fromUtf8(zone.id()));
    lines.emplace_back(ReceiptWords::tr("Operation"), receipt.form.operationId);
    return lines;
}

QString receiptText(const Receipt& receipt, const QTimeZone& zone) {
    QStringList lines{receiptTitle(receipt)};
    for (const auto& [name, value] : receiptLines(receipt, zone))
        lines << QStringLiteral("%1: %2").arg(name, value);
    lines << (receipt.row ? ReceiptWords::tr("Confirmed: the row was read back.")
                          : ReceiptWords::tr("Not confirmed: the row was not read back."));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

service::ApplyResult resultOfRow(const store::LogEntry& entry, const std::vector<rules::Level>& levels) {
    service::ApplyResult result;
    result.outcome = rules::Outcome::Applied;
    result.isAppliedEarlier = true;
    result.ruleKey = entry.row.ruleKey;
    result.changeValue = entry.row.changeValue;
    result.beforeValue = entry.row.beforeValue;
    result.afterValue = entry.row.afterValue;
    result.oldLevel = rules::levelOf(entry.row.beforeValue, levels);
    result.newLevel = rules::levelOf(entry.row.afterValue, levels);
    result.logId = entry.row.id;
    return result;
}

} // namespace affinity::ui
