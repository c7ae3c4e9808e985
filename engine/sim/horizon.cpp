#include "engine/sim/horizon.h"

#include "engine/base/isotime.h"
#include "engine/rules/localday.h"
#include "engine/sim/calendar.h"
#include "engine/sim/scenariocheck.h"

#include <QTimeZone>

#include <algorithm>
#include <map>

namespace affinity::sim {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr int secondsPerHour = 3600;
constexpr int secondsPerDay = 24 * secondsPerHour;
constexpr quint64 wordRange = quint64{1} << 32;
/// A result of at most this many histogram cells (4 bytes each) for each worker thread.
constexpr qint64 mostHistogramCells = 8 << 20;

/// The local hours of one day, from time-zone data: 24 stretches, or one more or less when the clocks change.
std::vector<HourStretch> hourStretches(const rules::UtcInterval& day, const QTimeZone& zone) {
    std::vector<HourStretch> stretches;
    const qint64 startS = day.startUs / base::usPerSecond;
    const qint64 endS = day.endUs / base::usPerSecond;
    const auto offsetS = [&zone](qint64 timeS) {
        return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(timeS, Qt::UTC));
    };
    for (qint64 nowS = startS; nowS < endS;) {
        const qint64 localS = nowS + offsetS(nowS);
        const qint64 ofDayS = (localS % secondsPerDay + secondsPerDay) % secondsPerDay;
        qint64 nextS = std::min(endS, nowS + secondsPerHour - ofDayS % secondsPerHour);
        const auto transition = zone.nextTransition(QDateTime::fromSecsSinceEpoch(nowS, Qt::UTC));
        if (transition.atUtc.isValid())
            nextS = std::min(nextS, transition.atUtc.toSecsSinceEpoch());
        stretches.push_back({static_cast<int>(nowS - startS), static_cast<int>(nextS - startS),
                             static_cast<int>(ofDayS / secondsPerHour)});
        nowS = nextS;
    }
    return stretches;
}

/// Spreads a day's intensity over its hours by the persona's weights; hours without weight are left out.
std::vector<ProfileStretch> profileOf(const Persona& persona, const std::vector<HourStretch>& stretches) {
    std::vector<ProfileStretch> profile;
    double total = 0;
    const auto weightOf = [&persona](const HourStretch& stretch) {
        return persona.hourProfile[static_cast<size_t>(stretch.localHour)] * (stretch.endS - stretch.startS);
    };
    for (const HourStretch& stretch : stretches)
        total += weightOf(stretch);
    if (total <= 0)
        return profile;
    double before = 0;
    for (const HourStretch& stretch : stretches) {
        const double weight = weightOf(stretch);
        const double after = before + weight;
        if (after / total > before / total)
            profile.push_back({before / total, after / total, stretch.startS, stretch.endS - stretch.startS});
        before = after;
    }
    return profile;
}

std::vector<quint64> thresholds(const std::vector<double>& weights) {
    double total = 0;
    for (const double weight : weights)
        total += weight;
    std::vector<quint64> below;
    double sum = 0;
    for (const double weight : weights) {
        sum += weight;
        below.push_back(total > 0 ? static_cast<quint64>(sum / total * static_cast<double>(wordRange)) : wordRange);
    }
    return below;
}

