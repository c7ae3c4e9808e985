#include "tests/unit/rules/decide_test.h"

#include "tests/support/property.h"
#include "tests/unit/rules/decideoracle.h"

#include <QSet>

#include <limits>

namespace affinity::test {

using rules::Cut;
using rules::Decision;
using rules::Outcome;
using rules::Step;
using rules::Verdict;

namespace {

constexpr int largestInt = std::numeric_limits<int>::max();
constexpr qint64 largest = std::numeric_limits<qint64>::max();
constexpr qint64 smallest = std::numeric_limits<qint64>::min();

std::vector<rules::Level> twoLevels() {
    return {{1, 1, QStringLiteral("one"), {}}, {3, 3, QStringLiteral("three"), {}}};
}

Decision decided(const OracleCase& given, rules::Trace* trace = nullptr) {
    rules::Rule rule;
    rules::Setting setting;
    CountingDraw draw(given.drawn);
    return rules::decide(requestOf(given), factsOf(given, rule, setting), draw, trace);
}

QByteArray described(const OracleCase& given) {
    return QStringLiteral("drawn %1, single cap %2, rule %3 of %4, global %5 of %6, value %7 of %8, level %9")
        .arg(given.drawn)
        .arg(given.singleCap)
        .arg(given.ruleSum)
        .arg(given.dailyCap)
        .arg(given.globalSum)
        .arg(given.globalCap)
        .arg(given.value)
        .arg(given.ceiling)
        .arg(given.storedLevel)
        .toUtf8();
}

/// Calls `visit` with every small event that passes the gates.
template<typename Visit> void forEveryCap(const Visit& visit) {
    OracleCase given;
    given.levels = twoLevels();
    for (given.drawn = -3; given.drawn <= 3; ++given.drawn)
        for (given.singleCap = 1; given.singleCap <= 3; ++given.singleCap)
            for (given.dailyCap = 1; given.dailyCap <= 3; ++given.dailyCap)
                for (given.ruleSum = 0; given.ruleSum <= 4; ++given.ruleSum)
                    for (given.globalCap = 1; given.globalCap <= 3; ++given.globalCap)
                        for (given.globalSum = 0; given.globalSum <= 4; ++given.globalSum)
                            for (given.ceiling = 1; given.ceiling <= 4; ++given.ceiling)
                                for (given.value = 0; given.value <= 5; ++given.value)
                                    visit(given);
}

/// A case of any size; small numbers, where the edges are, come often.
OracleCase anyCase() {
    const auto upTo = [](int minimum, int maximum) {
        return *rc::gen::oneOf(rc::gen::inRange(minimum, std::min(maximum, minimum + 12)),
                               rc::gen::inRange(minimum, maximum));
    };
    constexpr int most = 1'000'000'000;
    OracleCase given;
    given.hasEventId = *rc::gen::arbitrary<bool>();
    given.isEventSeen = given.hasEventId && upTo(0, 8) == 0;
    given.hasRule = upTo(0, 8) != 1;
    given.isCooldownRunning = upTo(0, 8) == 1;
    given.isBound = upTo(0, 8) != 1;
    given.isDecay = *rc::gen::arbitrary<bool>();
    given.isNotifyEnabled = *rc::gen::arbitrary<bool>();
    given.drawn = upTo(-6, 7) * *rc::gen::element(1, 1, 1, most / 10);
    given.singleCap = upTo(1, most);
    given.dailyCap = upTo(1, most);
    given.cooldownSeconds = upTo(0, most);
    given.globalCap = upTo(1, most);
    given.ceiling = upTo(1, most);
    given.value = upTo(0, most);
    given.storedLevel = upTo(0, 6);
    given.ruleSum = upTo(0, most);
    given.globalSum = upTo(0, most);
    int minValue = upTo(0, 3);
    for (int level = upTo(0, 3), count = upTo(0, 5); count > 0; --count) {
        given.levels.push_back({level, minValue, {}, {}});
        level += upTo(1, 3);
        minValue += upTo(1, most / 10);
    }
    return given;
}

Decision adjusted(qint64 delta, qint64 value, int ceiling, bool isBound, int storedLevel,
                  const std::vector<rules::Level>& levels, rules::Trace* trace = nullptr) {
    rules::Setting setting;
    setting.maxAffinity = ceiling;
    rules::Facts facts;
    facts.setting = &setting;
    facts.levels = levels;
    facts.isBindingActive = isBound;
    facts.value = value;
    facts.storedLevel = storedLevel;
    // What must not count for an adjustment: used up caps, a running cooldown, a seen event, no rule.
    facts.isEventSeen = true;
    facts.isCooldownRunning = true;
    facts.ruleDaySum = largest;
    facts.globalDaySum = largest;
    CountingDraw draw(0);
    rules::Request request;
    request.kind = rules::RequestKind::Adjustment;
    request.delta = delta;
    return rules::decide(request, facts, draw, trace);
}

} // namespace

void DecideTest::everySmallEventIsDecidedAsDescribed() {
    int cases = 0;
    forEveryCap([&cases](const OracleCase& given) {
        ++cases;
        if (decided(given) != oracleDecision(given))
            QTest::qFail(described(given).constData(), __FILE__, __LINE__);
    });
    QCOMPARE(cases, 7 * 3 * 3 * 5 * 3 * 5 * 4 * 6);
}

void DecideTest::everyGateIsDecidedAsDescribed() {
    for (int bits = 0; bits < 1 << 9; ++bits) {
        const auto bit = [bits](int place) { return (bits >> place & 1) != 0; };
        OracleCase given;
        given.hasEventId = bit(0) || bit(1);
        given.isEventSeen = bit(1);
        given.hasRule = bit(2);
        given.isCooldownRunning = bit(3);
        given.isBound = bit(4);
        given.isDecay = bit(5);
        given.isNotifyEnabled = bit(6);
        given.drawn = bit(7) ? 1 : -1;
        given.cooldownSeconds = bit(8) ? 30 : 0;
        given.value = 1;
        given.ceiling = 3;
        given.levels = twoLevels();
        for (given.storedLevel = 0; given.storedLevel <= 3; ++given.storedLevel)
            QVERIFY2(decided(given) == oracleDecision(given), qPrintable(QString::number(bits, 2)));
    }
}

void DecideTest::everySmallAdjustmentIsDecidedAsDescribed() {
    const std::vector<rules::Level> levels = twoLevels();
    for (int delta = -5; delta <= 5; ++delta) {
        for (int value = 0; value <= 5; ++value) {
            for (int ceiling = 1; ceiling <= 4; ++ceiling) {
                const Decision decision = adjusted(delta, value, ceiling, true, 1, levels);
                const int after = std::min(std::max(value + delta, 0), ceiling);
                const bool isApplied = delta != 0 && after != value;
                QCOMPARE(decision.outcome, isApplied ? Outcome::Applied : Outcome::ValueBoundary);
                QCOMPARE(decision.change, isApplied ? after - value : 0);
                QCOMPARE(decision.before, delta == 0 ? 0 : value);
                QCOMPARE(decision.after, delta == 0 ? 0 : after);
                QCOMPARE(decision.newLevel, !isApplied ? 0 : after >= 3 ? 3 : after >= 1 ? 1 : 0);
                rules::Effects effects;
                effects.refreshesActivity = isApplied;
                effects.pushes = isApplied;
                effects.savesLevel = isApplied && decision.newLevel != 1;
                effects.grantsRewards = isApplied && decision.newLevel > 1;
                QCOMPARE(decision.effects, effects);
                QCOMPARE(adjusted(delta, value, ceiling, false, 1, levels).outcome, Outcome::Error);
            }
        }
    }
}

void DecideTest::anyEventIsDecidedAsDescribed() {
    AFFINITY_PROPERTY("decide says what the description says", [] {
        const OracleCase given = anyCase();
        RC_ASSERT(decided(given) == oracleDecision(given));
    });
}

void DecideTest::noSumGrowsOverItsCap() {
    AFFINITY_PROPERTY("a change stays within what its caps leave", [] {
        const OracleCase given = anyCase();
        const Decision decision = decided(given);
        RC_PRE(decision.outcome == Outcome::Applied);
        RC_ASSERT(decision.after >= 0);
        RC_ASSERT(decision.after <= given.ceiling);
        RC_ASSERT(decision.before + decision.change == decision.after);
        if (given.value > given.ceiling) // a cut under a lowered ceiling is exempt
            return;
        RC_ASSERT(std::abs(decision.change) <= given.singleCap);
        RC_ASSERT(qint64{given.ruleSum} + decision.effects.ruleDayAdd <= given.dailyCap);
        RC_ASSERT(decision.effects.globalDayAdd == 0 ||
                  qint64{given.globalSum} + decision.effects.globalDayAdd <= given.globalCap);
    });
}

void DecideTest::signIsKeptBelowTheCeiling() {
    AFFINITY_PROPERTY("a change has the drawn sign and is not larger", [] {
        const OracleCase given = anyCase();
        RC_PRE(given.value <= given.ceiling);
        const Decision decision = decided(given);
        RC_ASSERT(decision.change == 0 || (decision.change < 0) == (given.drawn < 0));
        RC_ASSERT(std::abs(decision.change) <= std::abs(given.drawn));
        if (decision.outcome == Outcome::Applied)
            RC_ASSERT((decision.cut == Cut::None) == (decision.change == given.drawn));
    });
}

void DecideTest::refusalsCarryZeros() {
    AFFINITY_PROPERTY("only a boundary found at the write fills anything in", [] {
        const OracleCase given = anyCase();
        const Decision decision = decided(given);
        RC_PRE(decision.outcome != Outcome::Applied);
        RC_ASSERT(decision.effects == rules::Effects{});
        RC_ASSERT(decision.change == 0);
        RC_ASSERT(decision.oldLevel == 0);
        RC_ASSERT(decision.newLevel == 0);
        const bool isAtWrite = decision.outcome == Outcome::ValueBoundary && given.drawn != 0;
        RC_ASSERT(decision.before == (isAtWrite ? given.value : 0));
        RC_ASSERT(decision.after == (isAtWrite ? given.value : 0));
    });
}

void DecideTest::levelIsThatOfTheNewValue() {
    AFFINITY_PROPERTY("level = f(after), and the old level is the stored one", [] {
        const OracleCase given = anyCase();
        const Decision decision = decided(given);
        RC_PRE(decision.outcome == Outcome::Applied);
        RC_ASSERT(decision.newLevel == rules::levelOf(decision.after, given.levels));
        RC_ASSERT(decision.oldLevel == given.storedLevel);
        RC_ASSERT(decision.effects.savesLevel == (decision.newLevel != decision.oldLevel));
        RC_ASSERT(decision.effects.grantsRewards == (decision.newLevel > decision.oldLevel));
    });
}

void DecideTest::lastStepNotPassedMatchesTheOutcome() {
    AFFINITY_PROPERTY("the trace ends where the call ended", [] {
        const OracleCase given = anyCase();
        rules::Trace trace;
        const Decision decision = decided(given, &trace);
        RC_ASSERT(!trace.empty());
        const std::vector<std::pair<Outcome, Step>> stops{
            {Outcome::EventDuplicate, Step::EventId},
            {Outcome::NoRule, Step::Rule},
            {Outcome::Cooldown, Step::Cooldown},
            {Outcome::Error, Step::Binding},
            {Outcome::RuleDailyCap, Step::RuleDailyCap},
            {Outcome::GlobalDailyCap, Step::GlobalDailyCap},
            {Outcome::ValueBoundary, given.drawn == 0 ? Step::Change : Step::Bounds}};
        for (const rules::TraceStep& step : trace)
            RC_ASSERT((step.verdict == Verdict::Stopped) ==
                      (&step == &trace.back() && decision.outcome != Outcome::Applied));
        if (decision.outcome == Outcome::Applied) {
            RC_ASSERT(trace.back().step == Step::Level);
            static const std::vector<std::pair<Cut, Step>> cuts{{Cut::SingleCap, Step::Change},
                                                                {Cut::RuleDailyCap, Step::RuleDailyCap},
                                                                {Cut::GlobalDailyCap, Step::GlobalDailyCap},
                                                                {Cut::Bounds, Step::Bounds}};
            Cut lastCut = Cut::None;
            for (const rules::TraceStep& step : trace) {
                for (const auto& [cut, at] : cuts) {
                    if (step.verdict == Verdict::Cut && step.step == at)
                        lastCut = cut;
                }
            }
            RC_ASSERT(lastCut == decision.cut);
            return;
        }
        for (const auto& [outcome, step] : stops)
            RC_ASSERT(outcome != decision.outcome || trace.back().step == step);
    });
}

void DecideTest::traceFollowsTheChangeFromStepToStep() {
    AFFINITY_PROPERTY("each step takes the change the step before it gave", [] {
        const OracleCase given = anyCase();
        rules::Trace trace;
        const Decision decision = decided(given, &trace);
        qint64 change = given.drawn;
        for (const rules::TraceStep& step : trace) {
            if (step.step < Step::Change)
                continue;
            RC_ASSERT(step.changeIn == change);
            RC_ASSERT((step.changeIn == step.changeOut) == (step.verdict == Verdict::Passed) ||
                      (step.step == Step::Change && given.drawn == 0));
            change = step.changeOut;
        }
        RC_ASSERT(decision.outcome != Outcome::Applied || change == decision.change);
    });
}

void DecideTest::sameInputGivesTheSameDecisionWithOrWithoutTrace() {
    AFFINITY_PROPERTY("decide is a function", [] {
        const OracleCase given = anyCase();
        rules::Trace trace;
        RC_ASSERT(decided(given, &trace) == decided(given));
    });
}

void DecideTest::drawIsAskedOnceAndOnlyPastTheGates() {
    AFFINITY_PROPERTY("one draw for an event that passes the gates, none for others", [] {
        const OracleCase given = anyCase();
        rules::Rule rule;
        rules::Setting setting;
        CountingDraw draw(given.drawn);
        (void)rules::decide(requestOf(given), factsOf(given, rule, setting), draw);
        const bool isPast = !given.isEventSeen && given.hasRule && !given.isCooldownRunning && given.isBound;
        RC_ASSERT(draw.draws() == (isPast ? 1 : 0));
    });
}

void DecideTest::drawGetsTheRangeOfTheRule() {
    class RangeDraw final : public rules::Draw {
    public:
        int uniform(int minimum, int maximum) override {
            range = {minimum, maximum};
            return maximum;
        }
        std::pair<int, int> range;
    };
    rules::Rule rule;
    rules::Setting setting;
    OracleCase given;
    given.ceiling = 100;
    rules::Facts facts = factsOf(given, rule, setting);
    rule.minChange = -7;
    rule.maxChange = 9;
    RangeDraw draw;
    QCOMPARE(rules::decide({}, facts, draw).drawn, 9);
    QCOMPARE(draw.range, std::pair(-7, 9));
}

void DecideTest::valueAboveALoweredCeilingIsCutAtItsNextChange() {
    OracleCase given;
    given.drawn = 2;
    given.singleCap = 5;
    given.dailyCap = 5;
    given.globalCap = 5;
    given.ceiling = 10;
    given.value = 30;
    const Decision decision = decided(given);
    QCOMPARE(decision.outcome, Outcome::Applied);
    QCOMPARE(decision.change, -20);
    QCOMPARE(decision.after, 10);
    QCOMPARE(decision.cut, Cut::Bounds);
    QCOMPARE(decision.effects.ruleDayAdd, 20);
    QCOMPARE(decision.effects.globalDayAdd, 0);
    QCOMPARE(adjusted(-1, 30, 10, true, 0, {}).change, -20);
    QCOMPARE(adjusted(-25, 30, 10, true, 0, {}).after, 5);
}

void DecideTest::hostileNumbersDoNotOverflow() {
    for (const qint64 delta : {largest, qint64{largestInt} + 1, qint64{largestInt}}) {
        QCOMPARE(adjusted(delta, 5, largestInt, true, 0, {}).after, largestInt);
        QCOMPARE(adjusted(delta, 5, 1000, true, 0, {}).change, 995);
        QCOMPARE(adjusted(-delta, largestInt, largestInt, true, 0, {}).after, 0);
    }
    QCOMPARE(adjusted(smallest, largestInt, 1000, true, 0, {}).change, -largestInt);
    QCOMPARE(adjusted(smallest, 0, 1000, true, 0, {}).outcome, Outcome::ValueBoundary);

    rules::Rule rule;
    rules::Setting setting;
    OracleCase given;
    rules::Facts facts = factsOf(given, rule, setting);
    for (const int drawn : {-largestInt - 1, largestInt}) {
        for (const qint64 sum : {smallest, qint64{-1}, qint64{0}, qint64{largestInt}, largest}) {
            CountingDraw draw(drawn);
            rule.singleCap = largestInt;
            rule.dailyCap = largestInt;
            setting.globalDailyCap = largestInt;
            setting.maxAffinity = largestInt;
            facts.value = largestInt / 2;
            facts.ruleDaySum = sum;
            facts.globalDaySum = sum;
            rules::Trace trace;
            const Decision decision = rules::decide({}, facts, draw, &trace);
            const bool hasRoom = sum <= 0;
            QCOMPARE(decision.outcome, hasRoom ? Outcome::Applied : Outcome::RuleDailyCap);
            QCOMPARE(decision.after, !hasRoom ? 0 : drawn < 0 ? 0 : largestInt);
            QVERIFY(std::abs(qint64{decision.change}) <= rule.singleCap);
        }
    }
}

void DecideTest::sumBelowZeroLeavesTheWholeCap() {
    OracleCase given;
    given.drawn = 3;
    given.singleCap = 3;
    given.dailyCap = 2;
    given.globalCap = 2;
    given.ceiling = 9;
    given.ruleSum = -5;
    given.globalSum = -5;
    QCOMPARE(decided(given).change, 2);
}

void DecideTest::wireNamesRoundTrip() {
    QSet<QString> names;
    for (int i = 0; i <= static_cast<int>(Outcome::InDoubt); ++i) {
        const auto outcome = static_cast<Outcome>(i);
        names.insert(rules::wireName(outcome));
        QCOMPARE(rules::outcomeFromWireName(rules::wireName(outcome)), std::optional(outcome));
    }
    const QSet<QString> known{QStringLiteral("applied"),
                              QStringLiteral("noop_no_rule"),
                              QStringLiteral("noop_cooldown"),
                              QStringLiteral("noop_rule_daily_cap"),
                              QStringLiteral("noop_global_daily_cap"),
                              QStringLiteral("noop_event_duplicate"),
                              QStringLiteral("noop_value_boundary"),
                              QStringLiteral("error"),
                              QStringLiteral("in_doubt")};
    QCOMPARE(names, known);
    QVERIFY(!rules::outcomeFromWireName(u"Applied"));
    QVERIFY(!rules::outcomeFromWireName(u""));
}

void DecideTest::stepsAndVerdictsHaveTheirOwnNames() {
    QStringList names;
    for (int i = 0; i <= static_cast<int>(Step::Level); ++i)
        names.append(rules::name(static_cast<Step>(i)));
    QCOMPARE(names.join(QLatin1Char(' ')),
             QStringLiteral("event_id rule cooldown binding change rule_daily_cap global_daily_cap bounds level"));
    QCOMPARE(rules::name(Verdict::Passed), QStringLiteral("passed"));
    QCOMPARE(rules::name(Verdict::Cut), QStringLiteral("cut"));
    QCOMPARE(rules::name(Verdict::Stopped), QStringLiteral("stopped"));
}

} // namespace affinity::test
