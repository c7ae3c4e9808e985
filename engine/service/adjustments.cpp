#include "engine/service/adjustments.h"

#include <QLoggingCategory>
#include <QUuid>

#include <cstdlib>
#include <limits>

namespace affinity::service {

using access::Session;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Q_LOGGING_CATEGORY(adjustmentsLog, "affinity.service", QtInfoMsg)

constexpr int longestTicket = 64;
constexpr int longestOperationId = 64;
const QString adminKey = QStringLiteral("admin");

Error refused(const QString& what) {
    return {ErrorKind::Refused, what};
}

Error invalid(const QString& what) {
    return {ErrorKind::InvalidInput, what};
}

/// Ids and the outcome only: notes and nicknames are people's words.
void noteInLog(const Session& session, const AdjustRequest& request, const ApplyResult& result) {
    QString text = QStringLiteral("%1 of device %2 by operator %3: %4, %5 points, operation %6")
                       .arg(request.reversesLogId ? QStringLiteral("Reversal") : QStringLiteral("Adjustment"))
                       .arg(request.deviceId.value)
                       .arg(session.person.id.value)
                       .arg(rules::wireName(result.outcome))
                       .arg(result.changeValue)
                       .arg(request.operationId);
    if (result.logId)
        text += QStringLiteral(", log row %1").arg(result.logId->value);
    if (result.error)
        text += QStringLiteral(": ") + result.error->what;
    qCInfo(adjustmentsLog).noquote() << text;
}

/// What can be said of a form without looking at the store.
std::optional<Error> formError(const Session& session, const AdjustmentForm& form) {
    if (session.role == access::Role::Viewer)
        return refused(QStringLiteral("\"%1\" is not staff and may only look.").arg(session.person.username));
    if (!reasonCodes().contains(form.reasonCode)) {
        return invalid(QStringLiteral("Unknown reason code \"%1\". Known codes: %2.")
                           .arg(form.reasonCode, reasonCodes().join(QStringLiteral(", "))));
    }
    if (form.reason.trimmed().isEmpty())
        return invalid(QStringLiteral("The reason is empty. Write why this adjustment is made."));
    if (form.ticket.size() > longestTicket)
        return invalid(QStringLiteral("The ticket number is longer than %1 characters.").arg(longestTicket));
    if (form.operationId.isEmpty() || form.operationId.size() > longestOperationId)
        return invalid(QStringLiteral("The operation id must have 1 to %1 characters.").arg(longestOperationId));
    if (form.amount > std::numeric_limits<int>::max() || form.amount < -std::numeric_limits<int>::max())
        return invalid(QStringLiteral("%1 is more than a value can hold.").arg(form.amount));
    return std::nullopt;
}

AdjustRequest requestOf(const Session& session, const AdjustmentForm& form, qint64 delta) {
    AdjustRequest request;
    request.userId = form.userId;
    request.deviceId = form.deviceId;
    request.delta = delta;
    request.operatorId = session.person.id;
    request.reason = form.reason.trimmed();
    request.operationId = form.operationId;
    request.reasonCode = form.reasonCode;
    request.ticket = form.ticket;
    return request;
}

std::optional<Error> limitError(const LimitUse& use, qint64 points) {
    const QString way =
        QStringLiteral(" Above it a second person has to agree, which this version cannot ask for yet.");
    if (points > use.limits.singlePoints) {
        return refused(QStringLiteral("%1 points are over your limit of %2 for one adjustment.")
                           .arg(points)
                           .arg(use.limits.singlePoints) +
                       way);
    }
    if (use.deviceToday + points > use.limits.devicePointsPerDay) {
        return refused(QStringLiteral("You adjusted this device by %1 points today; with %2 more it would be over your "
                                      "limit of %3 a device and day.")
                           .arg(use.deviceToday)
                           .arg(points)
                           .arg(use.limits.devicePointsPerDay) +
                       way);
    }
    if (use.operatorToday + points > use.limits.operatorPointsPerDay) {
        return refused(
            QStringLiteral("You adjusted %1 points today; with %2 more it would be over your limit of %3 a day.")
                .arg(use.operatorToday)
                .arg(points)
                .arg(use.limits.operatorPointsPerDay) +
            way);
    }
    return std::nullopt;
}

/// True when the row's metadata says `number` under that name; nothing: when it has no such member.
bool hasNumber(const rules::LogRow& row, const char* name, const std::optional<qint64>& number) {
    const auto member = row.metadata.find(name);
    if (member == row.metadata.end())
        return !number;
    return number && member->is_number_integer() && *member == *number;
}

/// An operation id stands for one content for ever. Of a "set to" that is the value asked for: the points it takes
/// differ once it had its effect.
bool isSameOperation(const store::LogEntry& entry, const AdjustRequest& request) {
    const bool isSameChange =
        request.setTo ? hasNumber(entry.row, "set_to", request.setTo)
                      : hasNumber(entry.row, "set_to", {}) && hasNumber(entry.row, "requested_delta", request.delta);
    const auto reversed = request.reversesLogId ? std::optional(request.reversesLogId->value) : std::nullopt;
    const bool isSameReversal = entry.note ? entry.note->reversesLogId == request.reversesLogId
                                           : hasNumber(entry.row, "reverses_log_id", reversed);
    return isSameChange && isSameReversal && entry.row.deviceId == request.deviceId &&
           entry.row.userId == request.userId && entry.row.operatorId == request.operatorId &&
           entry.row.reason == request.reason;
}

/// A "set to" was worked out from a value that is another by now.
bool isPastTarget(const AdjustRequest& request, const Situation& situation) {
    return request.setTo && situation.binding && situation.binding->favorability + request.delta != *request.setTo;
}

/// Levels that row rose through, as far as today's level table tells: their rewards were granted.
std::vector<int> levelsReachedBy(const rules::LogRow& row, const std::vector<rules::Level>& levels) {
    std::vector<int> reached;
    const int oldLevel = rules::levelOf(row.beforeValue, levels);
    for (const rules::Level* level : rules::crossedLevels(oldLevel, rules::levelOf(row.afterValue, levels), levels)) {
        if (!level->rewards.empty())
            reached.push_back(level->level);
    }
    return reached;
}

} // namespace

