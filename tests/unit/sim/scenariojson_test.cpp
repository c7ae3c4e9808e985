#include "tests/unit/sim/scenariojson_test.h"

#include "engine/sim/scenariojson.h"
#include "tests/support/anyruleset.h"
#include "tests/support/changedtext.h"
#include "tests/support/property.h"

#include <QFile>

using namespace affinity::base;
using namespace affinity::sim;

namespace affinity::test {

namespace {

const QByteArray hours = "[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2.5, 3, 1, 0, 0]";
const QByteArray zeroHours = "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]";

/// Lines are counted by the table below.
const QByteArray goodText = R"({
  "format": "affinity-scenario",
  "version": 1,
  "name": "Small",
  "seed": 7,
  "devices": 20000,
  "days": 30,
  "start_date": "2026-01-01",
  "rule_set": {
    "format": "affinity-rule-set",
    "version": 1,
    "setting": {"max_affinity": 1000, "global_daily_cap": 100, "timezone": "Asia/Shanghai",
      "enable_notify": true, "decay_enabled": false, "decay_idle_days": 7, "decay_rule_key": "decay"},
    "rules": [
      {"rule_key": "chat", "min_change": 1, "max_change": 2, "single_cap": 5, "daily_cap": 20, "cooldown_seconds": 60},
      {"rule_key": "gift", "min_change": 5, "max_change": 9, "single_cap": 9, "daily_cap": 40, "cooldown_seconds": 0}
    ],
    "levels": [{"level": 1, "min_value": 0}]
  },
  "prices": {"coin": 0.5},
  "population": {
    "start": {"value": 3},
    "personas": [
      {"name": "steady", "share": 0.75,
       "events_per_active_day": {"chat": 8, "gift": 0.5},
       "hour_profile": )" + hours +
                            R"(,
       "weekday_factor": [1, 1, 1, 1, 1, 1.5, 2],
       "active_probability": 0.9, "churn_per_day": 0.01, "return_per_day": 0.02,
       "dispersion": 0.3, "retry_probability": 0.04},
      {"name": "rare", "share": 0.25,
       "events_per_active_day": {},
       "hour_profile": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
       "weekday_factor": [1, 1, 1, 1, 1, 1, 1],
       "active_probability": 1, "churn_per_day": 0, "return_per_day": 0,
       "dispersion": 0, "retry_probability": 0}
    ]
  },
  "calendar": [
    {"from": "2026-01-10", "to": "2026-01-16",
     "rate_factor": {"chat": 2},
     "set": {"rules": {"chat": {"max_change": 4}},
             "setting": {"global_daily_cap": 200}}},
    {"from": "2026-01-12", "to": "2026-01-12"}
  ]
}
)";

Result<Scenario> read(const QByteArray& text) {
    return scenarioFromText(text, QStringLiteral("s.json"));
}

Scenario readGood(const QByteArray& text) {
    const auto scenario = read(text);
    if (!scenario)
        QTest::qFail(qPrintable(scenario.error().what), __FILE__, __LINE__);
    return scenario ? *scenario : Scenario();
}

