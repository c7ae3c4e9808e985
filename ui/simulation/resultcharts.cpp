#include "ui/simulation/resultcharts.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace affinity::ui {
namespace {

struct SimulationResultsWords {
    Q_DECLARE_TR_FUNCTIONS(SimulationResults)
};

const SimulationSummary* baselineOf(const RunOutcome& outcome) {
    return outcome.comparison ? &outcome.comparison->a : nullptr;
}

QString pointsChange(double part) {
    return SimulationResultsWords::tr("%1 pp", "percentage points").arg(signedDecimalText(part * 100, 1));
}

/// "+2.2%" of a value against another; nothing where the other is 0.
QString relativeChange(double now, double before) {
    if (std::abs(before) < 1e-12)
        return {};
    return QStringLiteral("%1%").arg(signedDecimalText((now / before - 1) * 100, 1));
}

Kpi medianTile(const RunOutcome& outcome) {
    const SimulationSummary& now = outcome.summary;
    Kpi kpi;
    kpi.label = SimulationResultsWords::tr("Median value, day %1").arg(now.days);
    kpi.value = numberText(now.last.p50);
    kpi.unit = SimulationResultsWords::tr("pts");
    kpi.comparison =
        SimulationResultsWords::tr("10 to 90%: %1 to %2").arg(numberText(now.last.p10), numberText(now.last.p90));
    if (const SimulationSummary* before = baselineOf(outcome); before && !outcome.comparison->mean.empty()) {
        const ComparisonSummary& both = *outcome.comparison;
        kpi.comparison = SimulationResultsWords::tr("baseline %1 · mean %2 ±%3")
                             .arg(numberText(before->last.p50), signedDecimalText(both.mean.back(), 1),
                                  decimalText(both.high.back() - both.mean.back(), 1));
        kpi.change = relativeChange(now.last.p50, before->last.p50);
    }
    return kpi;
}

/// The highest level that at least a twentieth of the devices reach.
size_t levelToShow(const SimulationSummary& summary) {
    constexpr double worthShowing = 0.05;
    for (size_t i = summary.levels.size(); i-- > 1;) {
        if (summary.levels[i].reached.back() >= worthShowing)
            return i;
    }
    return summary.levels.size() > 1 ? 1 : 0;
}

Kpi levelTile(const RunOutcome& outcome) {
    const SimulationSummary& now = outcome.summary;
    Kpi kpi;
    if (now.levels.empty())
        return kpi;
    const LevelSummary& level = now.levels[levelToShow(now)];
    kpi.label = SimulationResultsWords::tr("Level %1 by day %2").arg(level.level).arg(now.days);
    kpi.value = percentText(level.reached.back());
    kpi.comparison = SimulationResultsWords::tr("of devices · mean level %1").arg(decimalText(now.lastMeanLevel, 2));
    const SimulationSummary* before = baselineOf(outcome);
    const auto same = [&](const LevelSummary& other) { return other.level == level.level; };
    if (before) {
        const auto found = std::find_if(before->levels.begin(), before->levels.end(), same);
        if (found != before->levels.end()) {
            kpi.comparison =
                SimulationResultsWords::tr("of devices · baseline %1").arg(percentText(found->reached.back()));
            kpi.change = pointsChange(level.reached.back() - found->reached.back());
        } else {
            kpi.comparison = SimulationResultsWords::tr("the baseline has no such level");
        }
    }
    return kpi;
}

Kpi rewardTile(const RunOutcome& outcome) {
    const SimulationSummary& now = outcome.summary;
    const SimulationSummary* before = baselineOf(outcome);
    Kpi kpi;
    kpi.changeTone = Tone::Neutral;
    if (const auto cost = totalCost(now)) {
        kpi.label = SimulationResultsWords::tr("Reward cost, day 1 to %1").arg(now.days);
        kpi.value = *cost < 1e5 ? decimalText(*cost, 2) : compactText(*cost);
        kpi.comparison = SimulationResultsWords::tr("%1 for each device")
                             .arg(decimalText(*cost / static_cast<double>(std::max<qint64>(1, now.devices)), 2));
        const auto was = before ? totalCost(*before) : std::nullopt;
        if (was) {
            kpi.comparison =
                SimulationResultsWords::tr("baseline %1").arg(*was < 1e5 ? decimalText(*was, 2) : compactText(*was));
            kpi.change = relativeChange(*cost, *was);
        }
        return kpi;
    }
    kpi.label = SimulationResultsWords::tr("Rewards, day 1 to %1").arg(now.days);
    if (now.rewards.empty()) {
        kpi.value = QStringLiteral("0");
        kpi.comparison = SimulationResultsWords::tr("no level has rewards that were granted");
        return kpi;
    }
    const sim::RewardTotal& first = now.rewards.front();
    kpi.value = compactText(first.units);
    kpi.unit = visibleText(first.type, 16);
    kpi.comparison = SimulationResultsWords::tr("no reward type has a price");
    return kpi;
}

/// Sums over every rule, under an empty key.
RuleSummary sumOf(const std::vector<RuleSummary>& rules) {
    RuleSummary sum;
    for (const RuleSummary& rule : rules) {
        sum.events += rule.events;
        sum.applied += rule.applied;
        sum.cut += rule.cut;
        sum.refusedByCap += rule.refusedByCap;
        sum.refusedByCooldown += rule.refusedByCooldown;
        sum.refusedOtherwise += rule.refusedOtherwise;
        sum.pointsGained += rule.pointsGained;
        sum.pointsTaken += rule.pointsTaken;
        sum.pointsKeptBack += rule.pointsKeptBack;
    }
    return sum;
}

const RuleSummary* ruleOf(const SimulationSummary* summary, const QString& key) {
    if (!summary)
        return nullptr;
    const auto found = std::find_if(summary->rules.begin(), summary->rules.end(),
                                    [&](const RuleSummary& rule) { return rule.key == key; });
    return found == summary->rules.end() ? nullptr : &*found;
}

QString cutName(size_t cut) {
    switch (static_cast<rules::Cut>(cut)) {
    case rules::Cut::SingleCap:
        return SimulationResultsWords::tr("single cap");
    case rules::Cut::RuleDailyCap:
        return SimulationResultsWords::tr("daily cap");
    case rules::Cut::GlobalDailyCap:
        return SimulationResultsWords::tr("global cap");
    case rules::Cut::Bounds:
        return SimulationResultsWords::tr("ceiling or 0");
    case rules::Cut::None:
        break;
    }
    return {};
}

std::vector<double> cumulated(std::vector<double> values) {
    std::partial_sum(values.begin(), values.end(), values.begin());
    return values;
}

std::vector<double> daysFrom1(size_t count) {
    std::vector<double> days(count);
    std::iota(days.begin(), days.end(), 1.0);
    return days;
}

LineData line(const QString& name, std::vector<double> y, const SeriesPaint& paint) {
    LineData data;
    data.name = name;
    data.x = daysFrom1(y.size());
    data.y = std::move(y);
    data.paint = paint;
    return data;
}

LineData dashed(LineData data) {
    data.style = LineStyle::Dashed;
    data.width = 1.5;
    return data;
}

std::vector<double> rewardSeries(const SimulationSummary& summary, const QString& unpricedType) {
    if (unpricedType.isNull())
        return summary.rewardCost;
    for (const sim::RewardTotal& total : summary.rewards) {
        if (total.type == unpricedType)
            return total.unitsByDay;
    }
    return std::vector<double>(static_cast<size_t>(summary.days), 0.0);
}

/// The type whose units stand for money where nothing has a price; null where something has.
QString unpricedType(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    if (!outcome.summary.rewardCost.empty() || (before && !before->rewardCost.empty()))
        return {};
    return outcome.summary.rewards.empty() ? QStringLiteral("") : outcome.summary.rewards.front().type;
}

Cell count(qint64 number) {
    return number == 0 ? muted(numberCell(number)) : numberCell(number);
}

Cell dayCell(const std::optional<int>& now, const sim::FirstPassage* before,
             std::optional<int> sim::FirstPassage::*day) {
    const auto text = [](const std::optional<int>& reached) {
        return reached ? numberText(*reached) : SimulationResultsWords::tr("never");
    };
    if (before && before->*day != now)
        return changeCell(text(before->*day), text(now));
    return now ? numberCell(text(now)) : muted(numberCell(text(now)));
}

Cell amountCell(const std::optional<double>& amount, int decimals) {
    return amount ? numberCell(decimalText(*amount, decimals))
                  : muted(numberCell(SimulationResultsWords::tr("no price")));
}

} // namespace

