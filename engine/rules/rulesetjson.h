// Rule sets as JSON files ("format": "affinity-rule-set", version 1), with errors that name line, member and reason.
#pragma once

#include "engine/base/jsontext.h"
#include "engine/rules/ruleset.h"

namespace affinity::rules {

/// True when a rule of that key exists and is not deleted; it may be disabled. Files may name such rules.
bool hasRule(const RuleSet& ruleSet, const QString& key);

/// Reads a rule-set object that stands at `pointer` in a document ("" for the whole). Member names are production's
/// column names. Unknown, missing, ill-typed and out-of-range members are errors that name line and member, and so are:
/// two rules of one key, two levels of one number, a level whose min_value is not above the one below it, an unknown
/// time zone, a rule key with ":" or the reserved "_global" and "admin", a decay rule key without a rule when decay is
/// on. A rule's name, is_enabled and is_deleted and a level's name and rewards may be left out. Any thread.
base::Result<RuleSet> ruleSetFromJson(const base::LocatedJson& document, const std::string& pointer);

/// Reads a whole file's text.
base::Result<RuleSet> ruleSetFromText(const QByteArray& text, const QString& fileName);

/// The rule set as JSON; ruleSetFromJson reads it back equal (ids and edit times aside).
base::Json toJson(const RuleSet& ruleSet);

} // namespace affinity::rules
