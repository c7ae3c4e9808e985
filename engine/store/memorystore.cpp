#include "engine/store/memorystore.h"

#include "engine/store/devicepages.h"
#include "engine/store/edits.h"
#include "engine/store/memoryfigures.h"
#include "engine/store/memorytransaction.h"

#include <algorithm>
#include <unordered_set>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error busy() {
    return {ErrorKind::Busy, QStringLiteral("The memory store is in use and was not free in time. Nothing was written; "
                                            "try again.")};
}

} // namespace

/// Holds the read lock for one answer; inside an open transaction of this store its lock serves.
class MemoryStore::Reading {
public:
    explicit Reading(const MemoryStore& store) : m_database(*store.m_database) {
        m_needsLock = *store.m_openTransactions == 0;
        m_isHeld = !m_needsLock || m_database.lock().lockForRead(store.m_lockTimeoutMs);
    }
    ~Reading() {
        if (m_needsLock && m_isHeld)
            m_database.lock().unlockRead();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    bool isHeld() const { return m_isHeld; }
    const MemoryTables& tables() const { return m_database.tables(); }

private:
    const MemoryDatabase& m_database;
    bool m_needsLock = false;
    bool m_isHeld = false;
};

/// Holds the write lock for one edit.
class MemoryStore::Writing {
public:
    explicit Writing(const MemoryStore& store) : m_database(*store.m_database) {
        m_isHeld = *store.m_openTransactions == 0 && m_database.lock().lockForWrite(store.m_lockTimeoutMs);
    }
    ~Writing() {
        if (m_isHeld)
            m_database.lock().unlockWrite();
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    bool isHeld() const { return m_isHeld; }
    MemoryTables& tables() { return m_database.tables(); }

private:
    MemoryDatabase& m_database;
    bool m_isHeld = false;
};

MemoryStore::MemoryStore(std::shared_ptr<MemoryDatabase> database, const base::Clock& clock, Access access,
                         int lockTimeoutMs)
    : m_database(std::move(database)),
      m_clock(clock),
      m_access(access),
      m_lockTimeoutMs(lockTimeoutMs),
      m_openTransactions(std::make_shared<int>(0)) {
}

MemoryStore::~MemoryStore() = default;

StoreInfo MemoryStore::info() const {
    StoreInfo info;
    info.name = QStringLiteral("memory");
    info.kind = QStringLiteral("memory");
    info.isReadOnly = m_access == Access::Read;
    info.isPrepared = m_database->options().isPrepared;
    info.isEmbedded = true;
    return info;
}

Result<std::unique_ptr<Transaction>> MemoryStore::begin(Access access) {
    if (access == Access::Write && m_access == Access::Read)
        return readOnlyStore(QStringLiteral("memory"));
    if (*m_openTransactions > 0)
        return transactionIsOpen();
    ReadWriteLock& lock = m_database->lock();
    const bool isHeld =
        access == Access::Write ? lock.lockForWrite(m_lockTimeoutMs) : lock.lockForRead(m_lockTimeoutMs);
    if (!isHeld)
        return busy();
    *m_openTransactions = 1;
    return std::unique_ptr<Transaction>(
        std::make_unique<MemoryTransaction>(m_database, m_clock, access, m_openTransactions));
}

Result<qint64> MemoryStore::nowUs() {
    return m_clock.nowUs();
}

Result<rules::RuleSet> MemoryStore::ruleSet() {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return reading.tables().ruleSet();
}

namespace {

/// ASCII letters fold, as in SQLite's LIKE; all others are themselves.
QString asciiFolded(QString text) {
    for (QChar& character : text) {
        if (character >= u'A' && character <= u'Z')
            character = QChar(character.unicode() + (u'a' - u'A'));
    }
    return text;
}

/// Devices that a text names exactly: by id, user, serial, username or event id.
std::unordered_set<qint64> namedDevices(const MemoryTables& tables, const QString& text) {
    std::unordered_set<qint64> ids;
    const qint64 number = idFromText(text).value_or(0);
    for (const auto& [id, binding] : tables.bindings()) {
        const rules::User& user = *tables.user(binding.userId);
        if (id.value == number || binding.userId.value == number || binding.serial == text || user.username == text)
            ids.insert(id.value);
    }
    for (const size_t place : tables.logOfEvent(text))
        ids.insert(tables.log()[place].deviceId.value);
    return ids;
}

bool passesFilters(const rules::Binding& binding, const DeviceQuery& query) {
    const auto& active = binding.lastActiveAtUs;
    return (!query.userId || binding.userId == *query.userId) && (query.withUnbound || binding.isActive()) &&
           (!query.level || binding.affinityLevel == *query.level) &&
           (!query.levelAtLeast || binding.affinityLevel >= *query.levelAtLeast) &&
           (!query.valueAtLeast || binding.favorability >= *query.valueAtLeast) &&
           (!query.valueAtMost || binding.favorability <= *query.valueAtMost) &&
           (!query.activeSinceUs || (active && *active >= *query.activeSinceUs)) &&
           (!query.inactiveSinceUs || !active || *active < *query.inactiveSinceUs);
}

} // namespace

std::vector<DeviceRow> MemoryStore::matching(const MemoryTables& tables, const DeviceQuery& query) const {
    const QString text = query.text.trimmed();
    const std::unordered_set<qint64> named = text.isEmpty() ? std::unordered_set<qint64>() : namedDevices(tables, text);
    const QString fragment = asciiFolded(text);
    std::vector<DeviceRow> rows;
    for (const auto& [id, binding] : tables.bindings()) {
        const rules::User& user = *tables.user(binding.userId);
        const bool isNamed = named.empty() ? text.isEmpty() || asciiFolded(binding.nickname).contains(fragment) ||
                                                 asciiFolded(user.nickname).contains(fragment)
                                           : named.contains(id.value);
        if (isNamed && passesFilters(binding, query))
            rows.push_back({binding, user});
    }
    return rows;
}

Result<DevicePage> MemoryStore::devices(const DeviceQuery& query) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    std::vector<std::pair<DeviceCursor, DeviceRow>> sorted;
    for (DeviceRow& row : matching(reading.tables(), query)) {
        DeviceCursor cursor = cursorOf(row, query.sort);
        sorted.emplace_back(std::move(cursor), std::move(row));
    }
    const auto isBefore = [&](const auto& left, const auto& right) {
        return (compare(left.first, right.first, query.sort) < 0) != query.isDescending;
    };
    std::sort(sorted.begin(), sorted.end(), isBefore);
    return devicePage(query, [&](const std::optional<DeviceCursor>& cursor, bool isReversed, int limit) {
        std::vector<DeviceRow> rows;
        const auto add = [&](const std::pair<DeviceCursor, DeviceRow>& row) {
            const int order = cursor ? compare(row.first, *cursor, query.sort) : 1;
            const bool isWanted = !cursor || (order != 0 && (order > 0) != (query.isDescending != isReversed));
            if (isWanted && rows.size() < static_cast<size_t>(limit))
                rows.push_back(row.second);
        };
        if (isReversed)
            std::for_each(sorted.rbegin(), sorted.rend(), add);
        else
            std::for_each(sorted.begin(), sorted.end(), add);
        return Result<std::vector<DeviceRow>>(std::move(rows));
    });
}

Result<std::optional<DeviceRow>> MemoryStore::device(base::DeviceId id) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    const rules::Binding* binding = reading.tables().binding(id);
    if (!binding)
        return std::optional<DeviceRow>();
    return std::optional(DeviceRow{*binding, *reading.tables().user(binding->userId)});
}

