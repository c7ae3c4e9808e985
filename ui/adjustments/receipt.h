// The receipt of an adjustment: what was written, by whom and why, as rows to show and as text for a ticket.
#pragma once

#include "engine/engine.h"

#include <QString>
#include <QTimeZone>

#include <optional>
#include <utility>
#include <vector>

namespace affinity::ui {

/// Everything a ticket needs. Made from the engine's result; the row that is read back adds the time.
struct Receipt {
    service::ApplyResult result;
    service::AdjustmentForm form;
    rules::Binding binding; ///< as the preview read it
    rules::User user;
    std::vector<rules::Level> levels;
    QString operatorName;
    QString storeName;
    std::optional<base::LogId> reversesLogId;
    std::optional<store::LogEntry> row; ///< as it was read back; nothing while it was not seen

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// "540 points were added to Mochi.", "The value of Mochi was set to 300."
QString receiptTitle(const Receipt& receipt);

/// True when the row read back is the one that the result tells of, and not merely one of its id.
bool isSameRow(const store::LogEntry& row, const Receipt& receipt);

/// Name and value of each line; times in `zone`.
std::vector<std::pair<QString, QString>> receiptLines(const Receipt& receipt, const QTimeZone& zone);

/// The receipt as plain text, one line each, for the ticket.
QString receiptText(const Receipt& receipt, const QTimeZone& zone);

/// The result a log row stands for, found by its operation id after an answer that never came.
service::ApplyResult resultOfRow(const store::LogEntry& entry, const std::vector<rules::Level>& levels);

} // namespace affinity::ui
