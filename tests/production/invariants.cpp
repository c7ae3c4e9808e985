#include "tests/production/invariants.h"

#include "engine/base/isotime.h"
#include "engine/rules/levels.h"
#include "engine/rules/localday.h"
#include "engine/service/replay.h"
#include "engine/store/counterkeys.h"

#include <algorithm>
#include <cstdlib>

namespace affinity::test {

using base::usPerSecond;
using store::LogEntry;

namespace {

/// A rule's row counts for caps and cooldowns; an adjustment has no rule.
bool isEvent(const rules::LogRow& row) {
    return row.ruleId.has_value();
}

/// Walks the rows and collects what is wrong.
class Check {
public:
    Check(const StoreRows& rows, const Expectations& expectations)
        : m_rows(rows), m_expectations(expectations), m_zone(rows.ruleSet.setting.timeZone) {
        for (const LogEntry& entry : rows.log)
            m_logOf[entry.row.deviceId.value].push_back(&entry);
    }

    std::vector<Violation> run() {
        for (const rules::Binding& binding : m_rows.bindings) {
            checkValue(binding);
            checkRows(binding);
            checkLevel(binding);
            checkGrants(binding);
            checkDailyCounters(binding);
        }
        checkEvents();
        return std::move(m_found);
    }

private:
    using Entries = std::vector<const LogEntry*>;

    bool isOurs(const LogEntry& entry) const { return m_expectations.isAllOurs || entry.note.has_value(); }
    const Entries& logOf(base::DeviceId id) { return m_logOf[id.value]; }

    void add(Invariant invariant, base::DeviceId device, const QString& what) {
        m_found.push_back({invariant, device, std::nullopt, true, what});
    }
    void add(Invariant invariant, const LogEntry& entry, const QString& what) {
        m_found.push_back({invariant, entry.row.deviceId, entry.row.id, isOurs(entry), what});
    }

    int openingOf(const rules::Binding& binding) {
        const auto known = m_expectations.openings.find(binding.id.value);
        if (known != m_expectations.openings.end())
            return known->second;
        return logOf(binding.id).empty() ? binding.favorability : logOf(binding.id).front()->row.beforeValue;
    }

    void checkValue(const rules::Binding& binding) {
        qint64 value = openingOf(binding);
        for (const LogEntry* entry : logOf(binding.id))
            value += entry->row.changeValue;
        if (value != binding.favorability)
            add(Invariant::ValueIsSumOfLog, binding.id,
                QStringLiteral("the value is %1, the log says %2").arg(binding.favorability).arg(value));
    }

    /// Chain, caps and cooldown of one device's rows, in their order.
    void checkRows(const rules::Binding& binding) {
        m_ruleSums.clear();
        m_globalSums.clear();
        m_lastOfRule.clear();
        int value = openingOf(binding);
        for (const LogEntry* entry : logOf(binding.id)) {
            const rules::LogRow& row = entry->row;
            if (row.beforeValue != value)
                add(Invariant::RowsAreAChain, *entry,
                    QStringLiteral("before is %1, the row before it left %2").arg(row.beforeValue).arg(value));
            if (row.afterValue != row.beforeValue + row.changeValue)
                add(Invariant::RowsAreAChain, *entry,
                    QStringLiteral("%1 + %2 is not %3").arg(row.beforeValue).arg(row.changeValue).arg(row.afterValue));
            value = row.afterValue;
            if (isEvent(row))
                checkEvent(*entry);
        }
    }

    void checkEvent(const LogEntry& entry) {
        const rules::LogRow& row = entry.row;
        const QDate date = rules::localDate(row.createdAtUs, m_zone);
        qint64& ruleSum = m_ruleSums[{row.ruleKey, date}];
        qint64& globalSum = m_globalSums[date];
        ruleSum += std::abs(row.changeValue);
        globalSum += std::max(row.changeValue, 0);
        const rules::Rule* rule = rules::liveRule(m_rows.ruleSet, row.ruleKey);
        // A value over a ceiling that was lowered is cut at its next change, by however much.
        if (row.beforeValue <= m_rows.ruleSet.setting.maxAffinity)
            checkCaps(entry, rule, ruleSum, globalSum);
        if (rule && rule->cooldownSeconds > 0)
            checkCooldown(entry, *rule);
        m_lastOfRule[row.ruleKey] = &entry;
    }

    void checkCaps(const LogEntry& entry, const rules::Rule* rule, qint64 ruleSum, qint64 globalSum) {
        const rules::LogRow& row = entry.row;
        if (rule && std::abs(row.changeValue) > rule->singleCap)
            add(Invariant::RuleCap, entry,
                QStringLiteral("%1 points at once, %2 are allowed").arg(row.changeValue).arg(rule->singleCap));
        if (rule && ruleSum > rule->dailyCap)
            add(Invariant::RuleCap, entry,
                QStringLiteral("%1 points of %2 that day, %3 are allowed")
                    .arg(ruleSum)
                    .arg(row.ruleKey)
                    .arg(rule->dailyCap));
        const int globalCap = m_rows.ruleSet.setting.globalDailyCap;
        if (row.changeValue > 0 && globalSum > globalCap)
            add(Invariant::GlobalCap, entry,
                QStringLiteral("%1 points gained that day, %2 are allowed").arg(globalSum).arg(globalCap));
    }

