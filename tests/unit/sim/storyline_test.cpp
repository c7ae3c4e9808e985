#include "tests/unit/sim/storyline_test.h"

#include "engine/sim/firstpassage.h"
#include "engine/sim/storyline.h"
#include "tests/unit/sim/simscenarios.h"

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;
using rules::Outcome;

namespace {

constexpr qint64 usPerSecond = 1'000'000;

Storyline told(const Scenario& scenario, qint64 device) {
    const auto story = storyline(scenario, device);
    if (!story)
        qFatal("%s", qPrintable(story.error().what));
    return *story;
}

Scenario smallDemo() {
    Scenario scenario = shippedScenario(QStringLiteral("demo.json"));
    scenario.devices = 60;
    return scenario;
}

/// Days until a device stood at that level or above, counted from the start (0: it started there); nothing: never.
std::optional<int> daysToLevel(const Storyline& story, int level) {
    if (story.startLevel >= level)
        return 0;
    for (const StorylineEvent& event : story.events) {
        if (event.levelAfter >= level)
            return event.day + 1;
    }
    return std::nullopt;
}

/// The day by whose end that many of all devices had passed; censored ones never do.
std::optional<int> dayOfRank(std::vector<int> passed, size_t rank) {
    std::sort(passed.begin(), passed.end());
    return rank <= passed.size() ? std::optional(passed[rank - 1]) : std::nullopt;
}

} // namespace

void StorylineTest::storylineIsWhatTheWholeRunSaw_data() {
    QTest::addColumn<bool>("isDemo");
    QTest::newRow("every feature at once") << false;
    QTest::newRow("demo") << true;
}

void StorylineTest::storylineIsWhatTheWholeRunSaw() {
    QFETCH(const bool, isDemo);
    const Scenario scenario = isDemo ? smallDemo() : busyScenario(60, 40);
    const auto horizon = planHorizon(scenario);
    Recorder recorder;
    recorder.keepsTraces = true;
    follow(scenario, recorder, 0, 60);
    size_t compared = 0;
    for (const qint64 device : {0, 1, 17, 31, 59}) {
        const Storyline story = told(scenario, device);
        QCOMPARE(story.device, device);
        QCOMPARE(story.startValue, recorder.startValues[static_cast<size_t>(device)]);
        QCOMPARE(story.persona, horizon->personas[personaOf(*horizon, device)].persona.name);
        auto event = story.events.begin();
        for (size_t i = 0; i < recorder.events.size(); ++i) {
            const ObservedEvent& seen = recorder.events[i];
            if (seen.device != device)
                continue;
            QVERIFY(event != story.events.end());
            QCOMPARE(event->day, seen.day);
            QCOMPARE(event->atUs, story.startUs + seen.second * usPerSecond);
            QVERIFY(event->kind == seen.kind);
            QCOMPARE(event->ruleKey, horizon->ruleKeys[seen.ruleIndex]);
            QCOMPARE(event->eventId, eventId(seen));
            QVERIFY(event->decision == seen.decision);
            QVERIFY(event->trace == recorder.traces[i]);
            ++event;
            ++compared;
        }
        QVERIFY(event == story.events.end());
    }
    QVERIFY2(compared > 300, qPrintable(QString::number(compared)));
}

void StorylineTest::dayEndsAreThoseOfARunOfThatDevice() {
    const Scenario scenario = busyScenario(100, 30);
    const auto horizon = planHorizon(scenario);
    for (const qint64 device : {0, 42, 99}) {
        SimulationResult alone = emptyResult(*horizon);
        KernelRequest request;
        request.firstDevice = device;
        request.deviceCount = 1;
        QVERIFY(simulatePlain(*horizon, request, alone));
        const Storyline story = told(scenario, device);
        QCOMPARE(story.dayEndValues.size(), size_t{30});
        for (size_t day = 0; day < 30; ++day)
            QCOMPARE(qint64{story.dayEndValues[day]}, alone.days[day].valueSum);
    }
}

void StorylineTest::valuesAndLevelsFollowTheDecisions() {
    const Scenario scenario = busyScenario(100, 40);
    for (qint64 device = 0; device < 100; ++device) {
        const Storyline story = told(scenario, device);
        qint64 value = story.startValue;
        size_t day = 0;
        for (const StorylineEvent& event : story.events) {
            for (; day < static_cast<size_t>(event.day); ++day)
                QCOMPARE(qint64{story.dayEndValues[day]}, value);
            value += event.decision.change;
            QCOMPARE(event.valueAfter, value);
            QCOMPARE(event.levelAfter, rules::levelOf(value, scenario.ruleSet.levels));
        }
        QCOMPARE(qint64{story.dayEndValues.back()}, value);
    }
}

