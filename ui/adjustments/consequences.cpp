#include "ui/adjustments/consequences.h"

#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/rewardstext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace affinity::ui {
namespace {

using rules::Outcome;
using service::AdjustmentPreview;
using service::Preview;

struct ConsequencesWords {
    Q_DECLARE_TR_FUNCTIONS(Consequences)
};

bool isGranted(int level, const Preview& preview) {
    const auto& granted = preview.alreadyGrantedLevels;
    return std::find(granted.begin(), granted.end(), level) != granted.end();
}

Consequence valueConsequence(const AdjustmentPreview& adjustment) {
    const rules::Decision& decision = adjustment.preview.decision;
    const qint64 ceiling = adjustment.preview.setting.maxAffinity;
    const bool isRise = decision.change > 0;
    const QString sentence = isRise ? ConsequencesWords::tr("The value rises by %1, from %2 to %3.")
                                    : ConsequencesWords::tr("The value falls by %1, from %2 to %3.");
    Consequence line;
    line.icon = isRise ? Icon::ArrowUp : Icon::ArrowDown;
    line.sentence =
        sentence.arg(numberText(std::abs(decision.change)), numberText(decision.before), numberText(decision.after));
    if (decision.cut == rules::Cut::Bounds) {
        line.tone = Tone::Warn;
        line.detailTone = Tone::Warn;
        const QString lost = pointsText(std::abs(adjustment.delta) - std::abs(decision.change));
        line.detail =
            isRise ? ConsequencesWords::tr("Clamped at the ceiling of %1: %2 of the %3 asked for have no effect.")
                         .arg(numberText(ceiling), lost, numberText(std::abs(adjustment.delta)))
                   : ConsequencesWords::tr("Clamped at the floor of 0: %1 of the %2 asked for have no effect.")
                         .arg(lost, numberText(std::abs(adjustment.delta)));
    } else if (isRise) {
        line.detail = ceiling == decision.after
                          ? ConsequencesWords::tr("Nothing is clamped: it stands exactly at the ceiling of %1.")
                                .arg(numberText(ceiling))
                          : ConsequencesWords::tr("Nothing is clamped: %1 below the ceiling of %2.")
                                .arg(pointsText(ceiling - decision.after), numberText(ceiling));
    } else {
        line.detail = ConsequencesWords::tr("Nothing is clamped: the floor is 0.");
    }
    return line;
}

Consequence levelRise(const Preview& preview, const QString& name) {
    const rules::Decision& decision = preview.decision;
    const rules::Level* reached = levelRow(decision.newLevel, preview.levels);
    Consequence line;
    line.icon = Icon::Star;
    const auto crossed = rules::crossedLevels(decision.oldLevel, decision.newLevel, preview.levels);
    if (crossed.size() > 1) {
        std::vector<int> passed;
        for (size_t i = 0; i + 1 < crossed.size(); ++i)
            passed.push_back(crossed[i]->level);
        line.sentence = ConsequencesWords::tr("%1 rises from level %2 to %3.")
                            .arg(name)
                            .arg(decision.oldLevel)
                            .arg(levelWords(decision.newLevel, preview.levels));
        line.detail = ConsequencesWords::tr("It passes %1 on the way.").arg(levelListText(passed));
    } else {
        line.sentence =
            ConsequencesWords::tr("%1 reaches %2.").arg(name, levelWords(decision.newLevel, preview.levels));
        if (reached != nullptr) {
            const qint64 above = qint64{decision.after} - reached->minValue;
            line.detail =
                above == 0 ? ConsequencesWords::tr("Exactly at its threshold of %1.").arg(numberText(reached->minValue))
                           : ConsequencesWords::tr("%1 above its threshold of %2.")
                                 .arg(pointsText(above), numberText(reached->minValue));
        }
    }
    return line;
}

Consequence levelLoss(const Preview& preview, const QString& name) {
    const rules::Decision& decision = preview.decision;
    Consequence line;
    line.icon = Icon::Levels;
    line.tone = Tone::Warn;
    line.sentence = ConsequencesWords::tr("%1 falls back from level %2 to %3.")
                        .arg(name)
                        .arg(decision.oldLevel)
                        .arg(levelWords(decision.newLevel, preview.levels));
    const rules::Level* lost = levelRow(decision.oldLevel, preview.levels);
    const QString stay = ConsequencesWords::tr("Rewards that were granted stay granted.");
    line.detail = lost != nullptr && lost->minValue > decision.after
                      ? ConsequencesWords::tr("%1 short of level %2. %3")
                            .arg(pointsText(qint64{lost->minValue} - decision.after))
                            .arg(decision.oldLevel)
                            .arg(stay)
                      : stay;
    return line;
}

Consequence levelConsequence(const Preview& preview, const QString& name) {
    const rules::Decision& decision = preview.decision;
    Consequence line;
    if (decision.newLevel > decision.oldLevel) {
        line = levelRise(preview, name);
    } else if (decision.newLevel < decision.oldLevel) {
        line = levelLoss(preview, name);
    } else {
        line.icon = Icon::Levels;
        line.tone = Tone::Neutral;
        line.sentence =
            ConsequencesWords::tr("The level stays the same: %1.").arg(levelWords(decision.newLevel, preview.levels));
        const rules::LevelProgress progress = rules::progressToNextLevel(decision.after, preview.levels);
        line.detail = progress.nextLevel
                          ? ConsequencesWords::tr("%1 to %2.")
                                .arg(pointsText(progress.pointsNeeded), levelWords(*progress.nextLevel, preview.levels))
                          : ConsequencesWords::tr("It is the highest level.");
    }
    const int meant = rules::levelOf(decision.before, preview.levels);
    if (meant != decision.oldLevel) {
        line.detail = joinedText(line.detail,
                                 ConsequencesWords::tr("The stored level %1 lags behind: the value has meant level %2.")
                                     .arg(decision.oldLevel)
                                     .arg(meant));
    }
    return line;
}

Consequence grantedNow(const std::vector<const rules::Level*>& levels) {
    Consequence line;
    line.icon = Icon::Gift;
    line.detailTone = Tone::Warn;
    const QString stays = ConsequencesWords::tr("It cannot be taken back by reversing this adjustment.");
    if (levels.size() == 1) {
        line.sentence = ConsequencesWords::tr("The reward of level %1 is granted, once: %2.")
                            .arg(levels.front()->level)
                            .arg(rewardsText(levels.front()->rewards));
        line.detail = stays;
        return line;
    }
    std::vector<int> numbers;
    QStringList parts;
    for (const rules::Level* level : levels) {
        numbers.push_back(level->level);
        parts << QStringLiteral("L%1 %2").arg(level->level).arg(rewardsText(level->rewards));
    }
    line.sentence = ConsequencesWords::tr("The rewards of %1 are granted, once each.").arg(levelListText(numbers));
    line.detail = ConsequencesWords::tr("%1. They cannot be taken back.").arg(parts.join(QStringLiteral(" · ")));
    return line;
}

/// Rewards by what becomes of them: granted now, nothing to grant, granted before.
std::vector<Consequence> rewardConsequences(const Preview& preview) {
    std::vector<const rules::Level*> now;
    std::vector<int> empty, before;
    for (const rules::Level& level : preview.plan->grants) {
        if (isGranted(level.level, preview))
            before.push_back(level.level);
        else if (level.rewards.empty())
            empty.push_back(level.level);
        else
            now.push_back(&level);
    }
    std::vector<Consequence> lines;
    if (!now.empty())
        lines.push_back(grantedNow(now));
    if (!before.empty()) {
        const QString sentence =
            before.size() == 1
                ? ConsequencesWords::tr("The reward of %1 was granted before and is not granted again.")
                : ConsequencesWords::tr("The rewards of %1 were granted before and are not granted again.");
        lines.push_back({Icon::Gift, sentence.arg(levelListText(before)),
                         ConsequencesWords::tr("A level's reward is granted once for each device, for ever."),
                         Tone::Neutral, Tone::Neutral});
    }
    if (!empty.empty() && now.empty()) {
        const QString sentence = empty.size() == 1 ? ConsequencesWords::tr("No reward comes with %1.")
                                                   : ConsequencesWords::tr("No rewards come with %1.");
        lines.push_back({Icon::Gift, sentence.arg(levelListText(empty)),
                         ConsequencesWords::tr("The grant is noted, so nothing is granted for it later."),
                         Tone::Neutral, Tone::Neutral});
    }
    return lines;
}

Consequence appConsequence(const Preview& preview) {
    Consequence line;
    line.icon = Icon::Bolt;
    line.tone = Tone::Neutral;
    if (preview.pushes.isEmpty()) {
        line.sentence = ConsequencesWords::tr("The app is not told.");
        line.detail = ConsequencesWords::tr("Notifications are switched off in the setting.");
        return line;
    }
    const auto& sends = preview.outbox.rows;
    const bool isKept = std::any_of(sends.begin(), sends.end(),
                                    [](const store::OutboxRow& row) { return row.kind == store::OutboxKind::Push; });
    if (isKept) {
        line.sentence =
            ConsequencesWords::tr("The app is told: %1.")
                .arg(preview.pushes.join(ConsequencesWords::tr(", then ", "between the names of two pushes")));
        line.detail = ConsequencesWords::tr("The push is written with the change and sent from the outbox, once.");
        return line;
    }
    line.sentence = ConsequencesWords::tr("The app would be told: %1; this connection has no push.")
                        .arg(preview.pushes.join(ConsequencesWords::tr(", then ", "between the names of two pushes")));
    line.detail =
        ConsequencesWords::tr("Only rows are written; the app sees the new value when it asks the next time.");
    return line;
}

Consequence refusal(const AdjustmentPreview& adjustment) {
    return {Icon::Error, ConsequencesWords::tr("Nothing will happen."), blockReason(adjustment), Tone::Danger,
            Tone::Danger};
}

Consequence noChange(const AdjustmentPreview& adjustment) {
    const Preview& preview = adjustment.preview;
    const qint64 value = preview.binding ? preview.binding->favorability : 0;
    Consequence line{Icon::Minus, {}, ConsequencesWords::tr("No row is written."), Tone::Neutral, Tone::Neutral};
    if (adjustment.delta == 0)
        line.sentence = ConsequencesWords::tr("Nothing changes: the value is %1 already.").arg(numberText(value));
    else if (adjustment.delta > 0)
        line.sentence = ConsequencesWords::tr("Nothing changes: the value stands at its ceiling of %1.")
                            .arg(numberText(preview.setting.maxAffinity));
    else
        line.sentence = ConsequencesWords::tr("Nothing changes: the value is 0 and cannot fall.");
    return line;
}

} // namespace

