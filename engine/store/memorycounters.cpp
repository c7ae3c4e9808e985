#include "engine/store/memorycounters.h"

#include "engine/base/isotime.h"

#include <algorithm>

namespace affinity::store {

using base::Result;
using base::usPerSecond;

namespace {

/// Expired keys are looked for after at least so many confirms, and after as many as there are keys: a constant cost
/// for each confirm, and at most twice the memory of what lives.
constexpr size_t leastConfirmsBetweenCleans = 1000;

} // namespace

MemoryCounters::MemoryCounters(const base::Clock& clock) : m_clock(clock) {
}

const MemoryCounters::Entry* MemoryCounters::find(const QString& key) const {
    const auto found = m_entries.find(key);
    return found == m_entries.end() || m_clock.nowUs() >= found->second.deadlineUs ? nullptr : &found->second;
}

void MemoryCounters::add(const QString& key, qint64 number, qint64 lifeSeconds) {
    if (find(key))
        m_entries[key].number += number; // the life of a sum runs from its first write
    else
        m_entries[key] = {number, m_clock.nowUs() + lifeSeconds * usPerSecond};
}

void MemoryCounters::raise(const QString& key, qint64 number) {
    const Entry* entry = find(key);
    const qint64 missing = number - (entry ? entry->number : 0);
    if (missing > 0)
        add(key, missing, daySumSeconds);
}

void MemoryCounters::set(const QString& key, qint64 leftUs) {
    const qint64 deadlineUs = m_clock.nowUs() + leftUs;
    const Entry* entry = find(key);
    if (leftUs > 0 && (!entry || entry->deadlineUs < deadlineUs))
        m_entries[key] = {1, deadlineUs};
}

void MemoryCounters::removeExpired() {
    const qint64 nowUs = m_clock.nowUs();
    std::erase_if(m_entries, [nowUs](const auto& entry) { return nowUs >= entry.second.deadlineUs; });
    std::erase_if(m_confirmed, [nowUs](const auto& confirmed) { return nowUs >= confirmed.second; });
}

Result<CounterFacts> MemoryCounters::read(const CounterQuery& query) {
    CounterFacts facts;
    facts.isEventSeen = !query.eventId.isEmpty() && find(m_keys.event(query.eventId));
    if (const Entry* cooldown = find(m_keys.cooldown(query.deviceId, query.ruleKey))) {
        facts.isCooldownRunning = true;
        facts.cooldownLeftUs = cooldown->deadlineUs - m_clock.nowUs();
    }
    if (const Entry* sum = find(m_keys.day(query.deviceId, query.ruleKey, query.date)))
        facts.ruleDaySum = sum->number;
    if (const Entry* sum = find(m_keys.globalDay(query.deviceId, query.date)))
        facts.globalDaySum = sum->number;
    return facts;
}

Result<void> MemoryCounters::confirm(const CounterConfirm& confirm) {
    if (isTooLate(confirm))
        return {};
    const qint64 markerEndUs = m_clock.nowUs() + daySumSeconds * usPerSecond;
    if (!m_confirmed.try_emplace(confirm.logId.value, markerEndUs).second)
        return {};
    if (confirm.cooldownSeconds > 0)
        set(m_keys.cooldown(confirm.deviceId, confirm.ruleKey), cooldownLeftUs(confirm));
    if (!confirm.eventId.isEmpty())
        set(m_keys.event(confirm.eventId), eventLeftUs(confirm));
    if (confirm.ruleDayAdd != 0)
        add(m_keys.day(confirm.deviceId, confirm.ruleKey, confirm.date), confirm.ruleDayAdd, daySumSeconds);
    if (confirm.globalDayAdd != 0)
        add(m_keys.globalDay(confirm.deviceId, confirm.date), confirm.globalDayAdd, daySumSeconds);
    if (--m_confirmsUntilClean <= 0) {
        removeExpired();
        m_confirmsUntilClean =
            static_cast<qint64>(std::max(leastConfirmsBetweenCleans, m_entries.size() + m_confirmed.size()));
    }
    return {};
}

Result<void> MemoryCounters::raiseTo(const CounterRaise& raised) {
    const qint64 markerEndUs = m_clock.nowUs() + daySumSeconds * usPerSecond;
    for (const RuleDaySum& sum : raised.ruleSums)
        raise(m_keys.day(raised.deviceId, sum.ruleKey, raised.date), sum.sum);
    raise(m_keys.globalDay(raised.deviceId, raised.date), raised.globalDaySum);
    for (const CounterLife& life : raised.cooldowns)
        set(m_keys.cooldown(raised.deviceId, life.name), life.leftUs);
    for (const CounterLife& life : raised.events)
        set(m_keys.event(life.name), life.leftUs);
    for (const base::LogId id : raised.logIds)
        m_confirmed.try_emplace(id.value, markerEndUs);
    return {};
}

Result<std::vector<CounterEntry>> MemoryCounters::entries() {
    removeExpired();
    std::vector<CounterEntry> entries;
    for (const auto& [key, entry] : m_entries) {
        const qint64 leftUs = entry.deadlineUs - m_clock.nowUs();
        entries.push_back({key, QString::number(entry.number), (leftUs + usPerSecond / 2) / usPerSecond});
    }
    return entries;
}

CounterState MemoryCounters::stateOf(CounterKind kind, const QString& ruleKey, const QString& key) const {
    CounterState state{kind, ruleKey, key, false, {}, {}, {}};
    if (const Entry* entry = find(key)) {
        state.isSet = true;
        state.value = QString::number(entry->number);
        state.leftUs = entry->deadlineUs - m_clock.nowUs();
        if (kind != CounterKind::Cooldown)
            state.number = entry->number;
    }
    return state;
}

Result<std::vector<CounterState>> MemoryCounters::deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                                 QDate date) {
    std::vector<CounterState> states;
    for (const QString& ruleKey : ruleKeys) {
        states.push_back(stateOf(CounterKind::Cooldown, ruleKey, m_keys.cooldown(id, ruleKey)));
        states.push_back(stateOf(CounterKind::RuleDay, ruleKey, m_keys.day(id, ruleKey, date)));
    }
    states.push_back(stateOf(CounterKind::GlobalDay, {}, m_keys.globalDay(id, date)));
    return states;
}

} // namespace affinity::store
