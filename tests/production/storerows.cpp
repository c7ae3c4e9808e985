#include "tests/production/storerows.h"

namespace affinity::test {

namespace {

constexpr int rowsAtOnce = 10'000;

base::Result<void> readLog(store::Store& store, StoreRows& rows) {
    store::LogQuery query;
    query.isOldestFirst = true;
    query.limit = rowsAtOnce;
    for (bool hasMore = true; hasMore;) {
        auto page = store.log(query);
        if (!page)
            return page.error();
        rows.log.insert(rows.log.end(), page->entries.begin(), page->entries.end());
        hasMore = page->hasMore;
        if (hasMore)
            query.afterId = rows.log.back().row.id;
    }
    return {};
}

base::Result<void> readDevice(store::Store& store, base::DeviceId id, StoreRows& rows) {
    const auto grants = store.grants(id);
    if (!grants)
        return grants.error();
    const auto counters = store.dailyCounters(id, QDate(1, 1, 1));
    if (!counters)
        return counters.error();
    rows.grants.insert(rows.grants.end(), grants->begin(), grants->end());
    rows.counters.insert(rows.counters.end(), counters->begin(), counters->end());
    return {};
}

} // namespace

base::Result<StoreRows> readRows(store::Store& store) {
    StoreRows rows;
    auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    rows.ruleSet = *std::move(ruleSet);
    for (base::DeviceId after;;) {
        const auto page = store.bindingsAfter(after, rowsAtOnce, false);
        if (!page)
            return page.error();
        if (page->empty())
            break;
        rows.bindings.insert(rows.bindings.end(), page->begin(), page->end());
        after = rows.bindings.back().id;
    }
    for (const rules::Binding& binding : rows.bindings) {
        if (const auto done = readDevice(store, binding.id, rows); !done)
            return done.error();
    }
    if (const auto done = readLog(store, rows); !done)
        return done.error();
    return rows;
}

} // namespace affinity::test