namespace {

bool isWanted(const rules::LogRow& row, const LogQuery& query) {
    return (!query.deviceId || row.deviceId == *query.deviceId) && (!query.userId || row.userId == *query.userId) &&
           (query.eventId.isEmpty() || row.eventId == query.eventId) && (!query.beforeId || row.id < *query.beforeId) &&
           (!query.afterId || row.id > *query.afterId) && (!query.fromUs || row.createdAtUs >= *query.fromUs) &&
           (!query.toUs || row.createdAtUs < *query.toUs);
}

/// Fills a page from places of the log that come in the query's order.
template<typename Iterator>
LogPage filledPage(const MemoryTables& tables, const LogQuery& query, Iterator place, Iterator end) {
    LogPage page;
    for (; place != end; ++place) {
        const rules::LogRow& row = tables.log()[*place];
        if (!isWanted(row, query))
            continue;
        if (page.entries.size() == static_cast<size_t>(query.limit)) {
            page.hasMore = true;
            break;
        }
        page.entries.push_back(tables.entry(row));
    }
    return page;
}

} // namespace

Result<std::vector<rules::User>> MemoryStore::usersNamed(const QString& text) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    const qint64 number = idFromText(text).value_or(0);
    std::vector<rules::User> users;
    for (const auto& [id, user] : reading.tables().users()) {
        if (id.value == number || user.username == text)
            users.push_back(user);
    }
    return users;
}

