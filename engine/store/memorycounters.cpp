#include "engine/store/memorycounters.h"

#include "engine/base/isotime.h"

namespace affinity::store {

using base::Result;
using base::usPerSecond;

namespace {

/// Expired keys are looked for after at least so many confirms, and after as many as there are keys: a constant cost
/// for each confirm, and at most twice the memory of what lives.
constexpr size_t leastConfirmsBetweenCleans = 1000;

QString cooldownKey(base::DeviceId id, const QString& ruleKey) {
    return QStringLiteral(":1:affinity:cd:%1:%2").arg(QString::number(id.value), ruleKey);
}

QString dayKey(base::DeviceId id, const QString& ruleKey, QDate date) {
    return QStringLiteral(":1:affinity:daily:%1:%2:%3")
        .arg(QString::number(id.value), ruleKey, base::compactDate(date));
}

QString globalDayKey(base::DeviceId id, QDate date) {
    return dayKey(id, QStringLiteral("_global"), date);
}

QString eventKey(const QString& eventId) {
    return QStringLiteral(":1:affinity:event:") + eventId;
}

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

void MemoryCounters::set(const QString& key, qint64 lifeSeconds) {
    m_entries[key] = {1, m_clock.nowUs() + lifeSeconds * usPerSecond};
}

void MemoryCounters::removeExpired() {
    const qint64 nowUs = m_clock.nowUs();
    std::erase_if(m_entries, [nowUs](const auto& entry) { return nowUs >= entry.second.deadlineUs; });
    std::erase_if(m_confirmed, [nowUs](const auto& confirmed) { return nowUs >= confirmed.second; });
}

Result<CounterFacts> MemoryCounters::read(const CounterQuery& query) {
    CounterFacts facts;
    facts.isEventSeen = !query.eventId.isEmpty() && find(eventKey(query.eventId));
    if (const Entry* cooldown = find(cooldownKey(query.deviceId, query.ruleKey))) {
        facts.isCooldownRunning = true;
        facts.cooldownLeftUs = cooldown->deadlineUs - m_clock.nowUs();
    }
    if (const Entry* sum = find(dayKey(query.deviceId, query.ruleKey, query.date)))
        facts.ruleDaySum = sum->number;
    if (const Entry* sum = find(globalDayKey(query.deviceId, query.date)))
        facts.globalDaySum = sum->number;
    return facts;
}

Result<void> MemoryCounters::confirm(const CounterConfirm& confirm) {
    const qint64 markerEndUs = m_clock.nowUs() + daySumSeconds * usPerSecond;
    if (!m_confirmed.try_emplace(confirm.logId.value, markerEndUs).second)
        return {};
    if (confirm.cooldownSeconds > 0)
        set(cooldownKey(confirm.deviceId, confirm.ruleKey), confirm.cooldownSeconds);
    if (!confirm.eventId.isEmpty())
        set(eventKey(confirm.eventId), eventWindowSeconds);
    if (confirm.ruleDayAdd != 0)
        add(dayKey(confirm.deviceId, confirm.ruleKey, confirm.date), confirm.ruleDayAdd, daySumSeconds);
    if (confirm.globalDayAdd != 0)
        add(globalDayKey(confirm.deviceId, confirm.date), confirm.globalDayAdd, daySumSeconds);
    if (--m_confirmsUntilClean <= 0) {
        removeExpired();
        m_confirmsUntilClean =
            static_cast<qint64>(std::max(leastConfirmsBetweenCleans, m_entries.size() + m_confirmed.size()));
    }
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

} // namespace affinity::store
