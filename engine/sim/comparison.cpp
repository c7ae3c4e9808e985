#include "engine/sim/comparison.h"

#include "engine/sim/plainkernel.h"
#include "engine/sim/workers.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace affinity::sim {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using SteadyClock = std::chrono::steady_clock;
__extension__ using Wide = __int128;

constexpr size_t mostNamedDevices = 20;
constexpr int mostChunkDevices = 1024; ///< a worker keeps two values for each device of its chunk and day

/// Differences B − A of one day over some devices. Integers, so parts add up the same in any order. Limits: 10^8
/// devices and values up to 10^9 give |sum| ≤ 10^17, and squares ≤ 10^26, whose product with the devices still fits in
/// 127 bits.
struct DaySums {
    qint64 difference = 0;
    Wide square = 0;
};

struct PersonaSums {
    qint64 devices = 0, better = 0, worse = 0;
    qint64 difference = 0; ///< at the end of the last day
};

/// What one worker counted.
struct Part {
    SimulationResult a, b;
    std::vector<DaySums> days;
    std::vector<PersonaSums> personas;
    qint64 levelUp = 0, levelDown = 0;
    std::vector<DeviceDifference> gainers, losers; ///< the first mostNamedDevices so far, in order
    std::vector<int> dayEndsA, dayEndsB;           ///< of the chunk at hand, device by device
};

qint64 gain(const DeviceDifference& device) {
    return qint64{device.valueB} - device.valueA;
}

bool gainsMore(const DeviceDifference& one, const DeviceDifference& other) {
    return gain(one) != gain(other) ? gain(one) > gain(other) : one.device < other.device;
}

bool losesMore(const DeviceDifference& one, const DeviceDifference& other) {
    return gain(one) != gain(other) ? gain(one) < gain(other) : one.device < other.device;
}

using Order = bool (*)(const DeviceDifference&, const DeviceDifference&);

/// Puts a device at its place in a list of the first few; devices differ, so there is only one such order.
void keepFirst(std::vector<DeviceDifference>& list, const DeviceDifference& device, Order isBefore) {
    if (list.size() == mostNamedDevices && !isBefore(device, list.back()))
        return;
    list.insert(std::upper_bound(list.begin(), list.end(), device, isBefore), device);
    if (list.size() > mostNamedDevices)
        list.pop_back();
}

/// Two planned scenarios whose devices are compared.
struct Pair {
    const Horizon& a;
    const Horizon& b;
};

void countLastDay(const Pair& pair, qint64 device, int valueA, int valueB, Part& part) {
    const size_t persona = personaOf(pair.a, device);
    PersonaSums& sums = part.personas[persona];
    ++sums.devices;
    sums.difference += qint64{valueB} - valueA;
    sums.better += valueB > valueA;
    sums.worse += valueB < valueA;
    // A stored level follows its value at every change, and levels stay the same for the whole run.
    const int levelA = rules::levelOf(valueA, pair.a.levels);
    const int levelB = rules::levelOf(valueB, pair.b.levels);
    part.levelUp += levelB > levelA;
    part.levelDown += levelB < levelA;
    if (valueA == valueB)
        return;
    const DeviceDifference difference{device, pair.a.personas[persona].persona.name, valueA, valueB, levelA, levelB};
    if (valueB > valueA)
        keepFirst(part.gainers, difference, gainsMore);
    else
        keepFirst(part.losers, difference, losesMore);
}

void countDifferences(const Pair& pair, const DeviceChunk& chunk, Part& part) {
    const size_t days = pair.a.days.size();
    for (qint64 i = 0; i < chunk.deviceCount; ++i) {
        const size_t row = static_cast<size_t>(i) * days;
        for (size_t day = 0; day < days; ++day) {
            const qint64 difference = qint64{part.dayEndsB[row + day]} - part.dayEndsA[row + day];
            part.days[day].difference += difference;
            part.days[day].square += Wide{difference} * difference;
        }
        countLastDay(pair, chunk.firstDevice + i, part.dayEndsA[row + days - 1], part.dayEndsB[row + days - 1], part);
    }
}

/// End values of the whole population; empty when they are not kept.
struct EndValues {
    std::vector<int> a, b;
};

/// Both scenarios for one chunk. False when cancelled.
bool simulateChunk(const Pair& pair, const RunOptions& options, const DeviceChunk& chunk, EndValues& endValues,
                   Part& part) {
    const size_t cells = static_cast<size_t>(chunk.deviceCount) * pair.a.days.size();
    part.dayEndsA.resize(cells);
    part.dayEndsB.resize(cells);
    KernelRequest request;
    request.firstDevice = chunk.firstDevice;
    request.deviceCount = chunk.deviceCount;
    request.isCancelled = options.isCancelled;
    request.keptEndValues = endValues.a;
    request.keptDayEndValues = part.dayEndsA;
    if (!simulatePlain(pair.a, request, part.a))
        return false;
    request.keptEndValues = endValues.b;
    request.keptDayEndValues = part.dayEndsB;
    if (!simulatePlain(pair.b, request, part.b))
        return false;
    countDifferences(pair, chunk, part);
    return true;
}

