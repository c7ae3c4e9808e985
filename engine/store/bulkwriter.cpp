#include "engine/store/bulkwriter.h"

#include "engine/store/edits.h"
#include "engine/store/rowwriter.h"
#include "engine/store/schema.h"
#include "engine/store/sqliteconnection.h"
#include "engine/store/sqlrows.h"

#include <map>
#include <unordered_map>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 rowsOfTransaction = 100'000;
constexpr size_t rowsBetweenReports = 10'000;
/// Of finishing, as measured; the rest is the indexes.
constexpr double countersShare = 0.4;

Error cancelled() {
    return {ErrorKind::Cancelled, QStringLiteral("Writing the store was cancelled. Its file is of no use.")};
}

Error unknownBinding(base::DeviceId id) {
    return {ErrorKind::Refused, QStringLiteral("There is no binding %1 to write a change of.").arg(id.value)};
}

/// The daily counters as they came up, summed.
class CounterSums {
public:
    void add(const rules::DailyCounter& increment) {
        const Key key{increment.deviceId.value, increment.ruleId.value, increment.date.toJulianDay()};
        const auto [place, isNew] = m_places.try_emplace(key, m_counters.size());
        if (isNew) {
            m_counters.push_back(increment);
            m_counters.back().id = static_cast<qint64>(m_counters.size());
            return;
        }
        rules::DailyCounter& counter = m_counters[place->second];
        counter.accumulatedChange += increment.accumulatedChange;
        counter.triggerCount += increment.triggerCount;
    }
    const std::vector<rules::DailyCounter>& all() const { return m_counters; }

private:
    struct Key {
        qint64 device = 0;
        qint64 rule = 0;
        qint64 julianDay = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        size_t operator()(const Key& key) const { return qHashMulti(0, key.device, key.rule, key.julianDay); }
    };
    std::unordered_map<Key, size_t, Hash> m_places; ///< in m_counters
    std::vector<rules::DailyCounter> m_counters;
};

} // namespace

struct BulkWriter::Private {
    struct Device {
        rules::Binding start;
        rules::Binding now;
    };

    Private(std::unique_ptr<SqlConnection> opened, const base::Clock& usedClock)
        : connection(std::move(opened)), clock(usedClock), rows(*connection) {}

    Result<void> prepare();
    Result<void> dropIndexes(const QString& table);
    Result<void> makeIndexes(const Progress& progress);
    Result<void> startNextTransaction();
    void writeDevices();

    std::unique_ptr<SqlConnection> connection;
    const base::Clock& clock;
    RowWriter rows;
    qint64 rowsCommitted = 0;
    QStringList indexTexts; ///< to be made again
    std::map<base::DeviceId, Device> devices;
    CounterSums counters;
    std::map<std::pair<base::DeviceId, int>, qint64> grants; ///< ids
    qint64 lastLogId = 0;
};

Result<void> BulkWriter::Private::prepare() {
    // Nobody else knows this file, and without its end it is thrown away.
    for (const char* pragma : {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = OFF",
                               "PRAGMA synchronous = OFF", "PRAGMA temp_store = MEMORY"}) {
        if (const Result<qint64> done = connection->runText(QLatin1String(pragma)); !done)
            return done.error();
    }
    for (const char* table : {"userapp_affinitylog", "userapp_useraffinitydailycounter"}) {
        if (const Result<void> done = dropIndexes(QLatin1String(table)); !done)
            return done;
    }
    rows.run(Statement::BeginWrite);
    return rows.outcome();
}

Result<void> BulkWriter::Private::dropIndexes(const QString& table) {
    const auto indexes = connection->select(Statement::SelectIndexes, {table}, [](const SqlRow& row) {
        return std::pair(row.value(0).toString(), row.value(1).toString());
    });
    if (!indexes)
        return indexes.error();
    for (const auto& [name, text] : *indexes) {
        if (const auto done = connection->runText(QStringLiteral("DROP INDEX \"%1\"").arg(name)); !done)
            return done.error();
        indexTexts << text;
    }
    return {};
}

Result<void> BulkWriter::Private::makeIndexes(const Progress& progress) {
    for (int i = 0; i < indexTexts.size(); ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(indexTexts.size());
        if (progress && !progress(countersShare + (1 - countersShare) * share))
            return cancelled();
        if (const Result<qint64> done = connection->runText(indexTexts[i]); !done)
            return done.error();
    }
    return {};
}

Result<void> BulkWriter::Private::startNextTransaction() {
    rows.run(Statement::Commit);
    rows.run(Statement::BeginWrite);
    rowsCommitted = rows.rows();
    return rows.outcome();
}

