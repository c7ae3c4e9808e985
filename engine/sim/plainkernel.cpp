#include "engine/sim/plainkernel.h"

#include "engine/base/isotime.h"
#include "engine/sim/draws.h"

#include <algorithm>

namespace affinity::sim {

namespace {

using rules::Outcome;

/// How long an event id is remembered after the event took effect, seconds; half-open.
constexpr qint64 eventWindowS = 60;
/// An event that is sent again comes 1 to this many seconds later.
constexpr quint32 longestRetryDelayS = 120;
constexpr qint64 longAgo = std::numeric_limits<qint64>::min();

/// The change of one event: its word is fixed before the rules are known, so tuned rules see the same word.
class WordDraw final : public rules::Draw {
public:
    quint32 word = 0;
    int uniform(int minimum, int maximum) override {
        const auto bound = static_cast<quint32>(maximum - minimum) + 1;
        return minimum + static_cast<int>(base::boundedInteger(word, bound));
    }
};

/// An event that will be sent again.
struct PendingRetry {
    qint64 second = 0;
    qint64 appliedAtS = longAgo; ///< when the arrival took effect, if it did
    size_t ruleIndex = 0;
    int idDay = 0;
    quint32 idIndex = 0;
    quint32 changeWord = 0;
};

/// One event on its way to `decide`.
struct Incoming {
    qint64 second = 0;
    size_t ruleIndex = 0;
    EventKind kind = EventKind::Arrival;
    int idDay = 0;
    quint32 idIndex = 0;
    quint32 changeWord = 0;
    bool isEventSeen = false;
};

/// Everything the engine and the model remember of one device.
struct DeviceState {
    qint64 value = 0;
    int storedLevel = 0;
    size_t levelIndex = 0; ///< of storedLevel
    bool isChurned = false;
    int lastActivityDay = 0; ///< day of the last activity, or of binding: the scenario's start
    qint64 globalDaySum = 0;
    std::vector<qint64> ruleDaySums;
    std::vector<qint64> cooldownEndsS;
    std::vector<char> isGranted;       ///< by level index
    std::vector<char> isReached;       ///< by level index
    std::vector<PendingRetry> retries; ///< by second; equal seconds in the order they were made
};

/// Simulates devices one after the other; holds what would otherwise be allocated for each.
class PlainSimulation {
public:
    PlainSimulation(const Horizon& horizon, const KernelRequest& request, SimulationResult& result)
        : m_horizon(horizon),
          m_request(request),
          m_result(result),
          m_trace(request.observer && request.observer->wantsTrace() ? &m_traceSteps : nullptr) {
        m_facts.levels = horizon.levels;
        m_facts.isBindingActive = true;
    }

    /// False when cancelled.
    bool simulateDevice(qint64 device);

private:
    void start(qint64 device);
    void startDay(int day);
    bool isActiveToday();
    void decay();
    void arrivals();
    void retriesUpTo(qint64 second);
    void planRetry(const Incoming& arrival, const Words& words, bool wasApplied);
    rules::Decision call(const Incoming& incoming);
    void count(const Incoming& incoming, const rules::Decision& decision);
    void countHour(const Incoming& incoming);
    void countLoss(RuleCounts& counts, const rules::Decision& decision) const;
    void carryOut(const Incoming& incoming, const rules::Decision& decision);
    void raiseLevel(const rules::Decision& decision);
    void observe(const Incoming& incoming, const rules::Request& request, const rules::Decision& decision);
    bool isIdleLongEnough() const;
    void endDay();
    void keepDayEndValue();
    size_t levelIndexOf(int level) const;

    const Horizon& m_horizon;
    const KernelRequest& m_request;
    SimulationResult& m_result;
    rules::Trace m_traceSteps;
    rules::Trace* m_trace;