void addPart(Part& sum, const Part& part) {
    add(sum.a, part.a);
    add(sum.b, part.b);
    for (size_t i = 0; i < sum.days.size(); ++i) {
        sum.days[i].difference += part.days[i].difference;
        sum.days[i].square += part.days[i].square;
    }
    for (size_t i = 0; i < sum.personas.size(); ++i) {
        sum.personas[i].devices += part.personas[i].devices;
        sum.personas[i].better += part.personas[i].better;
        sum.personas[i].worse += part.personas[i].worse;
        sum.personas[i].difference += part.personas[i].difference;
    }
    sum.levelUp += part.levelUp;
    sum.levelDown += part.levelDown;
    for (const DeviceDifference& device : part.gainers)
        keepFirst(sum.gainers, device, gainsMore);
    for (const DeviceDifference& device : part.losers)
        keepFirst(sum.losers, device, losesMore);
}

double share(qint64 sum, qint64 devices) {
    return devices == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(devices);
}

/// Mean and its standard error √(s² / n) with s² = (Σd² − (Σd)²/n) / (n − 1), exact up to the last division. One device
/// alone shows no spread: its error is 0.
DayDifference dayDifference(const DaySums& sums, qint64 devices) {
    DayDifference day;
    day.mean = share(sums.difference, devices);
    if (devices > 1) {
        const Wide spread = Wide{devices} * sums.square - Wide{sums.difference} * sums.difference;
        const double count = static_cast<double>(devices);
        day.standardError = std::sqrt(static_cast<double>(spread) / (count - 1)) / count;
    }
    return day;
}

Comparison comparisonOf(const Pair& pair, Part&& part) {
    Comparison comparison;
    for (const DaySums& sums : part.days)
        comparison.days.push_back(dayDifference(sums, pair.a.devices));
    for (size_t i = 0; i < part.personas.size(); ++i) {
        const PersonaSums& sums = part.personas[i];
        comparison.better += sums.better;
        comparison.worse += sums.worse;
        comparison.personas.push_back({pair.a.personas[i].persona.name, sums.devices, sums.better, sums.worse,
                                       share(sums.difference, sums.devices)});
    }
    comparison.equal = pair.a.devices - comparison.better - comparison.worse;
    comparison.levelUp = part.levelUp;
    comparison.levelDown = part.levelDown;
    comparison.gainers = std::move(part.gainers);
    comparison.losers = std::move(part.losers);
    comparison.a = std::move(part.a);
    comparison.b = std::move(part.b);
    return comparison;
}

Result<void> checkPair(const Scenario& a, const Scenario& b) {
    const auto different = [](const char* member, const QString& ofA, const QString& ofB) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("%1: both scenarios must have the same, but A has %2 and B has %3")
                         .arg(QLatin1String(member), ofA, ofB)};
    };
    if (a.devices != b.devices)
        return different("devices", QString::number(a.devices), QString::number(b.devices));
    if (a.days != b.days)
        return different("days", QString::number(a.days), QString::number(b.days));
    if (a.startDate != b.startDate)
        return different("start_date", a.startDate.toString(Qt::ISODate), b.startDate.toString(Qt::ISODate));
    return {};
}

/// The plan of one of the two; an error says of which.
Result<Horizon> planOne(const Scenario& scenario, const char* which) {
    auto horizon = planHorizon(scenario);
    if (!horizon)
        return Error{horizon.error().kind,
                     QStringLiteral("scenario %1: %2").arg(QLatin1String(which), horizon.error().what)};
    return horizon;
}

} // namespace

Result<Comparison> compare(const Scenario& a, const Scenario& b, const RunOptions& options) {
    const auto start = SteadyClock::now();
    const double startCpuS = threadCpuS();
    if (const auto checked = checkOptions(options, a.devices); !checked)
        return checked.error();
    if (const auto checked = checkPair(a, b); !checked)
        return checked.error();
    const auto planA = planOne(a, "A");
    if (!planA)
        return planA.error();
    const auto planB = planOne(b, "B");
    if (!planB)
        return planB.error();

    const Pair pair{*planA, *planB};
    const int threads = threadCount(options, a.devices);
    const auto kept = static_cast<size_t>(options.keepsEndValues ? a.devices : 0);
    EndValues endValues{std::vector<int>(kept), std::vector<int>(kept)};
    Part empty{.a = emptyResult(*planA), .b = emptyResult(*planB)};
    empty.days.resize(planA->days.size());
    empty.personas.resize(planA->personas.size());
    std::vector<Part> parts(static_cast<size_t>(threads), empty);
    RunOptions chunked = options;
    chunked.chunkDevices = std::min(options.chunkDevices, mostChunkDevices);
    const auto workerCpuS = shareOut(chunked, a.devices, threads, [&](int worker, const DeviceChunk& chunk) {
        return simulateChunk(pair, options, chunk, endValues, parts[static_cast<size_t>(worker)]);
    });
    if (!workerCpuS)
        return workerCpuS.error();
    for (size_t i = 1; i < parts.size(); ++i)
        addPart(parts.front(), parts[i]);

    Comparison comparison = comparisonOf(pair, std::move(parts.front()));
    comparison.a.endValues = std::move(endValues.a);
    comparison.b.endValues = std::move(endValues.b);
    comparison.a.kernel = comparison.b.kernel = options.kernel;
    comparison.a.threads = comparison.b.threads = threads;
    comparison.cpuS = *workerCpuS + threadCpuS() - startCpuS;
    comparison.wallS = std::chrono::duration<double>(SteadyClock::now() - start).count();
    return comparison;
}

} // namespace affinity::sim
