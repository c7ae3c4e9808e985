#include "engine/store/counterkeys.h"

#include "engine/base/isotime.h"

namespace affinity::store {

using base::usPerSecond;

CounterKeys::CounterKeys(const CounterNames& names)
    : m_start(names.prefix + QLatin1Char(':') + QString::number(names.version) + QStringLiteral(":affinity:")) {
}

QString CounterKeys::cooldown(base::DeviceId id, const QString& ruleKey) const {
    return m_start + QStringLiteral("cd:") + QString::number(id.value) + QLatin1Char(':') + ruleKey;
}

QString CounterKeys::day(base::DeviceId id, const QString& ruleKey, QDate date) const {
    return m_start + QStringLiteral("daily:") + QString::number(id.value) + QLatin1Char(':') + ruleKey +
           QLatin1Char(':') + base::compactDate(date);
}

QString CounterKeys::globalDay(base::DeviceId id, QDate date) const {
    return day(id, QStringLiteral("_global"), date);
}

QString CounterKeys::event(const QString& eventId) const {
    return m_start + QStringLiteral("event:") + eventId;
}

bool CounterKeys::isProductions(const QString& key) const {
    if (!key.startsWith(m_start))
        return false;
    const QStringView rest = QStringView(key).sliced(m_start.size());
    return rest.startsWith(QLatin1String("cd:")) || rest.startsWith(QLatin1String("daily:")) ||
           rest.startsWith(QLatin1String("event:"));
}

QString CounterKeys::confirmed(base::LogId id) const {
    return m_start + QStringLiteral("console:confirmed:") + QString::number(id.value);
}

QString CounterKeys::epoch() const {
    return m_start + QStringLiteral("console:epoch");
}

QString CounterKeys::rebuild(const QString& rebuildId) const {
    return m_start + QStringLiteral("console:rebuild:") + rebuildId;
}

bool isTooLate(const CounterConfirm& confirm) {
    return confirm.ageUs >= daySumSeconds * usPerSecond;
}

qint64 cooldownLeftUs(const CounterConfirm& confirm) {
    return confirm.cooldownSeconds * usPerSecond - confirm.ageUs;
}

qint64 eventLeftUs(const CounterConfirm& confirm) {
    return eventWindowSeconds * usPerSecond - confirm.ageUs;
}

} // namespace affinity::store