struct Adjustments::Prepared {
    AdjustRequest request;
    std::optional<rules::LogRow> reversed;
};

const QStringList& reasonCodes() {
    static const QStringList codes{QStringLiteral("lost_event"), QStringLiteral("duplicate"),
                                   QStringLiteral("goodwill"),   QStringLiteral("correction"),
                                   QStringLiteral("test"),       QStringLiteral("other")};
    return codes;
}

QString newOperationId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Adjustments::Adjustments(AffinityService& service, AdjustmentLimits limits) : m_service(service), m_limits(limits) {
}

AdjustmentPreview Adjustments::preview(const Session& session, const AdjustmentForm& form) {
    const auto prepared = prepare(session, form);
    if (prepared)
        return previewPrepared(session, *prepared);
    AdjustmentPreview refusal;
    refusal.operationId = form.operationId;
    refusal.preview.result = failure(adminKey, prepared.error());
    return refusal;
}

ApplyResult Adjustments::commit(const Session& session, const AdjustmentForm& form, const QByteArray& stateHash) {
    const auto prepared = prepare(session, form);
    return prepared ? commitPrepared(session, *prepared, stateHash) : failure(adminKey, prepared.error());
}

AdjustmentPreview Adjustments::previewReversal(const Session& session, base::LogId logId, const AdjustmentForm& form) {
    const auto prepared = prepareReversal(session, logId, form);
    if (prepared)
        return previewPrepared(session, *prepared);
    AdjustmentPreview refusal;
    refusal.operationId = form.operationId;
    refusal.preview.result = failure(adminKey, prepared.error());
    return refusal;
}

ApplyResult Adjustments::reverse(const Session& session, base::LogId logId, const AdjustmentForm& form,
                                 const QByteArray& stateHash) {
    const auto prepared = prepareReversal(session, logId, form);
    return prepared ? commitPrepared(session, *prepared, stateHash) : failure(adminKey, prepared.error());
}

Result<Adjustments::Prepared> Adjustments::prepare(const Session& session, const AdjustmentForm& form) {
    if (const auto error = formError(session, form))
        return *error;
    if (form.kind == AdjustmentKind::ByDelta)
        return Prepared{requestOf(session, form, form.amount), std::nullopt};

    const auto device = m_service.store().device(form.deviceId);
    if (!device)
        return device.error();
    // An unknown device is refused by the engine, under its lock and by its own text.
    const qint64 value = *device ? (*device)->binding.favorability : 0;
    Prepared prepared{requestOf(session, form, form.amount - value), std::nullopt};
    prepared.request.setTo = form.amount;
    return prepared;
}

