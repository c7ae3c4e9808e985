// Instants around the ends of local days, with the calendar date the C library gives them: what days are held against.
#pragma once

#include <QByteArray>
#include <QDate>

#include <vector>

namespace affinity::test {

/// One instant, microseconds since 1970, and its local date.
struct DatedInstant {
    qint64 atUs = 0;
    QDate date;
};

/// Every instant between two dates at which the local date changes, with the microsecond before it and the one after
/// half a minute; ascending. Found by bisection over the C library's dates, which know nothing of ours. Main thread:
/// the process' own zone is another meanwhile.
std::vector<DatedInstant> instantsAroundMidnights(const QByteArray& zone, QDate from, QDate to);

/// The IANA zones of this machine by all their names, from its time-zone data itself: about 600.
QList<QByteArray> ianaZones();

/// A day on which a zone did something odd, and some days around it.
struct OddDay {
    const char* name;
    QByteArray zone;
    QDate date;
};
const std::vector<OddDay>& oddDays();

} // namespace affinity::test
