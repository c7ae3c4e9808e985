#include "tests/support/faultystore.h"

#include <limits>

namespace affinity::test {

using base::Error;
using base::ErrorKind;
using base::Result;
using store::Access;
using store::LogEntry;

namespace {

Error planned(ErrorKind kind) {
    return {kind, QStringLiteral("a planned fault")};
}

/// Counts the call, runs its hook, and says whether it fails.
std::optional<Error> arrive(Faults& faults, Call call) {
    ++faults.calls[call];
    if (auto hook = faults.hooks.extract(call))
        hook.mapped()();
    const auto at = faults.planned.find(call);
    if (at == faults.planned.end() || at->second.times == 0)
        return std::nullopt;
    if (at->second.skips > 0) {
        --at->second.skips;
        return std::nullopt;
    }
    --at->second.times;
    return at->second.error;
}

class FaultyTransaction final : public store::Transaction {
public:
    FaultyTransaction(std::unique_ptr<store::Transaction> transaction, std::shared_ptr<Faults> faults)
        : m_transaction(std::move(transaction)), m_faults(std::move(faults)) {}

    Result<void> lockEventId(const QString& eventId) override {
        const auto error = arrive(*m_faults, Call::LockEventId);
        return error ? Result<void>(*error) : m_transaction->lockEventId(eventId);
    }
    Result<std::optional<rules::Binding>> lockBinding(base::DeviceId id) override {
        return orFault(Call::LockBinding, [&] { return m_transaction->lockBinding(id); });
    }
    Result<qint64> nowUs() override {
        return orFault(Call::NowUs, [&] { return m_transaction->nowUs(); });
    }
    Result<rules::Setting> setting() override {
        return orFault(Call::Setting, [&] { return m_transaction->setting(); });
    }
    Result<std::vector<rules::Level>> levels() override {
        return orFault(Call::Levels, [&] { return m_transaction->levels(); });
    }
    Result<std::optional<rules::Rule>> liveRule(const QString& key) override {
        return orFault(Call::LiveRule, [&] { return m_transaction->liveRule(key); });
    }
    Result<store::FenceFacts> fence(const store::FenceQuery& query) override {
        return orFault(Call::Fence, [&] { return m_transaction->fence(query); });
    }
    Result<std::vector<int>> grantedLevels(base::DeviceId id) override {
        return orFault(Call::GrantedLevels, [&] { return m_transaction->grantedLevels(id); });
    }
    Result<std::optional<LogEntry>> logEntry(base::LogId id) override {
        return orFault(Call::LogEntry, [&] { return m_transaction->logEntry(id); });
    }
    Result<std::optional<LogEntry>> operation(const QString& operationId) override {
        return orFault(Call::Operation, [&] { return m_transaction->operation(operationId); });
    }
    Result<std::optional<LogEntry>> reversalOf(base::LogId id) override {
        return orFault(Call::ReversalOf, [&] { return m_transaction->reversalOf(id); });
    }
    Result<qint64> adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                  qint64 toUs) override {
        return orFault(Call::AdjustedPoints,
                       [&] { return m_transaction->adjustedPoints(operatorId, deviceId, fromUs, toUs); });
    }
    Result<store::WriteReceipt> write(const store::WritePlan& plan) override {
        return orFault(Call::Write, [&] { return writeAllowed(plan); });
    }
    Result<void> commit() override {
        if (const auto error = arrive(*m_faults, Call::Commit))
            return *error;
        if (!m_faults->lostCommit)
            return m_transaction->commit();
        if (*m_faults->lostCommit == LostCommit::Done) {
            if (const auto committed = m_transaction->commit(); !committed)
                return committed;
        }
        m_transaction.reset();
        m_faults->lostCommit.reset();
        if (m_faults->isAwayAfterCommit)
            m_faults->planned[Call::Begin] = {planned(ErrorKind::CannotConnect), 0, std::numeric_limits<int>::max()};
        return planned(ErrorKind::CommitUnknown);
    }

private:
    template<typename Answer> auto orFault(Call call, const Answer& answer) -> decltype(answer()) {
        if (const auto error = arrive(*m_faults, call))
            return *error;
        return answer();
    }

    /// The store writes the plan without the refused grants; they come back as failed, each in its place.
    Result<store::WriteReceipt> writeAllowed(const store::WritePlan& plan) {
        store::WritePlan allowed = plan;
        std::erase_if(allowed.grants, [this](const auto& level) { return isRefused(level); });
        auto receipt = m_transaction->write(allowed);
        if (!receipt)
            return receipt;
        std::vector<store::GrantOutcome> outcomes;
        auto next = receipt->grants.begin();
        for (const rules::Level& level : plan.grants) {
            if (isRefused(level))
                outcomes.push_back({level.level, store::GrantOutcome::Kind::Failed, QStringLiteral("a planned fault")});
            else
                outcomes.push_back(*next++);
        }
        receipt->grants = std::move(outcomes);
        return receipt;
    }
    bool isRefused(const rules::Level& level) const { return m_faults->refusedGrants.contains(level.level); }

    std::unique_ptr<store::Transaction> m_transaction;
    std::shared_ptr<Faults> m_faults;
};

} // namespace

FaultyStore::FaultyStore(store::Store& store) : m_store(store), m_faults(std::make_shared<Faults>()) {
}

void FaultyStore::fail(Call call, ErrorKind kind, int times, int skips) {
    m_faults->planned[call] = {planned(kind), skips, times};
}

void FaultyStore::before(Call call, std::function<void()> action) {
    m_faults->hooks[call] = std::move(action);
}

void FaultyStore::loseCommit(LostCommit commit, bool isAwayAfterwards) {
    m_faults->lostCommit = commit;
    m_faults->isAwayAfterCommit = isAwayAfterwards;
}