void StorylineTest::instantsStandInTheirDay() {
    const Storyline story = told(busyScenario(100, 40), 3);
    QCOMPARE(QDateTime::fromMSecsSinceEpoch(story.startUs / 1'000, Qt::UTC),
             QDateTime(QDate(2026, 3, 19), QTime(23, 0), Qt::UTC));              // midnight in Berlin
    QCOMPARE(story.dayEndsUs[9] - story.dayEndsUs[8], 23 * 3'600 * usPerSecond); // clocks go forward on 29 March
    QVERIFY(!story.events.empty());
    for (const StorylineEvent& event : story.events) {
        const auto day = static_cast<size_t>(event.day);
        QVERIFY(event.atUs < story.dayEndsUs[day]);
        QVERIFY(event.atUs >= (day == 0 ? story.startUs : story.dayEndsUs[day - 1]));
    }
}

void StorylineTest::deviceThatIsNotThereIsRefused() {
    const Scenario scenario = busyScenario(100, 4);
    for (const qint64 device : {qint64{-1}, qint64{100}}) {
        const auto story = storyline(scenario, device);
        QVERIFY(!story);
        QCOMPARE(story.error().kind, base::ErrorKind::InvalidInput);
        QVERIFY(story.error().what.contains(QStringLiteral("device: ")));
    }
    Scenario wrong = scenario;
    wrong.days = 0;
    QCOMPARE(storyline(wrong, 0).error().kind, base::ErrorKind::InvalidInput);
}

void StorylineTest::cancelledStorylineSaysSo() {
    const std::atomic<bool> isCancelled = true;
    const auto story = storyline(busyScenario(10, 4), 0, &isCancelled);
    QVERIFY(!story);
    QCOMPARE(story.error().kind, base::ErrorKind::Cancelled);
}

void StorylineTest::firstPassagesAreCountedFromStorylines() {
    Scenario scenario = busyScenario(203, 14);
    scenario.ruleSet.levels = {{0, 0, {}, {}}, {1, 20, {}, {}}, {2, 60, {}, {}}, {4, 150, {}, {}}, {9, 290, {}, {}}};
    const auto passages = firstPassages(simulated(scenario));
    QCOMPARE(passages.size(), size_t{5});
    std::vector<Storyline> stories;
    for (qint64 device = 0; device < scenario.devices; ++device)
        stories.push_back(told(scenario, device));
    int censored = 0;
    for (const FirstPassage& passage : passages) {
        std::vector<int> passed;
        for (const Storyline& story : stories) {
            if (const auto days = daysToLevel(story, passage.level))
                passed.push_back(*days);
        }
        censored += passed.size() < 203;
        QCOMPARE(passage.reachedShare, static_cast<double>(passed.size()) / 203);
        QCOMPARE(passage.p10Day, dayOfRank(passed, 21)); // 10 % of 203 are 20.3: the 21st device
        QCOMPARE(passage.medianDay, dayOfRank(passed, 102));
        QCOMPARE(passage.p90Day, dayOfRank(passed, 183));
    }
    QVERIFY(censored >= 2);
    QCOMPARE(passages[0], (FirstPassage{0, 1.0, 0, 0, 0}));
    QVERIFY(passages[1].p10Day == 0 && passages[1].medianDay > 0); // a quarter of the devices starts at 60
    QVERIFY(passages[3].p10Day && !passages[3].p90Day);
    QVERIFY(!passages[4].medianDay);
}

void StorylineTest::idleDevicesAreCountedFromStorylines() {
    for (const bool isDecayOn : {true, false}) {
        Scenario scenario = busyScenario(120, 30);
        scenario.ruleSet.setting.isDecayEnabled = isDecayOn;
        scenario.personas[0].activeProbability = 0.5;
        const SimulationResult result = simulated(scenario);
        std::vector<qint64> idle(30);
        for (qint64 device = 0; device < scenario.devices; ++device) {
            std::vector<bool> isActive(30);
            for (const StorylineEvent& event : told(scenario, device).events) {
                if (event.kind != EventKind::Decay && event.decision.outcome == Outcome::Applied)
                    isActive[static_cast<size_t>(event.day)] = true;
            }
            int lastActive = 0; // binding counts as activity
            for (int day = 0; day < 30; ++day) {
                idle[static_cast<size_t>(day)] += day - lastActive >= scenario.ruleSet.setting.decayIdleDays;
                if (isActive[static_cast<size_t>(day)])
                    lastActive = day;
            }
        }
        for (size_t day = 0; day < 30; ++day) {
            QCOMPARE(result.days[day].idleDevices, idle[day]);
            if (isDecayOn)
                QCOMPARE(eventCount(result.days[day].rules[2]), idle[day]);
        }
        QVERIFY(idle[29] > 10);
    }
}

} // namespace affinity::test
