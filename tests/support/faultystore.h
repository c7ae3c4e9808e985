// FaultyStore: any store with rehearsed faults: chosen calls fail, COMMIT's answer is lost, a grant is refused.
#pragma once

#include "engine/store/store.h"

#include <functional>
#include <map>
#include <set>

namespace affinity::test {

/// The calls that can fail, in the order an event makes them; edits and reads for people come last.
enum class Call {
    Begin,
    LockEventId,
    LockBinding,
    NowUs,
    Setting,
    Levels,
    LiveRule,
    Fence,
    GrantedLevels,
    LogEntry,
    Operation,
    ReversalOf,
    AdjustedPoints,
    Write,
    Commit,
    StoreNow,
    RuleSet,
    Device,
    Log,
    BindingsAfter,
    HasLogOfSource,
    Figures ///< any of them
};

/// What became of a COMMIT whose answer is lost.
enum class LostCommit { Done, NotDone };

/// What is to go wrong, shared with the open transaction.
struct Faults {
    struct Planned {
        base::Error error;
        int skips = 0; ///< calls that still succeed
        int times = 1; ///< calls that then fail
    };
    std::map<Call, Planned> planned;
    std::map<Call, std::function<void()>> hooks; ///< run once, before the call
    std::optional<LostCommit> lostCommit;
    bool isAwayAfterCommit = false; ///< after a lost COMMIT nothing can be begun any more
    std::set<int> refusedGrants;    ///< levels
    std::map<Call, int> calls;
};

/// Wraps a store of the same thread, which outlives it.
class FaultyStore final : public store::Store {
public:
    explicit FaultyStore(store::Store& store);

    /// The next `times` calls after `skips` more of that kind answer `error`.
    void fail(Call call, base::ErrorKind kind, int times = 1, int skips = 0);
    /// Runs something before the next call of that kind: another console at work.
    void before(Call call, std::function<void()> action);
    /// The next COMMIT answers CommitUnknown.
    void loseCommit(LostCommit commit, bool isAwayAfterwards = false);
    void refuseGrant(int level);
    /// Takes all faults away.
    void heal();
    int calls(Call call) const;
    int allCalls() const;

    store::StoreInfo info() const override;
    base::Result<std::unique_ptr<store::Transaction>> begin(store::Access access) override;
    base::Result<qint64> nowUs() override;
    base::Result<rules::RuleSet> ruleSet() override;
    base::Result<store::DevicePage> devices(const store::DeviceQuery& query) override;
    base::Result<std::optional<store::DeviceRow>> device(base::DeviceId id) override;
    base::Result<store::LogPage> log(const store::LogQuery& query) override;
    base::Result<std::vector<rules::Grant>> grants(base::DeviceId id) override;
    base::Result<std::vector<rules::User>> usersNamed(const QString& text) override;
    base::Result<std::vector<std::vector<std::optional<int>>>> valuesAt(const std::vector<base::DeviceId>& ids,
                                                                        const std::vector<qint64>& timesUs) override;
    base::Result<std::vector<rules::DailyCounter>> dailyCounters(base::DeviceId id, QDate from) override;
    base::Result<std::vector<rules::Binding>> bindingsAfter(base::DeviceId after, int limit, bool onlyActive) override;
    base::Result<bool> hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) override;
    base::Result<std::optional<store::OperatorRecord>> operatorByName(const QString& username) override;
    base::Result<std::vector<store::ValueCount>> valueCounts() override;
    base::Result<std::optional<store::LogExtent>> logExtent() override;
    base::Result<std::vector<qint64>> bindingsMade(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<qint64>> grantsMade(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<store::LogSums>> logSums(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<store::DayFigures>> dayFigures(const std::vector<rules::LocalDay>& days) override;
    base::Result<std::vector<store::DeviceRuleSums>> deviceRuleSums(const rules::LocalDay& day) override;
    base::Result<store::LevelHistory> levelHistory() override;
    base::Result<int> editRule(const QString& key, const store::RuleEdit& edit, qint64 nowUs) override;
    base::Result<int> editSetting(const store::SettingEdit& edit, qint64 nowUs) override;
    base::Result<int> setBound(base::DeviceId id, bool isBound, qint64 nowUs) override;

private:
    store::Store& m_store;
    std::shared_ptr<Faults> m_faults;
};

} // namespace affinity::test
