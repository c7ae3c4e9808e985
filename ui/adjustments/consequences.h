// What an adjustment would do, in words: from the engine's preview to sentences, limits, rows and the value bar.
#pragma once

#include "engine/engine.h"
#include "ui/shared/icons.h"
#include "ui/shared/levelblock.h"

#include <QStringList>

#include <vector>

namespace affinity::ui {

/// One consequence: the sentence in the first line, what goes with it in the second.
struct Consequence {
    Icon icon = Icon::Info;
    QString sentence;
    QString detail;
    Tone tone = Tone::Accent;        ///< of the icon
    Tone detailTone = Tone::Neutral; ///< Warn: what cannot be taken back

    friend bool operator==(const Consequence&, const Consequence&) = default;
};

/// The consequences in the order people ask for them: value, level, rewards, app. A preview that would write nothing
/// gives the one sentence why. Only words of the preview: nothing is worked out a second way.
std::vector<Consequence> consequences(const service::AdjustmentPreview& preview);

/// True when carrying it out would write rows; else blockReason() says why not.
bool wouldWrite(const service::AdjustmentPreview& preview);
/// Why the adjustment cannot be carried out, as a sentence; empty when it can.
QString blockReason(const service::AdjustmentPreview& preview);

/// Rows of one table that the commit writes.
struct RowsWritten {
    QString table;
    bool isInsert = true; ///< else an update
    int count = 0;

    friend bool operator==(const RowsWritten&, const RowsWritten&) = default;
};
/// From the preview's plan; empty when nothing would be written. `isPrepared`: the store has the console's own tables.
std::vector<RowsWritten> rowsWritten(const service::AdjustmentPreview& preview, bool isPrepared);
int rowCount(const std::vector<RowsWritten>& rows);

/// Now and after, as the table shows them.
struct NumberChange {
    QString name, now, after;

    friend bool operator==(const NumberChange&, const NumberChange&) = default;
};
std::vector<NumberChange> numberChanges(const service::AdjustmentPreview& preview);

/// The operator's limits, with this adjustment counted; or the refusal.
struct LimitLine {
    bool isWithin = true;
    QString heading; ///< "Within your limits:"
    QString text;

    friend bool operator==(const LimitLine&, const LimitLine&) = default;
};
LimitLine limitLine(const service::AdjustmentPreview& preview);

/// The value bar over the levels the move touches. Nothing when no binding was read.
std::optional<LevelMoveBar::Move> moveBar(const service::AdjustmentPreview& preview);

/// What moved between two previews of the same adjustment, as sentences; empty when nothing that counts did.
QStringList changesBetween(const service::Preview& before, const service::Preview& now);

} // namespace affinity::ui