int highestLevelOf(const SimulationSummary& summary) {
    return summary.levels.empty() ? 1 : std::max(1, summary.levels.back().level);
}

std::vector<LevelStep> levelSteps(const rules::RuleSet& ruleSet) {
    std::vector<LevelStep> steps;
    for (const rules::Level& level : ruleSet.levels)
        steps.push_back({level.level, static_cast<double>(level.minValue)});
    return steps;
}

std::vector<Kpi> kpisOf(const RunOutcome& outcome) {
    return {medianTile(outcome), levelTile(outcome), rewardTile(outcome)};
}

FanData fanOf(const RunOutcome& outcome) {
    FanData fan = outcome.summary.fan;
    fan.medianName =
        outcome.comparison ? SimulationResultsWords::tr("Draft median") : SimulationResultsWords::tr("Median");
    fan.liveName = SimulationResultsWords::tr("Baseline median");
    const SimulationSummary* before = baselineOf(outcome);
    if (!before)
        return fan;
    // The two may differ in having a day 0: the baseline's is left out or repeated.
    std::vector<double> median = before->fan.p50;
    if (median.size() > fan.x.size())
        median.erase(median.begin());
    else if (median.size() < fan.x.size())
        median.insert(median.begin(), std::nan(""));
    fan.liveP50 = std::move(median);
    return fan;
}