    void checkCooldown(const LogEntry& entry, const rules::Rule& rule) {
        const LogEntry* last = m_lastOfRule[rule.key];
        if (!last || last->row.createdAtUs <= rule.updatedAtUs)
            return;
        const qint64 passedUs = entry.row.createdAtUs - last->row.createdAtUs;
        if (passedUs < rule.cooldownSeconds * usPerSecond)
            add(Invariant::Cooldown, entry,
                QStringLiteral("%1 µs after row %2, %3 s are to pass")
                    .arg(passedUs)
                    .arg(last->row.id.value)
                    .arg(rule.cooldownSeconds));
    }

    void checkEvents() {
        std::map<QString, Entries> rowsOf;
        for (const LogEntry& entry : m_rows.log) {
            if (!entry.row.eventId.isEmpty())
                rowsOf[entry.row.eventId].push_back(&entry);
        }
        for (auto& [eventId, entries] : rowsOf) {
            std::stable_sort(entries.begin(), entries.end(), [](const LogEntry* one, const LogEntry* other) {
                return one->row.createdAtUs < other->row.createdAtUs;
            });
            for (size_t i = 1; i < entries.size(); ++i)
                checkRepeat(*entries[i - 1], *entries[i]);
        }
    }

    void checkRepeat(const LogEntry& first, const LogEntry& second) {
        const qint64 passedUs = second.row.createdAtUs - first.row.createdAtUs;
        if (passedUs >= store::eventWindowSeconds * usPerSecond)
            return;
        const bool isSame = first.row.deviceId == second.row.deviceId && first.row.ruleKey == second.row.ruleKey &&
                            first.row.source == second.row.source &&
                            service::jsonbOrder(first.row.metadata) == service::jsonbOrder(second.row.metadata);
        add(isSame ? Invariant::EventOnce : Invariant::EventConflict, second,
            QStringLiteral("event %1 had its effect in row %2, %3 µs before")
                .arg(second.row.eventId)
                .arg(first.row.id.value)
                .arg(passedUs));
    }

    void checkLevel(const rules::Binding& binding) {
        const Entries& entries = logOf(binding.id);
        const int level = rules::levelOf(binding.favorability, m_rows.ruleSet.levels);
        if (binding.affinityLevel == level)
            return;
        const bool isOursLast = entries.empty() || isOurs(*entries.back());
        m_found.push_back(
            {Invariant::LevelOfValue, binding.id,
             entries.empty() ? std::nullopt : std::optional(entries.back()->row.id), isOursLast,
             QStringLiteral("the stored level is %1, that of the value %2").arg(binding.affinityLevel).arg(level)});
    }

    void checkGrants(const rules::Binding& binding) {
        std::map<int, int> granted;
        for (const rules::Grant& grant : m_rows.grants) {
            if (grant.deviceId == binding.id && ++granted[grant.level] == 2)
                add(Invariant::GrantOnce, binding.id, QStringLiteral("level %1 was granted twice").arg(grant.level));
        }
        int highest = rules::levelOf(openingOf(binding), m_rows.ruleSet.levels);
        for (const LogEntry* entry : logOf(binding.id)) {
            const int before = rules::levelOf(entry->row.beforeValue, m_rows.ruleSet.levels);
            const int after = rules::levelOf(entry->row.afterValue, m_rows.ruleSet.levels);
            for (const rules::Level* level : rules::crossedLevels(before, after, m_rows.ruleSet.levels)) {
                if (granted[level->level] == 0)
                    add(Invariant::LevelOfValue, *entry,
                        QStringLiteral("level %1 was reached and not granted").arg(level->level));
            }
            highest = std::max(highest, after);
        }
        for (const auto& [level, count] : granted) {
            if (count > 0 && level > highest)
                add(Invariant::LevelOfValue, binding.id,
                    QStringLiteral("level %1 was granted and never reached").arg(level));
        }
    }

    void checkDailyCounters(const rules::Binding& binding) {
        std::map<std::pair<qint64, QDate>, std::pair<qint64, qint64>> sums; // (rule, date) → points, triggers
        for (const LogEntry* entry : logOf(binding.id)) {
            if (!isEvent(entry->row))
                continue;
            auto& sum = sums[{entry->row.ruleId->value, rules::localDate(entry->row.createdAtUs, m_zone)}];
            sum.first += entry->row.changeValue;
            sum.second += 1;
        }
        for (const rules::DailyCounter& counter : m_rows.counters) {
            if (counter.deviceId != binding.id)
                continue;
            auto& sum = sums[{counter.ruleId.value, counter.date}];
            sum.first -= counter.accumulatedChange;
            sum.second -= counter.triggerCount;
        }
        for (const auto& [key, left] : sums) {
            if (left.first != 0 || left.second != 0)
                add(Invariant::DailyCounter, binding.id,
                    QStringLiteral("of rule %1 on %2 the log has %3 points and %4 triggers more")
                        .arg(key.first)
                        .arg(key.second.toString(Qt::ISODate))
                        .arg(left.first)
                        .arg(left.second));
        }
    }

