// StraightLine: the service as one reads its description, for one process: no store, no fence, no locks.
#pragma once

#include "engine/rules/localday.h"
#include "engine/rules/records.h"
#include "engine/rules/ruleset.h"
#include "engine/service/requests.h"

#include <map>
#include <set>

namespace affinity::test {

/// What the model answers of a call.
struct ModelResult {
    QString outcome;
    int change = 0;
    int before = 0;
    int after = 0;
    int oldLevel = 0;
    int newLevel = 0;
    qint64 logId = 0; ///< 0: none
    std::vector<int> granted;

    friend bool operator==(const ModelResult&, const ModelResult&) = default;
};

class StraightLine {
public:
    rules::RuleSet ruleSet;
    std::map<qint64, rules::Binding> bindings;
    std::vector<rules::LogRow> log;
    /// (device, date, rule) → signed sum and triggers.
    std::map<std::tuple<qint64, QDate, qint64>, std::pair<qint64, qint64>> dailyCounters;
    qint64 nowUs = 0;

    ModelResult apply(const service::ApplyRequest& request, int drawn);
    ModelResult adjust(const service::AdjustRequest& request);
    /// Runs the decay job of today; answers how many devices lost points.
    int decay();

private:
    struct Key {
        qint64 number = 0;
        qint64 deadlineUs = 0;
    };
    qint64 read(const QString& key) const;
    void add(const QString& key, qint64 number, qint64 seconds);
    rules::LocalDay today() const;
    rules::Binding* boundTo(base::UserId user, base::DeviceId device);
    ModelResult write(rules::Binding& binding, rules::LogRow row, qint64 change, bool refreshesActivity);

    std::map<QString, Key> m_keys;
    std::set<std::pair<qint64, int>> m_grants;
};

} // namespace affinity::test
