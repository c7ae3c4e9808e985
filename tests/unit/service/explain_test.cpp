#include "tests/unit/service/explain_test.h"

#include "engine/base/isotime.h"
#include "engine/service/explain.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

using base::usPerSecond;
using rules::Cut;
using rules::Outcome;

void ExplainTest::initTestCase_data() {
    addServiceBackends();
}

void ExplainTest::rowCutByARuleCapNamesWhoUsedMost() {
    World world;
    HAS_OUTCOME(world.apply(gift, 5), Applied);
    const auto most = world.apply(gift, -15);
    HAS_OUTCOME(world.apply(gift, 10), Applied);
    const auto cut = world.apply(gift, 19);
    QCOMPARE(cut.changeValue, 10);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 300)), Applied); // uses no cap
    TAKE(explanation, service::explainRow(world.store, *cut.logId));
    QCOMPARE(explanation.decision.outcome, Outcome::Applied);
    QCOMPARE(explanation.decision.change, 10);
    QVERIFY(explanation.isReproduced);
    QVERIFY(!explanation.isRuleEditedSince);
    const bool isNoted = isPrepared(currentBackend());
    QCOMPARE(explanation.isDrawnKnown, isNoted);
    if (isNoted) {
        QCOMPARE(explanation.decision.cut, Cut::RuleDailyCap);
        QVERIFY(explanation.usedUpBy);
        QCOMPARE(explanation.usedUpBy->logId, *most.logId);
    } else {
        QVERIFY(!explanation.usedUpBy);
    }
}

void ExplainTest::rowOfAnAdjustmentShowsWhatWasAsked() {
    World world;
    const auto result = world.service.adminAdjust(world.adjustment(momo, 5000));
    TAKE(explanation, service::explainRow(world.store, *result.logId));
    QVERIFY(explanation.isDrawnKnown);
    QVERIFY(explanation.isReproduced);
    QCOMPARE(explanation.decision.drawn, 5000);
    QCOMPARE(explanation.decision.cut, Cut::Bounds);
    QVERIFY(!explanation.rule);
}

void ExplainTest::editedRuleIsFlagged() {
    World world;
    const auto result = world.apply(gift, 15);
    world.pass(usPerSecond);
    world.editRule(gift, {.singleCap = 5});
    TAKE(explanation, service::explainRow(world.store, *result.logId));
    QVERIFY(explanation.isRuleEditedSince);
    QVERIFY(!explanation.isReproduced);
    QCOMPARE(explanation.rule->singleCap, 5);
}

void ExplainTest::drawnChangeThatIsNotKeptIsNotMadeUp() {
    World world;
    const auto result = world.apply(gift, 35);
    QCOMPARE(result.changeValue, 20);
    TAKE(explanation, service::explainRow(world.store, *result.logId));
    const bool isNoted = isPrepared(currentBackend());
    QCOMPARE(explanation.isDrawnKnown, isNoted);
    QCOMPARE(explanation.decision.drawn, isNoted ? 35 : 20);
    QCOMPARE(explanation.decision.cut, isNoted ? Cut::SingleCap : Cut::None);
    QVERIFY(explanation.isReproduced);
}

void ExplainTest::reversedRowNamesItsReversal() {
    World world;
    const auto event = world.apply(gift);
    service::AdjustRequest request = world.adjustment(momo, -10);
    request.operationId = QStringLiteral("op");
    request.reasonCode = QStringLiteral("correction");
    request.reversesLogId = event.logId;
    const auto reversal = world.service.adminAdjust(request);
    HAS_OUTCOME(reversal, Applied);
    TAKE(explanation, service::explainRow(world.store, *event.logId));
    QVERIFY(explanation.reversedBy);
    QCOMPARE(explanation.reversedBy->row.id, *reversal.logId);
}