/// The scenario while the calendar entries `inForce` last, as a scenario of its own without a calendar.
Result<Scenario> scenarioInForce(const Scenario& scenario, const std::vector<size_t>& inForce) {
    Scenario changed = scenario;
    changed.calendar.clear();
    for (const size_t index : inForce) {
        const CalendarEntry& entry = scenario.calendar[index];
        const auto unknown = [index](const QString& key) {
            return Error{ErrorKind::InvalidInput,
                         QStringLiteral("calendar[%1]: there is no rule of the key %2").arg(index).arg(key)};
        };
        std::vector<rules::Rule>& all = changed.ruleSet.rules;
        const auto ruleOf = [&all](const QString& key) {
            return std::find_if(all.begin(), all.end(),
                                [&key](const rules::Rule& rule) { return !rule.isDeleted && rule.key == key; });
        };
        for (const auto& [key, columns] : entry.rules) {
            const auto rule = ruleOf(key);
            if (rule == all.end())
                return unknown(key);
            applyColumns(*rule, columns);
        }
        for (const auto& [key, factor] : entry.rateFactor) {
            if (ruleOf(key) == all.end())
                return unknown(key);
            for (Persona& persona : changed.personas) {
                if (const auto rate = persona.eventsPerActiveDay.find(key); rate != persona.eventsPerActiveDay.end())
                    rate->second *= factor;
            }
        }
        applyColumns(changed.ruleSet.setting, entry.setting);
    }
    const auto checked = checkScenario(changed);
    if (!checked && inForce.empty())
        return checked.error();
    if (!checked)
        return Error{
            ErrorKind::InvalidInput,
            QStringLiteral("calendar[%1]: with this entry in force, %2").arg(inForce.back()).arg(checked.error().what)};
    return changed;
}

Result<Regime> regimeOf(const Scenario& scenario, const std::vector<size_t>& inForce) {
    const auto changed = scenarioInForce(scenario, inForce);
    if (!changed)
        return changed.error();
    Regime regime;
    regime.setting = changed->ruleSet.setting;
    for (const rules::Rule& rule : changed->ruleSet.rules) {
        if (rule.isDeleted)
            continue;
        if (regime.setting.isDecayEnabled && rule.key == regime.setting.decayRuleKey)
            regime.decayRule = regime.rules.size();
        regime.isLive.push_back(rule.isEnabled);
        regime.rules.push_back(rule);
    }
    if (regime.setting.isDecayEnabled && !regime.decayRule)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("rule_set.setting.decay_rule_key: decay is on, but there is no rule of the key %1")
                         .arg(regime.setting.decayRuleKey)};
    for (const Persona& persona : changed->personas) {
        std::vector<double> rates;
        Rates sums;
        for (const rules::Rule& rule : regime.rules) {
            const auto rate = persona.eventsPerActiveDay.find(rule.key);
            rates.push_back(rate == persona.eventsPerActiveDay.end() ? 0 : rate->second);
            sums.total += rates.back();
        }
        sums.chooseBelow = thresholds(rates);
        regime.ratesByPersona.push_back(std::move(sums));
    }
    return regime;
}

/// Fills days and regimes; each distinct set of calendar entries is one regime.
Result<void> planRegimes(const Scenario& scenario, Horizon& horizon) {
    std::map<std::vector<size_t>, size_t> known;
    for (int i = 0; i < scenario.days; ++i) {
        DayPlan day;
        day.date = scenario.startDate.addDays(i);
        day.weekday = static_cast<size_t>(day.date.dayOfWeek() - 1);
        std::vector<size_t> inForce;
        for (size_t entry = 0; entry < scenario.calendar.size(); ++entry) {
            if (scenario.calendar[entry].from <= day.date && day.date <= scenario.calendar[entry].to)
                inForce.push_back(entry);
        }
        const auto [place, isNew] = known.try_emplace(inForce, horizon.regimes.size());
        if (isNew) {
            auto regime = regimeOf(scenario, inForce);
            if (!regime)
                return regime.error();
            horizon.regimes.push_back(std::move(*regime));
        }
        day.regime = place->second;
        horizon.days.push_back(day);
    }
    return {};
}

