#include "engine/service/reconcile.h"

#include "engine/service/counterreconcile.h"

#include <array>
#include <map>
#include <set>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr size_t mostFindings = 1000;
constexpr int pageRows = 5000;

/// Folds the rows of one device, oldest first.
class DeviceFold {
public:
    DeviceFold(const rules::Binding& binding, const rules::RuleSet& ruleSet, const QTimeZone& zone)
        : m_binding(binding), m_ruleSet(ruleSet), m_zone(zone) {}

    void add(const rules::LogRow& row) {
        // Foreign rows may hold any int; their sum may not fit into one.
        const qint64 expected = qint64{row.beforeValue} + row.changeValue;
        if (expected != row.afterValue) {
            find(FindingKind::Arithmetic, row.id, expected, row.afterValue,
                 QStringLiteral("Log row %1 says %2 %3 %4 = %5.")
                     .arg(row.id.value)
                     .arg(row.beforeValue)
                     .arg(row.changeValue < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                     .arg(std::abs(qint64{row.changeValue}))
                     .arg(row.afterValue));
        }
        if (m_last && m_last->afterValue != row.beforeValue) {
            find(FindingKind::Chain, row.id, m_last->afterValue, row.beforeValue,
                 QStringLiteral("Log row %1 starts at %2, but row %3 before it ended at %4.")
                     .arg(row.id.value)
                     .arg(row.beforeValue)
                     .arg(m_last->id.value)
                     .arg(m_last->afterValue));
        }
        const int oldLevel = rules::levelOf(row.beforeValue, m_ruleSet.levels);
        const int newLevel = rules::levelOf(row.afterValue, m_ruleSet.levels);
        for (const rules::Level* level : rules::crossedLevels(oldLevel, newLevel, m_ruleSet.levels))
            m_reached.emplace(level->level, row.id);
        if (row.ruleId) {
            Sum& sum = m_sums[{row.ruleId->value, dateOf(row.createdAtUs)}];
            sum.change += row.changeValue;
            sum.lastRow = row.id;
        }
        m_last = row;
    }

    std::vector<Finding> finish(const std::vector<rules::Grant>& grants,
                                const std::vector<rules::DailyCounter>& counters) {
        checkBinding();
        checkGrants(grants);
        checkCounters(counters);
        return std::move(m_findings);
    }

private:
    struct Sum {
        qint64 change = 0;
        base::LogId lastRow;
    };

    QDate dateOf(qint64 timeUs) {
        if (!m_day.contains(timeUs))
            m_day = rules::localDay(rules::localDate(timeUs, m_zone), m_zone);
        return m_day.date;
    }

    void checkBinding() {
        if (m_last && m_last->afterValue != m_binding.favorability) {
            find(FindingKind::Value, m_last->id, m_last->afterValue, m_binding.favorability,
                 QStringLiteral("The value is %1, but the last log row (%2) left it at %3.")
                     .arg(m_binding.favorability)
                     .arg(m_last->id.value)
                     .arg(m_last->afterValue));
        }
        const int level = rules::levelOf(m_binding.favorability, m_ruleSet.levels);
        if (level != m_binding.affinityLevel) {
            find(FindingKind::Level, std::nullopt, level, m_binding.affinityLevel,
                 QStringLiteral("The stored level is %1, but a value of %2 is level %3.")
                     .arg(m_binding.affinityLevel)
                     .arg(m_binding.favorability)
                     .arg(level));
        }
    }

    void checkGrants(const std::vector<rules::Grant>& grants) {
        std::set<int> granted;
        for (const rules::Grant& grant : grants)
            granted.insert(grant.level);
        for (const auto& [level, row] : m_reached) {
            if (!granted.contains(level)) {
                find(FindingKind::Grant, row, level, 0,
                     QStringLiteral("Log row %1 reached level %2, but its rewards were never granted.")
                         .arg(row.value)
                         .arg(level));
            }
        }
    }

    void checkCounters(const std::vector<rules::DailyCounter>& counters) {
        std::map<std::pair<qint64, QDate>, qint64> stored;
        for (const rules::DailyCounter& counter : counters)
            stored[{counter.ruleId.value, counter.date}] = counter.accumulatedChange;
        for (const auto& [key, sum] : m_sums) {
            const auto at = stored.find(key);
            const qint64 found = at == stored.end() ? 0 : at->second;
            if (at != stored.end())
                stored.erase(at);
            if (found != sum.change)
                findCounter(key, sum.lastRow, sum.change, found);
        }
        for (const auto& [key, found] : stored) {
            if (found != 0)
                findCounter(key, std::nullopt, 0, found);
        }
    }

    void findCounter(const std::pair<qint64, QDate>& key, std::optional<base::LogId> row, qint64 expected,
                     qint64 found) {
        find(FindingKind::Counter, row, expected, found,
             QStringLiteral("The daily counter of rule %1 on %2 is %3, but the log's changes add up to %4.")
                 .arg(ruleName(key.first), key.second.toString(Qt::ISODate))
                 .arg(found)
                 .arg(expected));
    }

    QString ruleName(qint64 ruleId) const {
        for (const rules::Rule& rule : m_ruleSet.rules) {
            if (rule.id.value == ruleId)
                return rule.key;
        }
        return QString::number(ruleId);
    }

    void find(FindingKind kind, std::optional<base::LogId> row, qint64 expected, qint64 found, const QString& what) {
        m_findings.push_back({kind, m_binding.id, row, expected, found, what});
    }

    const rules::Binding& m_binding;
    const rules::RuleSet& m_ruleSet;
    const QTimeZone& m_zone;
    rules::LocalDay m_day;
    std::optional<rules::LogRow> m_last;
    std::map<int, base::LogId> m_reached; ///< level → first row that reached it
    std::map<std::pair<qint64, QDate>, Sum> m_sums;
    std::vector<Finding> m_findings;
};

/// The store and what every device is compared with.
struct ReconcileScope {
    store::Store& store;
    rules::RuleSet ruleSet;
    QTimeZone zone;
    store::Counters* counters = nullptr;
};

/// What today's counters say, after what the store says. Counters that cannot be asked are not asked again.
Result<void> addCounterFindings(const ReconcileScope& scope, base::DeviceId id, ReconcileReport& report,
                                std::vector<Finding>& findings) {
    if (!scope.counters || report.counterFault)
        return {};
    const auto nowUs = scope.store.nowUs();
    if (!nowUs)
        return nowUs.error();
    const rules::LocalDay day = rules::localDay(rules::localDate(*nowUs, scope.zone), scope.zone);
    auto found = counterFindings(scope.store, *scope.counters, {scope.ruleSet, day, *nowUs}, id);
    if (!found)
        report.counterFault = found.error();
    else
        findings.insert(findings.end(), found->begin(), found->end());
    return {};
}

Result<void> reconcileDevice(const ReconcileScope& scope, const rules::Binding& binding, ReconcileReport& report) {
    DeviceFold fold(binding, scope.ruleSet, scope.zone);
    store::LogQuery query;
    query.deviceId = binding.id;
    query.isOldestFirst = true;
    query.limit = pageRows;
    for (bool hasMore = true; hasMore;) {
        const auto page = scope.store.log(query);
        if (!page)
            return page.error();
        for (const store::LogEntry& entry : page->entries)
            fold.add(entry.row);
        report.rows += static_cast<qint64>(page->entries.size());
        hasMore = page->hasMore;
        if (hasMore)
            query.afterId = page->entries.back().row.id;
    }
    const auto grants = scope.store.grants(binding.id);
    if (!grants)
        return grants.error();
    const auto counters = scope.store.dailyCounters(binding.id, QDate(1, 1, 1));
    if (!counters)
        return counters.error();
    ++report.devices;
    std::vector<Finding> findings = fold.finish(*grants, *counters);
    if (const auto added = addCounterFindings(scope, binding.id, report, findings); !added)
        return added.error();
    for (Finding& finding : findings) {
        if (report.findings.size() == mostFindings) {
            report.isCut = true;
            break;
        }
        report.findings.push_back(std::move(finding));
    }
    return {};
}

Result<ReconcileScope> scopeOf(store::Store& store, store::Counters* counters) {
    auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    return ReconcileScope{store, *std::move(ruleSet), *zone, counters};
}

} // namespace

