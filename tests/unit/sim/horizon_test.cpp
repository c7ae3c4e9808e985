#include "tests/unit/sim/horizon_test.h"

#include "tests/unit/sim/simscenarios.h"

namespace affinity::test {

using namespace affinity::sim;

namespace {

constexpr int secondsPerHour = 3600;

Horizon planned(const Scenario& scenario) {
    const auto horizon = planHorizon(scenario);
    if (!horizon)
        qFatal("%s", qPrintable(horizon.error().what));
    return *horizon;
}

Scenario inZone(const QByteArray& zone, QDate startDate, int days) {
    Scenario scenario = simpleScenario(4, 10, days);
    scenario.ruleSet.setting.timeZone = zone;
    scenario.startDate = startDate;
    return scenario;
}

/// Only the hour from 02:00 has weight.
void keepHourTwo(Scenario& scenario) {
    scenario.personas[0].hourProfile.fill(0);
    scenario.personas[0].hourProfile[2] = 1;
}

} // namespace

void HorizonTest::dayOfSpringChangeHas23Hours() {
    Scenario scenario = inZone("Europe/Berlin", QDate(2026, 3, 28), 3);
    keepHourTwo(scenario);
    const Horizon horizon = planned(scenario);
    QCOMPARE(horizon.days[0].endS, qint64{24 * secondsPerHour});
    QCOMPARE(horizon.days[1].startS, qint64{24 * secondsPerHour});
    QCOMPARE(horizon.days[1].endS, qint64{47 * secondsPerHour});
    QCOMPARE(horizon.days[2].endS, qint64{71 * secondsPerHour});
    const auto& profiles = horizon.personas[0].profiles;
    const std::vector<ProfileStretch> twoToThree{{0, 1, 2 * secondsPerHour, secondsPerHour}};
    QCOMPARE(profiles[horizon.days[0].dayShape], twoToThree);
    QVERIFY(profiles[horizon.days[1].dayShape].empty()); // 02:00 to 03:00 does not exist
    QCOMPARE(horizon.days[2].dayShape, horizon.days[0].dayShape);
}

void HorizonTest::dayOfAutumnChangeHas25Hours() {
    Scenario scenario = inZone("Europe/Berlin", QDate(2026, 10, 25), 2);
    keepHourTwo(scenario);
    const Horizon horizon = planned(scenario);
    QCOMPARE(horizon.days[0].endS, qint64{25 * secondsPerHour});
    const std::vector<ProfileStretch> hourTwice{{0, 0.5, 2 * secondsPerHour, secondsPerHour},
                                                {0.5, 1, 3 * secondsPerHour, secondsPerHour}};
    QCOMPARE(horizon.personas[0].profiles[horizon.days[0].dayShape], hourTwice);
}

void HorizonTest::skippedDateHasNoSeconds() {
    const Scenario scenario = inZone("Pacific/Apia", QDate(2011, 12, 29), 3);
    const Horizon horizon = planned(scenario);
    QVERIFY(!horizon.days[0].isSkipped);
    QVERIFY(horizon.days[1].isSkipped);
    QCOMPARE(horizon.days[2].startS, qint64{24 * secondsPerHour});
    const SimulationResult result = simulated(scenario);
    QCOMPARE(result.days[1].activeDevices, qint64{0});
    QCOMPARE(result.days[1].valueSum, result.days[0].valueSum);
    QCOMPARE(result.days[2].activeDevices, qint64{10});
}

void HorizonTest::startOnSkippedDateIsRefused() {
    const auto horizon = planHorizon(inZone("Pacific/Apia", QDate(2011, 12, 30), 3));
    QVERIFY(!horizon);
    QCOMPARE(horizon.error().kind, base::ErrorKind::InvalidInput);
    QVERIFY(horizon.error().what.startsWith(QStringLiteral("start_date: ")));
}

void HorizonTest::clocksTurnedBackOverMidnightAreRefused() {
    const auto horizon = planHorizon(inZone("America/St_Johns", QDate(2010, 11, 5), 5));
    QVERIFY(!horizon);
    QVERIFY(horizon.error().what.contains(QStringLiteral("2010-11-0")));
    QVERIFY(planHorizon(inZone("America/St_Johns", QDate(2012, 11, 2), 5)));
}

void HorizonTest::calendarEntriesGiveOneRegimeForEachCombination() {
    Scenario scenario = simpleScenario(4, 10, 10);
    CalendarEntry entry;
    entry.from = QDate(2026, 1, 3);
    entry.to = QDate(2026, 1, 5);
    entry.rules[QStringLiteral("a")].isEnabled = false;
    entry.setting.maxAffinity = 20'000;
    scenario.calendar = {entry};
    const Horizon horizon = planned(scenario);
    QCOMPARE(horizon.regimes.size(), size_t{2});
    for (size_t day = 0; day < 10; ++day)
        QCOMPARE(horizon.days[day].regime, size_t{day >= 2 && day <= 4});
    QVERIFY(horizon.regimes[0].live(0));
    QVERIFY(!horizon.regimes[1].live(0));
    QCOMPARE(horizon.regimes[1].setting.maxAffinity, 20'000);
    QCOMPARE(horizon.highestValue, 20'000);
}

void HorizonTest::laterCalendarEntryWins() {
    Scenario scenario = simpleScenario(4, 10, 1);
    CalendarEntry first{scenario.startDate, scenario.startDate, {}, {}, {}};
    first.rules[QStringLiteral("a")].dailyCap = 5;
    first.rules[QStringLiteral("a")].cooldownSeconds = 9;
    CalendarEntry second = first;
    second.rules[QStringLiteral("a")] = {};
    second.rules[QStringLiteral("a")].dailyCap = 7;
    scenario.calendar = {first, second};
    const Horizon horizon = planned(scenario);
    QCOMPARE(horizon.regimes[0].rules[0].dailyCap, 7);
    QCOMPARE(horizon.regimes[0].rules[0].cooldownSeconds, 9);
}

void HorizonTest::rateFactorMovesTheRuleChoice() {
    Scenario scenario = simpleScenario(4, 10, 1);
    scenario.ruleSet.rules.push_back(rule(QStringLiteral("b")));
    scenario.personas[0].eventsPerActiveDay[QStringLiteral("b")] = 4;
    scenario.calendar = {{scenario.startDate, scenario.startDate, {{QStringLiteral("b"), 3.0}}, {}, {}}};
    const Rates rates = planned(scenario).regimes[0].ratesByPersona[0];
    QCOMPARE(rates.total, 16.0);
    QCOMPARE(rates.chooseBelow, (std::vector<quint64>{1ULL << 30, 1ULL << 32}));
}

void HorizonTest::deletedRulesAreLeftOut() {
    Scenario scenario = simpleScenario(4, 10, 1);
    rules::Rule old = rule(QStringLiteral("a"), 9, 9);
    old.isDeleted = true;
    scenario.ruleSet.rules.insert(scenario.ruleSet.rules.begin(), old);
    const Horizon horizon = planned(scenario);
    QCOMPARE(horizon.ruleKeys.size(), size_t{1});
    QCOMPARE(horizon.regimes[0].rules[0].maxChange, 1);
}

void HorizonTest::levelZeroIsAlwaysCounted() {
    Scenario scenario = simpleScenario(0, 10, 1);
    scenario.ruleSet.levels.erase(scenario.ruleSet.levels.begin());
    const SimulationResult result = simulated(scenario);
    QCOMPARE(result.levelNumbers, (std::vector<int>{0, 1}));
    QCOMPARE(result.days[0].devicesAtLevel, (std::vector<qint64>{10, 0}));
}

void HorizonTest::wideValuesShareHistogramBins() {
    Scenario scenario = simpleScenario(4, 100, 3);
    scenario.ruleSet.setting.maxAffinity = 1'000'000'000;
    scenario.start.histogram = {{999'999'000, 1}};
    const SimulationResult result = simulated(scenario);
    QVERIFY(result.binWidth > 1);
    QVERIFY(result.days[0].histogram.size() <= 3'000'000);
    const double gained = static_cast<double>(appliedCount(result)) / 100;
    QCOMPARE(meanValue(result, 2), 999'999'000 + gained);
    QVERIFY(std::abs(percentile(result, 2, 0.5) - 999'999'012) <= result.binWidth);
}

void HorizonTest::wrongMembersAreNamed_data() {
    QTest::addColumn<std::function<void(Scenario&)>>("spoil");
    QTest::addColumn<QString>("member");
    const auto row = [](const char* name, std::function<void(Scenario&)> spoil, const char* member) {
        QTest::newRow(name) << std::move(spoil) << QString::fromLatin1(member);
    };
    row(
        "no devices", [](Scenario& s) { s.devices = 0; }, "devices: ");
    row(
        "too many devices", [](Scenario& s) { s.devices = 100'000'001; }, "devices: ");
    row(
        "no days", [](Scenario& s) { s.days = 0; }, "days: ");
    row(
        "too many days", [](Scenario& s) { s.days = 731; }, "days: ");
    row(
        "no start date", [](Scenario& s) { s.startDate = {}; }, "start_date: ");
    row(
        "unknown zone", [](Scenario& s) { s.ruleSet.setting.timeZone = "Mars/Base"; }, "rule_set.setting.timezone: ");
    row(
        "swapped range", [](Scenario& s) { s.ruleSet.rules[0].maxChange = 0; }, "rule_set.rules[0].max_change: ");
    row(
        "no rule", [](Scenario& s) { s.ruleSet.rules.clear(); }, "rule_set.rules: ");
    row(
        "same key", [](Scenario& s) { s.ruleSet.rules.push_back(s.ruleSet.rules[0]); }, "rule_set.rules[1].rule_key: ");
    row(
        "shares", [](Scenario& s) { s.personas[0].share = 0.5; }, "population.personas: ");
    row(
        "unknown rule", [](Scenario& s) { s.personas[0].eventsPerActiveDay[QStringLiteral("x")] = 1; },
        "population.personas[0].events_per_active_day.x: ");
    row(
        "too many events", [](Scenario& s) { s.personas[0].eventsPerActiveDay[QStringLiteral("a")] = 1e6; },
        "population.personas[0].events_per_active_day: ");
    row(
        "not a number", [](Scenario& s) { s.personas[0].dispersion = std::numeric_limits<double>::quiet_NaN(); },
        "population.personas[0].dispersion: ");
    row(
        "no hour", [](Scenario& s) { s.personas[0].hourProfile.fill(0); }, "population.personas[0].hour_profile: ");
    row(
        "no start value", [](Scenario& s) { s.start.histogram.clear(); }, "population.start: ");
    row(
        "decay without rule", [](Scenario& s) { s.ruleSet.setting.isDecayEnabled = true; },
        "rule_set.setting.decay_rule_key: ");
    row(
        "calendar's rule",
        [](Scenario& s) {
            s.calendar = {{s.startDate, s.startDate, {{QStringLiteral("x"), 1.0}}, {}, {}}};
        },
        "calendar[0]: ");
    row(
        "calendar's range",
        [](Scenario& s) {
            RuleColumns columns;
            columns.minChange = 5;
            s.calendar = {{s.startDate, s.startDate, {}, {{QStringLiteral("a"), columns}}, {}}};
        },
        "calendar[0]: ");
    row(
        "calendar's dates",
        [](Scenario& s) {
            s.calendar = {{s.startDate, s.startDate.addDays(-1), {}, {}, {}}};
        },
        "calendar[0]: ");
}

void HorizonTest::wrongMembersAreNamed() {
    QFETCH(const std::function<void(Scenario&)>, spoil);
    QFETCH(const QString, member);
    Scenario scenario = simpleScenario(4, 10, 5);
    QVERIFY(planHorizon(scenario));
    spoil(scenario);
    const auto result = run(scenario);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::InvalidInput);
    QVERIFY2(result.error().what.startsWith(member), qPrintable(result.error().what));
}

} // namespace affinity::test