void ExplainTest::momentInACooldownNamesItsStarter() {
    World world;
    const auto starter = world.apply(chat);
    HAS_OUTCOME(world.apply(gift), Applied);
    TAKE(running, service::explainMoment(world.store, momo, chat, {}, noonUs + 60 * usPerSecond - 1));
    QCOMPARE(running.decision.outcome, Outcome::Cooldown);
    QVERIFY(running.startedBy);
    QCOMPARE(running.startedBy->logId, *starter.logId);
    QCOMPARE(running.trace.back().used, qint64{1});
    TAKE(over, service::explainMoment(world.store, momo, chat, {}, noonUs + 60 * usPerSecond));
    QCOMPARE(over.decision.outcome, Outcome::Applied);
    QVERIFY(!over.startedBy);
}

void ExplainTest::momentWithAFullCapNamesWhoUsedMost() {
    World world;
    HAS_OUTCOME(world.apply(gift, 10), Applied);
    const auto most = world.apply(gift, 20);
    HAS_OUTCOME(world.apply(gift, 10), Applied);
    TAKE(full, service::explainMoment(world.store, momo, gift, {}, noonUs + usPerSecond));
    QCOMPARE(full.decision.outcome, Outcome::RuleDailyCap);
    QCOMPARE(full.usedUpBy->logId, *most.logId);
    TAKE(nextDay, service::explainMoment(world.store, momo, gift, {}, noonUs + 4 * 3600 * usPerSecond));
    QCOMPARE(nextDay.decision.outcome, Outcome::Applied);
    world.editSetting({.globalDailyCap = 40});
    TAKE(global, service::explainMoment(world.store, momo, chat, {}, noonUs + usPerSecond));
    QCOMPARE(global.decision.outcome, Outcome::GlobalDailyCap);
    QCOMPARE(global.usedUpBy->logId, *most.logId);
}

void ExplainTest::momentAfterAnEventIdSeesIt() {
    World world;
    const QString id = QStringLiteral("e");
    HAS_OUTCOME(world.apply(gift, {}, id), Applied);
    world.pass(60 * usPerSecond);
    HAS_OUTCOME(world.apply(gift, {}, id), Applied); // the window is over
    for (const qint64 secondsAfter : {30, 60, 90}) {
        TAKE(seen, service::explainMoment(world.store, momo, gift, id, noonUs + secondsAfter * usPerSecond));
        QCOMPARE(seen.decision.outcome, Outcome::EventDuplicate);
    }
    for (const qint64 us : {noonUs - 1, noonUs + 120 * usPerSecond}) {
        TAKE(free, service::explainMoment(world.store, momo, gift, id, us));
        QCOMPARE(free.decision.outcome, Outcome::Applied);
    }
}

void ExplainTest::momentBeforeTheFirstRowHasTheOpeningValue() {
    World world;
    HAS_OUTCOME(world.apply(gift, 20), Applied);
    TAKE(before, service::explainMoment(world.store, momo, gift, {}, noonUs - usPerSecond));
    QCOMPARE(before.decision.before, 10);
    TAKE(after, service::explainMoment(world.store, momo, gift, {}, noonUs));
    QCOMPARE(after.decision.before, 30);
}

void ExplainTest::momentOfAnUnboundDeviceIsAnError() {
    World world;
    TAKE(unbound, service::explainMoment(world.store, old, gift, {}, noonUs));
    QCOMPARE(unbound.decision.outcome, Outcome::Error);
    TAKE(stillBound, service::explainMoment(world.store, old, gift, {}, noonUs - 10 * usPerSecond));
    QCOMPARE(stillBound.decision.outcome, Outcome::Applied);
    TAKE(noRule, service::explainMoment(world.store, momo, QStringLiteral("unknown"), {}, noonUs));
    QCOMPARE(noRule.decision.outcome, Outcome::NoRule);
}

void ExplainTest::unknownRowIsNotFound() {
    World world;
    FAILS_WITH(NotFound, service::explainRow(world.store, {99}));
}

} // namespace affinity::test
