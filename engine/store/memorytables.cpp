#include "engine/store/memorytables.h"

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error refused(const QString& what) {
    return Error{ErrorKind::Refused, QStringLiteral("The memory store refuses the row: %1.").arg(what)};
}

/// The next id after the greatest key of a map.
template<typename Map> qint64 nextId(const Map& rows) {
    return rows.empty() ? 1 : rows.rbegin()->first.value + 1;
}

/// What a bare store keeps in an adjustment's metadata: its operation id, or nothing.
QString operationInMetadata(const rules::LogRow& row) {
    const auto member = row.metadata.find("operation_id");
    if (row.ruleId || member == row.metadata.end() || !member->is_string())
        return {};
    return QString::fromStdString(member->get<std::string>());
}

std::optional<base::LogId> reversedInMetadata(const rules::LogRow& row) {
    const auto member = row.metadata.find("reverses_log_id");
    if (row.ruleId || member == row.metadata.end() || !member->is_number_integer())
        return std::nullopt;
    return base::LogId{member->get<qint64>()};
}

const std::vector<size_t> noPlaces;

} // namespace

Result<base::UserId> MemoryTables::addUser(rules::User user) {
    if (!user.id.isValid())
        user.id.value = nextId(m_users);
    if (m_users.contains(user.id) || m_userByName.contains(user.username))
        return refused(QStringLiteral("user %1 or the name \"%2\" exists").arg(user.id.value).arg(user.username));
    m_userByName[user.username] = user.id;
    const base::UserId id = user.id;
    m_users.emplace(id, std::move(user));
    return id;
}

bool MemoryTables::isSerialTaken(const rules::Binding& binding) const {
    const auto same = m_bindingsBySerial.find(binding.serial);
    if (same == m_bindingsBySerial.end() || !binding.isActive())
        return false;
    return std::any_of(same->second.begin(), same->second.end(),
                       [&](base::DeviceId other) { return other != binding.id && m_bindings.at(other).isActive(); });
}

Result<base::DeviceId> MemoryTables::addBinding(rules::Binding binding) {
    if (!binding.id.isValid())
        binding.id.value = nextId(m_bindings);
    if (m_bindings.contains(binding.id))
        return refused(QStringLiteral("binding %1 exists").arg(binding.id.value));
    if (!user(binding.userId))
        return refused(QStringLiteral("binding %1 names no user").arg(binding.id.value));
    if (binding.favorability < 0 || isSerialTaken(binding))
        return refused(QStringLiteral("binding %1 has a value below 0, or serial %2 is bound already")
                           .arg(binding.id.value)
                           .arg(binding.serial));
    m_bindingsBySerial[binding.serial].push_back(binding.id);
    const base::DeviceId id = binding.id;
    m_bindings.emplace(id, std::move(binding));
    return id;
}

Result<void> MemoryTables::replaceBinding(const rules::Binding& binding) {
    const auto found = m_bindings.find(binding.id);
    if (found == m_bindings.end() || found->second.serial != binding.serial)
        return refused(QStringLiteral("binding %1 does not exist").arg(binding.id.value));
    if (binding.favorability < 0 || isSerialTaken(binding))
        return refused(QStringLiteral("binding %1 has a value below 0, or serial %2 is bound already")
                           .arg(binding.id.value)
                           .arg(binding.serial));
    found->second = binding;
    return {};
}

namespace {

Result<void> checkRule(const rules::Rule& rule) {
    if (rule.minChange > rule.maxChange || rule.singleCap <= 0 || rule.dailyCap <= 0 || rule.cooldownSeconds < 0)
        return refused(QStringLiteral("rule \"%1\" breaks min ≤ max, single cap > 0, daily cap > 0 or cooldown ≥ 0")
                           .arg(rule.key));
    return {};
}

} // namespace

