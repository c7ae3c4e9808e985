// What an operator left with an adjustment: reason code, ticket, the row it takes back.
#pragma once

#include "engine/engine.h"

#include <QString>

#include <optional>

namespace affinity::ui {

/// What people call a reason code ("lost_event" → "lost event"); an unknown code as it is.
QString reasonCodeText(const QString& code);

/// Reason code, ticket and reversed row of a log entry, from its note or, on a store without notes, from its metadata.
struct AdjustmentNote {
    QString reasonCode;
    QString ticket;
    std::optional<base::LogId> reversesLogId;

    friend bool operator==(const AdjustmentNote&, const AdjustmentNote&) = default;
};
AdjustmentNote adjustmentNote(const store::LogEntry& entry);

} // namespace affinity::ui