Result<LogPage> MemoryStore::log(const LogQuery& query) {
    if (query.limit < 1 || query.limit > 10'000)
        return logLimitError(query.limit);
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    const MemoryTables& tables = reading.tables();
    std::vector<size_t> everyPlace;
    if (!query.deviceId && query.eventId.isEmpty()) {
        everyPlace.resize(tables.log().size());
        std::iota(everyPlace.begin(), everyPlace.end(), size_t{0});
    }
    const std::vector<size_t>& places = query.deviceId             ? tables.logOfDevice(*query.deviceId)
                                        : !query.eventId.isEmpty() ? tables.logOfEvent(query.eventId)
                                                                   : everyPlace;
    return query.isOldestFirst ? filledPage(tables, query, places.begin(), places.end())
                               : filledPage(tables, query, places.rbegin(), places.rend());
}

namespace {

/// The device's rows by time, then by id.
std::vector<const rules::LogRow*> rowsByTime(const MemoryTables& tables, base::DeviceId id) {
    std::vector<const rules::LogRow*> rows;
    for (const size_t place : tables.logOfDevice(id))
        rows.push_back(&tables.log()[place]);
    std::stable_sort(rows.begin(), rows.end(), [](const rules::LogRow* one, const rules::LogRow* other) {
        return one->createdAtUs < other->createdAtUs;
    });
    return rows;
}

std::optional<int> valueAt(const std::vector<const rules::LogRow*>& rows, qint64 timeUs) {
    const auto since = std::find_if(rows.begin(), rows.end(),
                                    [timeUs](const rules::LogRow* row) { return row->createdAtUs >= timeUs; });
    if (since != rows.begin())
        return (*std::prev(since))->afterValue;
    return since == rows.end() ? std::nullopt : std::optional((*since)->beforeValue);
}

} // namespace

Result<std::vector<std::vector<std::optional<int>>>> MemoryStore::valuesAt(const std::vector<base::DeviceId>& ids,
                                                                           const std::vector<qint64>& timesUs) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    std::vector<std::vector<std::optional<int>>> values(ids.size());
    for (size_t i = 0; i < ids.size(); ++i) {
        const auto rows = rowsByTime(reading.tables(), ids[i]);
        for (const qint64 timeUs : timesUs)
            values[i].push_back(valueAt(rows, timeUs));
    }
    return values;
}

Result<std::vector<rules::Grant>> MemoryStore::grants(base::DeviceId id) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return reading.tables().grants(id);
}

Result<std::vector<rules::DailyCounter>> MemoryStore::dailyCounters(base::DeviceId id, QDate from) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return reading.tables().counters(id, from);
}