DifferenceData differenceOf(const RunOutcome& outcome) {
    DifferenceData difference;
    difference.name = SimulationResultsWords::tr("Draft minus baseline");
    difference.bandName = SimulationResultsWords::tr("95% band");
    if (outcome.comparison) {
        difference.x = outcome.comparison->x;
        difference.mean = outcome.comparison->mean;
        difference.low = outcome.comparison->low;
        difference.high = outcome.comparison->high;
    }
    return difference;
}

std::vector<LayerData> occupancyLayers(const SimulationSummary& summary) {
    std::vector<LayerData> layers;
    for (const LevelSummary& level : summary.levels) {
        layers.push_back({QStringLiteral("L%1").arg(level.level), level.occupancy,
                          levelPaint(level.level, highestLevelOf(summary))});
    }
    return layers;
}

std::vector<LineData> timeToLevelLines(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    std::vector<LineData> lines;
    const auto add = [&](const SimulationSummary& summary, const LevelSummary& level, bool isBaseline) {
        LineData data;
        data.name = QStringLiteral("L%1").arg(level.level);
        if (isBaseline)
            data.name = SimulationResultsWords::tr("%1 baseline").arg(data.name);
        else
            data.endLabel = data.name;
        data.x = summary.x;
        data.y = level.reached;
        data.paint = levelPaint(level.level, highestLevelOf(outcome.summary));
        lines.push_back(isBaseline ? dashed(data) : data);
    };
    for (size_t i = outcome.summary.levels.size(); i-- > 1;) {
        const LevelSummary& level = outcome.summary.levels[i];
        if (level.reached.front() >= 1)
            continue;
        add(outcome.summary, level, false);
        if (!before)
            continue;
        for (const LevelSummary& other : before->levels) {
            if (other.level == level.level)
                add(*before, other, true);
        }
    }
    return lines;
}

std::vector<RankedBar> capBars(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    std::vector<RankedBar> bars;
    for (const RuleSummary& rule : outcome.summary.rules) {
        RankedBar bar;
        bar.name = visibleText(rule.key, 20);
        bar.isCode = true;
        bar.value = rule.capShare;
        bar.valueText = percentText(rule.capShare, 1);
        if (const RuleSummary* was = ruleOf(before, rule.key))
            bar.reference = was->capShare;
        bars.push_back(std::move(bar));
    }
    RankedBar all;
    all.name = SimulationResultsWords::tr("all rules");
    all.value = outcome.summary.globalCapShare;
    all.valueText = percentText(all.value, 1);
    if (before)
        all.reference = before->globalCapShare;
    bars.push_back(std::move(all));
    return bars;
}

std::vector<RankedBar> lostBars(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    const double baselineDevices = before ? static_cast<double>(std::max<qint64>(1, before->devices)) : 1;
    std::vector<RankedBar> bars;
    for (const RuleSummary& rule : outcome.summary.rules) {
        RankedBar bar;
        bar.name = visibleText(rule.key, 20);
        bar.isCode = true;
        bar.value = static_cast<double>(rule.pointsKeptBack);
        bar.valueText = compactText(bar.value);
        const auto most = std::max_element(rule.pointsLostByCut.begin(), rule.pointsLostByCut.end());
        if (*most > 0)
            bar.note = cutName(static_cast<size_t>(most - rule.pointsLostByCut.begin()));
        if (const RuleSummary* was = ruleOf(before, rule.key))
            bar.reference = static_cast<double>(was->pointsKeptBack) / baselineDevices *
                            static_cast<double>(outcome.summary.devices);
        bars.push_back(std::move(bar));
    }
    return bars;
}

