// The words that adjustments are told in: reason codes, levels, rewards, points.
#pragma once

#include "engine/engine.h"

#include <QString>

namespace affinity::ui {

/// "Lost event" for "lost_event"; the code itself when it is none of ours.
QString reasonCodeName(const QString& code);
/// When to take this code: "The device sent it, and it never arrived."
QString reasonCodeHint(const QString& code);

/// "1 point", "540 points"; a negative number keeps its sign.
QString pointsText(qint64 points);

/// "level 5, Confidant", or "level 5" where the table has no name for it.
QString levelWords(int level, const std::vector<rules::Level>& levels);
/// "L5 Confidant", for tables and bars.
QString levelShort(int level, const std::vector<rules::Level>& levels);
/// The highest level of the table, at least 1: what level colours are spread over.
int highestLevelOf(const std::vector<rules::Level>& levels);
/// The table's row of a level, or null.
const rules::Level* levelRow(int level, const std::vector<rules::Level>& levels);

/// "level 3", "levels 3 and 4", "levels 3, 4 and 5".
QString levelListText(const std::vector<int>& levels);

/// "Mochi · 48210377": nickname (or serial) and binding id, safe to look at.
QString deviceTitle(const rules::Binding& binding);
/// How sentences call the device: its nickname, or "The device".
QString deviceNameInSentences(const rules::Binding& binding);

/// What an adjustment left beside its row: in the console's note, or in the row's metadata on a store without one.
QString operationIdOf(const store::LogEntry& entry);
QString reasonCodeOf(const store::LogEntry& entry);
QString ticketOf(const store::LogEntry& entry);

} // namespace affinity::ui