    DeviceState m_state;
    DeviceDay m_draws;
    const PersonaPlan* m_persona = nullptr;
    size_t m_personaIndex = 0;
    int m_day = 0;
    const DayPlan* m_dayPlan = nullptr;
    const Regime* m_regime = nullptr;
    DayCounts* m_counts = nullptr;
    size_t m_hour = 0; ///< of the day's shape; events come in time order
    rules::Facts m_facts;
    WordDraw m_change;
};

size_t PlainSimulation::levelIndexOf(int level) const {
    const std::vector<int>& numbers = m_horizon.levelNumbers;
    return static_cast<size_t>(std::lower_bound(numbers.begin(), numbers.end(), level) - numbers.begin());
}

void PlainSimulation::start(qint64 device) {
    m_draws = {m_horizon.seed, static_cast<quint32>(device), 0};
    const Words words = m_draws.words(Purpose::Device, 0);
    m_personaIndex = personaOf(m_horizon, device);
    m_persona = &m_horizon.personas[m_personaIndex];
    const int startValue = m_horizon.startValues[chooseIndex(words[1], m_horizon.startValueBelow)];

    m_state.value = startValue;
    m_state.storedLevel = rules::levelOf(startValue, m_horizon.levels);
    m_state.levelIndex = levelIndexOf(m_state.storedLevel);
    m_state.isChurned = false;
    m_state.lastActivityDay = 0;
    m_state.cooldownEndsS.assign(m_horizon.ruleKeys.size(), longAgo);
    m_state.isGranted.assign(m_horizon.levelNumbers.size(), false);
    m_state.isReached.assign(m_horizon.levelNumbers.size(), false);
    std::fill_n(m_state.isReached.begin(), m_state.levelIndex + 1, true);
    m_state.retries.clear();

    ++m_result.startedAtLevel[m_state.levelIndex];
    m_result.startValueSum += startValue;
    if (m_request.observer)
        m_request.observer->onDevice(device, m_personaIndex, startValue);
}

bool PlainSimulation::simulateDevice(qint64 device) {
    start(device);
    const int days = static_cast<int>(m_horizon.days.size());
    for (int day = 0; day < days; ++day) {
        if (m_request.isCancelled && m_request.isCancelled->load(std::memory_order_relaxed))
            return false;
        startDay(day);
        if (!m_dayPlan->isSkipped) {
            if (isIdleLongEnough()) {
                ++m_counts->idleDevices;
                decay();
            }
            if (isActiveToday()) {
                ++m_counts->activeDevices;
                arrivals();
            }
            retriesUpTo(m_dayPlan->endS - 1);
        }
        endDay();
    }
    if (!m_request.keptEndValues.empty())
        m_request.keptEndValues[static_cast<size_t>(device)] = static_cast<int>(m_state.value);
    return true;
}

void PlainSimulation::startDay(int day) {
    m_day = day;
    m_dayPlan = &m_horizon.days[static_cast<size_t>(day)];
    m_regime = &m_horizon.regimes[m_dayPlan->regime];
    m_counts = &m_result.days[static_cast<size_t>(day)];
    m_hour = 0;
    m_draws.day = static_cast<quint32>(day);
    m_facts.setting = &m_regime->setting;
    m_state.globalDaySum = 0;
    m_state.ruleDaySums.assign(m_horizon.ruleKeys.size(), 0);
}

/// Churn and return first, then whether the day is active.
bool PlainSimulation::isActiveToday() {
    const Persona& persona = m_persona->persona;
    const Words words = m_draws.words(Purpose::Day, 0);
    const double hazard = m_state.isChurned ? persona.returnPerDay : persona.churnPerDay;
    if (bernoulli(words[0], words[1], hazard))
        m_state.isChurned = !m_state.isChurned;
    return !m_state.isChurned && bernoulli(words[2], words[3], persona.activeProbability);
}

bool PlainSimulation::isIdleLongEnough() const {
    return m_day - m_state.lastActivityDay >= m_regime->setting.decayIdleDays;
}

/// The decay job's part for a device that has been idle long enough: once a day, at its start.
void PlainSimulation::decay() {
    if (!m_regime->decayRule)
        return;
    Incoming incoming;
    incoming.second = m_dayPlan->startS;
    incoming.ruleIndex = *m_regime->decayRule;
    incoming.kind = EventKind::Decay;
    incoming.changeWord = m_draws.words(Purpose::Decay, 0)[0];
    const rules::Decision decision = call(incoming);
    if (decision.change < 0)
        ++m_counts->decayedDevices;
}

/// The day's arrivals in time order: gaps of mean 1 on the scale of integrated intensity, which the profile turns into
/// seconds. Retries that come due in between, or at the same second, are older and go first.
void PlainSimulation::arrivals() {
    const Persona& persona = m_persona->persona;
    const std::vector<ProfileStretch>& profile = m_persona->profiles[m_dayPlan->dayShape];
    const Rates& rates = m_regime->ratesByPersona[m_personaIndex];
    const double intensity =
        rates.total * persona.weekdayFactor[m_dayPlan->weekday] * gammaOfMeanOne(m_draws, persona.dispersion);
    if (profile.empty())
        return;
    auto stretch = profile.begin();
    double position = 0;
    for (quint32 index = 0;; ++index) {
        const Words words = m_draws.words(Purpose::Arrival, index);
        position += exponentialGap(words[0]);
        if (position >= intensity)
            return;
        const double share = position / intensity;
        while (share >= stretch->toShare && std::next(stretch) != profile.end())
            ++stretch;
        const double within = (share - stretch->fromShare) / (stretch->toShare - stretch->fromShare);
        const int offsetS = std::clamp(static_cast<int>(within * stretch->lengthS), 0, stretch->lengthS - 1);

        Incoming incoming;
        incoming.second = m_dayPlan->startS + stretch->startS + offsetS;
        incoming.ruleIndex = chooseIndex(words[1], rates.chooseBelow);
        incoming.idDay = m_day;
        incoming.idIndex = index;
        incoming.changeWord = words[2];
        retriesUpTo(incoming.second);
        const rules::Decision decision = call(incoming);
        if (words[3] < persona.retryProbability * 0x1.0p32)
            planRetry(incoming, m_draws.words(Purpose::Retry, index), decision.effects.marksEvent);
    }
}

void PlainSimulation::planRetry(const Incoming& arrival, const Words& words, bool wasApplied) {
    PendingRetry retry;
    retry.second = arrival.second + 1 + base::boundedInteger(words[0], longestRetryDelayS);
    retry.appliedAtS = wasApplied ? arrival.second : longAgo;
    retry.ruleIndex = arrival.ruleIndex;
    retry.idDay = arrival.idDay;
    retry.idIndex = arrival.idIndex;
    retry.changeWord = words[1];
    const auto later = std::upper_bound(m_state.retries.begin(), m_state.retries.end(), retry.second,
                                        [](qint64 second, const PendingRetry& other) { return second < other.second; });
    m_state.retries.insert(later, retry);
}

void PlainSimulation::retriesUpTo(qint64 second) {
    auto due = m_state.retries.begin();
    for (; due != m_state.retries.end() && due->second <= second; ++due) {
        Incoming incoming;
        incoming.second = due->second;
        incoming.ruleIndex = due->ruleIndex;
        incoming.kind = EventKind::Retry;
        incoming.idDay = due->idDay;
        incoming.idIndex = due->idIndex;
        incoming.changeWord = due->changeWord;
        incoming.isEventSeen = due->appliedAtS != longAgo && due->second < due->appliedAtS + eventWindowS;
        call(incoming);
        ++m_result.retries;
    }
    m_state.retries.erase(m_state.retries.begin(), due);
}

rules::Decision PlainSimulation::call(const Incoming& incoming) {
    rules::Request request;
    request.hasEventId = incoming.kind != EventKind::Decay;
    request.isDecay = incoming.kind == EventKind::Decay;

    const qint64 cooldownLeftS = m_state.cooldownEndsS[incoming.ruleIndex] == longAgo
                                     ? 0
                                     : m_state.cooldownEndsS[incoming.ruleIndex] - incoming.second;
    m_facts.isEventSeen = incoming.isEventSeen;
    m_facts.rule = m_regime->live(incoming.ruleIndex);
    m_facts.isCooldownRunning = cooldownLeftS > 0;
    m_facts.cooldownLeftUs = std::max<qint64>(cooldownLeftS, 0) * base::usPerSecond;
    m_facts.storedLevel = m_state.storedLevel;
    m_facts.value = m_state.value;
    m_facts.ruleDaySum = m_state.ruleDaySums[incoming.ruleIndex];
    m_facts.globalDaySum = m_state.globalDaySum;
    m_change.word = incoming.changeWord;
    if (m_trace)
        m_trace->clear();

    const rules::Decision decision = rules::decide(request, m_facts, m_change, m_trace);
    count(incoming, decision);
    if (m_request.observer)
        observe(incoming, request, decision);
    if (decision.outcome == Outcome::Applied)
        carryOut(incoming, decision);
    return decision;
}

void PlainSimulation::count(const Incoming& incoming, const rules::Decision& decision) {
    countHour(incoming);
    RuleCounts& counts = m_counts->rules[incoming.ruleIndex];
    ++counts.byOutcome[static_cast<size_t>(decision.outcome)];
    if (decision.drawn != decision.change)
        countLoss(counts, decision);
    if (decision.outcome != Outcome::Applied)
        return;
    ++counts.appliedByCut[static_cast<size_t>(decision.cut)];
    if (decision.change > 0)
        counts.pointsGained += decision.change;
    else
        counts.pointsTaken -= decision.change;
}

void PlainSimulation::countHour(const Incoming& incoming) {
    const std::vector<HourStretch>& hours = m_horizon.dayShapes[m_dayPlan->dayShape];
    const qint64 ofDayS = incoming.second - m_dayPlan->startS;
    while (ofDayS >= hours[m_hour].endS)
        ++m_hour;
    ++m_result.eventsByHour[incoming.ruleIndex][static_cast<size_t>(hours[m_hour].localHour)];
}

/// The step at which an event with a drawn change was refused.
rules::Cut cutOfRefusal(Outcome outcome) {
    if (outcome == Outcome::RuleDailyCap)
        return rules::Cut::RuleDailyCap;
    return outcome == Outcome::GlobalDailyCap ? rules::Cut::GlobalDailyCap : rules::Cut::Bounds;
}

/// What each step kept back of a change that did not come through in full. The decision names only the last one that
/// cut, so the caps' shares are worked out again from the same facts.
void PlainSimulation::countLoss(RuleCounts& counts, const rules::Decision& decision) const {
    const qint64 lost = std::abs(qint64{decision.drawn} - decision.change);
    counts.pointsLost += lost;
    const auto lostBy = [&counts](rules::Cut cut) -> qint64& {
        return counts.pointsLostByCut[static_cast<size_t>(cut)];
    };
    if (decision.outcome != Outcome::Applied) {
        lostBy(cutOfRefusal(decision.outcome)) += lost;
        return;
    }
    const qint64 drawn = std::abs(qint64{decision.drawn});
    const qint64 afterSingleCap = std::min<qint64>(drawn, m_facts.rule->singleCap);
    const qint64 afterRuleCap = std::min(afterSingleCap, m_facts.rule->dailyCap - m_facts.ruleDaySum);
    qint64 afterGlobalCap = afterRuleCap;
    if (decision.drawn > 0)
        afterGlobalCap = std::min(afterRuleCap, m_facts.setting->globalDailyCap - m_facts.globalDaySum);
    else if (-qint64{decision.change} > afterGlobalCap) {
        // A ceiling lowered below the value takes more than the caps had left: what they kept back was lost anyway.
        lostBy(rules::Cut::Bounds) += lost;
        return;
    }
    lostBy(rules::Cut::SingleCap) += drawn - afterSingleCap;
    lostBy(rules::Cut::RuleDailyCap) += afterSingleCap - afterRuleCap;
    lostBy(rules::Cut::GlobalDailyCap) += afterRuleCap - afterGlobalCap;
    lostBy(rules::Cut::Bounds) += lost - (drawn - afterGlobalCap);
}

/// What production writes for an applied call: value, level, day sums, cooldown, activity, grants.
void PlainSimulation::carryOut(const Incoming& incoming, const rules::Decision& decision) {
    const rules::Effects& effects = decision.effects;
    m_state.value = decision.after;
    m_state.ruleDaySums[incoming.ruleIndex] += effects.ruleDayAdd;
    m_state.globalDaySum += effects.globalDayAdd;
    if (effects.cooldownSeconds > 0)
        m_state.cooldownEndsS[incoming.ruleIndex] = incoming.second + effects.cooldownSeconds;
    if (effects.refreshesActivity)
        m_state.lastActivityDay = m_day;
    if (effects.grantsRewards)
        raiseLevel(decision);
    if (effects.savesLevel) {
        m_state.storedLevel = decision.newLevel;
        m_state.levelIndex = levelIndexOf(decision.newLevel);
    }
}

/// Each level in (old, new] grants once for ever; a level the device started at or above was reached before.
void PlainSimulation::raiseLevel(const rules::Decision& decision) {
    const size_t reached = levelIndexOf(decision.newLevel);
    for (size_t i = levelIndexOf(decision.oldLevel) + 1; i <= reached; ++i) {
        if (!m_state.isGranted[i])
            ++m_counts->grants[i];
        if (!m_state.isReached[i])
            ++m_counts->firstReached[i];
        m_state.isGranted[i] = m_state.isReached[i] = true;
    }
}

void PlainSimulation::observe(const Incoming& incoming, const rules::Request& request,
                              const rules::Decision& decision) {
    ObservedEvent event;
    event.device = m_draws.device;
    event.day = m_day;
    event.second = incoming.second;
    event.kind = incoming.kind;
    event.ruleIndex = incoming.ruleIndex;
    event.idDay = incoming.idDay;
    event.idIndex = incoming.idIndex;
    event.request = request;
    event.decision = decision;
    event.trace = m_trace;
    m_request.observer->onEvent(event);
}

void PlainSimulation::endDay() {
    ++m_counts->histogram[static_cast<size_t>(m_state.value / m_horizon.binWidth)];
    m_counts->valueSum += m_state.value;
    ++m_counts->devicesAtLevel[m_state.levelIndex];
    if (m_state.isChurned)
        ++m_counts->churnedDevices;
    for (size_t i = 0; i < m_state.ruleDaySums.size(); ++i)
        m_counts->rules[i].devicesAtCap += m_state.ruleDaySums[i] >= m_regime->rules[i].dailyCap;
    m_counts->devicesAtGlobalCap += m_state.globalDaySum >= m_regime->setting.globalDailyCap;
    if (!m_request.keptDayEndValues.empty())
        keepDayEndValue();
}

void PlainSimulation::keepDayEndValue() {
    const auto row = static_cast<size_t>(m_draws.device - m_request.firstDevice);
    m_request.keptDayEndValues[row * m_horizon.days.size() + static_cast<size_t>(m_day)] =
        static_cast<int>(m_state.value);
}

} // namespace

QString eventId(const ObservedEvent& event) {
    if (event.kind == EventKind::Decay)
        return {};
    return QStringLiteral("%1-%2-%3").arg(event.device).arg(event.idDay).arg(event.idIndex);
}

size_t personaOf(const Horizon& horizon, qint64 device) {
    const DeviceDay draws{horizon.seed, static_cast<quint32>(device), 0};
    return chooseIndex(draws.words(Purpose::Device, 0)[0], horizon.personaBelow);
}

bool simulatePlain(const Horizon& horizon, const KernelRequest& request, SimulationResult& result) {
    PlainSimulation simulation(horizon, request, result);
    for (qint64 i = 0; i < request.deviceCount; ++i) {
        if (!simulation.simulateDevice(request.firstDevice + i))
            return false;
    }
    result.devices += request.deviceCount;
    return true;
}

} // namespace affinity::sim