Result<Adjustments::Prepared> Adjustments::prepareReversal(const Session& session, base::LogId logId,
                                                           const AdjustmentForm& form) {
    if (const auto error = formError(session, form))
        return *error;
    auto transaction = m_service.store().begin(store::Access::Read);
    if (!transaction)
        return transaction.error();
    const auto entry = (*transaction)->logEntry(logId);
    if (!entry)
        return entry.error();
    if (!*entry)
        return Error{ErrorKind::NotFound, QStringLiteral("There is no log row %1 in this store.").arg(logId.value)};
    Prepared prepared{requestOf(session, form, -qint64{(*entry)->row.changeValue}), (*entry)->row};
    prepared.request.userId = (*entry)->row.userId;
    prepared.request.deviceId = (*entry)->row.deviceId;
    prepared.request.reversesLogId = logId;
    return prepared;
}

AdjustmentPreview Adjustments::previewPrepared(const Session& session, const Prepared& prepared) {
    AdjustmentPreview preview;
    preview.delta = prepared.request.delta;
    preview.operationId = prepared.request.operationId;
    preview.limitUse.limits = m_limits;
    preview.preview =
        m_service.previewAdjust(prepared.request, guard(session, prepared.request, {}, &preview.limitUse));
    if (prepared.reversed)
        preview.rewardsThatStay = levelsReachedBy(*prepared.reversed, preview.preview.levels);
    return preview;
}

ApplyResult Adjustments::commitPrepared(const Session& session, const Prepared& prepared, const QByteArray& stateHash) {
    LimitUse use{m_limits, 0, 0};
    ApplyResult result = m_service.adminAdjust(prepared.request, guard(session, prepared.request, stateHash, &use));
    noteInLog(session, prepared.request, result);
    return result;
}

/// Runs under the device's lock, so that a second console cannot pass the same limit or reverse the same row meanwhile.
Guard Adjustments::guard(const Session& session, const AdjustRequest& request, const QByteArray& stateHash,
                         LimitUse* use) {
    return [this, session, request, stateHash, use](const GuardFacts& facts) -> Result<GuardVerdict> {
        use->limits = m_limits;
        const auto earlier = facts.transaction.operation(request.operationId);
        if (!earlier)
            return earlier.error();
        if (*earlier) {
            if (isSameOperation(**earlier, request))
                return GuardVerdict{std::nullopt, *earlier};
            return GuardVerdict{
                refused(QStringLiteral("The operation id %1 was used for another adjustment (log row %2).")
                            .arg(request.operationId)
                            .arg((*earlier)->row.id.value)),
                std::nullopt};
        }
        if (request.reversesLogId) {
            const auto reversal = facts.transaction.reversalOf(*request.reversesLogId);
            if (!reversal)
                return reversal.error();
            if (*reversal) {
                return GuardVerdict{refused(QStringLiteral("Log row %1 was reversed before, by log row %2.")
                                                .arg(request.reversesLogId->value)
                                                .arg((*reversal)->row.id.value)),
                                    std::nullopt};
            }
        }
        if (isPastTarget(request, facts.situation) || (!stateHash.isEmpty() && facts.preview.stateHash != stateHash)) {
            return GuardVerdict{
                refused(QStringLiteral("The device or its levels changed since the preview. Nothing was "
                                       "written; look at the new preview.")),
                std::nullopt};
        }
        const rules::LocalDay& day = facts.situation.day;
        const auto deviceToday =
            facts.transaction.adjustedPoints(session.person.id, request.deviceId, day.startUs(), day.endUs());
        if (!deviceToday)
            return deviceToday.error();
        const auto operatorToday = facts.transaction.adjustedPoints(session.person.id, {}, day.startUs(), day.endUs());
        if (!operatorToday)
            return operatorToday.error();
        use->deviceToday = *deviceToday;
        use->operatorToday = *operatorToday;
        if (!facts.situation.binding)
            return GuardVerdict{}; // the engine's own refusal says what is wrong
        return GuardVerdict{limitError(*use, std::abs(request.delta)), std::nullopt};
    };
}

} // namespace affinity::service
