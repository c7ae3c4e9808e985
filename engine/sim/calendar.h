// What a scenario's calendar changes: the columns of an entry put onto a rule or the setting.
#pragma once

#include "engine/sim/scenario.h"

namespace affinity::sim {

/// Overwrites the columns that are given; the others stay.
void applyColumns(rules::Rule& rule, const RuleColumns& columns);
void applyColumns(rules::Setting& setting, const SettingColumns& columns);

} // namespace affinity::sim