void FaultyStore::refuseGrant(int level) {
    m_faults->refusedGrants.insert(level);
}

void FaultyStore::heal() {
    m_faults->planned.clear();
    m_faults->hooks.clear();
    m_faults->lostCommit.reset();
    m_faults->isAwayAfterCommit = false;
    m_faults->refusedGrants.clear();
}

int FaultyStore::calls(Call call) const {
    const auto at = m_faults->calls.find(call);
    return at == m_faults->calls.end() ? 0 : at->second;
}

int FaultyStore::allCalls() const {
    int sum = 0;
    for (const auto& [call, count] : m_faults->calls)
        sum += count;
    return sum;
}

store::StoreInfo FaultyStore::info() const {
    return m_store.info();
}

Result<std::unique_ptr<store::Transaction>> FaultyStore::begin(Access access) {
    if (const auto error = arrive(*m_faults, Call::Begin))
        return *error;
    auto transaction = m_store.begin(access);
    if (!transaction)
        return transaction.error();
    return std::unique_ptr<store::Transaction>(std::make_unique<FaultyTransaction>(*std::move(transaction), m_faults));
}

Result<qint64> FaultyStore::nowUs() {
    const auto error = arrive(*m_faults, Call::StoreNow);
    return error ? Result<qint64>(*error) : m_store.nowUs();
}

Result<rules::RuleSet> FaultyStore::ruleSet() {
    const auto error = arrive(*m_faults, Call::RuleSet);
    return error ? Result<rules::RuleSet>(*error) : m_store.ruleSet();
}

Result<store::DevicePage> FaultyStore::devices(const store::DeviceQuery& query) {
    return m_store.devices(query);
}

Result<std::optional<store::DeviceRow>> FaultyStore::device(base::DeviceId id) {
    const auto error = arrive(*m_faults, Call::Device);
    return error ? Result<std::optional<store::DeviceRow>>(*error) : m_store.device(id);
}

Result<store::LogPage> FaultyStore::log(const store::LogQuery& query) {
    const auto error = arrive(*m_faults, Call::Log);
    return error ? Result<store::LogPage>(*error) : m_store.log(query);
}

Result<std::vector<rules::User>> FaultyStore::usersNamed(const QString& text) {
    return m_store.usersNamed(text);
}

Result<std::vector<std::vector<std::optional<int>>>> FaultyStore::valuesAt(const std::vector<base::DeviceId>& ids,
                                                                           const std::vector<qint64>& timesUs) {
    return m_store.valuesAt(ids, timesUs);
}

Result<std::vector<rules::Grant>> FaultyStore::grants(base::DeviceId id) {
    return m_store.grants(id);
}

Result<std::vector<rules::DailyCounter>> FaultyStore::dailyCounters(base::DeviceId id, QDate from) {
    return m_store.dailyCounters(id, from);
}

Result<std::vector<rules::Binding>> FaultyStore::bindingsAfter(base::DeviceId after, int limit, bool onlyActive) {
    const auto error = arrive(*m_faults, Call::BindingsAfter);
    return error ? Result<std::vector<rules::Binding>>(*error) : m_store.bindingsAfter(after, limit, onlyActive);
}

Result<bool> FaultyStore::hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) {
    const auto error = arrive(*m_faults, Call::HasLogOfSource);
    return error ? Result<bool>(*error) : m_store.hasLogOfSource(id, source, fromUs, toUs);
}

Result<std::optional<store::OperatorRecord>> FaultyStore::operatorByName(const QString& username) {
    return m_store.operatorByName(username);
}

Result<std::vector<store::ValueCount>> FaultyStore::valueCounts() {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<store::ValueCount>>(*error) : m_store.valueCounts();
}

Result<std::optional<store::LogExtent>> FaultyStore::logExtent() {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::optional<store::LogExtent>>(*error) : m_store.logExtent();
}

Result<std::vector<qint64>> FaultyStore::bindingsMade(const std::vector<rules::UtcInterval>& stretches) {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<qint64>>(*error) : m_store.bindingsMade(stretches);
}

Result<std::vector<qint64>> FaultyStore::grantsMade(const std::vector<rules::UtcInterval>& stretches) {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<qint64>>(*error) : m_store.grantsMade(stretches);
}

Result<std::vector<store::LogSums>> FaultyStore::logSums(const std::vector<rules::UtcInterval>& stretches) {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<store::LogSums>>(*error) : m_store.logSums(stretches);
}

Result<std::vector<store::DayFigures>> FaultyStore::dayFigures(const std::vector<rules::LocalDay>& days) {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<store::DayFigures>>(*error) : m_store.dayFigures(days);
}

Result<std::vector<store::DeviceRuleSums>> FaultyStore::deviceRuleSums(const rules::LocalDay& day) {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<std::vector<store::DeviceRuleSums>>(*error) : m_store.deviceRuleSums(day);
}

Result<store::LevelHistory> FaultyStore::levelHistory() {
    const auto error = arrive(*m_faults, Call::Figures);
    return error ? Result<store::LevelHistory>(*error) : m_store.levelHistory();
}

Result<int> FaultyStore::editRule(const QString& key, const store::RuleEdit& edit, qint64 nowUs) {
    return m_store.editRule(key, edit, nowUs);
}

Result<int> FaultyStore::editSetting(const store::SettingEdit& edit, qint64 nowUs) {
    return m_store.editSetting(edit, nowUs);
}

Result<int> FaultyStore::setBound(base::DeviceId id, bool isBound, qint64 nowUs) {
    return m_store.setBound(id, isBound, nowUs);
}

} // namespace affinity::test