std::vector<Consequence> consequences(const AdjustmentPreview& adjustment) {
    const Preview& preview = adjustment.preview;
    if (preview.result.isAppliedEarlier) {
        const qint64 row = preview.result.logId ? preview.result.logId->value : 0;
        return {{Icon::CheckCircle,
                 ConsequencesWords::tr("This adjustment was carried out before, as log row %1.").arg(row),
                 ConsequencesWords::tr("Sending it again writes nothing."), Tone::Ok, Tone::Neutral}};
    }
    if (preview.decision.outcome == Outcome::ValueBoundary)
        return {noChange(adjustment)};
    if (preview.decision.outcome != Outcome::Applied || !preview.plan || !preview.binding)
        return {refusal(adjustment)};

    const QString name = deviceNameInSentences(*preview.binding);
    std::vector<Consequence> lines{valueConsequence(adjustment), levelConsequence(preview, name)};
    for (Consequence& line : rewardConsequences(preview))
        lines.push_back(std::move(line));
    if (!adjustment.rewardsThatStay.empty()) {
        lines.push_back(
            {Icon::Gift,
             ConsequencesWords::tr("Rewards of %1 stay with the user.").arg(levelListText(adjustment.rewardsThatStay)),
             ConsequencesWords::tr("The row that is reversed granted them; a reversal cannot take them back."),
             Tone::Warn, Tone::Warn});
    }
    lines.push_back(appConsequence(preview));
    return lines;
}

