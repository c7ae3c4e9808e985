#include "tests/unit/rules/levels_test.h"

#include "engine/rules/levels.h"
#include "tests/support/anyruleset.h"
#include "tests/support/property.h"

namespace affinity::test {

using rules::Level;

namespace {

std::vector<Level> table() {
    return {{1, 10, QStringLiteral("friend"), {}},
            {2, 50, QStringLiteral("close"), {}},
            {5, 120, QStringLiteral("soulmate"), {}}};
}

} // namespace

void LevelsTest::levelIsTheHighestWhoseThresholdIsReached_data() {
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("level");
    QTest::newRow("below the first") << qint64{9} << 0;
    QTest::newRow("at the first") << qint64{10} << 1;
    QTest::newRow("one below the second") << qint64{49} << 1;
    QTest::newRow("at the second") << qint64{50} << 2;
    QTest::newRow("at the last") << qint64{120} << 5;
    QTest::newRow("far above") << std::numeric_limits<qint64>::max() << 5;
    QTest::newRow("far below") << std::numeric_limits<qint64>::min() << 0;
}

void LevelsTest::levelIsTheHighestWhoseThresholdIsReached() {
    QFETCH(const qint64, value);
    QFETCH(const int, level);
    QCOMPARE(rules::levelOf(value, table()), level);
    QCOMPARE(rules::levelOf(value, {}), 0);
}

void LevelsTest::highestLevelCountsEvenWithALowerThreshold() {
    const std::vector<Level> levels{{1, 0, {}, {}}, {2, 100, {}, {}}, {3, 40, {}, {}}};
    QCOMPARE(rules::levelOf(39, levels), 1);
    QCOMPARE(rules::levelOf(40, levels), 3);
    QVERIFY(!rules::progressToNextLevel(40, levels).nextLevel);
}

void LevelsTest::crossedLevelsAreThoseAboveTheOldUpToTheNew() {
    const std::vector<Level> levels = table();
    const auto crossed = [&levels](int oldLevel, int newLevel) {
        QList<int> numbers;
        for (const Level* level : rules::crossedLevels(oldLevel, newLevel, levels))
            numbers.append(level->level);
        return numbers;
    };
    QCOMPARE(crossed(0, 5), QList<int>({1, 2, 5}));
    QCOMPARE(crossed(1, 2), QList<int>({2}));
    QCOMPARE(crossed(2, 4), QList<int>());
    QCOMPARE(crossed(3, 5), QList<int>({5}));
}

void LevelsTest::fallCrossesNothing() {
    const std::vector<Level> levels = table();
    QVERIFY(rules::crossedLevels(5, 1, levels).empty());
    QVERIFY(rules::crossedLevels(2, 2, levels).empty());
}

void LevelsTest::progressSaysWhatIsMissing_data() {
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("level");
    QTest::addColumn<int>("next");
    QTest::addColumn<qint64>("needed");
    QTest::addColumn<double>("percent");
    QTest::newRow("nothing yet") << qint64{0} << 0 << 1 << qint64{10} << 0.0;
    QTest::newRow("half way to the first") << qint64{5} << 0 << 1 << qint64{5} << 50.0;
    QTest::newRow("at the first") << qint64{10} << 1 << 2 << qint64{40} << 0.0;
    QTest::newRow("three quarters") << qint64{40} << 1 << 2 << qint64{10} << 75.0;
    QTest::newRow("numbers with a gap") << qint64{85} << 2 << 5 << qint64{35} << 50.0;
    QTest::newRow("at the top") << qint64{120} << 5 << 0 << qint64{0} << 100.0;
}

void LevelsTest::progressSaysWhatIsMissing() {
    QFETCH(const qint64, value);
    QFETCH(const int, level);
    QFETCH(const int, next);
    QFETCH(const qint64, needed);
    QFETCH(const double, percent);
    const std::vector<Level> levels = table();
    const rules::LevelProgress progress = rules::progressToNextLevel(value, levels);
    QCOMPARE(progress.level, level);
    QCOMPARE(progress.nextLevel.value_or(0), next);
    QCOMPARE(progress.pointsNeeded, needed);
    QCOMPARE(progress.percent, percent);
    for (const Level& row : levels) {
        if (row.level == level)
            QCOMPARE(progress.levelName, row.name);
        if (row.level == next)
            QCOMPARE(progress.nextLevelName, row.name);
    }
}

void LevelsTest::progressOfAnyTableIsBetween0And100() {
    AFFINITY_PROPERTY("reaching the next threshold reaches the next level", [] {
        const rules::RuleSet ruleSet = anyRuleSet();
        const qint64 value = *rc::gen::inRange(0, std::numeric_limits<int>::max());
        const rules::LevelProgress progress = rules::progressToNextLevel(value, ruleSet.levels);
        RC_ASSERT(progress.level == rules::levelOf(value, ruleSet.levels));
        RC_ASSERT(progress.percent >= 0.0);
        RC_ASSERT(progress.percent <= 100.0);
        if (progress.nextLevel) {
            RC_ASSERT(progress.pointsNeeded > 0);
            RC_ASSERT(rules::levelOf(value + progress.pointsNeeded, ruleSet.levels) == *progress.nextLevel);
            RC_ASSERT(rules::levelOf(value + progress.pointsNeeded - 1, ruleSet.levels) == progress.level);
        }
    });
}

void LevelsTest::liveRuleIsEnabledAndNotDeleted() {
    rules::RuleSet ruleSet;
    const auto add = [&ruleSet](qint64 id, const QString& key, bool isEnabled, bool isDeleted) {
        rules::Rule rule;
        rule.id = {id};
        rule.key = key;
        rule.isEnabled = isEnabled;
        rule.isDeleted = isDeleted;
        ruleSet.rules.push_back(rule);
    };
    add(1, QStringLiteral("chat"), true, true);
    add(2, QStringLiteral("chat"), true, false);
    add(3, QStringLiteral("gift"), false, false);
    const rules::Rule* live = rules::liveRule(ruleSet, QStringLiteral("chat"));
    QVERIFY(live);
    QCOMPARE(live->id.value, qint64{2});
    QVERIFY(!rules::liveRule(ruleSet, QStringLiteral("gift")));
    QVERIFY(!rules::liveRule(ruleSet, QStringLiteral("Chat")));
}

} // namespace affinity::test
