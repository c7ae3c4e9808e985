// What callers ask of the affinity engine: events and adjustments, as plain values.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"

#include <QString>

#include <optional>

namespace affinity::service {

/// One event: something a device, a phone or the decay job reports under a rule.
struct ApplyRequest {
    base::UserId userId;
    base::DeviceId deviceId; ///< a binding's id
    QString ruleKey;
    QString source;  ///< one of ServiceOptions::sources
    QString eventId; ///< empty: none, no dedupe
    base::Json metadata = base::Json::object();
    std::optional<base::OperatorId> operatorId;
    QString reason;

    friend bool operator==(const ApplyRequest&, const ApplyRequest&) = default;
};

/// One adjustment by an operator, as the engine takes it; who may, why and how much is checked by Adjustments.
struct AdjustRequest {
    base::UserId userId;
    base::DeviceId deviceId;
    qint64 delta = 0; ///< points, of any size; the value stays within its bounds
    base::OperatorId operatorId;
    QString reason;
    bool isBatch = false;
    QString operationId; ///< empty: none (replay); else one effect for ever
    QString reasonCode;
    QString ticket;
    std::optional<base::LogId> reversesLogId;
    std::optional<qint64> setTo; ///< the operator asked for this value; `delta` was worked out from the one seen

    friend bool operator==(const AdjustRequest&, const AdjustRequest&) = default;
};

} // namespace affinity::service
