#include "engine/sim/result.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace affinity::sim {

namespace {

template<typename Numbers> void addEach(Numbers& sum, const Numbers& part) {
    std::transform(sum.begin(), sum.end(), part.begin(), sum.begin(), std::plus<>());
}

void add(DayCounts& sum, const DayCounts& part) {
    addEach(sum.histogram, part.histogram);
    sum.valueSum += part.valueSum;
    addEach(sum.devicesAtLevel, part.devicesAtLevel);
    addEach(sum.grants, part.grants);
    addEach(sum.firstReached, part.firstReached);
    for (size_t i = 0; i < sum.rules.size(); ++i)
        sim::add(sum.rules[i], part.rules[i]);
    sum.activeDevices += part.activeDevices;
    sum.churnedDevices += part.churnedDevices;
    sum.decayedDevices += part.decayedDevices;
    sum.idleDevices += part.idleDevices;
    sum.devicesAtGlobalCap += part.devicesAtGlobalCap;
}

const DayCounts& dayOf(const SimulationResult& result, int day) {
    return result.days.at(static_cast<size_t>(day));
}

/// Two 64-bit states that every word passes through; the finaliser is SplitMix64's.
struct Hash {
    quint64 first = 0x6A09E667F3BCC908; // fractional parts of √2 and √3
    quint64 second = 0xBB67AE8584CAA73B;

    static quint64 mixed(quint64 word) {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }
    template<typename Integer> void take(Integer number) {
        const auto word = static_cast<quint64>(static_cast<qint64>(number));
        first = mixed(first ^ word);
        second = mixed(second + word + 0x9E3779B97F4A7C15);
    }
    template<typename Numbers> void takeEach(const Numbers& numbers) {
        take(numbers.size());
        for (const auto number : numbers)
            take(number);
    }
};

void take(Hash& hash, const RuleCounts& counts) {
    hash.takeEach(counts.byOutcome);
    hash.takeEach(counts.appliedByCut);
    hash.take(counts.pointsGained);
    hash.take(counts.pointsTaken);
    hash.take(counts.pointsLost);
    hash.takeEach(counts.pointsLostByCut);
    hash.take(counts.devicesAtCap);
}

void take(Hash& hash, const DayCounts& day) {
    hash.takeEach(day.histogram);
    hash.take(day.valueSum);
    hash.takeEach(day.devicesAtLevel);
    hash.takeEach(day.grants);
    hash.takeEach(day.firstReached);
    hash.take(day.rules.size());
    for (const RuleCounts& counts : day.rules)
        take(hash, counts);
    hash.take(day.activeDevices);
    hash.take(day.churnedDevices);
    hash.take(day.decayedDevices);
    hash.take(day.idleDevices);
    hash.take(day.devicesAtGlobalCap);
}

} // namespace

QString name(Kernel kernel) {
    switch (kernel) {
    case Kernel::Plain:
        break;
    }
    return QStringLiteral("plain");
}

void add(RuleCounts& sum, const RuleCounts& part) {
    addEach(sum.byOutcome, part.byOutcome);
    addEach(sum.appliedByCut, part.appliedByCut);
    sum.pointsGained += part.pointsGained;
    sum.pointsTaken += part.pointsTaken;
    sum.pointsLost += part.pointsLost;
    addEach(sum.pointsLostByCut, part.pointsLostByCut);
    sum.devicesAtCap += part.devicesAtCap;
}

void add(SimulationResult& sum, const SimulationResult& part) {
    sum.devices += part.devices;
    sum.retries += part.retries;
    sum.startValueSum += part.startValueSum;
    addEach(sum.startedAtLevel, part.startedAtLevel);
    for (size_t i = 0; i < sum.eventsByHour.size(); ++i)
        addEach(sum.eventsByHour[i], part.eventsByHour[i]);
    for (size_t i = 0; i < sum.days.size(); ++i)
        add(sum.days[i], part.days[i]);
}

