// Adjustments: who may move a value by hand, why, by how much and only once; above AffinityService::adminAdjust.
#pragma once

#include "engine/access/signin.h"
#include "engine/service/affinityservice.h"

namespace affinity::service {

/// How much one operator may move; above it a second person has to agree.
struct AdjustmentLimits {
    qint64 singlePoints = 500;
    qint64 devicePointsPerDay = 1000;
    qint64 operatorPointsPerDay = 5000;

    friend bool operator==(const AdjustmentLimits&, const AdjustmentLimits&) = default;
};

/// Reason codes an adjustment must carry one of: lost_event, duplicate, goodwill, correction, test, other.
const QStringList& reasonCodes();

enum class AdjustmentKind { ByDelta, SetTo };

/// What an operator fills in.
struct AdjustmentForm {
    base::UserId userId;
    base::DeviceId deviceId;
    AdjustmentKind kind = AdjustmentKind::ByDelta;
    qint64 amount = 0; ///< points to add (or take), or the value to set
    QString reasonCode;
    QString reason;      ///< not empty, at most 255 characters
    QString ticket;      ///< optional
    QString operationId; ///< made once per intention (newOperationId); a retry under it has no second effect

    friend bool operator==(const AdjustmentForm&, const AdjustmentForm&) = default;
};

/// How far the limits are used, this adjustment not counted.
struct LimitUse {
    AdjustmentLimits limits;
    qint64 deviceToday = 0;
    qint64 operatorToday = 0;

    friend bool operator==(const LimitUse&, const LimitUse&) = default;
};

/// The engine's preview with what the layer of people adds.
struct AdjustmentPreview {
    Preview preview;
    qint64 delta = 0; ///< points that would be asked of the engine
    QString operationId;
    LimitUse limitUse;
    std::vector<int> rewardsThatStay; ///< of a reversal: levels whose granted rewards it cannot take back
};

QString newOperationId();

/// Checks and carries out adjustments on a service. Same thread and life time rules as AffinityService.
class Adjustments {
public:
    explicit Adjustments(AffinityService& service, AdjustmentLimits limits = {});

    /// What the adjustment would do. Refusals (role, reason, limits) stand in preview.result, with the numbers filled
    /// in.
    AdjustmentPreview preview(const access::Session& session, const AdjustmentForm& form);
    /// Carries it out. `stateHash` is the preview's; when the device moved since, it is refused. Empty: whatever the
    /// state.
    ApplyResult commit(const access::Session& session, const AdjustmentForm& form, const QByteArray& stateHash);

    /// The reversal of a log row: a compensating adjustment, linked to it, once only.
    AdjustmentPreview previewReversal(const access::Session& session, base::LogId logId, const AdjustmentForm& form);
    ApplyResult reverse(const access::Session& session, base::LogId logId, const AdjustmentForm& form,
                        const QByteArray& stateHash);

private:
    struct Prepared;
    base::Result<Prepared> prepare(const access::Session& session, const AdjustmentForm& form);
    base::Result<Prepared> prepareReversal(const access::Session& session, base::LogId logId,
                                           const AdjustmentForm& form);
    AdjustmentPreview previewPrepared(const access::Session& session, const Prepared& prepared);
    ApplyResult commitPrepared(const access::Session& session, const Prepared& prepared, const QByteArray& stateHash);
    Guard guard(const access::Session& session, const AdjustRequest& request, const QByteArray& stateHash,
                LimitUse* use);

    AffinityService& m_service;
    AdjustmentLimits m_limits;
};

} // namespace affinity::service
