#include "tests/production/midnight_test.h"

#include "engine/store/memorycounters.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"
#include "tests/production/must.h"
#include "tests/support/daycap.h"

namespace affinity::test {

namespace {

/// The odd days, and other zones on days when many change their clocks.
std::vector<OddDay> sample() {
    std::vector<OddDay> days = oddDays();
    const QDate spring(2024, 3, 31);
    for (const char* zone : {"Europe/London", "Asia/Calcutta", "Etc/UTC", "Africa/Casablanca", "America/Godthab",
                             "America/Scoresbysund", "Pacific/Kiritimati", "Pacific/Chatham"})
        days.push_back({zone, zone, spring});
    return days;
}

} // namespace

void ServerMidnightTest::initTestCase_data() {
    addServerKinds();
}

void ServerMidnightTest::capOpensAtMidnightInOddZones() {
    const std::vector<OddDay> days = sample();
    rules::RuleSet ruleSet = raceRuleSet();
    ruleSet.rules[1].dailyCap = 10; // gift
    ruleSet.rules[1].updatedAtUs = 0;
    ProductionStore rows(currentServerKind(), [&](store::MemoryDatabase& database) {
        fillGame(database, ruleSet, std::vector<int>(days.size(), 0));
    });
    const auto store = must(rows.open());
    store::MemoryCounters counters(rows.clock());
    service::SystemDraw draw;
    service::AffinityService service(*store, counters, draw);
    qint64 sent = 0;
    QStringList faults;
    for (size_t i = 0; i < days.size(); ++i) { // a device for each
        must(store->editSetting({.timeZone = days[i].zone}, 0));
        DayCap cap(service, rows.clock(), eventOn({static_cast<qint64>(i) + 1}, gift));
        QString fault;
        for (const DatedInstant& instant :
             instantsAroundMidnights(days[i].zone, days[i].date.addDays(-1), days[i].date.addDays(1))) {
            if (fault.isEmpty())
                fault = cap.send(instant);
        }
        if (fault.isEmpty())
            fault = cap.countersFault();
        if (!fault.isEmpty())
            faults << QString::fromLatin1(days[i].name) + QStringLiteral(": ") + fault;
        sent += cap.sent();
    }
    qInfo("%zu zones, %lld events", days.size(), static_cast<long long>(sent));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
}

} // namespace affinity::test
