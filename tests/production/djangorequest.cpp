#include "tests/production/djangorequest.h"

#include "engine/rules/levels.h"
#include "engine/store/sqlrows.h"
#include "tests/production/must.h"

#include <algorithm>

namespace affinity::test {

DjangoRequest::DjangoRequest(const ProductionStore& rows, base::DeviceId device, const rules::Rule& rule,
                             const QString& eventId)
    : m_connection(rows.connect()), m_device(device), m_rule(rule), m_eventId(eventId), m_change(rule.maxChange) {
}

bool DjangoRequest::checks(store::Counters& counters, const rules::Setting& setting, QDate date) {
    const store::CounterFacts facts = must(counters.read({m_device, m_rule.key, m_eventId, date}));
    if (facts.isEventSeen || facts.isCooldownRunning)
        return false;
    const auto roomOf = [](qint64 cap, qint64 used) { return static_cast<int>(std::max<qint64>(cap - used, 0)); };
    const int size = std::min(std::abs(m_change), roomOf(m_rule.dailyCap, facts.ruleDaySum));
    m_change = m_change < 0 ? -size : std::min(size, roomOf(setting.globalDailyCap, facts.globalDaySum));
    return m_change != 0;
}

/// Nothing once the transaction is gone: MariaDB would run it on its own.
void DjangoRequest::run(const QString& sql, const QVariantList& values, const store::RowVisitor& visit) {
    if (m_isUndone)
        return;
    const auto done = m_connection->runText(sql, values, visit);
    if (!done && done.error().kind == base::ErrorKind::Conflict)
        m_isUndone = true;
    else
        must(done);
}

/// Empty: no row, or undone.
QVariantList DjangoRequest::row(const QString& sql, const QVariantList& values, int columns) {
    QVariantList found;
    run(sql, values, [&](const store::SqlRow& answer) {
        for (int column = 0; column < columns; ++column)
            found << answer.value(column);
    });
    return found;
}

void DjangoRequest::lock() {
    run(QStringLiteral("BEGIN"));
    const QVariantList found = row(QStringLiteral("SELECT favorability, affinity_level FROM "
                                                  "device_interaction_userdevice WHERE id = ? FOR UPDATE"),
                                   {m_device.value}, 2);
    m_value = found.value(0).toInt();
    m_level = found.value(1).toInt();
}

void DjangoRequest::write(qint64 nowUs, QDate date, const std::vector<rules::Level>& levels) {
    m_nowUs = nowUs;
    const QVariant now = store::timeValue(nowUs);
    const int after = m_value + m_change;
    run(QStringLiteral("UPDATE device_interaction_userdevice SET favorability = ?, "
                       "last_active_at = ? WHERE id = ?"),
        {after, now, m_device.value});
    run(QStringLiteral("INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, "
                       "event_id, reason, metadata, created_at, device_id, operator_admin_id, rule_id, user_id) "
                       "VALUES (?, ?, ?, ?, 'device_event', ?, '', '{}', ?, ?, NULL, ?, ?)"),
        {m_rule.key, m_change, m_value, after, store::textOrNull(m_eventId), now, m_device.value, m_rule.id.value,
         userOf(m_device).value});
    const QVariantList ofDevice{m_device.value};
    m_logId.value = row(QStringLiteral("SELECT max(id) FROM userapp_affinitylog WHERE device_id = ?"), ofDevice, 1)
                        .value(0)
                        .toLongLong();
    const QVariantList ofCounter{m_device.value, m_rule.id.value, store::dateValue(date)};
    const bool hasCounter = !row(QStringLiteral("SELECT id FROM userapp_useraffinitydailycounter WHERE device_id = ? "
                                                "AND rule_id = ? AND date = ? FOR UPDATE"),
                                 ofCounter, 1)
                                 .isEmpty();
    if (!hasCounter)
        run(QStringLiteral("INSERT INTO userapp_useraffinitydailycounter (device_id, rule_id, "
                           "date, accumulated_change, trigger_count) VALUES (?, ?, ?, 0, 0)"),
            ofCounter);
    run(QStringLiteral("UPDATE userapp_useraffinitydailycounter SET accumulated_change = "
                       "accumulated_change + ?, trigger_count = trigger_count + 1 "
                       "WHERE device_id = ? AND rule_id = ? AND date = ?"),
        QVariantList{m_change} + ofCounter);
    const int level = rules::levelOf(after, levels);
    if (level != m_level)
        run(QStringLiteral("UPDATE device_interaction_userdevice SET affinity_level = ? WHERE id = ?"),
            {level, m_device.value});
    m_crossed.clear();
    for (const rules::Level* each : rules::crossedLevels(m_level, level, levels))
        m_crossed.push_back(*each);
}

bool DjangoRequest::commit() {
    run(QStringLiteral("COMMIT"));
    if (m_isUndone)
        return false;
    for (const rules::Level& level : m_crossed) {
        const bool isGranted = !row(QStringLiteral("SELECT id FROM userapp_userlevelrewardgrant WHERE device_id = ? "
                                                   "AND level = ?"),
                                    {m_device.value, level.level}, 1)
                                    .isEmpty();
        // Somebody may be quicker still: then the unique key refuses it, which Django takes for granted.
        if (!isGranted)
            (void)m_connection->runText(
                QStringLiteral("INSERT INTO userapp_userlevelrewardgrant (device_id, level, "
                               "rewards, granted_at) VALUES (?, ?, ?, ?)"),
                {m_device.value, level.level, store::jsonValue(level.rewards), store::timeValue(m_nowUs)});
    }
    return true;
}

void DjangoRequest::confirm(store::Counters& counters, QDate date) {
    must(counters.confirm({m_logId, m_device, m_rule.key, m_eventId, date, m_rule.cooldownSeconds, std::abs(m_change),
                           std::max(m_change, 0)}));
}

} // namespace affinity::test