int percentile(const SimulationResult& result, int day, double share) {
    const std::vector<quint32>& histogram = dayOf(result, day).histogram;
    const auto rank = std::max<qint64>(1, static_cast<qint64>(std::ceil(share * static_cast<double>(result.devices))));
    qint64 counted = 0;
    for (size_t bin = 0; bin < histogram.size(); ++bin) {
        counted += histogram[bin];
        if (counted >= rank)
            return static_cast<int>(bin) * result.binWidth;
    }
    return 0;
}

Percentiles percentiles(const SimulationResult& result, int day) {
    return {percentile(result, day, 0.10), percentile(result, day, 0.25), percentile(result, day, 0.50),
            percentile(result, day, 0.75), percentile(result, day, 0.90)};
}

double meanValue(const SimulationResult& result, int day) {
    return static_cast<double>(dayOf(result, day).valueSum) / static_cast<double>(result.devices);
}

double valueVariance(const SimulationResult& result, int day) {
    const double mean = meanValue(result, day);
    const std::vector<quint32>& histogram = dayOf(result, day).histogram;
    double sum = 0;
    for (size_t bin = 0; bin < histogram.size(); ++bin) {
        const double distance = static_cast<double>(bin) * result.binWidth - mean;
        sum += histogram[bin] * distance * distance;
    }
    return sum / static_cast<double>(result.devices);
}

double meanLevel(const SimulationResult& result, int day) {
    const std::vector<qint64>& devices = dayOf(result, day).devicesAtLevel;
    qint64 sum = 0;
    for (size_t i = 0; i < devices.size(); ++i)
        sum += devices[i] * result.levelNumbers[i];
    return static_cast<double>(sum) / static_cast<double>(result.devices);
}

RuleCounts ruleTotal(const SimulationResult& result, size_t ruleIndex) {
    RuleCounts total;
    for (const DayCounts& day : result.days)
        add(total, day.rules.at(ruleIndex));
    return total;
}

qint64 eventCount(const RuleCounts& counts) {
    return std::accumulate(counts.byOutcome.begin(), counts.byOutcome.end(), qint64{0});
}

qint64 eventCount(const SimulationResult& result) {
    qint64 sum = 0;
    for (size_t i = 0; i < result.ruleKeys.size(); ++i)
        sum += eventCount(ruleTotal(result, i));
    return sum;
}

qint64 appliedCount(const SimulationResult& result) {
    qint64 sum = 0;
    for (size_t i = 0; i < result.ruleKeys.size(); ++i)
        sum += ruleTotal(result, i).byOutcome[static_cast<size_t>(rules::Outcome::Applied)];
    return sum;
}

double reachedShare(const SimulationResult& result, size_t levelIndex, int day) {
    qint64 reached = 0;
    for (size_t i = levelIndex; i < result.startedAtLevel.size(); ++i)
        reached += result.startedAtLevel[i];
    for (int i = 0; i <= day; ++i)
        reached += dayOf(result, i).firstReached.at(levelIndex);
    return static_cast<double>(reached) / static_cast<double>(result.devices);
}

double capSaturation(const SimulationResult& result, size_t ruleIndex) {
    const double deviceDays = static_cast<double>(result.devices) * static_cast<double>(result.days.size());
    return static_cast<double>(ruleTotal(result, ruleIndex).devicesAtCap) / deviceDays;
}

QString digest(const SimulationResult& result) {
    Hash hash;
    hash.take(result.seed);
    hash.take(result.devices);
    hash.take(result.startDate.toJulianDay());
    hash.takeEach(result.levelNumbers);
    hash.take(result.binWidth);
    hash.takeEach(result.startedAtLevel);
    hash.take(result.startValueSum);
    hash.take(result.retries);
    hash.take(result.eventsByHour.size());
    for (const auto& byHour : result.eventsByHour)
        hash.takeEach(byHour);
    hash.take(result.days.size());
    for (const DayCounts& day : result.days)
        take(hash, day);
    return QStringLiteral("%1%2").arg(hash.first, 16, 16, QLatin1Char('0')).arg(hash.second, 16, 16, QLatin1Char('0'));
}

} // namespace affinity::sim