WaterfallData contributionOf(const SimulationSummary& summary) {
    WaterfallData data;
    data.startName = SimulationResultsWords::tr("start");
    data.start = summary.startMean;
    data.endName = SimulationResultsWords::tr("day %1").arg(summary.days);
    data.hasCodeNames = true;
    const auto devices = static_cast<double>(std::max<qint64>(1, summary.devices));
    for (const RuleSummary& rule : summary.rules)
        data.steps.push_back(
            {visibleText(rule.key, 20), static_cast<double>(rule.pointsGained - rule.pointsTaken) / devices});
    return data;
}

HeatData hoursOf(const RunOutcome& outcome) {
    const QString decayKey = outcome.request.b.ruleSet.setting.decayRuleKey;
    HeatData data;
    data.name = SimulationResultsWords::tr("events");
    data.columnCount = 24;
    for (int hour = 0; hour < 24; ++hour)
        data.columnNames << QStringLiteral("%1:00").arg(hour, 2, 10, QLatin1Char('0'));
    data.hasCodeRows = true;
    data.reduce = HeatReduce::Mean;
    for (const RuleSummary& rule : outcome.summary.rules) {
        if (rule.key == decayKey) // a job at midnight, not what people do: it would leave the rest pale
            continue;
        data.rowNames << visibleText(rule.key, 20);
        for (const qint64 events : rule.eventsByHour)
            data.values.push_back(static_cast<double>(events));
    }
    return data;
}

HeatData valuesOf(const SimulationSummary& summary) {
    HeatData data;
    data.name = SimulationResultsWords::tr("devices");
    data.columnCount = static_cast<size_t>(summary.days);
    data.values = summary.values.devices;
    data.firstX = 0.5; // day d is centred on d
    data.stepY = summary.values.rowPoints;
    data.rowWord = SimulationResultsWords::tr("points");
    data.reduce = HeatReduce::Mean;
    // Nearly all devices share one value on the first days: they would leave the rest pale.
    std::vector<double> sorted = summary.values.devices;
    std::sort(sorted.begin(), sorted.end());
    if (!sorted.empty()) {
        const double strong = sorted[std::min(sorted.size() - 1, sorted.size() * 99 / 100)];
        data.highest = std::max(1.0, strong);
    }
    return data;
}

QString rewardUnit(const RunOutcome& outcome, bool isCumulated) {
    const QString type = unpricedType(outcome);
    if (type.isNull())
        return isCumulated ? SimulationResultsWords::tr("cost up to the day")
                           : SimulationResultsWords::tr("cost a day");
    return isCumulated ? SimulationResultsWords::tr("%1, up to the day").arg(visibleText(type, 20))
                       : SimulationResultsWords::tr("%1, each day").arg(visibleText(type, 20));
}

std::vector<LineData> rewardLines(const RunOutcome& outcome, bool isCumulated) {
    const QString type = unpricedType(outcome);
    std::vector<double> now = rewardSeries(outcome.summary, type);
    if (isCumulated)
        now = cumulated(std::move(now));
    std::vector<LineData> lines{line(SimulationResultsWords::tr("Draft"), std::move(now), seriesPaint(0))};
    if (const SimulationSummary* before = baselineOf(outcome)) {
        std::vector<double> was = rewardSeries(*before, type);
        if (isCumulated)
            was = cumulated(std::move(was));
        lines.push_back(dashed(line(SimulationResultsWords::tr("Baseline"), std::move(was), baselinePaint)));
    }
    return lines;
}

std::vector<LineData> activityLines(const SimulationSummary& summary) {
    return {line(SimulationResultsWords::tr("Active"), summary.series.active, seriesPaint(0)),
            line(SimulationResultsWords::tr("Away"), summary.series.away, seriesPaint(5)),
            line(SimulationResultsWords::tr("Idle, decay due"), summary.series.idle, seriesPaint(1)),
            line(SimulationResultsWords::tr("Lost points to decay"), summary.series.decayed, seriesPaint(2))};
}

std::vector<LineData> decayLines(const RunOutcome& outcome) {
    std::vector<LineData> lines{
        line(SimulationResultsWords::tr("Draft"), outcome.summary.series.decayPoints, seriesPaint(0))};
    if (const SimulationSummary* before = baselineOf(outcome))
        lines.push_back(
            dashed(line(SimulationResultsWords::tr("Baseline"), before->series.decayPoints, baselinePaint)));
    return lines;
}

