// The figures of SqlStore: each a statement that SQLite answers from an index or one walk through a table.
#include "engine/store/sqlrows.h"
#include "engine/store/sqlsnapshot.h"

#include <algorithm>

namespace affinity::store {

using base::Result;

namespace {

LogSums readSums(const SqlRow& row, int firstColumn) {
    return {row.value(firstColumn).toLongLong(), row.value(firstColumn + 1).toLongLong(),
            row.value(firstColumn + 2).toLongLong()};
}

ValueCount readValueCount(const SqlRow& row) {
    return {row.value(0).toInt(), row.value(1).toInt(), row.value(2).toLongLong()};
}

std::optional<LogExtent> readExtent(const SqlRow& row) {
    if (row.value(0).isNull())
        return std::nullopt;
    return LogExtent{readTime(row.value(0)), readTime(row.value(1))};
}

DayFigures readDay(const SqlRow& row) {
    return {readSums(row, 0), row.value(3).toLongLong()};
}

DeviceRuleSums readDeviceRule(const SqlRow& row) {
    return {base::DeviceId{row.value(0).toLongLong()}, row.value(1).toString(), row.value(2).toBool(),
            readSums(row, 3)};
}

DeviceStart readStart(const SqlRow& row) {
    DeviceStart start;
    start.deviceId.value = row.value(0).toLongLong();
    start.boundAtUs = readTime(row.value(1));
    if (!row.value(2).isNull())
        start.unboundAtUs = readTime(row.value(2));
    start.startValue = row.value(3).toInt();
    start.value = row.value(4).toInt();
    return start;
}

LevelCrossing readCrossing(const SqlRow& row) {
    return {base::DeviceId{row.value(0).toLongLong()}, row.value(1).toInt(), readTime(row.value(2))};
}

LevelGrants readGrants(const SqlRow& row) {
    return {row.value(0).toInt(), row.value(1).toLongLong()};
}

/// The day's first instant and end, then the hole between its parts: empty unless it has two.
QVariantList dayValues(const rules::LocalDay& day) {
    if (day.isEmpty())
        return {timeValue(qint64{0}), timeValue(qint64{0}), timeValue(qint64{0}), timeValue(qint64{0})};
    const qint64 holeStartUs = day.intervals.front().endUs;
    const qint64 holeEndUs = day.intervals.back().startUs;
    return {timeValue(day.startUs()), timeValue(day.endUs()), timeValue(holeStartUs),
            timeValue(std::max(holeStartUs, holeEndUs))};
}

} // namespace

Result<std::vector<ValueCount>> SqlStore::valueCounts() {
    return m_connection->select(Statement::CountValues, {}, readValueCount);
}

Result<std::optional<LogExtent>> SqlStore::logExtent() {
    const auto extent = m_connection->selectOne(Statement::SelectLogExtent, {}, readExtent);
    if (!extent)
        return extent.error();
    return extent->value_or(std::nullopt);
}

Result<std::vector<qint64>> SqlStore::bindingsMade(const std::vector<rules::UtcInterval>& stretches) {
    const Snapshot snapshot(*this);
    if (!snapshot.begun())
        return snapshot.begun().error();
    std::vector<qint64> counts;
    for (const rules::UtcInterval& stretch : stretches) {
        const auto count = m_connection->selectOne(Statement::CountBindingsMade,
                                                   {timeValue(stretch.startUs), timeValue(stretch.endUs)}, readNumber);
        if (!count)
            return count.error();
        counts.push_back(count->value_or(0));
    }
    return counts;
}

Result<std::vector<qint64>> SqlStore::grantsMade(const std::vector<rules::UtcInterval>& stretches) {
    std::vector<qint64> counts(stretches.size());
    if (stretches.empty())
        return counts;
    // The table has no index on the time: one walk for all stretches.
    rules::UtcInterval all = stretches.front();
    for (const rules::UtcInterval& stretch : stretches)
        all = {std::min(all.startUs, stretch.startUs), std::max(all.endUs, stretch.endUs)};
    const auto times = m_connection->select(Statement::SelectGrantTimes, {timeValue(all.startUs), timeValue(all.endUs)},
                                            [](const SqlRow& row) { return readTime(row.value(0)); });
    if (!times)
        return times.error();
    for (size_t i = 0; i < stretches.size(); ++i)
        counts[i] = std::count_if(times->begin(), times->end(), [&stretch = stretches[i]](qint64 timeUs) {
            return timeUs >= stretch.startUs && timeUs < stretch.endUs;
        });
    return counts;
}

Result<std::vector<LogSums>> SqlStore::logSums(const std::vector<rules::UtcInterval>& stretches) {
    const Snapshot snapshot(*this);
    if (!snapshot.begun())
        return snapshot.begun().error();
    std::vector<LogSums> sums;
    for (const rules::UtcInterval& stretch : stretches) {
        const auto sum =
            m_connection->selectOne(Statement::SumLog, {timeValue(stretch.startUs), timeValue(stretch.endUs)},
                                    [](const SqlRow& row) { return readSums(row, 0); });
        if (!sum)
            return sum.error();
        sums.push_back(sum->value_or(LogSums{}));
    }
    return sums;
}

Result<std::vector<DayFigures>> SqlStore::dayFigures(const std::vector<rules::LocalDay>& days) {
    const Snapshot snapshot(*this);
    if (!snapshot.begun())
        return snapshot.begun().error();
    std::vector<DayFigures> figures;
    for (const rules::LocalDay& day : days) {
        const auto figure = m_connection->selectOne(Statement::SumDay, dayValues(day), readDay);
        if (!figure)
            return figure.error();
        figures.push_back(figure->value_or(DayFigures{}));
    }
    return figures;
}

Result<std::vector<DeviceRuleSums>> SqlStore::deviceRuleSums(const rules::LocalDay& day) {
    return m_connection->select(Statement::SumDevicesAndRules, dayValues(day), readDeviceRule);
}

Result<LevelHistory> SqlStore::levelHistory() {
    const Snapshot snapshot(*this);
    if (!snapshot.begun())
        return snapshot.begun().error();
    auto devices = m_connection->select(Statement::SelectDeviceStarts, {}, readStart);
    if (!devices)
        return devices.error();
    auto crossings = m_connection->select(Statement::SelectLevelCrossings, {}, readCrossing);
    if (!crossings)
        return crossings.error();
    auto grants = m_connection->select(Statement::CountGrants, {}, readGrants);
    if (!grants)
        return grants.error();
    return LevelHistory{std::move(devices).value(), std::move(crossings).value(), std::move(grants).value()};
}

} // namespace affinity::store