Result<ReconcileReport> reconcile(store::Store& store, const ReconcileOptions& options) {
    const auto scope = scopeOf(store, options.counters);
    if (!scope)
        return scope.error();
    ReconcileReport report;
    if (store::Outbox* outbox = options.counters ? store.outbox() : nullptr) {
        const auto figures = outbox->figures();
        if (!figures)
            return figures.error();
        report.confirmsWaiting = figures->confirms;
    }
    if (options.device) {
        const auto device = store.device(*options.device);
        if (!device)
            return device.error();
        if (!*device) {
            return Error{ErrorKind::NotFound,
                         QStringLiteral("There is no binding %1 in this store.").arg(options.device->value)};
        }
        if (const auto done = reconcileDevice(*scope, (*device)->binding, report); !done)
            return done.error();
        return report;
    }
    for (base::DeviceId after;;) {
        const auto bindings = store.bindingsAfter(after, 500, false);
        if (!bindings)
            return bindings.error();
        if (bindings->empty())
            return report;
        for (const rules::Binding& binding : *bindings) {
            if (options.cancel && options.cancel->load()) {
                report.isFinished = false;
                return report;
            }
            if (const auto done = reconcileDevice(*scope, binding, report); !done)
                return done.error();
        }
        after = bindings->back().id;
        if (options.progress)
            options.progress(report.devices);
    }
}

QString name(FindingKind kind) {
    static constexpr std::array names{
        QLatin1String("arithmetic"),    QLatin1String("chain"),        QLatin1String("value"),
        QLatin1String("level"),         QLatin1String("grant"),        QLatin1String("counter"),
        QLatin1String("redis_missing"), QLatin1String("redis_lower"),  QLatin1String("redis_higher"),
        QLatin1String("redis_garbage"), QLatin1String("redis_endless")};
    return names.at(static_cast<size_t>(kind));
}

base::Json toJson(const ReconcileReport& report) {
    base::Json findings = base::Json::array();
    for (const Finding& finding : report.findings) {
        findings.push_back({{"kind", name(finding.kind).toStdString()},
                            {"device_id", finding.deviceId.value},
                            {"log_id", finding.logId ? base::Json(finding.logId->value) : base::Json()},
                            {"expected", finding.expected},
                            {"found", finding.found},
                            {"what", finding.what.toStdString()}});
    }
    base::Json json{{"devices", report.devices},
                    {"rows", report.rows},
                    {"findings", std::move(findings)},
                    {"cut", report.isCut},
                    {"finished", report.isFinished}};
    if (report.confirmsWaiting > 0)
        json["confirms_waiting"] = report.confirmsWaiting;
    if (report.counterFault)
        json["counter_fault"] = base::jsonText(report.counterFault->what);
    return json;
}

} // namespace affinity::service
