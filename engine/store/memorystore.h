// MemoryStore: the store of tests, simulations and demos, on rows in this process.
#pragma once

#include "engine/store/memorydatabase.h"
#include "engine/store/store.h"

namespace affinity::store {

/// A handle on a shared MemoryDatabase, for one thread. A lock that is not given within `lockTimeoutMs` is
/// ErrorKind::Busy. `clock` outlives it.
class MemoryStore final : public Store {
public:
    MemoryStore(std::shared_ptr<MemoryDatabase> database, const base::Clock& clock, Access access = Access::Write,
                int lockTimeoutMs = 5000);
    ~MemoryStore() override;

    StoreInfo info() const override;
    base::Result<std::unique_ptr<Transaction>> begin(Access access) override;
    base::Result<qint64> nowUs() override;
    base::Result<rules::RuleSet> ruleSet() override;
    base::Result<DevicePage> devices(const DeviceQuery& query) override;
    base::Result<std::optional<DeviceRow>> device(base::DeviceId id) override;
    base::Result<std::vector<rules::User>> usersNamed(const QString& text) override;
    base::Result<LogPage> log(const LogQuery& query) override;
    base::Result<std::vector<std::vector<std::optional<int>>>> valuesAt(const std::vector<base::DeviceId>& ids,
                                                                        const std::vector<qint64>& timesUs) override;
    base::Result<std::vector<rules::Grant>> grants(base::DeviceId id) override;
    base::Result<std::vector<rules::DailyCounter>> dailyCounters(base::DeviceId id, QDate from) override;
    base::Result<std::vector<rules::Binding>> bindingsAfter(base::DeviceId after, int limit, bool onlyActive) override;
    base::Result<bool> hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) override;
    base::Result<std::optional<OperatorRecord>> operatorByName(const QString& username) override;
    base::Result<std::vector<ValueCount>> valueCounts() override;
    base::Result<std::optional<LogExtent>> logExtent() override;
    base::Result<std::vector<qint64>> bindingsMade(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<qint64>> grantsMade(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<LogSums>> logSums(const std::vector<rules::UtcInterval>& stretches) override;
    base::Result<std::vector<DayFigures>> dayFigures(const std::vector<rules::LocalDay>& days) override;
    base::Result<std::vector<DeviceRuleSums>> deviceRuleSums(const rules::LocalDay& day) override;
    base::Result<LevelHistory> levelHistory() override;
    base::Result<int> editRule(const QString& key, const RuleEdit& edit, qint64 nowUs) override;
    base::Result<int> editSetting(const SettingEdit& edit, qint64 nowUs) override;
    base::Result<int> setBound(base::DeviceId id, bool isBound, qint64 nowUs) override;

private:
    class Reading;
    class Writing;
    std::vector<DeviceRow> matching(const MemoryTables& tables, const DeviceQuery& query) const;

    std::shared_ptr<MemoryDatabase> m_database;
    const base::Clock& m_clock;
    Access m_access;
    int m_lockTimeoutMs;
    std::shared_ptr<int> m_openTransactions; ///< 1 while a transaction of this store holds its lock
};

} // namespace affinity::store
