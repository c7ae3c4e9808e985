// What differs between two states of a scenario, field by field, for people to read.
#pragma once

#include "engine/engine.h"

#include <QString>

#include <vector>

namespace affinity::ui {

enum class ChangeKind { Changed, Added, Removed };

/// One field with another value, or one row more or less.
struct DraftChange {
    ChangeKind kind = ChangeKind::Changed;
    QString place;  ///< "Rule chat", "Level 3"
    QString field;  ///< "Daily cap"; empty for a row that was added or removed
    QString before; ///< "30 pts"; empty for a row
    QString after;

    friend bool operator==(const DraftChange&, const DraftChange&) = default;
};

/// Never empty for scenarios that differ. Rows are found again by key, number or name, so that a moved row is no
/// change of its fields. Start values that are many are one change. Texts are in the language in force.
std::vector<DraftChange> changesBetween(const sim::Scenario& before, const sim::Scenario& after);

/// As one sentence without a full stop: "Rule chat, Daily cap: 30 pts → 45 pts".
QString sentenceOf(const DraftChange& change);

} // namespace affinity::ui
