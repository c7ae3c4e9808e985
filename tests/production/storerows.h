// StoreRows: everything that the invariants speak of, read from a store as plain values.
#pragma once

#include "engine/store/store.h"

namespace affinity::test {

struct StoreRows {
    rules::RuleSet ruleSet;
    std::vector<rules::Binding> bindings;      ///< by id
    std::vector<store::LogEntry> log;          ///< by id
    std::vector<rules::Grant> grants;          ///< by device, then level
    std::vector<rules::DailyCounter> counters; ///< by device
};

/// Reads a store on which nobody writes meanwhile.
base::Result<StoreRows> readRows(store::Store& store);

} // namespace affinity::test
