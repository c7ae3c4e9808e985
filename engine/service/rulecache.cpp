#include "engine/service/rulecache.h"

namespace affinity::service {

const rules::Rule* RuleCache::find(const QString& key, qint64 nowUs) const {
    const auto at = m_rules.constFind(key);
    return at == m_rules.constEnd() || nowUs - at->readAtUs > mostRuleAgeUs ? nullptr : &at->rule;
}

const rules::Rule* RuleCache::put(const rules::Rule& rule, qint64 readAtUs) {
    return &m_rules.insert(rule.key, {rule, readAtUs})->rule;
}

} // namespace affinity::service