Result<base::RuleId> MemoryTables::addRule(rules::Rule rule) {
    auto& rules = m_ruleSet.rules;
    if (!rule.id.isValid())
        rule.id.value = rules.empty() ? 1 : rules.back().id.value + 1;
    for (const rules::Rule& other : rules) {
        if (other.id == rule.id || (other.key == rule.key && !other.isDeleted && !rule.isDeleted))
            return refused(QStringLiteral("rule %1 or a live rule \"%2\" exists").arg(rule.id.value).arg(rule.key));
    }
    if (const Result<void> check = checkRule(rule); !check)
        return check.error();
    const base::RuleId id = rule.id;
    const auto place = std::find_if(rules.begin(), rules.end(), [&](const auto& other) { return other.id > id; });
    rules.insert(place, std::move(rule));
    return id;
}

Result<void> MemoryTables::replaceRule(const rules::Rule& rule) {
    if (const Result<void> check = checkRule(rule); !check)
        return check;
    for (rules::Rule& other : m_ruleSet.rules) {
        if (other.id == rule.id)
            other = rule;
    }
    return {};
}

Result<void> MemoryTables::addLevel(rules::Level level) {
    auto& levels = m_ruleSet.levels;
    for (const rules::Level& other : levels) {
        if (other.level == level.level || other.minValue == level.minValue)
            return refused(QStringLiteral("level %1 or its threshold exists").arg(level.level));
    }
    const auto place =
        std::find_if(levels.begin(), levels.end(), [&](const auto& other) { return other.level > level.level; });
    levels.insert(place, std::move(level));
    return {};
}

Result<void> MemoryTables::setSetting(const rules::Setting& setting) {
    if (setting.maxAffinity <= 0 || setting.globalDailyCap <= 0)
        return refused(QStringLiteral("the ceiling and the global daily cap are above 0"));
    m_ruleSet.setting = setting;
    return {};
}

Result<base::OperatorId> MemoryTables::addOperator(OperatorRecord record) {
    rules::Operator& person = record.person;
    if (!person.id.isValid())
        person.id.value = m_operators.empty() ? 1 : m_operators.back().person.id.value + 1;
    for (const OperatorRecord& other : m_operators) {
        if (other.person.id == person.id || other.person.username == person.username)
            return refused(QStringLiteral("operator %1 or \"%2\" exists").arg(person.id.value).arg(person.username));
    }
    person.isDesigner = person.isDesigner || person.isSuperuser;
    const base::OperatorId id = person.id;
    m_operators.push_back(std::move(record));
    return id;
}

Result<void> MemoryTables::checkReferences(const rules::LogRow& row) const {
    if (!user(row.userId) || !binding(row.deviceId))
        return refused(QStringLiteral("the log row names no user or no binding"));
    const auto hasRule = [&](const rules::Rule& rule) { return rule.id == *row.ruleId; };
    if (row.ruleId && std::none_of(m_ruleSet.rules.begin(), m_ruleSet.rules.end(), hasRule))
        return refused(QStringLiteral("the log row names rule %1, which does not exist").arg(row.ruleId->value));
    const auto hasOperator = [&](const OperatorRecord& record) { return record.person.id == *row.operatorId; };
    if (row.operatorId && std::none_of(m_operators.begin(), m_operators.end(), hasOperator))
        return refused(QStringLiteral("the log row names operator %1, who does not exist").arg(row.operatorId->value));
    return {};
}

Result<base::LogId> MemoryTables::addLog(rules::LogRow row) {
    if (!row.id.isValid())
        row.id.value = m_greatestLogId + 1;
    if (row.id.value <= m_greatestLogId)
        return refused(QStringLiteral("log ids ascend, and %1 is not above %2").arg(row.id.value).arg(m_greatestLogId));
    if (const Result<void> check = checkReferences(row); !check)
        return check.error();

    const size_t place = m_log.size();
    DeviceLog& ofDevice = m_logOfDevice[row.deviceId.value];
    if (!ofDevice.places.empty() && m_log[ofDevice.places.back()].createdAtUs > row.createdAtUs)
        ofDevice.isChronological = false;
    ofDevice.places.push_back(place);
    if (!row.eventId.isEmpty())
        m_logOfEvent[row.eventId].push_back(place);
    if (row.operatorId && !row.ruleId)
        m_adjustmentsOf[row.operatorId->value].push_back(place);
    if (const QString operationId = operationInMetadata(row); !operationId.isEmpty())
        m_operations.try_emplace(operationId, row.id);
    if (const auto reversed = reversedInMetadata(row))
        m_reversals.try_emplace(reversed->value, row.id);
    const base::LogId id = row.id;
    m_greatestLogId = id.value;
    m_log.push_back(std::move(row));
    return id;
}