std::vector<std::vector<Cell>> outcomeRows(const SimulationSummary& summary) {
    std::vector<std::vector<Cell>> rows;
    const auto add = [&](const Cell& name, const RuleSummary& rule) {
        rows.push_back({name, count(rule.events), count(rule.applied), count(rule.cut), count(rule.refusedByCap),
                        count(rule.refusedByCooldown), count(rule.refusedOtherwise), count(rule.pointsGained),
                        count(rule.pointsTaken), count(rule.pointsKeptBack)});
    };
    for (const RuleSummary& rule : summary.rules)
        add(codeCell(visibleText(rule.key)), rule);
    if (!rows.empty())
        add(strongCell(SimulationResultsWords::tr("All rules")), sumOf(summary.rules));
    return rows;
}

std::vector<std::vector<Cell>> passageRows(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    std::vector<std::vector<Cell>> rows;
    for (size_t i = 1; i < outcome.summary.levels.size(); ++i) {
        const sim::FirstPassage& passage = outcome.summary.levels[i].passage;
        const sim::FirstPassage* was = nullptr;
        for (size_t j = 0; before && j < before->levels.size(); ++j) {
            if (before->levels[j].level == outcome.summary.levels[i].level)
                was = &before->levels[j].passage;
        }
        const QString share = percentText(passage.reachedShare);
        const QString shareBefore = was ? percentText(was->reachedShare) : share;
        rows.push_back({levelCell(outcome.summary.levels[i].level, highestLevelOf(outcome.summary)),
                        share == shareBefore ? numberCell(share) : changeCell(shareBefore, share),
                        dayCell(passage.p10Day, was, &sim::FirstPassage::p10Day),
                        dayCell(passage.medianDay, was, &sim::FirstPassage::medianDay),
                        dayCell(passage.p90Day, was, &sim::FirstPassage::p90Day)});
    }
    return rows;
}

std::vector<std::vector<Cell>> rewardRows(const RunOutcome& outcome) {
    const SimulationSummary* before = baselineOf(outcome);
    std::vector<std::vector<Cell>> rows;
    for (const sim::RewardTotal& total : outcome.summary.rewards) {
        const std::optional<double> cost =
            total.price ? std::optional<double>(total.units * *total.price) : std::nullopt;
        std::optional<double> was;
        for (size_t i = 0; before && i < before->rewards.size(); ++i) {
            const sim::RewardTotal& other = before->rewards[i];
            if (other.type == total.type && other.price)
                was = other.units * *other.price;
        }
        Cell costCell = amountCell(cost, 2);
        if (cost && was && decimalText(*cost, 2) != decimalText(*was, 2))
            costCell = changeCell(decimalText(*was, 2), decimalText(*cost, 2));
        rows.push_back(
            {codeCell(total.type.isEmpty() ? SimulationResultsWords::tr("no type") : visibleText(total.type)),
             numberCell(decimalText(total.units, std::floor(total.units) == total.units ? 0 : 2)),
             amountCell(total.price, 2), costCell});
    }
    return rows;
}

std::vector<std::vector<Cell>> personaRows(const ComparisonSummary& comparison) {
    std::vector<std::vector<Cell>> rows;
    for (const sim::PersonaDifference& persona : comparison.personas) {
        const auto share = [&](qint64 part) {
            return percentText(static_cast<double>(part) / static_cast<double>(std::max<qint64>(1, persona.devices)));
        };
        Cell mean = deltaCell(0);
        mean.text = signedDecimalText(persona.meanDifference, 1);
        mean.isMuted = mean.text == decimalText(0, 1);
        rows.push_back({strongCell(visibleText(persona.persona)), count(persona.devices),
                        persona.better == 0 ? muted(numberCell(share(0))) : numberCell(share(persona.better)),
                        persona.worse == 0 ? muted(numberCell(share(0))) : numberCell(share(persona.worse)), mean});
    }
    return rows;
}

std::vector<std::vector<Cell>> deviceRows(const std::vector<sim::DeviceDifference>& devices, int highestLevel) {
    std::vector<std::vector<Cell>> rows;
    for (const sim::DeviceDifference& device : devices) {
        const Cell level = levelCell(
            device.levelB, highestLevel,
            device.levelA == device.levelB ? QString() : SimulationResultsWords::tr("from L%1").arg(device.levelA));
        rows.push_back({codeCell(QString::number(device.device)), textCell(visibleText(device.persona)),
                        moveCell(device.valueA, device.valueB), deltaCell(device.valueB - device.valueA), level});
    }
    return rows;
}

} // namespace affinity::ui
