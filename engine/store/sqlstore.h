// SqlStore: production's tables in an SQL database, as Django keeps them, read and written in place.
#pragma once

#include "engine/store/sqlconnection.h"

namespace affinity::store {

/// Lives on the thread that opened its connection.
class SqlStore final : public Store {
public:
    /// Looks at the schema behind the connection; errors as for inspectSchema(). `clock`, which outlives the store, is
    /// its time; null: the server's clock is.
    static base::Result<std::unique_ptr<SqlStore>> over(std::unique_ptr<SqlConnection> connection,
                                                        const base::Clock* clock);
    ~SqlStore() override;

    StoreInfo info() const override;
    base::Result<std::unique_ptr<Transaction>> begin(Access access) override;
    Outbox* outbox() override { return m_outbox.get(); }
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
    class Snapshot;
    SqlStore(std::shared_ptr<SqlConnection> connection, const base::Clock* clock, bool isEmbedded);
    base::Result<void> checkWritable() const;
    base::Result<DevicePage> readDevices(const DeviceQuery& query);
    base::Result<rules::RuleSet> readRuleSet();
    base::Result<int> edit(Statement statement, const QVariantList& values,
                           const std::function<base::Result<void>()>& check = {});
    base::Result<void> checkSerialIsFree(base::DeviceId id);

    std::shared_ptr<SqlConnection> m_connection;
    const base::Clock* m_clock; ///< null: the server's clock counts
    bool m_isEmbedded = false;
    std::shared_ptr<bool> m_isTransactionOpen; ///< shared with the open transaction
    std::unique_ptr<Outbox> m_outbox;          ///< null where the schema has none
};

} // namespace affinity::store