void MemoryTables::removeLastLog() {
    const rules::LogRow row = m_log.back();
    m_log.pop_back();
    m_greatestLogId = m_log.empty() ? 0 : m_log.back().id.value;
    m_logOfDevice[row.deviceId.value].places.pop_back();
    if (!row.eventId.isEmpty())
        m_logOfEvent[row.eventId].pop_back();
    if (row.operatorId && !row.ruleId)
        m_adjustmentsOf[row.operatorId->value].pop_back();
    const auto operation = m_operations.find(operationInMetadata(row));
    if (operation != m_operations.end() && operation->second == row.id)
        m_operations.erase(operation);
    const auto reversed = reversedInMetadata(row);
    if (reversed && m_reversals.contains(reversed->value) && m_reversals[reversed->value] == row.id)
        m_reversals.erase(reversed->value);
}

Result<void> MemoryTables::addNote(const rules::LogNote& note) {
    if (!logRow(note.logId) || m_notes.contains(note.logId.value))
        return refused(QStringLiteral("log row %1 does not exist or has a note").arg(note.logId.value));
    if (!note.operationId.isEmpty() && m_operations.contains(note.operationId) &&
        m_operations[note.operationId] != note.logId)
        return refused(QStringLiteral("operation %1 was carried out before").arg(note.operationId));
    if (note.reversesLogId && (!logRow(*note.reversesLogId) || m_reversals.contains(note.reversesLogId->value)))
        return refused(
            QStringLiteral("log row %1 does not exist or was reversed before").arg(note.reversesLogId->value));
    if (!note.operationId.isEmpty())
        m_operations[note.operationId] = note.logId;
    if (note.reversesLogId)
        m_reversals[note.reversesLogId->value] = note.logId;
    m_notes.emplace(note.logId.value, note);
    return {};
}

void MemoryTables::removeNote(base::LogId id) {
    const rules::LogNote note = m_notes.at(id.value);
    m_notes.erase(id.value);
    if (!note.operationId.isEmpty())
        m_operations.erase(note.operationId);
    if (note.reversesLogId)
        m_reversals.erase(note.reversesLogId->value);
}

Result<bool> MemoryTables::addGrant(rules::Grant grant) {
    if (!binding(grant.deviceId))
        return refused(QStringLiteral("the grant names no binding"));
    const std::pair key(grant.deviceId, grant.level);
    if (m_grants.contains(key))
        return false;
    grant.id = grant.id > 0 ? grant.id : m_greatestGrantId + 1;
    m_greatestGrantId = std::max(m_greatestGrantId, grant.id);
    m_grants.emplace(key, std::move(grant));
    return true;
}

void MemoryTables::removeGrant(base::DeviceId id, int level) {
    m_grants.erase({id, level});
}

Result<void> MemoryTables::addCounter(const rules::DailyCounter& increment) {
    const auto hasRule = [&](const rules::Rule& rule) { return rule.id == increment.ruleId; };
    if (!binding(increment.deviceId) || std::none_of(m_ruleSet.rules.begin(), m_ruleSet.rules.end(), hasRule))
        return refused(QStringLiteral("the daily counter names no binding or no rule"));
    const auto [place, isNew] =
        m_counters.try_emplace({increment.deviceId, increment.date, increment.ruleId}, increment);
    rules::DailyCounter& counter = place->second;
    if (isNew) {
        counter.id = increment.id > 0 ? increment.id : m_greatestCounterId + 1;
        m_greatestCounterId = std::max(m_greatestCounterId, counter.id);
    } else {
        counter.accumulatedChange += increment.accumulatedChange;
        counter.triggerCount += increment.triggerCount;
    }
    return {};
}

