#include "engine/sim/scenariocheck.h"

#include "engine/rules/localday.h"

#include <cmath>
#include <set>

namespace affinity::sim {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// Collects the first thing that is wrong.
class Findings {
public:
    void expect(bool isRight, const QString& member, const QString& reason) {
        if (!isRight && !m_first)
            m_first = Error{ErrorKind::InvalidInput, member + QStringLiteral(": ") + reason};
    }
    void expectBetween(double number, double lowest, double highest, const QString& member) {
        expect(number >= lowest && number <= highest, member,
               QStringLiteral("must be from %1 to %2").arg(lowest, 0, 'g', 12).arg(highest, 0, 'g', 12));
    }
    Result<void> result() const { return m_first ? Result<void>(*m_first) : Result<void>(); }

private:
    std::optional<Error> m_first;
};

QString indexed(const char* list, size_t index) {
    return QStringLiteral("%1[%2]").arg(QLatin1String(list)).arg(index);
}

void checkRules(const rules::RuleSet& ruleSet, Findings& findings) {
    std::set<QString> keys;
    for (size_t i = 0; i < ruleSet.rules.size(); ++i) {
        const rules::Rule& rule = ruleSet.rules[i];
        const QString at = indexed("rule_set.rules", i) + QLatin1Char('.');
        if (rule.isDeleted)
            continue;
        findings.expect(keys.insert(rule.key).second, at + QStringLiteral("rule_key"),
                        QStringLiteral("two rules have the key %1").arg(rule.key));
        findings.expectBetween(rule.minChange, -mostPoints, mostPoints, at + QStringLiteral("min_change"));
        findings.expectBetween(rule.maxChange, rule.minChange, mostPoints, at + QStringLiteral("max_change"));
        findings.expect(rule.singleCap > 0, at + QStringLiteral("single_cap"), QStringLiteral("must be above 0"));
        findings.expect(rule.dailyCap > 0, at + QStringLiteral("daily_cap"), QStringLiteral("must be above 0"));
        findings.expect(rule.cooldownSeconds >= 0, at + QStringLiteral("cooldown_seconds"),
                        QStringLiteral("must not be below 0"));
    }
    findings.expect(!keys.empty(), QStringLiteral("rule_set.rules"), QStringLiteral("there is no rule"));
    for (size_t i = 1; i < ruleSet.levels.size(); ++i)
        findings.expect(ruleSet.levels[i - 1].level < ruleSet.levels[i].level, indexed("rule_set.levels", i),
                        QStringLiteral("levels must be sorted, and no two may have the same number"));
    for (size_t i = 0; i < ruleSet.levels.size(); ++i)
        findings.expect(ruleSet.levels[i].level >= 0, indexed("rule_set.levels", i) + QStringLiteral(".level"),
                        QStringLiteral("must not be below 0"));
}

void checkSetting(const rules::Setting& setting, Findings& findings) {
    const QString at = QStringLiteral("rule_set.setting.");
    findings.expectBetween(setting.maxAffinity, 1, mostPoints, at + QStringLiteral("max_affinity"));
    findings.expect(setting.globalDailyCap > 0, at + QStringLiteral("global_daily_cap"),
                    QStringLiteral("must be above 0"));
    findings.expect(
        rules::isKnownTimeZone(setting.timeZone), at + QStringLiteral("timezone"),
        QStringLiteral("%1 is not a time zone this machine knows").arg(QString::fromUtf8(setting.timeZone)));
    findings.expect(setting.decayIdleDays >= 0, at + QStringLiteral("decay_idle_days"),
                    QStringLiteral("must not be below 0"));
}

void checkStart(const StartValues& start, Findings& findings) {
    const QString at = QStringLiteral("population.start");
    findings.expect(start.snapshotFile.isEmpty() || !start.histogram.empty(), at,
                    QStringLiteral("the snapshot file %1 has not been loaded").arg(start.snapshotFile));
    findings.expect(!start.histogram.empty(), at, QStringLiteral("there is no start value"));
    double weights = 0;
    for (const StartValues::Entry& entry : start.histogram) {
        findings.expectBetween(entry.value, 0, mostPoints, at);
        findings.expect(entry.weight >= 0 && std::isfinite(entry.weight), at,
                        QStringLiteral("a weight must not be below 0"));
        weights += entry.weight;
    }
    findings.expect(weights > 0, at, QStringLiteral("at least one weight must be above 0"));
    findings.expect(std::isfinite(weights), at, QStringLiteral("the weights are too large to add up"));
}

/// Finite and at least 0.
bool isRate(double number) {
    return number >= 0 && std::isfinite(number);
}

void checkPersona(const Persona& persona, const QString& at, const rules::RuleSet& ruleSet, Findings& findings) {
    findings.expectBetween(persona.share, 0, 1 + 1e-9, at + QStringLiteral("share"));
    double events = 0;
    for (const auto& [key, mean] : persona.eventsPerActiveDay) {
        const QString member = at + QStringLiteral("events_per_active_day.") + key;
        findings.expect(isRate(mean), member, QStringLiteral("must not be below 0"));
        findings.expect(
            std::any_of(ruleSet.rules.begin(), ruleSet.rules.end(),
                        [&key = key](const rules::Rule& rule) { return !rule.isDeleted && rule.key == key; }),
            member, QStringLiteral("there is no rule of this key"));
        events += mean;
    }
    double weights = 0;
    for (const double weight : persona.hourProfile) {
        findings.expect(isRate(weight), at + QStringLiteral("hour_profile"), QStringLiteral("must not be below 0"));
        weights += weight;
    }
    findings.expect(weights > 0 && std::isfinite(weights), at + QStringLiteral("hour_profile"),
                    QStringLiteral("at least one hour must have a weight above 0"));
    double highestFactor = 0;
    for (const double factor : persona.weekdayFactor) {
        findings.expect(isRate(factor), at + QStringLiteral("weekday_factor"), QStringLiteral("must not be below 0"));
        highestFactor = std::max(highestFactor, factor);
    }
    findings.expectBetween(events * highestFactor, 0, mostEventsPerDay, at + QStringLiteral("events_per_active_day"));
    findings.expectBetween(persona.activeProbability, 0, 1, at + QStringLiteral("active_probability"));
    findings.expectBetween(persona.churnPerDay, 0, 1, at + QStringLiteral("churn_per_day"));
    findings.expectBetween(persona.returnPerDay, 0, 1, at + QStringLiteral("return_per_day"));
    findings.expectBetween(persona.dispersion, 0, mostDispersion, at + QStringLiteral("dispersion"));
    findings.expectBetween(persona.retryProbability, 0, 1, at + QStringLiteral("retry_probability"));
}

void checkPersonas(const Scenario& scenario, Findings& findings) {
    constexpr double shareTolerance = 1e-9;
    double shares = 0;
    for (size_t i = 0; i < scenario.personas.size(); ++i) {
        checkPersona(scenario.personas[i], indexed("population.personas", i) + QLatin1Char('.'), scenario.ruleSet,
                     findings);
        shares += scenario.personas[i].share;
    }
    findings.expect(std::abs(shares - 1) <= shareTolerance, QStringLiteral("population.personas"),
                    QStringLiteral("the shares add up to %1; they must add up to 1").arg(shares, 0, 'g', 12));
}

} // namespace

Result<void> checkScenario(const Scenario& scenario) {
    Findings findings;
    findings.expectBetween(static_cast<double>(scenario.devices), 1, static_cast<double>(mostDevices),
                           QStringLiteral("devices"));
    findings.expectBetween(scenario.days, 1, mostDays, QStringLiteral("days"));
    findings.expect(scenario.startDate.isValid(), QStringLiteral("start_date"), QStringLiteral("is not a date"));
    checkSetting(scenario.ruleSet.setting, findings);
    checkRules(scenario.ruleSet, findings);
    checkStart(scenario.start, findings);
    checkPersonas(scenario, findings);
    for (size_t i = 0; i < scenario.calendar.size(); ++i) {
        const CalendarEntry& entry = scenario.calendar[i];
        findings.expect(entry.from.isValid() && entry.to.isValid() && entry.from <= entry.to, indexed("calendar", i),
                        QStringLiteral("must have a date in `from` and the same or a later one in `to`"));
        for (const auto& [key, factor] : entry.rateFactor)
            findings.expect(isRate(factor), indexed("calendar", i) + QStringLiteral(".rate_factor.") + key,
                            QStringLiteral("must not be below 0"));
    }
    return findings.result();
}

} // namespace affinity::sim
