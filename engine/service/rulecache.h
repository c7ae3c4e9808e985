// RuleCache: live rules as they were read lately, so that a refusal by the counters needs no SQL.
#pragma once

#include "engine/rules/ruleset.h"

#include <QHash>

namespace affinity::service {

/// How old a rule may be that an early refusal is made by.
inline constexpr qint64 mostRuleAgeUs = 1'000'000;

/// Holds what some transaction read; that there is no rule is never held. Times are a Pace's, of before the reading.
class RuleCache {
public:
    /// The rule of the key, read at most mostRuleAgeUs ago; else null. Holds until the next put() or forget().
    const rules::Rule* find(const QString& key, qint64 nowUs) const;
    const rules::Rule* put(const rules::Rule& rule, qint64 readAtUs);
    /// There is no such rule (any more).
    void forget(const QString& key) { m_rules.remove(key); }
    /// Something was edited.
    void forgetAll() { m_rules.clear(); }

private:
    struct Entry {
        rules::Rule rule;
        qint64 readAtUs = 0;
    };
    QHash<QString, Entry> m_rules;
};

} // namespace affinity::service