    const StoreRows& m_rows;
    const Expectations& m_expectations;
    const QTimeZone m_zone;
    std::map<qint64, Entries> m_logOf;
    std::vector<Violation> m_found;
    // Of the device that is being walked.
    std::map<std::pair<QString, QDate>, qint64> m_ruleSums;
    std::map<QDate, qint64> m_globalSums;
    std::map<QString, const LogEntry*> m_lastOfRule;
};

struct ExpectedSum {
    base::DeviceId deviceId;
    qint64 sum = 0;
    qint64 unconfirmed = 0;
};

std::map<QString, ExpectedSum> expectedSums(const StoreRows& rows, const std::set<qint64>& unconfirmed) {
    const store::CounterKeys keys;
    const QTimeZone zone(rows.ruleSet.setting.timeZone);
    std::map<QString, ExpectedSum> sums;
    for (const LogEntry& entry : rows.log) {
        const rules::LogRow& row = entry.row;
        if (!isEvent(row))
            continue;
        const auto count = [&](const QString& key, qint64 points) {
            ExpectedSum& expected = sums[key];
            expected.deviceId = row.deviceId;
            expected.sum += points;
            expected.unconfirmed += unconfirmed.contains(row.id.value) ? points : 0;
        };
        const QDate date = rules::localDate(row.createdAtUs, zone);
        count(keys.day(row.deviceId, row.ruleKey, date), std::abs(row.changeValue));
        if (row.changeValue > 0)
            count(keys.globalDay(row.deviceId, date), row.changeValue);
    }
    return sums;
}

} // namespace

QString name(Invariant invariant) {
    switch (invariant) {
    case Invariant::ValueIsSumOfLog:
        return QStringLiteral("I1 value is the log's sum");
    case Invariant::RowsAreAChain:
        return QStringLiteral("I2 rows are a chain");
    case Invariant::RuleCap:
        return QStringLiteral("I3 rule cap");
    case Invariant::GlobalCap:
        return QStringLiteral("I4 global cap");
    case Invariant::Cooldown:
        return QStringLiteral("I5 cooldown");
    case Invariant::EventOnce:
        return QStringLiteral("I6 event once");
    case Invariant::EventConflict:
        return QStringLiteral("I7 event conflict");
    case Invariant::GrantOnce:
        return QStringLiteral("I8 grant once");
    case Invariant::LevelOfValue:
        return QStringLiteral("I9 level of value");
    case Invariant::DailyCounter:
        return QStringLiteral("daily counter");
    case Invariant::CountersKnowTheLog:
        return QStringLiteral("I19 counters know the log");
    case Invariant::ConfirmCountsOnce:
        return QStringLiteral("I20 confirm counts once");
    }
    return {};
}

std::vector<Violation> violationsOf(const StoreRows& rows, const Expectations& expectations) {
    return Check(rows, expectations).run();
}

std::vector<Violation> violationsOfCounters(const StoreRows& rows, const std::vector<store::CounterEntry>& counters,
                                            const std::set<qint64>& unconfirmed) {
    std::map<QString, ExpectedSum> sums = expectedSums(rows, unconfirmed);
    const QString dayKeys = store::CounterKeys().start() + QStringLiteral("daily:");
    std::map<QString, qint64> counted;
    for (const store::CounterEntry& entry : counters) {
        if (entry.key.startsWith(dayKeys)) {
            counted[entry.key] = entry.value.toLongLong();
            sums.try_emplace(entry.key);
        }
    }
    std::vector<Violation> found;
    for (const auto& [key, expected] : sums) {
        const qint64 number = counted[key];
        const bool isMore = number > expected.sum;
        if (!isMore && number >= expected.sum - expected.unconfirmed)
            continue;
        found.push_back({isMore ? Invariant::ConfirmCountsOnce : Invariant::CountersKnowTheLog, expected.deviceId,
                         std::nullopt, true,
                         QStringLiteral("%1 is %2, the log says %3, of which %4 were not confirmed")
                             .arg(key)
                             .arg(number)
                             .arg(expected.sum)
                             .arg(expected.unconfirmed)});
    }
    return found;
}

QByteArray described(const std::vector<Violation>& violations) {
    QString text;
    for (const Violation& violation : violations)
        text += QStringLiteral("%1: device %2, row %3%4: %5\n")
                    .arg(name(violation.invariant))
                    .arg(violation.deviceId.value)
                    .arg(violation.logId ? violation.logId->value : 0)
                    .arg(violation.isOurs ? QString() : QStringLiteral(" (another application's)"))
                    .arg(violation.what);
    return text.toUtf8();
}

std::vector<Violation> onlyOurs(const std::vector<Violation>& violations) {
    std::vector<Violation> ours;
    std::copy_if(violations.begin(), violations.end(), std::back_inserter(ours),
                 [](const Violation& violation) { return violation.isOurs; });
    return ours;
}

} // namespace affinity::test
