#include "engine/sim/firstpassage.h"
#include "engine/sim/result.h"

namespace affinity::sim {

namespace {

constexpr std::array cutNames{"none", "single_cap", "rule_daily_cap", "global_daily_cap", "bounds"};
static_assert(cutNames.size() == cutKinds);

base::Json byCut(const std::array<qint64, cutKinds>& counts) {
    base::Json json = base::Json::object();
    for (size_t i = 1; i < cutKinds; ++i)
        json[cutNames[i]] = counts[i];
    return json;
}

base::Json toJson(const RuleCounts& counts) {
    base::Json json = base::Json::object();
    json["events"] = eventCount(counts);
    for (size_t i = 0; i < outcomeKinds; ++i)
        json[rules::wireName(static_cast<rules::Outcome>(i)).toStdString()] = counts.byOutcome[i];
    // Neither can come out of a simulation.
    json.erase("error");
    json.erase("in_doubt");
    json["applied_cut_by"] = byCut(counts.appliedByCut);
    json["points_gained"] = counts.pointsGained;
    json["points_taken"] = counts.pointsTaken;
    json["points_lost"] = counts.pointsLost;
    json["points_lost_by"] = byCut(counts.pointsLostByCut);
    json["device_days_at_cap"] = counts.devicesAtCap;
    return json;
}

base::Json byLevel(const SimulationResult& result, const std::vector<qint64>& counts) {
    base::Json json = base::Json::object();
    for (size_t i = 0; i < counts.size(); ++i)
        json[std::to_string(result.levelNumbers[i])] = counts[i];
    return json;
}

/// What charts by rule and day need.
base::Json rulesOfDay(const SimulationResult& result, const DayCounts& day) {
    base::Json json = base::Json::object();
    for (size_t i = 0; i < day.rules.size(); ++i) {
        const RuleCounts& counts = day.rules[i];
        json[result.ruleKeys[i].toStdString()] = {{"events", eventCount(counts)},
                                                  {"points_gained", counts.pointsGained},
                                                  {"points_taken", counts.pointsTaken},
                                                  {"points_lost", counts.pointsLost},
                                                  {"devices_at_cap", counts.devicesAtCap}};
    }
    return json;
}

base::Json dayToJson(const SimulationResult& result, int day) {
    const DayCounts& counts = result.days[static_cast<size_t>(day)];
    const Percentiles values = percentiles(result, day);
    return {{"date", result.startDate.addDays(day).toString(Qt::ISODate).toStdString()},
            {"mean_value", meanValue(result, day)},
            {"p10", values.p10},
            {"p25", values.p25},
            {"p50", values.p50},
            {"p75", values.p75},
            {"p90", values.p90},
            {"mean_level", meanLevel(result, day)},
            {"level_occupancy", byLevel(result, counts.devicesAtLevel)},
            {"grants", byLevel(result, counts.grants)},
            {"active_devices", counts.activeDevices},
            {"churned_devices", counts.churnedDevices},
            {"decayed_devices", counts.decayedDevices},
            {"idle_devices", counts.idleDevices},
            {"devices_at_global_cap", counts.devicesAtGlobalCap},
            {"rules", rulesOfDay(result, counts)}};
}

base::Json toJson(const std::optional<int>& day) {
    return day ? base::Json(*day) : base::Json();
}

base::Json toJson(const FirstPassage& passage) {
    return {{"level", passage.level},
            {"reached_share", passage.reachedShare},
            {"p10_day", toJson(passage.p10Day)},
            {"median_day", toJson(passage.medianDay)},
            {"p90_day", toJson(passage.p90Day)}};
}

} // namespace

base::Json toJson(const SimulationResult& result) {
    const int lastDay = static_cast<int>(result.days.size()) - 1;
    base::Json outcomes = base::Json::object();
    base::Json byHour = base::Json::object();
    for (size_t i = 0; i < result.ruleKeys.size(); ++i) {
        const std::string key = result.ruleKeys[i].toStdString();
        outcomes[key] = toJson(ruleTotal(result, i));
        outcomes[key]["cap_saturation"] = capSaturation(result, i);
        byHour[key] = result.eventsByHour[i];
    }
    base::Json passages = base::Json::array();
    for (const FirstPassage& passage : firstPassages(result))
        passages.push_back(toJson(passage));
    base::Json days = base::Json::array();
    for (int day = 0; day <= lastDay; ++day)
        days.push_back(dayToJson(result, day));

    base::Json json = base::Json::object();
    json["scenario"] = base::jsonText(result.scenarioName);
    json["seed"] = result.seed;
    json["devices"] = result.devices;
    json["days"] = result.days.size();
    json["events"] = eventCount(result);
    json["applied"] = appliedCount(result);
    json["retries"] = result.retries;
    json["outcomes"] = outcomes;
    json["mean_value"] = meanValue(result, lastDay);
    json["mean_level"] = meanLevel(result, lastDay);
    json["level_occupancy"] = byLevel(result, result.days.back().devicesAtLevel);
    json["first_passage"] = passages;
    json["events_by_hour"] = byHour;
    json["cpu_s"] = result.cpuS;
    json["wall_s"] = result.wallS;
    json["threads"] = result.threads;
    json["kernel"] = name(result.kernel).toStdString();
    json["digest"] = digest(result).toStdString();
    json["by_day"] = days;
    return json;
}

} // namespace affinity::sim