bool wouldWrite(const AdjustmentPreview& adjustment) {
    return !adjustment.preview.result.error && adjustment.preview.plan.has_value() &&
           !adjustment.preview.result.isAppliedEarlier;
}

QString blockReason(const AdjustmentPreview& adjustment) {
    if (wouldWrite(adjustment))
        return {};
    if (adjustment.preview.result.error)
        return errorText(*adjustment.preview.result.error);
    if (adjustment.preview.result.isAppliedEarlier)
        return ConsequencesWords::tr("It was carried out before.");
    return ConsequencesWords::tr("It would change nothing.");
}

std::vector<RowsWritten> rowsWritten(const AdjustmentPreview& adjustment, bool isPrepared) {
    const Preview& preview = adjustment.preview;
    if (!preview.plan)
        return {};
    const store::WritePlan& plan = *preview.plan;
    std::vector<RowsWritten> rows{{QStringLiteral("device_interaction_userdevice"), false, 1},
                                  {QStringLiteral("userapp_affinitylog"), true, 1}};
    const auto grants = std::count_if(plan.grants.begin(), plan.grants.end(), [&preview](const rules::Level& level) {
        return !isGranted(level.level, preview);
    });
    if (plan.counter)
        rows.push_back({QStringLiteral("userapp_useraffinitydailycounter"), true, 1});
    if (grants > 0)
        rows.push_back({QStringLiteral("userapp_userlevelrewardgrant"), true, static_cast<int>(grants)});
    if (isPrepared)
        rows.push_back({QStringLiteral("affinity_console_log_note"), true, 1});
    if (const auto sends = preview.outbox.rows.size(); sends > 0)
        rows.push_back({QStringLiteral("affinity_console_outbox"), true, static_cast<int>(sends)});
    if (const auto rewards = preview.outbox.deliveries.size(); rewards > 0)
        rows.push_back({QStringLiteral("affinity_console_reward_delivery"), true, static_cast<int>(rewards)});
    return rows;
}