/// Fills the days' seconds and shapes and the personas' profiles from time-zone data.
Result<void> planTimes(const Scenario& scenario, Horizon& horizon) {
    const QTimeZone zone(scenario.ruleSet.setting.timeZone);
    std::vector<std::vector<HourStretch>>& shapes = horizon.dayShapes;
    qint64 endS = 0;
    for (DayPlan& day : horizon.days) {
        const rules::LocalDay local = rules::localDay(day.date, zone);
        if (local.isEmpty()) {
            day.isSkipped = true;
            day.startS = day.endS = endS;
            continue;
        }
        if (&day == &horizon.days.front())
            horizon.startUs = local.startUs();
        day.startS = (local.startUs() - horizon.startUs) / base::usPerSecond;
        day.endS = (local.endUs() - horizon.startUs) / base::usPerSecond;
        if (local.intervals.size() > 1 || day.startS < endS)
            return Error{ErrorKind::InvalidInput,
                         QStringLiteral("start_date: the time zone turned its clocks back over midnight around %1; "
                                        "choose other dates or another time zone")
                             .arg(day.date.toString(Qt::ISODate))};
        endS = day.endS;
        auto shape = hourStretches(local.intervals.front(), zone);
        const auto same = std::find(shapes.begin(), shapes.end(), shape);
        day.dayShape = static_cast<size_t>(same - shapes.begin());
        if (same == shapes.end())
            shapes.push_back(std::move(shape));
    }
    if (horizon.days.front().isSkipped)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("start_date: the time zone skipped this date; choose the day after")};
    for (const Persona& persona : scenario.personas) {
        PersonaPlan plan{persona, {}};
        for (const auto& shape : shapes)
            plan.profiles.push_back(profileOf(persona, shape));
        horizon.personas.push_back(std::move(plan));
    }
    return {};
}

void planPopulation(const Scenario& scenario, Horizon& horizon) {
    std::vector<double> shares;
    for (const Persona& persona : scenario.personas)
        shares.push_back(persona.share);
    horizon.personaBelow = thresholds(shares);
    std::vector<double> weights;
    for (const StartValues::Entry& entry : scenario.start.histogram) {
        weights.push_back(entry.weight);
        horizon.startValues.push_back(entry.value);
        horizon.highestValue = std::max(horizon.highestValue, entry.value);
    }
    horizon.startValueBelow = thresholds(weights);
    for (const Regime& regime : horizon.regimes)
        horizon.highestValue = std::max(horizon.highestValue, regime.setting.maxAffinity);
    const qint64 cells = qint64{scenario.days} * (qint64{horizon.highestValue} + 1);
    horizon.binWidth = static_cast<int>((cells + mostHistogramCells - 1) / mostHistogramCells);
}

} // namespace

Result<Horizon> planHorizon(const Scenario& scenario) {
    if (const auto checked = checkScenario(scenario); !checked)
        return checked.error();
    Horizon horizon;
    horizon.seed = scenario.seed;
    horizon.devices = scenario.devices;
    horizon.scenarioName = scenario.name;
    if (const auto planned = planRegimes(scenario, horizon); !planned)
        return planned.error();
    for (const rules::Rule& rule : horizon.regimes.front().rules)
        horizon.ruleKeys.push_back(rule.key);
    horizon.levels = scenario.ruleSet.levels;
    if (horizon.levels.empty() || horizon.levels.front().level != 0)
        horizon.levelNumbers.push_back(0);
    for (const rules::Level& level : horizon.levels)
        horizon.levelNumbers.push_back(level.level);
    if (const auto planned = planTimes(scenario, horizon); !planned)
        return planned.error();
    planPopulation(scenario, horizon);
    return horizon;
}

SimulationResult emptyResult(const Horizon& horizon) {
    SimulationResult result;
    result.scenarioName = horizon.scenarioName;
    result.seed = horizon.seed;
    result.startDate = horizon.days.front().date;
    result.ruleKeys = horizon.ruleKeys;
    result.levelNumbers = horizon.levelNumbers;
    result.binWidth = horizon.binWidth;
    result.startedAtLevel.resize(horizon.levelNumbers.size());
    DayCounts day;
    day.histogram.resize(static_cast<size_t>(horizon.highestValue / horizon.binWidth) + 1);
    day.devicesAtLevel.resize(horizon.levelNumbers.size());
    day.grants.resize(horizon.levelNumbers.size());
    day.firstReached.resize(horizon.levelNumbers.size());
    day.rules.resize(horizon.ruleKeys.size());
    result.days.assign(horizon.days.size(), day);
    result.eventsByHour.resize(horizon.ruleKeys.size());
    return result;
}

} // namespace affinity::sim