void MemoryTables::subtractCounter(const rules::DailyCounter& increment) {
    const auto place = m_counters.find({increment.deviceId, increment.date, increment.ruleId});
    place->second.accumulatedChange -= increment.accumulatedChange;
    place->second.triggerCount -= increment.triggerCount;
    if (place->second.triggerCount == 0)
        m_counters.erase(place);
}

const rules::Binding* MemoryTables::binding(base::DeviceId id) const {
    const auto found = m_bindings.find(id);
    return found == m_bindings.end() ? nullptr : &found->second;
}

const rules::User* MemoryTables::user(base::UserId id) const {
    const auto found = m_users.find(id);
    return found == m_users.end() ? nullptr : &found->second;
}

const rules::LogRow* MemoryTables::logRow(base::LogId id) const {
    const auto found = std::lower_bound(m_log.begin(), m_log.end(), id,
                                        [](const rules::LogRow& row, base::LogId wanted) { return row.id < wanted; });
    return found == m_log.end() || found->id != id ? nullptr : &*found;
}

const rules::LogNote* MemoryTables::note(base::LogId id) const {
    const auto found = m_notes.find(id.value);
    return found == m_notes.end() ? nullptr : &found->second;
}

LogEntry MemoryTables::entry(const rules::LogRow& row) const {
    const rules::LogNote* found = note(row.id);
    return LogEntry{row, found ? std::optional(*found) : std::nullopt};
}

const rules::LogRow* MemoryTables::operation(const QString& operationId) const {
    const auto found = m_operations.find(operationId);
    return found == m_operations.end() ? nullptr : logRow(found->second);
}

const rules::LogRow* MemoryTables::reversalOf(base::LogId id) const {
    const auto found = m_reversals.find(id.value);
    return found == m_reversals.end() ? nullptr : logRow(found->second);
}

const std::vector<size_t>& MemoryTables::logOfDevice(base::DeviceId id) const {
    const auto found = m_logOfDevice.find(id.value);
    return found == m_logOfDevice.end() ? noPlaces : found->second.places;
}

std::vector<size_t>::const_iterator MemoryTables::logOfDeviceSince(base::DeviceId id, qint64 fromUs) const {
    const auto found = m_logOfDevice.find(id.value);
    if (found == m_logOfDevice.end())
        return noPlaces.begin();
    const std::vector<size_t>& places = found->second.places;
    if (!found->second.isChronological)
        return places.begin();
    return std::lower_bound(places.begin(), places.end(), fromUs,
                            [this](size_t place, qint64 timeUs) { return m_log[place].createdAtUs < timeUs; });
}

const std::vector<size_t>& MemoryTables::logOfEvent(const QString& eventId) const {
    const auto found = m_logOfEvent.find(eventId);
    return found == m_logOfEvent.end() ? noPlaces : found->second;
}

const std::vector<size_t>& MemoryTables::adjustmentsOf(base::OperatorId id) const {
    const auto found = m_adjustmentsOf.find(id.value);
    return found == m_adjustmentsOf.end() ? noPlaces : found->second;
}

std::vector<rules::Grant> MemoryTables::grants(base::DeviceId id) const {
    std::vector<rules::Grant> rows;
    for (auto place = m_grants.lower_bound({id, std::numeric_limits<int>::min()});
         place != m_grants.end() && place->first.first == id; ++place)
        rows.push_back(place->second);
    return rows;
}

std::vector<rules::Grant> MemoryTables::allGrants() const {
    std::vector<rules::Grant> rows;
    for (const auto& [key, grant] : m_grants)
        rows.push_back(grant);
    return rows;
}

std::vector<rules::DailyCounter> MemoryTables::counters(base::DeviceId id, QDate from) const {
    std::vector<rules::DailyCounter> rows;
    for (auto place = m_counters.lower_bound({id, from, {}}); place != m_counters.end() && place->first.deviceId == id;
         ++place)
        rows.push_back(place->second);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& left, const auto& right) { return left.date > right.date; });
    return rows;
}

std::vector<rules::DailyCounter> MemoryTables::allCounters() const {
    std::vector<rules::DailyCounter> rows;
    for (const auto& [key, counter] : m_counters)
        rows.push_back(counter);
    return rows;
}

} // namespace affinity::store