int rowCount(const std::vector<RowsWritten>& rows) {
    int sum = 0;
    for (const RowsWritten& row : rows)
        sum += row.count;
    return sum;
}

std::vector<NumberChange> numberChanges(const AdjustmentPreview& adjustment) {
    const Preview& preview = adjustment.preview;
    if (!preview.binding)
        return {};
    const bool isApplied = preview.decision.outcome == Outcome::Applied;
    const qint64 before = preview.binding->favorability;
    const qint64 after = isApplied ? preview.decision.after : before;
    const int oldLevel = preview.binding->affinityLevel;
    const int newLevel = isApplied ? preview.decision.newLevel : oldLevel;
    const auto toNext = [&preview](qint64 value) {
        const rules::LevelProgress progress = rules::progressToNextLevel(value, preview.levels);
        return progress.nextLevel ? numberText(progress.pointsNeeded) : ConsequencesWords::tr("highest");
    };
    return {
        {ConsequencesWords::tr("Value"), numberText(before), numberText(after)},
        {ConsequencesWords::tr("Level"), levelShort(oldLevel, preview.levels), levelShort(newLevel, preview.levels)},
        {ConsequencesWords::tr("To the next level"), toNext(before), toNext(after)}};
}

LimitLine limitLine(const AdjustmentPreview& adjustment) {
    if (adjustment.preview.result.error)
        return {false, ConsequencesWords::tr("Refused:"), errorText(*adjustment.preview.result.error)};
    const service::LimitUse& use = adjustment.limitUse;
    const qint64 points = std::abs(adjustment.delta);
    return {true, ConsequencesWords::tr("Within your limits:"),
            ConsequencesWords::tr("single %1 of %2 · this device today %3 of %4 · you today %5 of %6")
                .arg(numberText(points), numberText(use.limits.singlePoints), numberText(use.deviceToday + points),
                     numberText(use.limits.devicePointsPerDay), numberText(use.operatorToday + points),
                     numberText(use.limits.operatorPointsPerDay))};
}

