// Horizon: a scenario worked out for the kernels: day boundaries, rules in force, rates; made once, read by all
// threads.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/result.h"
#include "engine/sim/scenario.h"

namespace affinity::sim {

/// Where in a day a persona's events fall: a stretch holds the arrivals from its own share of the day's intensity up to
/// the next one's.
struct ProfileStretch {
    double fromShare = 0; ///< of the day's intensity that lies before this stretch, 0 to 1
    double toShare = 0;   ///< > fromShare
    int startS = 0;       ///< seconds after the day's start
    int lengthS = 0;

    friend bool operator==(const ProfileStretch&, const ProfileStretch&) = default;
};

/// A stretch of one local hour within a day (on the days clocks change an hour is missing or comes twice).
struct HourStretch {
    int startS = 0;    ///< seconds after the day's start
    int endS = 0;      ///< exclusive
    int localHour = 0; ///< 0 to 23

    friend bool operator==(const HourStretch&, const HourStretch&) = default;
};

/// One local date of the horizon. A date the zone skipped has no seconds: nothing happens on it.
struct DayPlan {
    QDate date;
    qint64 startS = 0;   ///< seconds since the scenario's start
    qint64 endS = 0;     ///< exclusive
    size_t regime = 0;   ///< index of Horizon::regimes
    size_t dayShape = 0; ///< index of Horizon::dayShapes and PersonaPlan::profiles
    size_t weekday = 0;  ///< 0 is Monday
    bool isSkipped = false;
};

/// How often one persona's events of each rule come under a regime.
struct Rates {
    double total = 0; ///< events per active day before weekday factor and dispersion
    /// By rule: a random 32-bit word below chooseBelow[i], and not below chooseBelow[i - 1], is an event of rule i.
    std::vector<quint64> chooseBelow;
};

/// What is in force on days with the same calendar entries.
struct Regime {
    rules::Setting setting;
    std::vector<rules::Rule> rules;  ///< as they are in force, by index of Horizon::ruleKeys
    std::vector<bool> isLive;        ///< an event of a rule that is not live finds no rule
    std::optional<size_t> decayRule; ///< index of `rules`; nothing while decay is off
    std::vector<Rates> ratesByPersona;

    /// The live rule of that index, or null.
    const rules::Rule* live(size_t ruleIndex) const { return isLive[ruleIndex] ? &rules[ruleIndex] : nullptr; }
};

/// What the kernels need of a persona.
struct PersonaPlan {
    Persona persona;
    std::vector<std::vector<ProfileStretch>> profiles; ///< by day shape; empty when no hour of the day has weight
};

/// A scenario ready to simulate.
struct Horizon {
    quint64 seed = 0;
    qint64 devices = 0;
    QString scenarioName;
    qint64 startUs = 0; ///< the instant of second 0, UTC since 1970
    std::vector<QString> ruleKeys;
    std::vector<rules::Level> levels;
    std::vector<int> levelNumbers; ///< see SimulationResult
    std::vector<DayPlan> days;
    std::vector<std::vector<HourStretch>> dayShapes; ///< the local hours of each kind of day, in order
    std::vector<Regime> regimes;
    std::vector<PersonaPlan> personas;
    std::vector<quint64> personaBelow;    ///< a 32-bit word below [i] chooses persona i
    std::vector<quint64> startValueBelow; ///< the same for startValues
    std::vector<int> startValues;
    int highestValue = 0; ///< no device is ever above it
    int binWidth = 1;
};

/// Works a scenario out. InvalidInput names the member that cannot be simulated. Any thread; reads time-zone data.
base::Result<Horizon> planHorizon(const Scenario& scenario);

/// A result of the right shape for this horizon with nothing counted.
SimulationResult emptyResult(const Horizon& horizon);

} // namespace affinity::sim
