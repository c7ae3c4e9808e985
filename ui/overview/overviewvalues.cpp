#include "ui/overview/overviewvalues.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace affinity::ui {
namespace {

using service::Activity;
using service::DayActivity;
using service::Overview;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::Overview)
};

constexpr int sparkDays = 14;

void add(Activity& sum, const Activity& part) {
    sum.events += part.events;
    sum.gained += part.gained;
    sum.taken += part.taken;
}

/// What a tile says about a figure beside the one before it.
void compare(Kpi& kpi, double now, double before, bool hasBefore, const QString& beforeWords) {
    if (!hasBefore) {
        kpi.comparison = Words::tr("nothing earlier to compare with");
        return;
    }
    if (before <= 0) {
        kpi.comparison = Words::tr("none %1").arg(beforeWords);
        return;
    }
    const double change = now / before - 1;
    if (std::abs(change) < 0.0005) {
        kpi.comparison = Words::tr("as %1").arg(beforeWords);
        return;
    }
    kpi.trend = change > 0 ? Trend::Up : Trend::Down;
    kpi.comparison = change > 0 ? Words::tr("%1 above %2").arg(percentText(change), beforeWords)
                                : Words::tr("%1 below %2").arg(percentText(-change), beforeWords);
}

QString beforeWords(const Overview& overview, OverviewRange range) {
    if (range == OverviewRange::Day)
        return Words::tr("last %1", "weekday").arg(weekdayText(overview.shownDate));
    return Words::tr("the %1 days before").arg(daysIn(range));
}

/// The last days of a figure, for a sparkline.
template<typename Figure> std::vector<double> course(const Overview& overview, OverviewRange range, Figure figure) {
    const auto wanted = static_cast<size_t>(std::max(sparkDays, daysIn(range)));
    const size_t first = overview.days.size() > wanted ? overview.days.size() - wanted : 0;
    std::vector<double> points;
    for (size_t i = first; i < overview.days.size(); ++i)
        points.push_back(static_cast<double>(figure(overview.days[i])));
    return points;
}

Kpi capTile(const Overview& overview) {
    Kpi kpi;
    kpi.label = Words::tr("Devices at the daily cap");
    kpi.comparison = Words::tr("refused events are not recorded");
    kpi.tone = Tone::Warn;
    if (!overview.devicesAtGlobalCap)
        return kpi;
    kpi.value = numberText(*overview.devicesAtGlobalCap);
    kpi.comparison = Words::tr("used all %1 points of that day").arg(numberText(overview.globalDailyCap));
    return kpi;
}

double measured(const Activity& activity, ActivityMeasure measure) {
    return static_cast<double>(measure == ActivityMeasure::Events ? activity.events : activity.gained);
}

QString measureName(ActivityMeasure measure) {
    return measure == ActivityMeasure::Events ? Words::tr("Applied events") : Words::tr("Points issued");
}

/// Hours of today that have not begun are unknown, not zero.
int hoursKnown(const Overview& overview, const QTimeZone& zone) {
    if (overview.shownDate != overview.today)
        return 24;
    return QDateTime::fromMSecsSinceEpoch(overview.nowUs / 1000, Qt::UTC).toTimeZone(zone).time().hour() + 1;
}

ActivityBars hourBars(const Overview& overview, ActivityMeasure measure, const QTimeZone& zone) {
    ActivityBars bars;
    LayerData layer{measureName(measure), {}, seriesPaint(0)};
    LineData before;
    before.name = Words::tr("Last %1", "weekday, in a legend").arg(weekdayText(overview.shownDate));
    before.paint = baselinePaint;
    before.style = LineStyle::Dashed;
    before.width = 1.5;
    const int known = hoursKnown(overview, zone);
    for (const service::HourActivity& hour : overview.hours) {
        bars.categories << QStringLiteral("%1:00").arg(hour.hour, 2, 10, QLatin1Char('0'));
        layer.values.push_back(hour.hour < known ? measured(hour.shown, measure)
                                                 : std::numeric_limits<double>::quiet_NaN());
        before.x.push_back(hour.hour);
        before.y.push_back(measured(hour.weekBefore, measure));
    }
    bars.layers.push_back(std::move(layer));
    bars.comparison = std::move(before);
    return bars;
}

ActivityBars dayBars(const Overview& overview, OverviewRange range, ActivityMeasure measure) {
    ActivityBars bars;
    LayerData layer{measureName(measure), {}, seriesPaint(0)};
    const auto wanted = static_cast<size_t>(daysIn(range));
    const size_t first = overview.days.size() > wanted ? overview.days.size() - wanted : 0;
    for (size_t i = first; i < overview.days.size(); ++i) {
        bars.categories << dayText(overview.days[i].date);
        layer.values.push_back(measured(overview.days[i].activity, measure));
    }
    bars.layers.push_back(std::move(layer));
    return bars;
}

} // namespace

int daysIn(OverviewRange range) {
    switch (range) {
    case OverviewRange::Day:
        return 1;
    case OverviewRange::Week:
        return 7;
    case OverviewRange::Month:
        return 30;
    case OverviewRange::Quarter:
        return 90;
    }
    Q_UNREACHABLE();
}

int daysToAsk(OverviewRange range) {
    return std::max(sparkDays, 2 * daysIn(range));
}