std::optional<LevelMoveBar::Move> moveBar(const AdjustmentPreview& adjustment) {
    const Preview& preview = adjustment.preview;
    if (!preview.binding)
        return std::nullopt;
    LevelMoveBar::Move move;
    move.before = preview.binding->favorability;
    move.after = preview.decision.outcome == Outcome::Applied ? preview.decision.after : move.before;
    const rules::LevelProgress low = rules::progressToNextLevel(std::min(move.before, move.after), preview.levels);
    const rules::LevelProgress high = rules::progressToNextLevel(std::max(move.before, move.after), preview.levels);
    move.from = low.levelMinValue;
    move.to = high.nextLevel ? high.nextMinValue : preview.setting.maxAffinity;
    move.levelBefore = rules::levelOf(move.before, preview.levels);
    move.highestLevel = highestLevelOf(preview.levels);
    move.fromText = ConsequencesWords::tr("L%1 from %2").arg(low.level).arg(numberText(move.from));
    move.toText = high.nextLevel ? ConsequencesWords::tr("L%1 from %2").arg(*high.nextLevel).arg(numberText(move.to))
                                 : ConsequencesWords::tr("ceiling %1").arg(numberText(move.to));
    const int levelAfter = rules::levelOf(move.after, preview.levels);
    move.afterText = ConsequencesWords::tr("%1 in L%2").arg(numberText(move.after)).arg(levelAfter);
    const rules::Level* crossed = levelRow(std::max(move.levelBefore, levelAfter), preview.levels);
    if (levelAfter != move.levelBefore && crossed != nullptr)
        move.crossed = LevelRef{crossed->level, crossed->name, crossed->minValue};
    return move;
}

QStringList changesBetween(const Preview& before, const Preview& now) {
    QStringList changes;
    if (before.binding && !now.binding)
        return {ConsequencesWords::tr("The device was unbound.")};
    if (before.binding && now.binding) {
        if (before.binding->favorability != now.binding->favorability) {
            changes << ConsequencesWords::tr("The value was %1 and is %2 now.")
                           .arg(numberText(before.binding->favorability), numberText(now.binding->favorability));
        }
        if (before.binding->affinityLevel != now.binding->affinityLevel) {
            changes << ConsequencesWords::tr("The stored level was %1 and is %2 now.")
                           .arg(before.binding->affinityLevel)
                           .arg(now.binding->affinityLevel);
        }
    }
    if (before.setting.maxAffinity != now.setting.maxAffinity) {
        changes << ConsequencesWords::tr("The ceiling was %1 and is %2 now.")
                       .arg(numberText(before.setting.maxAffinity), numberText(now.setting.maxAffinity));
    }
    if (before.setting.isNotifyEnabled != now.setting.isNotifyEnabled)
        changes << ConsequencesWords::tr("Notifications were switched on or off.");
    if (before.levels != now.levels)
        changes << ConsequencesWords::tr("The level table was edited.");
    if (before.alreadyGrantedLevels != now.alreadyGrantedLevels)
        changes << ConsequencesWords::tr("A level's reward was granted meanwhile.");
    return changes;
}

} // namespace affinity::ui