/// A number from 0 to `largest` with a fraction that needs all its digits.
double anyNumber(double largest) {
    return static_cast<double>(*rc::gen::inRange<qint64>(0, 1'000'000'007)) / 1'000'000'006.0 * largest;
}

std::map<QString, double> anyRates(const rules::RuleSet& ruleSet) {
    std::map<QString, double> rates;
    for (const rules::Rule& rule : ruleSet.rules) {
        if (!rule.isDeleted && *rc::gen::arbitrary<bool>())
            rates[rule.key] = anyNumber(100);
    }
    return rates;
}

Persona anyPersona(int number, double share, const rules::RuleSet& ruleSet) {
    Persona persona;
    persona.name = QStringLiteral("p%1 ").arg(number) + anyName();
    persona.share = share;
    persona.eventsPerActiveDay = anyRates(ruleSet);
    for (double& weight : persona.hourProfile)
        weight = anyNumber(3);
    persona.hourProfile[12] = 1;
    for (double& factor : persona.weekdayFactor)
        factor = anyNumber(3);
    persona.activeProbability = anyNumber(1);
    persona.churnPerDay = anyNumber(1);
    persona.returnPerDay = anyNumber(1);
    persona.dispersion = anyNumber(10);
    persona.retryProbability = anyNumber(1);
    return persona;
}

template<typename T> std::optional<T> maybe(T value) {
    return *rc::gen::arbitrary<bool>() ? std::optional<T>(std::move(value)) : std::nullopt;
}

CalendarEntry anyCalendarEntry(const rules::RuleSet& ruleSet) {
    CalendarEntry entry;
    entry.from = QDate(2026, 1, 1).addDays(*rc::gen::inRange(0, 400));
    entry.to = entry.from.addDays(*rc::gen::inRange(0, 40));
    entry.rateFactor = anyRates(ruleSet);
    for (const rules::Rule& rule : ruleSet.rules) {
        if (rule.isDeleted || *rc::gen::arbitrary<bool>())
            continue;
        // Lower minimum and higher maximum only: entries may overlap, and every mix of them must stay in order.
        entry.rules[rule.key] = {maybe(-std::numeric_limits<int>::max()), maybe(std::numeric_limits<int>::max()),
                                 maybe(*rc::gen::inRange(1, 500)),        maybe(*rc::gen::inRange(1, 500)),
                                 maybe(*rc::gen::inRange(0, 500)),        maybe(*rc::gen::arbitrary<bool>())};
    }
    entry.setting.maxAffinity = maybe(*rc::gen::inRange(1, 5000));
    entry.setting.globalDailyCap = maybe(*rc::gen::inRange(1, 5000));
    entry.setting.decayIdleDays = maybe(*rc::gen::inRange(0, 50));
    entry.setting.isNotifyEnabled = maybe(*rc::gen::arbitrary<bool>());
    if (ruleSet.setting.isDecayEnabled) {
        entry.setting.isDecayEnabled = maybe(*rc::gen::arbitrary<bool>());
        entry.setting.decayRuleKey = maybe(QStringLiteral("r0"));
    }
    return entry;
}

StartValues anyStart() {
    StartValues start;
    if (*rc::gen::inRange(0, 4) == 0) {
        start.snapshotFile = QStringLiteral("values.csv");
        return start;
    }
    start.histogram.clear();
    for (int i = *rc::gen::inRange(1, 5); i > 0; --i)
        start.histogram.push_back({*rc::gen::inRange(0, 2'000'000'000), 0.001 + anyNumber(10)});
    return start;
}

Scenario anyScenario() {
    Scenario scenario;
    scenario.name = anyName();
    scenario.seed = *rc::gen::arbitrary<quint64>();
    scenario.devices = *rc::gen::inRange<qint64>(1, 100'000'001);
    scenario.days = *rc::gen::inRange(1, 731);
    scenario.startDate = QDate(1970, 1, 1).addDays(*rc::gen::inRange(0, 80'000));
    scenario.ruleSet = anyRuleSet();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        scenario.prices[anyName()] = anyNumber(1000);
    scenario.start = anyStart();
    const int personas = *rc::gen::inRange(1, 5);
    for (int i = 0; i < personas; ++i)
        scenario.personas.push_back(anyPersona(i, 1.0 / personas, scenario.ruleSet));
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        scenario.calendar.push_back(anyCalendarEntry(scenario.ruleSet));
    return scenario;
}

} // namespace

void ScenarioJsonTest::shippedScenariosAreRead_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rules");
    QTest::addColumn<int>("levels");
    QTest::addColumn<int>("personas");
    QTest::newRow("bench8") << QStringLiteral("bench8.json") << 8 << 11 << 1;
    QTest::newRow("demo") << QStringLiteral("demo.json") << 7 << 7 << 5;
}

void ScenarioJsonTest::shippedScenariosAreRead() {
    QFETCH(QString, name);
    QFile file(QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/") + name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Scenario scenario = readGood(file.readAll());
    QTEST(static_cast<int>(scenario.ruleSet.rules.size()), "rules");
    QTEST(static_cast<int>(scenario.ruleSet.levels.size()), "levels");
    QTEST(static_cast<int>(scenario.personas.size()), "personas");
}

void ScenarioJsonTest::everyMemberIsRead() {
    const Scenario scenario = readGood(goodText);
    QCOMPARE(scenario.name, QStringLiteral("Small"));
    QCOMPARE(scenario.seed, quint64{7});
    QCOMPARE(scenario.devices, qint64{20000});
    QCOMPARE(scenario.days, 30);
    QCOMPARE(scenario.startDate, QDate(2026, 1, 1));
    QCOMPARE(scenario.ruleSet.rules.at(1).key, QStringLiteral("gift"));
    QCOMPARE(scenario.prices, (std::map<QString, double>{{QStringLiteral("coin"), 0.5}}));
    QVERIFY(scenario.start == (StartValues{{{3, 1.0}}, {}}));
    QCOMPARE(scenario.personas.size(), size_t{2});
    const Persona& steady = scenario.personas.front();
    QCOMPARE(steady.name, QStringLiteral("steady"));
    QCOMPARE(steady.share, 0.75);
    QCOMPARE(steady.eventsPerActiveDay.at(QStringLiteral("gift")), 0.5);
    QCOMPARE(steady.hourProfile[19], 2.5);
    QCOMPARE(steady.weekdayFactor[6], 2.0);
    QCOMPARE(steady.activeProbability, 0.9);
    QCOMPARE(steady.churnPerDay, 0.01);
    QCOMPARE(steady.returnPerDay, 0.02);
    QCOMPARE(steady.dispersion, 0.3);
    QCOMPARE(steady.retryProbability, 0.04);
    QCOMPARE(scenario.calendar.size(), size_t{2});
    CalendarEntry expected;
    expected.from = QDate(2026, 1, 10);
    expected.to = QDate(2026, 1, 16);
    expected.rateFactor[QStringLiteral("chat")] = 2;
    expected.rules[QStringLiteral("chat")].maxChange = 4;
    expected.setting.globalDailyCap = 200;
    QVERIFY(scenario.calendar.front() == expected);
}

void ScenarioJsonTest::optionalMembersHaveDefaults() {
    Json root = Json::parse(goodText.toStdString());
    root.erase("name");
    root.erase("prices");
    root.erase("calendar");
    const Scenario scenario = readGood(pythonJson(root));
    QVERIFY(scenario.name.isEmpty());
    QVERIFY(scenario.prices.empty());
    QVERIFY(scenario.calendar.empty());
}

void ScenarioJsonTest::largestSeedIsReadExactly() {
    const Scenario scenario = readGood(changedText(goodText, "\"seed\": 7", "\"seed\": 18446744073709551615"));
    QCOMPARE(scenario.seed, std::numeric_limits<quint64>::max());
}

void ScenarioJsonTest::histogramAndSnapshotAreRead() {
    const Scenario histogram =
        readGood(changedText(goodText, "{\"value\": 3}", "{\"histogram\": [[0, 2], [100, 0.5], [200, 0]]}"));
    QVERIFY(histogram.start == (StartValues{{{0, 2.0}, {100, 0.5}, {200, 0.0}}, {}}));
    const Scenario snapshot = readGood(changedText(goodText, "{\"value\": 3}", "{\"snapshot\": \"live.csv\"}"));
    QCOMPARE(snapshot.start.snapshotFile, QStringLiteral("live.csv"));
}

void ScenarioJsonTest::calendarEntryMayBuildOnAnEarlierOne() {
    // min_change 4 fits only because the first entry raised max_change to 4 on that day.
    const Scenario scenario = readGood(changedText(goodText, "\"to\": \"2026-01-12\"}",
                                                   "\"to\": \"2026-01-12\", \"set\": {\"rules\": {\"chat\": "
                                                   "{\"min_change\": 4}}}}"));
    QCOMPARE(scenario.calendar.at(1).rules.at(QStringLiteral("chat")).minChange, std::optional<int>(4));
}

void ScenarioJsonTest::badFileIsRefusedInPlainWords_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& from, const QByteArray& to, const QString& message) {
        QTest::newRow(name) << from << to << QStringLiteral("s.json, line ") + message;
    };
    const auto noRule = QStringLiteral("is not the key of a rule in rule_set.rules. Correct it or add the rule.");
    row("a rule set", "affinity-scenario", "affinity-rule-set",
        QStringLiteral("2, format: must be \"affinity-scenario\", not \"affinity-rule-set\". This is another kind of "
                       "file."));
    row("newer version", "\"version\": 1,\n  \"name\"", "\"version\": 3,\n  \"name\"",
        QStringLiteral("3, version: is 3, but this program reads only versions up to 1. Update the program."));
    row("typo", "\"devices\"", "\"device\"",
        QStringLiteral("6, device: is not a member that this format has here. Correct its name or remove it; known are "
                       "format, version, name, seed, devices, days, start_date, rule_set, prices, population, "
                       "calendar."));
    row("no seed", "  \"seed\": 7,\n", "", QStringLiteral("1, seed: is missing. Add it."));
    row("negative seed", "\"seed\": 7", "\"seed\": -7",
        QStringLiteral("5, seed: must be a whole number from 0 to 18446744073709551615, not -7."));
    row("seed beyond 64 bits", "\"seed\": 7", "\"seed\": 18446744073709551616",
        QStringLiteral("5, seed: must be a whole number from 0 to 18446744073709551615, not 1.8446744073709552e+19."));
    row("no devices", "\"devices\": 20000", "\"devices\": 0",
        QStringLiteral("6, devices: must be a whole number from 1 to 100000000, not 0."));
    row("too many devices", "\"devices\": 20000", "\"devices\": 100000001",
        QStringLiteral("6, devices: must be a whole number from 1 to 100000000, not 100000001."));
    row("too many days", "\"days\": 30", "\"days\": 731",
        QStringLiteral("7, days: must be a whole number from 1 to 730, not 731."));
    row("date that does not exist", "2026-01-01", "2026-02-29",
        QStringLiteral("8, start_date: must be a date from \"1970-01-01\" to \"2199-12-31\", not \"2026-02-29\"."));
    row("date written otherwise", "2026-01-01", "2026-1-1",
        QStringLiteral("8, start_date: must be a date from \"1970-01-01\" to \"2199-12-31\", not \"2026-1-1\"."));
    row("error in the rule set", "\"daily_cap\": 40", "\"daily_cap\": 0",
        QStringLiteral("16, rule_set.rules[1].daily_cap: must be a whole number from 1 to 2147483647, not 0."));
    row("price below 0", "\"coin\": 0.5", "\"coin\": -0.5",
        QStringLiteral("20, prices.coin: must be a number from 0 to 1000000000000, not -0.5."));
    row("price as a text", "\"coin\": 0.5", "\"coin\": \"cheap\"",
        QStringLiteral("20, prices.coin: must be a number from 0 to 1000000000000, not \"cheap\"."));
    row("start value below 0", "{\"value\": 3}", "{\"value\": -3}",
        QStringLiteral("22, population.start.value: must be a whole number from 0 to 2147483647, not -3."));
    row("two kinds of start", "{\"value\": 3}", "{\"value\": 3, \"snapshot\": \"live.csv\"}",
        QStringLiteral("22, population.start: must have exactly one of value, histogram and snapshot."));
    row("no kind of start", "{\"value\": 3}", "{}",
        QStringLiteral("22, population.start: must have exactly one of value, histogram and snapshot."));
    row("empty histogram", "{\"value\": 3}", "{\"histogram\": []}",
        QStringLiteral("22, population.start.histogram: must have 1 to 1000000 items, not 0."));
    row("histogram without weight", "{\"value\": 3}", "{\"histogram\": [[0, 0], [5, 0]]}",
        QStringLiteral("22, population.start.histogram: must have at least one weight above 0."));
    row("histogram entry of one number", "{\"value\": 3}", "{\"histogram\": [[0]]}",
        QStringLiteral("22, population.start.histogram[0]: must have 2 items, not 1."));
    row("negative weight", "{\"value\": 3}", "{\"histogram\": [[0, 1], [5, -1]]}",
        QStringLiteral("22, population.start.histogram[1][1]: must be a number from 0 to 1000000000000, not -1."));
    row("shares below 1", "\"share\": 0.75", "\"share\": 0.7",
        QStringLiteral("23, population.personas: the shares add up to 0.95; they must add up to 1."));
    row("shares a little above 1", "\"share\": 0.75", "\"share\": 0.750000002",
        QStringLiteral("23, population.personas: the shares add up to 1.000000002; they must add up to 1."));
    row("share above 1", "\"share\": 0.75", "\"share\": 75",
        QStringLiteral("24, population.personas[0].share: must be a number from 0 to 1, not 75."));
    row("persona twice", "\"name\": \"rare\"", "\"name\": \"steady\"",
        QStringLiteral(
            "30, population.personas[1].name: \"steady\" is the name of another persona too. Give each a name "
            "of its own."));
    row("events of no rule", "\"gift\": 0.5}", "\"gifts\": 0.5}",
        QStringLiteral("25, population.personas[0].events_per_active_day.gifts: ") + noRule);
    row("events below 0", "\"gift\": 0.5}", "\"gift\": -0.5}",
        QStringLiteral("25, population.personas[0].events_per_active_day.gift: must be a number from 0 to 100000, not "
                       "-0.5."));
    row("23 hours", hours, "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]",
        QStringLiteral("26, population.personas[0].hour_profile: must have 24 items, not 23."));
    row("no hour above 0", hours, zeroHours,
        QStringLiteral(
            "26, population.personas[0].hour_profile: must have at least one hour above 0, or no event could "
            "ever have a time."));
    row("negative weekday", "1.5, 2]", "1.5, -2]",
        QStringLiteral("27, population.personas[0].weekday_factor[6]: must be a number from 0 to 1000, not -2."));
    row("probability above 1", "\"active_probability\": 0.9", "\"active_probability\": 90",
        QStringLiteral("28, population.personas[0].active_probability: must be a number from 0 to 1, not 90."));
    row("churn below 0", "\"churn_per_day\": 0.01", "\"churn_per_day\": -0.01",
        QStringLiteral("28, population.personas[0].churn_per_day: must be a number from 0 to 1, not -0.01."));
    row("dispersion too large", "\"dispersion\": 0.3", "\"dispersion\": 101",
        QStringLiteral("29, population.personas[0].dispersion: must be a number from 0 to 100, not 101."));
    row("retries above 1", "\"retry_probability\": 0.04", "\"retry_probability\": 4",
        QStringLiteral("29, population.personas[0].retry_probability: must be a number from 0 to 1, not 4."));
    row("persona without churn", "\"churn_per_day\": 0.01, ", "",
        QStringLiteral("24, population.personas[0].churn_per_day: is missing. Add it."));
    row("calendar that ends before it begins", "\"to\": \"2026-01-16\"", "\"to\": \"2026-01-09\"",
        QStringLiteral("39, calendar[0].to: must not be before from, but 2026-01-09 is before 2026-01-10."));
    row("factor of no rule", "{\"chat\": 2}", "{\"chats\": 2}",
        QStringLiteral("40, calendar[0].rate_factor.chats: ") + noRule);
    row("factor below 0", "{\"chat\": 2}", "{\"chat\": -2}",
        QStringLiteral("40, calendar[0].rate_factor.chat: must be a number from 0 to 1000, not -2."));
    row("column of no rule", "{\"chat\": {\"max_change\": 4}}", "{\"chats\": {\"max_change\": 4}}",
        QStringLiteral("41, calendar[0].set.rules.chats: ") + noRule);
    row("column that rules do not have", "{\"max_change\": 4}", "{\"maximum\": 4}",
        QStringLiteral("41, calendar[0].set.rules.chat.maximum: is not a member that this format has here. Correct its "
                       "name or remove it; known are min_change, max_change, single_cap, daily_cap, cooldown_seconds, "
                       "is_enabled."));
    row("cap of 0 for a week", "{\"max_change\": 4}", "{\"daily_cap\": 0}",
        QStringLiteral(
            "41, calendar[0].set.rules.chat.daily_cap: must be a whole number from 1 to 2147483647, not 0."));
    row("maximum below the rule's minimum", "{\"max_change\": 4}", "{\"max_change\": 0}",
        QStringLiteral(
            "41, calendar[0].set.rules.chat: on 2026-01-10 min_change would be 1, above max_change 0. Set both, "
            "or change the dates."));
    row("entries that do not fit together", "\"to\": \"2026-01-12\"}",
        "\"to\": \"2026-01-12\",\n\"set\": {\"rules\": {\"chat\": {\"min_change\": 5}}}}",
        QStringLiteral(
            "44, calendar[1].set.rules.chat: on 2026-01-12 min_change would be 5, above max_change 4. Set both, "
            "or change the dates."));
    row("zone for a week", "{\"global_daily_cap\": 200}", "{\"timezone\": \"UTC\"}",
        QStringLiteral(
            "42, calendar[0].set.setting.timezone: is not a member that this format has here. Correct its name "
            "or remove it; known are max_affinity, global_daily_cap, enable_notify, decay_enabled, "
            "decay_idle_days, decay_rule_key."));
    row("decay for a week without its rule", "{\"global_daily_cap\": 200}", "{\"decay_enabled\": true}",
        QStringLiteral(
            "42, calendar[0].set.setting.decay_enabled: on 2026-01-10 decay would be on, but its rule \"decay\" "
            "is not in rule_set.rules. Add the rule or set decay_rule_key."));
    row("decay rule that is none", "{\"global_daily_cap\": 200}", "{\"decay_rule_key\": \"gone\"}",
        QStringLiteral("42, calendar[0].set.setting.decay_rule_key: \"gone\" ") + noRule);
    row("no population", "\"population\"", "\"populations\"",
        QStringLiteral(
            "21, populations: is not a member that this format has here. Correct its name or remove it; known "
            "are format, version, name, seed, devices, days, start_date, rule_set, prices, population, "
            "calendar."));
}

void ScenarioJsonTest::badFileIsRefusedInPlainWords() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, message);
    const auto scenario = read(changedText(goodText, from, to));
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().what, message);
    QCOMPARE(scenario.error().kind, ErrorKind::InvalidInput);
}

void ScenarioJsonTest::writtenScenariosAreReadBackEqual() {
    AFFINITY_PROPERTY("toJson is read back equal", [] {
        const Scenario scenario = anyScenario();
        const auto result = read(pythonJson(toJson(scenario)));
        if (!result)
            RC_FAIL(result.error().what.toStdString());
        RC_ASSERT(*result == scenario);
    });
}

} // namespace affinity::test
