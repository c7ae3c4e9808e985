// DayCap: a device under a rule that gives its whole daily cap at once, moved from instant to instant.
#pragma once

#include "engine/service/affinityservice.h"
#include "tests/support/midnights.h"

#include <map>

namespace affinity::test {

/// Sends two events at each instant: the first is applied if the instant's date had none yet, else refused by the cap,
/// as is the second. The setting's zone is set before. `clock` is the store's.
class DayCap {
public:
    DayCap(service::AffinityService& service, base::VirtualClock& clock, const service::ApplyRequest& request)
        : m_service(service), m_clock(clock), m_request(request) {}

    /// What went wrong; empty: nothing.
    QString send(const DatedInstant& instant) {
        m_clock.setNowUs(instant.atUs);
        for (const bool isFirst : {true, false}) {
            const bool isOpen = isFirst && m_used[instant.date]++ == 0;
            const rules::Outcome expected = isOpen ? rules::Outcome::Applied : rules::Outcome::RuleDailyCap;
            const rules::Outcome outcome = m_service.apply(m_request).outcome;
            ++m_sent;
            if (outcome != expected)
                return QStringLiteral("%1 µs, which is on %2: %3 instead of %4")
                    .arg(instant.atUs)
                    .arg(instant.date.toString(Qt::ISODate), rules::wireName(outcome), rules::wireName(expected));
        }
        return {};
    }

    /// After all of them: the table of daily counters has each date once, with one trigger. What went wrong; empty:
    /// nothing.
    QString countersFault() {
        const auto counters = m_service.store().dailyCounters(m_request.deviceId, QDate(1, 1, 1));
        if (!counters)
            return counters.error().what;
        if (counters->size() != m_used.size())
            return QStringLiteral("%1 counters for %2 days").arg(counters->size()).arg(m_used.size());
        for (const rules::DailyCounter& counter : *counters) {
            if (counter.triggerCount != 1 || !m_used.contains(counter.date))
                return QStringLiteral("%1 triggers on %2")
                    .arg(counter.triggerCount)
                    .arg(counter.date.toString(Qt::ISODate));
        }
        return {};
    }

    qint64 sent() const { return m_sent; }
    size_t days() const { return m_used.size(); }

private:
    service::AffinityService& m_service;
    base::VirtualClock& m_clock;
    service::ApplyRequest m_request;
    std::map<QDate, int> m_used;
    qint64 m_sent = 0;
};

} // namespace affinity::test