Result<std::vector<rules::Binding>> MemoryStore::bindingsAfter(base::DeviceId after, int limit, bool onlyActive) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    const auto& bindings = reading.tables().bindings();
    std::vector<rules::Binding> rows;
    for (auto place = bindings.upper_bound(after); place != bindings.end() && static_cast<int>(rows.size()) < limit;
         ++place) {
        if (!onlyActive || place->second.isActive())
            rows.push_back(place->second);
    }
    return rows;
}

Result<bool> MemoryStore::hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    const MemoryTables& tables = reading.tables();
    const auto end = tables.logOfDevice(id).end();
    return std::any_of(tables.logOfDeviceSince(id, fromUs), end, [&](size_t place) {
        const rules::LogRow& row = tables.log()[place];
        return row.source == source && row.createdAtUs >= fromUs && row.createdAtUs < toUs;
    });
}

Result<std::optional<OperatorRecord>> MemoryStore::operatorByName(const QString& username) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    for (const OperatorRecord& record : reading.tables().operators()) {
        if (record.person.username == username)
            return std::optional(record);
    }
    return std::optional<OperatorRecord>();
}

Result<std::vector<ValueCount>> MemoryStore::valueCounts() {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::valueCounts(reading.tables());
}

Result<std::optional<LogExtent>> MemoryStore::logExtent() {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::logExtent(reading.tables());
}

Result<std::vector<qint64>> MemoryStore::bindingsMade(const std::vector<rules::UtcInterval>& stretches) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::bindingsMade(reading.tables(), stretches);
}

Result<std::vector<qint64>> MemoryStore::grantsMade(const std::vector<rules::UtcInterval>& stretches) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::grantsMade(reading.tables(), stretches);
}

Result<std::vector<LogSums>> MemoryStore::logSums(const std::vector<rules::UtcInterval>& stretches) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::logSums(reading.tables(), stretches);
}

Result<std::vector<DayFigures>> MemoryStore::dayFigures(const std::vector<rules::LocalDay>& days) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::dayFigures(reading.tables(), days);
}

Result<std::vector<DeviceRuleSums>> MemoryStore::deviceRuleSums(const rules::LocalDay& day) {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::deviceRuleSums(reading.tables(), day);
}

Result<LevelHistory> MemoryStore::levelHistory() {
    const Reading reading(*this);
    if (!reading.isHeld())
        return busy();
    return store::levelHistory(reading.tables());
}

Result<int> MemoryStore::editRule(const QString& key, const RuleEdit& edit, qint64 nowUs) {
    if (m_access == Access::Read)
        return readOnlyStore(QStringLiteral("memory"));
    Writing writing(*this);
    if (!writing.isHeld())
        return busy();
    int rows = 0;
    const std::vector<rules::Rule> before = writing.tables().ruleSet().rules;
    for (const rules::Rule& rule : before) {
        if (rule.key != key || rule.isDeleted)
            continue;
        if (const Result<void> done = writing.tables().replaceRule(edited(rule, edit, nowUs)); !done)
            return done.error();
        ++rows;
    }
    return rows;
}

Result<int> MemoryStore::editSetting(const SettingEdit& edit, qint64 nowUs) {
    if (m_access == Access::Read)
        return readOnlyStore(QStringLiteral("memory"));
    Writing writing(*this);
    if (!writing.isHeld())
        return busy();
    const rules::Setting setting = edited(writing.tables().ruleSet().setting, edit, nowUs);
    if (const Result<void> done = writing.tables().setSetting(setting); !done)
        return done.error();
    return 1;
}

Result<int> MemoryStore::setBound(base::DeviceId id, bool isBound, qint64 nowUs) {
    if (m_access == Access::Read)
        return readOnlyStore(QStringLiteral("memory"));
    Writing writing(*this);
    if (!writing.isHeld())
        return busy();
    const rules::Binding* found = writing.tables().binding(id);
    if (!found)
        return 0;
    rules::Binding binding = *found;
    binding.unboundAtUs = isBound ? std::nullopt : std::optional(nowUs);
    if (const Result<void> done = writing.tables().replaceBinding(binding); !done)
        return done.error();
    return 1;
}

} // namespace affinity::store
