// What every transaction does alike, by its single steps.
#include "engine/store/store.h"

namespace affinity::store {

using base::Result;

Result<StoredSituation> Transaction::lockAndLoad(const SituationQuery& query) {
    StoredSituation situation;
    if (!query.eventId.isEmpty()) {
        if (const Result<void> locked = lockEventId(query.eventId); !locked)
            return locked.error();
    }
    auto binding = lockBinding(query.deviceId);
    if (!binding)
        return binding.error();
    situation.binding = *std::move(binding);
    const Result<qint64> now = nowUs();
    if (!now)
        return now.error();
    situation.nowUs = *now;
    auto stored = setting();
    if (!stored)
        return stored.error();
    situation.setting = *std::move(stored);
    auto table = levels();
    if (!table)
        return table.error();
    situation.levels = *std::move(table);
    if (query.ruleKey.isEmpty())
        return situation;
    auto rule = liveRule(query.ruleKey);
    if (!rule)
        return rule.error();
    situation.rule = *std::move(rule);
    return situation;
}

base::Result<void> Transaction::writeOutbox(const OutboxEntries&) {
    return base::Error{base::ErrorKind::Internal, QStringLiteral("The store has no outbox, and one was written to.")};
}

} // namespace affinity::store
