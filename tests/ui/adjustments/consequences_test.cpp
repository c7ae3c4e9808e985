#include "tests/ui/adjustments/consequences_test.h"

#include "engine/service/writeplan.h"
#include "ui/adjustments/consequences.h"
#include "ui/adjustments/words.h"

#include <QTest>

#include <algorithm>

namespace affinity::test {

using service::AdjustmentPreview;
using ui::Consequence;
using ui::Tone;

namespace {

std::vector<rules::Level> levels() {
    const base::Json coins = base::Json::array({{{"type", "coin"}, {"amount", 200}}});
    return {{0, 0, QStringLiteral("Stranger"), base::Json::array()},
            {1, 100, QStringLiteral("Friend"), coins},
            {2, 300, QStringLiteral("Good friend"), coins},
            {3, 600, QStringLiteral("Confidant"), coins}};
}

class NoDraw final : public rules::Draw {
public:
    int uniform(int minimum, int) override { return minimum; }
};

/// The preview as the service fills it: decided by the rules, with the plan of the code that commits.
AdjustmentPreview previewOf(int value, qint64 delta, std::vector<int> granted = {}, bool notifies = true) {
    service::Situation situation;
    situation.nowUs = 1'700'000'000'000'000;
    situation.setting.maxAffinity = 1000;
    situation.setting.isNotifyEnabled = notifies;
    situation.levels = levels();
    rules::Binding binding;
    binding.id = {7};
    binding.userId = {3};
    binding.nickname = QStringLiteral("Mochi");
    binding.favorability = value;
    binding.affinityLevel = rules::levelOf(value, situation.levels);
    situation.binding = binding;

    service::AdjustRequest request;
    request.userId = {3};
    request.deviceId = {7};
    request.delta = delta;
    request.operationId = QStringLiteral("op-1");
    const service::Action action = service::actionOf(request, true);
    rules::Facts facts;
    facts.isBindingActive = true;
    facts.setting = &situation.setting;
    facts.levels = situation.levels;
    facts.storedLevel = binding.affinityLevel;
    facts.value = value;
    NoDraw draw;

    AdjustmentPreview adjustment;
    adjustment.delta = delta;
    service::Preview& preview = adjustment.preview;
    preview.decision = rules::decide(action.request, facts, draw);
    preview.result.outcome = preview.decision.outcome;
    preview.binding = binding;
    preview.setting = situation.setting;
    preview.levels = situation.levels;
    preview.alreadyGrantedLevels = std::move(granted);
    if (preview.decision.outcome == rules::Outcome::Applied) {
        preview.plan = service::writePlan(action, situation, preview.decision);
        if (notifies)
            preview.pushes << QStringLiteral("affinity_update");
        if (notifies && preview.decision.newLevel > preview.decision.oldLevel)
            preview.pushes << QStringLiteral("level_up");
    }
    return adjustment;
}

QString allWords(const AdjustmentPreview& preview) {
    QStringList words;
    for (const Consequence& line : ui::consequences(preview))
        words << line.sentence << line.detail;
    return words.join(QLatin1Char('\n'));
}

} // namespace

void ConsequencesTest::riseInsideOneLevelSaysBothEndsAndTheRoomLeft() {
    const auto lines = ui::consequences(previewOf(120, 40));
    QCOMPARE(lines.front().sentence, QStringLiteral("The value rises by 40, from 120 to 160."));
    QCOMPARE(lines.front().detail, QStringLiteral("Nothing is clamped: 840 points below the ceiling of 1,000."));
    QCOMPARE(lines.at(1).sentence, QStringLiteral("The level stays the same: level 1, Friend."));
    QCOMPARE(lines.at(1).detail, QStringLiteral("140 points to level 2, Good friend."));
    QCOMPARE(lines.size(), size_t{3}); // value, level, app; no reward
}

void ConsequencesTest::riseOverSeveralLevelsNamesThePassedOnesAndTheirRewards() {
    const auto lines = ui::consequences(previewOf(50, 600));
    QCOMPARE(lines.at(1).sentence, QStringLiteral("Mochi rises from level 0 to level 3, Confidant."));
    QCOMPARE(lines.at(1).detail, QStringLiteral("It passes levels 1 and 2 on the way."));
    QCOMPARE(lines.at(2).sentence, QStringLiteral("The rewards of levels 1, 2 and 3 are granted, once each."));
    QVERIFY(lines.at(2).detail.contains(QStringLiteral("L2 200 coin")));
    QCOMPARE(lines.at(2).detailTone, Tone::Warn);
}

void ConsequencesTest::clampAtTheCeilingSaysHowManyPointsHaveNoEffect() {
    const auto lines = ui::consequences(previewOf(900, 150));
    QCOMPARE(lines.front().sentence, QStringLiteral("The value rises by 100, from 900 to 1,000."));
    QCOMPARE(lines.front().detail,
             QStringLiteral("Clamped at the ceiling of 1,000: 50 points of the 150 asked for have no effect."));
    QCOMPARE(lines.front().tone, Tone::Warn);
}

void ConsequencesTest::fallToTheFloorIsClampedAndSaid() {
    const auto lines = ui::consequences(previewOf(20, -21));
    QCOMPARE(lines.front().sentence, QStringLiteral("The value falls by 20, from 20 to 0."));
    QCOMPARE(lines.front().detail,
             QStringLiteral("Clamped at the floor of 0: 1 point of the 21 asked for have no effect."));
}

void ConsequencesTest::lostLevelSaysThatRewardsStay() {
    const auto lines = ui::consequences(previewOf(310, -20));
    QCOMPARE(lines.at(1).sentence, QStringLiteral("Mochi falls back from level 2 to level 1, Friend."));
    QCOMPARE(lines.at(1).detail, QStringLiteral("10 points short of level 2. Rewards that were granted stay granted."));
    QCOMPARE(lines.at(1).tone, Tone::Warn);
}

void ConsequencesTest::grantedRewardIsSaidNotToBeGrantedAgain() {
    const AdjustmentPreview preview = previewOf(290, 10, {1, 2});
    QVERIFY(allWords(preview).contains(
        QStringLiteral("The reward of level 2 was granted before and is not granted again.")));
    const auto rows = ui::rowsWritten(preview, true);
    QVERIFY(std::none_of(rows.begin(), rows.end(), [](const ui::RowsWritten& row) {
        return row.table == QLatin1String("userapp_userlevelrewardgrant");
    }));
}

void ConsequencesTest::adjustmentAtTheCeilingChangesNothingAndWritesNoRow() {
    const AdjustmentPreview preview = previewOf(1000, 5);
    const auto lines = ui::consequences(preview);
    QCOMPARE(lines.size(), size_t{1});
    QCOMPARE(lines.front().sentence, QStringLiteral("Nothing changes: the value stands at its ceiling of 1,000."));
    QVERIFY(!ui::wouldWrite(preview));
    QVERIFY(ui::rowsWritten(preview, true).empty());
    QVERIFY(!ui::blockReason(preview).isEmpty());
}

void ConsequencesTest::refusalShowsItsReasonAndBlocksTheDeed() {
    AdjustmentPreview preview;
    preview.preview.result.error =
        base::Error{base::ErrorKind::NotFound, QStringLiteral("UserDevice not found or unbound")};
    const auto lines = ui::consequences(preview);
    QCOMPARE(lines.size(), size_t{1});
    QCOMPARE(lines.front().detail, QStringLiteral("UserDevice not found or unbound"));
    QCOMPARE(lines.front().tone, Tone::Danger);
    QCOMPARE(ui::blockReason(preview), QStringLiteral("UserDevice not found or unbound"));
    QVERIFY(!ui::moveBar(preview).has_value());
}

void ConsequencesTest::refusalByALimitStillShowsWhatWouldHappen() {
    AdjustmentPreview preview = previewOf(120, 600);
    preview.preview.result.outcome = rules::Outcome::Error;
    preview.preview.result.error = base::Error{base::ErrorKind::Refused, QStringLiteral("Over your limit.")};
    QCOMPARE(ui::consequences(preview).front().sentence, QStringLiteral("The value rises by 600, from 120 to 720."));
    QVERIFY(!ui::limitLine(preview).isWithin);
    QCOMPARE(ui::limitLine(preview).text, QStringLiteral("Over your limit."));
    QVERIFY(!ui::wouldWrite(preview));
}

void ConsequencesTest::silentSettingSaysThatTheAppIsNotTold() {
    QCOMPARE(ui::consequences(previewOf(120, 40, {}, false)).back().sentence, QStringLiteral("The app is not told."));
}

void ConsequencesTest::pushIsNamedButNotPromised() {
    QCOMPARE(ui::consequences(previewOf(90, 40)).back().sentence,
             QStringLiteral("The app would be told: affinity_update, then level_up; this connection has no push."));
}

void ConsequencesTest::rowsAreThoseOfThePlan() {
    const auto rows = ui::rowsWritten(previewOf(50, 600, {1}), true);
    QCOMPARE(ui::rowCount(rows), 5); // device, log, two grants, note
    QCOMPARE(ui::rowCount(ui::rowsWritten(previewOf(50, 600, {1}), false)), 4);
    QVERIFY(!rows.front().isInsert);
}

void ConsequencesTest::whatTheOutboxHoldsIsAmongTheRows() {
    AdjustmentPreview preview = previewOf(50, 600, {1});
    preview.preview.outbox.rows.resize(1);
    preview.preview.outbox.deliveries.resize(2);
    const auto rows = ui::rowsWritten(preview, true);
    QCOMPARE(ui::rowCount(rows), 8); // three more
    QVERIFY(std::find(rows.begin(), rows.end(), ui::RowsWritten{QStringLiteral("affinity_console_outbox"), true, 1}) !=
            rows.end());
    QVERIFY(std::find(rows.begin(), rows.end(),
                      ui::RowsWritten{QStringLiteral("affinity_console_reward_delivery"), true, 2}) != rows.end());
}

void ConsequencesTest::aPushThatIsKeptIsPromised() {
    AdjustmentPreview preview = previewOf(90, 40);
    preview.preview.outbox.rows.resize(1);
    preview.preview.outbox.rows.front().kind = store::OutboxKind::Confirm; // tells no app
    QVERIFY(ui::consequences(preview).back().sentence.contains(QStringLiteral("no push")));
    preview.preview.outbox.rows.front().kind = store::OutboxKind::Push;
    QCOMPARE(ui::consequences(preview).back().sentence,
             QStringLiteral("The app is told: affinity_update, then level_up."));
}

void ConsequencesTest::barSpansTheLevelsOfTheMove() {
    const auto move = ui::moveBar(previewOf(250, 60));
    QVERIFY(move.has_value());
    QCOMPARE(move->from, 100);
    QCOMPARE(move->to, 600);
    QVERIFY(move->crossed.has_value());
    QCOMPARE(move->crossed->from, 300);
    QCOMPARE(move->fromText, QStringLiteral("L1 from 100"));
    QCOMPARE(move->toText, QStringLiteral("L3 from 600"));
    const auto top = ui::moveBar(previewOf(700, 10));
    QCOMPARE(top->to, 1000);
    QCOMPARE(top->toText, QStringLiteral("ceiling 1,000"));
}

void ConsequencesTest::changesBetweenPreviewsAreNamed() {
    const service::Preview before = previewOf(120, 40).preview;
    service::Preview now = previewOf(125, 40).preview;
    QVERIFY(ui::changesBetween(before, before).isEmpty());
    QCOMPARE(ui::changesBetween(before, now), QStringList{QStringLiteral("The value was 120 and is 125 now.")});
    now.binding.reset();
    QCOMPARE(ui::changesBetween(before, now), QStringList{QStringLiteral("The device was unbound.")});
}

void ConsequencesTest::everyReasonCodeHasWords() {
    for (const QString& code : service::reasonCodes()) {
        QVERIFY2(ui::reasonCodeName(code) != code, qPrintable(code));
        QVERIFY2(!ui::reasonCodeHint(code).isEmpty(), qPrintable(code));
    }
}

} // namespace affinity::test