void BulkWriter::Private::writeDevices() {
    for (const auto& [id, device] : devices) {
        if (device.now == device.start)
            continue;
        rows.run(Statement::UpdateBinding,
                 {device.now.favorability, timeValue(device.now.lastActiveAtUs), id.value, device.start.favorability});
        if (device.now.affinityLevel != device.start.affinityLevel)
            rows.run(Statement::UpdateLevel, {device.now.affinityLevel, id.value});
    }
}

BulkWriter::BulkWriter(std::unique_ptr<Private> writer) : d(std::move(writer)) {
}

BulkWriter::~BulkWriter() = default;

Result<std::unique_ptr<BulkWriter>> BulkWriter::open(const QString& fileName, const base::Clock& clock) {
    auto connection = SqliteConnection::open(fileName, {});
    if (!connection)
        return connection.error();
    const Result<SchemaFacts> facts = inspectSchema(**connection);
    if (!facts)
        return facts.error();
    connection.value()->setShape(facts->shape);
    auto writer = std::make_unique<Private>(std::move(connection).value(), clock);
    if (const Result<void> done = writer->prepare(); !done)
        return done.error();
    return std::unique_ptr<BulkWriter>(new BulkWriter(std::move(writer)));
}

Result<void> BulkWriter::addRuleSet(const rules::RuleSet& ruleSet) {
    d->rows.addRuleSet(ruleSet);
    return d->rows.outcome();
}

Result<void> BulkWriter::addOperators(const std::vector<OperatorRecord>& operators) {
    d->rows.addOperators(operators, d->clock.nowUs());
    return d->rows.outcome();
}

Result<void> BulkWriter::add(const rules::User& user) {
    d->rows.add(user);
    return d->rows.outcome();
}

Result<void> BulkWriter::add(const rules::Binding& binding) {
    d->rows.add(binding);
    d->devices[binding.id] = {binding, binding};
    return d->rows.outcome();
}

Result<bool> BulkWriter::add(rules::Grant grant) {
    const auto id = static_cast<qint64>(d->grants.size()) + 1;
    const bool isNew = d->grants.try_emplace({grant.deviceId, grant.level}, id).second;
    if (isNew) {
        grant.id = id;
        d->rows.add(grant);
    }
    return d->rows.outcome() ? Result<bool>(isNew) : Result<bool>(d->rows.outcome().error());
}

Result<base::LogId> BulkWriter::write(const WritePlan& plan) {
    const auto device = d->devices.find(plan.log.deviceId);
    if (device == d->devices.end())
        return unknownBinding(plan.log.deviceId);
    rules::Binding& binding = device->second.now;
    if (binding.favorability != plan.log.beforeValue)
        return valueMoved(plan.log.deviceId, plan.log.beforeValue);
    binding.favorability = plan.log.afterValue;
    if (plan.refreshesActivity)
        binding.lastActiveAtUs = plan.log.createdAtUs;
    binding.affinityLevel = plan.newLevel.value_or(binding.affinityLevel);

    rules::LogRow log = plan.log;
    log.id.value = ++d->lastLogId;
    d->rows.add(log);
    rules::LogNote note = plan.note;
    note.logId = log.id;
    d->rows.add(note);
    if (plan.counter)
        d->counters.add(*plan.counter);
    for (const rules::Level& level : plan.grants) {
        if (const auto added = add({0, log.deviceId, level.level, level.rewards, log.createdAtUs}); !added)
            return added.error();
    }
    if (d->rows.rows() - d->rowsCommitted >= rowsOfTransaction) {
        if (const Result<void> done = d->startNextTransaction(); !done)
            return done.error();
    }
    return d->rows.outcome() ? Result<base::LogId>(log.id) : Result<base::LogId>(d->rows.outcome().error());
}

Result<void> BulkWriter::finish(const Progress& progress) {
    d->writeDevices();
    const std::vector<rules::DailyCounter>& counters = d->counters.all();
    for (size_t i = 0; i < counters.size(); ++i) {
        d->rows.add(counters[i]);
        const double share = countersShare * static_cast<double>(i) / static_cast<double>(counters.size());
        if (i % rowsBetweenReports == 0 && progress && !progress(share))
            return cancelled();
    }
    d->rows.run(Statement::Commit);
    if (!d->rows.outcome())
        return d->rows.outcome();
    if (const Result<void> done = d->makeIndexes(progress); !done)
        return done;
    // The switch to the journal that stores keep writes the file's first page and waits for the disk: all of it is
    // there then.
    for (const char* pragma : {"PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL"}) {
        if (const Result<qint64> done = d->connection->runText(QLatin1String(pragma)); !done)
            return done.error();
    }
    if (progress)
        progress(1.0);
    return {};
}

} // namespace affinity::store