RangeSums rangeSums(const Overview& overview, OverviewRange range) {
    RangeSums sums;
    const int days = daysIn(range);
    const int shift = range == OverviewRange::Day ? 7 : days;
    const auto addDay = [&](int back, Activity& activity, qint64& levelUps, double& active) {
        const auto index = static_cast<qsizetype>(overview.days.size()) - 1 - back;
        if (index < 0)
            return;
        const DayActivity& day = overview.days[static_cast<size_t>(index)];
        add(activity, day.activity);
        levelUps += day.levelUps;
        active += static_cast<double>(day.activeDevices) / days;
    };
    for (int back = 0; back < days; ++back) {
        addDay(back, sums.activity, sums.levelUps, sums.activeDevices);
        addDay(back + shift, sums.activityBefore, sums.levelUpsBefore, sums.activeDevicesBefore);
    }
    const QDate firstCompared = overview.shownDate.addDays(-(days - 1) - shift);
    sums.hasBefore = overview.firstDate && *overview.firstDate <= firstCompared;
    return sums;
}

std::vector<Kpi> kpisOf(const Overview& overview, OverviewRange range) {
    const RangeSums sums = rangeSums(overview, range);
    const QString before = beforeWords(overview, range);
    const bool isDay = range == OverviewRange::Day;
    std::vector<Kpi> kpis(5);
    kpis[0].label = isDay ? Words::tr("Active devices") : Words::tr("Active devices a day");
    kpis[0].value = numberText(std::llround(sums.activeDevices));
    kpis[0].unit = Words::tr("of %1").arg(numberText(overview.boundDevices));
    kpis[0].history = course(overview, range, [](const DayActivity& day) { return day.activeDevices; });
    compare(kpis[0], sums.activeDevices, sums.activeDevicesBefore, sums.hasBefore, before);

    kpis[1].label = Words::tr("Points issued");
    kpis[1].value = numberText(sums.activity.gained);
    kpis[1].unit = Words::tr("pts");
    kpis[1].history = course(overview, range, [](const DayActivity& day) { return day.activity.gained; });
    compare(kpis[1], static_cast<double>(sums.activity.gained), static_cast<double>(sums.activityBefore.gained),
            sums.hasBefore, before);

    kpis[2].label = Words::tr("Applied events");
    kpis[2].value = numberText(sums.activity.events);
    kpis[2].history = course(overview, range, [](const DayActivity& day) { return day.activity.events; });
    compare(kpis[2], static_cast<double>(sums.activity.events), static_cast<double>(sums.activityBefore.events),
            sums.hasBefore, before);

    kpis[3] = capTile(overview);

    kpis[4].label = Words::tr("Levels reached");
    kpis[4].value = numberText(sums.levelUps);
    kpis[4].history = course(overview, range, [](const DayActivity& day) { return day.levelUps; });
    compare(kpis[4], static_cast<double>(sums.levelUps), static_cast<double>(sums.levelUpsBefore), sums.hasBefore,
            before);
    return kpis;
}

ActivityBars activityBars(const Overview& overview, OverviewRange range, ActivityMeasure measure,
                          const QTimeZone& zone) {
    return range == OverviewRange::Day ? hourBars(overview, measure, zone) : dayBars(overview, range, measure);
}

int highestLevelOf(const Overview& overview) {
    return overview.levels.empty() ? 1 : std::max(1, overview.levels.back().level);
}

std::vector<RankedBar> levelBars(const Overview& overview) {
    std::vector<RankedBar> bars;
    for (auto level = overview.levels.rbegin(); level != overview.levels.rend(); ++level) {
        RankedBar bar;
        bar.name = visibleText(level->name, 40);
        bar.value = static_cast<double>(level->devices);
        bar.valueText = numberText(level->devices);
        bar.note = overview.boundDevices > 0
                       ? percentText(static_cast<double>(level->devices) / static_cast<double>(overview.boundDevices))
                       : QString();
        bar.level = level->level;
        bars.push_back(bar);
    }
    return bars;
}

std::vector<LevelStep> levelSteps(const Overview& overview) {
    std::vector<LevelStep> steps;
    for (const service::LevelDevices& level : overview.levels)
        steps.push_back({level.level, static_cast<double>(level.minValue)});
    return steps;
}

std::vector<std::vector<Cell>> ruleRows(const Overview& overview) {
    std::vector<std::vector<Cell>> rows;
    for (const service::RuleActivity& rule : overview.rules) {
        if (rule.activity.events == 0)
            continue;
        const Cell name =
            rule.ruleKey.isEmpty() ? textCell(Words::tr("Adjustments")) : codeCell(visibleText(rule.ruleKey));
        const Cell atCap = rule.devicesAtCap ? numberCell(*rule.devicesAtCap) : muted(textCell(QString(QChar(0x2013))));
        rows.push_back({name, deltaCell(rule.activity.gained - rule.activity.taken), numberCell(rule.activity.events),
                        rule.devicesAtCap && *rule.devicesAtCap == 0 ? muted(atCap) : atCap});
    }
    return rows;
}

QString shownDayText(const Overview& overview, const QTimeZone& zone) {
    const QString date = longDateText(overview.shownDate);
    if (overview.shownDate == overview.today)
        return Words::tr("%1, up to %2").arg(date, timeOfDayText(overview.nowUs, zone).left(5));
    if (overview.lastDate && *overview.lastDate == overview.shownDate)
        return Words::tr("%1, the last day with events").arg(date);
    return date;
}

} // namespace affinity::ui
