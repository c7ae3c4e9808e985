#include "engine/service/counteraccess.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(counterLog, "affinity.counters", QtInfoMsg)

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using store::CounterTrust;

namespace {

constexpr int pendingPerConfirm = 100; ///< a caller's event does not wait for more of others'
constexpr qsizetype mostNamedDamage = 1000;

} // namespace

CounterAccess::CounterAccess(store::Counters& counters, HealthListener listener)
    : m_counters(counters), m_listener(std::move(listener)) {
}

CounterReading CounterAccess::read(const store::CounterQuery& query) {
    const auto facts = m_counters.read(query);
    if (facts) {
        note(std::nullopt, facts->trust);
        return {*facts, std::nullopt};
    }
    if (facts.error().kind == ErrorKind::Damaged)
        noteDamage(facts.error()); // one key; the others are as good as before
    else
        note(facts.error(), CounterTrust::Whole);
    return {{}, facts.error()};
}

void CounterAccess::raise(const store::CounterRaise& raise) {
    const auto raised = m_counters.raiseTo(raise);
    if (!raised && raised.error().kind == ErrorKind::Damaged)
        noteDamage(raised.error());
    else if (!raised)
        note(raised.error(), CounterTrust::Lost);
}

bool CounterAccess::confirm(const store::CounterConfirm& confirm, qint64 committedAtUs, bool isKept) {
    sendPending(committedAtUs, pendingPerConfirm);
    const auto confirmed = m_counters.confirm(confirm);
    if (confirmed)
        return true;
    const Error& error = confirmed.error();
    const bool isForAnother = isKept && error.kind == ErrorKind::Refused; // whose user may have the right
    if (!isForAnother && !isWorthSendingAgain(error)) {
        qCWarning(counterLog).noquote() << QStringLiteral("Log row %1 is committed, but the counters will not have it: "
                                                          "%2")
                                               .arg(confirm.logId.value)
                                               .arg(error.what);
        return true; // nothing is left to tell
    }
    note(error, CounterTrust::Whole);
    if (isKept)
        return false;
    if (m_pending.isEmpty()) {
        qCWarning(counterLog).noquote()
            << QStringLiteral("Log row %1 is committed, but the counters were not told yet; this one and those after "
                              "it wait and are sent again: %2")
                   .arg(confirm.logId.value)
                   .arg(error.what);
    }
    if (const auto dropped = m_pending.add(confirm, committedAtUs)) {
        qCWarning(counterLog).noquote() << QStringLiteral("Too many log rows wait for the counters: row %1 waits no "
                                                          "longer. A rebuild of the counters makes up for it.")
                                               .arg(dropped->value);
    }
    return false;
}

bool CounterAccess::sendPending(qint64 nowUs, int most) {
    if (m_pending.isEmpty())
        return true;
    const PendingConfirms::Sent sent = m_pending.send(m_counters, nowUs, most);
    for (const auto& [logId, error] : sent.dropped) {
        qCWarning(counterLog).noquote() << QStringLiteral("Log row %1 is committed, but the counters will not have it: "
                                                          "%2")
                                               .arg(logId.value)
                                               .arg(error.what);
    }
    if (m_pending.isEmpty())
        qCInfo(counterLog) << "The counters were told of all log rows that waited.";
    return !sent.error;
}

/// Health is what the last call says; being lost ends only by a reading.
void CounterAccess::note(const std::optional<Error>& error, CounterTrust trust) {
    const CounterHealth health = error                         ? CounterHealth::Unreachable
                                 : trust == CounterTrust::Lost ? CounterHealth::Lost
                                                               : CounterHealth::Whole;
    if (health == m_health)
        return;
    m_health = health;
    if (m_listener)
        m_listener(health, error);
}

void CounterAccess::noteDamage(const Error& error) {
    if (m_namedDamage.contains(error.what) || m_namedDamage.size() >= mostNamedDamage)
        return;
    m_namedDamage.insert(error.what);
    qCWarning(counterLog).noquote() << error.what;
}

} // namespace affinity::service
