// BulkWriter: fills a new SQLite store from write plans in large transactions, hundreds of thousands of rows in
// seconds.
#pragma once

#include "engine/base/clock.h"
#include "engine/store/store.h"

#include <functional>
#include <memory>

namespace affinity::store {

/// The rows are those that Transaction::write would leave for the same plans in the same order (ids of counters and
/// grants without the gaps that upserts leave); bindings and counters are kept here until the end and written once.
/// While it runs the file has no journal and the big tables no indexes: a file that was not finished is of no use and
/// has to be removed. It is locked until the writer's end. One thread, which opened it.
class BulkWriter {
public:
    /// Gets 0 to 1; an answer of false cancels.
    using Progress = std::function<bool(double share)>;

    /// Opens a file made by createEmbedded, still without rows. Errors: those of SqlStore::open.
    static base::Result<std::unique_ptr<BulkWriter>> open(const QString& fileName, const base::Clock& clock);
    ~BulkWriter();

    // What is there before the first plan; ids are given.
    base::Result<void> addRuleSet(const rules::RuleSet& ruleSet);
    base::Result<void> addOperators(const std::vector<OperatorRecord>& operators);
    base::Result<void> add(const rules::User& user);
    base::Result<void> add(const rules::Binding& binding);
    /// Without its id. False when (device, level) has one already.
    base::Result<bool> add(rules::Grant grant);

    /// Writes one change under the next log id. Refused for a binding that was not added, Internal for one that does
    /// not have the plan's value. A plan's own log id is not looked at.
    base::Result<base::LogId> write(const WritePlan& plan);

    /// Writes what was kept, makes the indexes and brings the file to the disk; nothing may be added afterwards.
    /// Cancelled when the progress said so.
    base::Result<void> finish(const Progress& progress = {});

private:
    struct Private;
    explicit BulkWriter(std::unique_ptr<Private> writer);
    std::unique_ptr<Private> d;
};

} // namespace affinity::store
