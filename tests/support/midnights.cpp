#include "tests/support/midnights.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFile>

#include <algorithm>

#include <ctime>

namespace affinity::test {

namespace {

constexpr qint64 usPerSecond = 1'000'000;
constexpr qint64 secondsPerDay = 86'400;
/// Where clocks went back over midnight, a minute after it, in Newfoundland and Labrador until 2011, midnight was at a
/// half hour of UTC, which is looked at: the minute between is not missed.
constexpr qint64 lookSeconds = 1800;

/// The process' zone is `zone` as long as this lives.
class ZoneOfProcess {
public:
    explicit ZoneOfProcess(const QByteArray& zone) : m_before(qgetenv("TZ")) { set(':' + zone); }
    ~ZoneOfProcess() { set(m_before); }
    ZoneOfProcess(const ZoneOfProcess&) = delete;
    ZoneOfProcess& operator=(const ZoneOfProcess&) = delete;

private:
    static void set(const QByteArray& zone) {
        if (zone.isEmpty())
            qunsetenv("TZ");
        else
            qputenv("TZ", zone);
        tzset();
    }
    QByteArray m_before;
};

QDate dateByC(qint64 second) {
    const auto time = static_cast<time_t>(second);
    tm parts{};
    localtime_r(&time, &parts);
    return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday};
}

/// The first second of another date; `from` and `to` have different ones.
qint64 changeBetween(qint64 from, qint64 to) {
    const QDate before = dateByC(from);
    while (to - from > 1) {
        const qint64 middle = from + (to - from) / 2;
        (dateByC(middle) == before ? from : to) = middle;
    }
    return to;
}

} // namespace

std::vector<DatedInstant> instantsAroundMidnights(const QByteArray& zone, QDate from, QDate to) {
    const ZoneOfProcess process(zone);
    const auto secondOf = [](QDate date) { return QDateTime(date, QTime(0, 0), Qt::UTC).toSecsSinceEpoch(); };
    std::vector<DatedInstant> instants;
    const qint64 end = secondOf(to) + secondsPerDay;
    for (qint64 second = secondOf(from); second < end; second += lookSeconds) {
        if (dateByC(second) == dateByC(second + lookSeconds))
            continue;
        const qint64 change = changeBetween(second, second + lookSeconds);
        instants.push_back({change * usPerSecond - 1, dateByC(change - 1)});
        instants.push_back({change * usPerSecond, dateByC(change)});
        instants.push_back({(change + 30) * usPerSecond, dateByC(change + 30)});
    }
    return instants;
}

QList<QByteArray> ianaZones() {
    const QDir folder(QStringLiteral("/usr/share/zoneinfo"));
    QList<QByteArray> zones;
    QDirIterator files(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const QByteArray name = folder.relativeFilePath(file.fileName()).toUtf8();
        const bool isOther = name.startsWith("posix") || name.startsWith("right/") || name == "localtime" ||
                             name == "Factory"; // other forms of the same zones, this machine's own, and none
        if (!isOther && file.open(QIODevice::ReadOnly) && file.read(4) == "TZif")
            zones << name;
    }
    std::sort(zones.begin(), zones.end());
    return zones;
}

const std::vector<OddDay>& oddDays() {
    static const std::vector<OddDay> days{
        {"Sao Paulo's day from 01:00", "America/Sao_Paulo", QDate(2018, 11, 4)},
        {"Beirut's day from 01:00", "Asia/Beirut", QDate(2023, 3, 26)},
        {"Berlin's day of 23 hours", "Europe/Berlin", QDate(2026, 3, 29)},
        {"Berlin's day of 25 hours", "Europe/Berlin", QDate(2026, 10, 25)},
        {"Lord Howe's day of 23 hours and a half", "Australia/Lord_Howe", QDate(2025, 10, 5)},
        {"Lord Howe's day of 24 hours and a half", "Australia/Lord_Howe", QDate(2026, 4, 5)},
        {"Apia's day that never was", "Pacific/Apia", QDate(2011, 12, 30)},
        {"Kwajalein's day that never was", "Pacific/Kwajalein", QDate(1993, 8, 21)},
        {"St. John's day that came back", "America/St_Johns", QDate(2010, 11, 7)},
        {"Havana's midnight that came twice", "America/Havana", QDate(2025, 11, 2)},
        {"Kathmandu's quarter of an hour", "Asia/Kathmandu", QDate(1986, 1, 1)},
        {"Shanghai", "Asia/Shanghai", QDate(2026, 3, 1)}};
    return days;
}

} // namespace affinity::test
