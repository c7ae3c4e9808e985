#include "tests/ui/gallerypages.h"

#include "ui/charts/barchart.h"
#include "ui/charts/differencechart.h"
#include "ui/charts/heatmap.h"
#include "ui/charts/linechart.h"
#include "ui/charts/rankedbars.h"
#include "ui/charts/stackedareachart.h"
#include "ui/charts/waterfallchart.h"
#include "ui/shared/buttons.h"
#include "ui/shared/knob.h"
#include "ui/shared/kpitile.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace affinity::ui::gallery {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

std::vector<double> daysTo(int last) {
    std::vector<double> days;
    for (int day = 0; day <= last; ++day)
        days.push_back(day);
    return days;
}

std::vector<double> curve(double height, double bend) {
    std::vector<double> values;
    for (int day = 0; day <= 90; ++day)
        values.push_back(std::round(60 + height * std::pow(day / 90.0, bend)));
    return values;
}

std::vector<LevelStep> levelSteps() {
    return {{0, 0}, {1, 100}, {2, 500}, {3, 1200}, {4, 2400}, {5, 4000}, {6, 7000}};
}

Panel* chartPanel(const char* title, const char* caption, ChartFrame* chart, bool hasLegend) {
    auto* panel = new Panel(text(title), text(caption));
    panel->setBodyMargins({16, 0, 12, 10});
    if (hasLegend)
        panel->addAction(new LegendBar(chart));
    panel->body()->addWidget(chart);
    return panel;
}

ChartFrame* fan() {
    auto* chart = new FanChart;
    chart->setObjectName(text("fan"));
    chart->setUnit(text("points"));
    chart->setLevels(levelSteps(), 6, LevelShow::Lines);
    chart->setFan({daysTo(90), curve(1500, 0.9), curve(3000, 0.95), curve(4500, 1), curve(5900, 0.95), curve(7500, 0.9),
                   curve(4350, 1.02)});
    return chart;
}

ChartFrame* difference() {
    auto* chart = new DifferenceChart;
    chart->setUnit(text("points"));
    DifferenceData data;
    data.name = text("Draft minus live");
    data.bandName = text("95% band");
    data.x = daysTo(90);
    for (const double day : data.x) {
        const double value = 118 * (1 - std::exp(-day / 26)) - 16 * std::exp(-std::pow((day - 4) / 5, 2));
        data.mean.push_back(value);
        data.low.push_back(value - 6 - day * 0.09);
        data.high.push_back(value + 6 + day * 0.09);
    }
    chart->setDifference(data);
    return chart;
}

/// Devices per value and day; a few days are not known.
ChartFrame* valueHeat() {
    auto* chart = new HeatMap;
    chart->setObjectName(text("valueHeat"));
    chart->setUnit(text("devices per 100 points"));
    chart->setXAxis({XKind::Day, QTimeZone::utc(), {}});
    chart->setValueFormat(ValueFormat::Compact);
    HeatData data;
    data.name = text("Devices");
    data.columnCount = 90;
    data.stepY = 100;
    data.rowWord = text("points");
    for (int row = 0; row < 80; ++row)
        for (int day = 0; day < 90; ++day) {
            const double distance = (row - 4 - day * 0.55) / (6 + day * 0.16);
            const double value = std::round(24000 / (6 + day * 0.16) * std::exp(-distance * distance));
            data.values.push_back(day >= 40 && day < 44 ? std::nan("") : value);
        }
    chart->setData(std::move(data));
    return chart;
}

/// Refused events per rule and hour.
ChartFrame* ruleHeat() {
    auto* chart = new HeatMap;
    chart->setObjectName(text("ruleHeat"));
    chart->setUnit(text("events at a cap"));
    HeatData data;
    data.name = text("Events at a cap");
    data.columnCount = 24;
    data.hasCodeRows = true;
    data.rowNames = {text("chat_turn"), text("daily_checkin"), text("bedtime_story"),
                     text("head_pat"),  text("photo_share"),   text("walk_together_in_the_park"),
                     text("sing_along")};
    for (int hour = 0; hour < 24; ++hour)
        data.columnNames += QStringLiteral("%1:00").arg(hour, 2, 10, QLatin1Char('0'));
    for (int row = 0; row < data.rowNames.size(); ++row)
        for (int hour = 0; hour < 24; ++hour)
            data.values.push_back(hour < 6 ? 0
                                           : std::round(900.0 / (row + 1) * std::pow(std::sin(hour / 24.0 * 3.1), 4)));
    chart->setData(std::move(data));
    return chart;
}

ChartFrame* contributions() {
    auto* chart = new WaterfallChart;
    chart->setObjectName(text("contributions"));
    chart->setUnit(text("points per device, day 90"));
    chart->setData({text("Live"),
                    4458,
                    {{text("chat_turn"), 182},
                     {text("daily_checkin"), 44},
                     {text("bedtime_story"), -31},
                     {text("idle_decay"), -120},
                     {text("photo_share"), 25}},
                    text("Draft"),
                    true});
    return chart;
}

/// Reward cost so far, against the budget.
ChartFrame* rewardCost() {
    auto* chart = new LineChart;
    chart->setUnit(text("reward cost so far, points"));
    chart->setXAxis({XKind::Day, QTimeZone::utc(), {}});
    chart->setValueFormat(ValueFormat::Compact);
    LineData draft;
    LineData live;
    draft.name = text("Draft");
    live.name = text("Live");
    live.paint = baselinePaint;
    live.style = LineStyle::Dashed;
    live.width = 1.5;
    draft.x = live.x = daysTo(90);
    for (const double day : draft.x) {
        draft.y.push_back(4.82e6 * std::pow(day / 90, 1.15));
        live.y.push_back(4.64e6 * std::pow(day / 90, 1.1));
    }
    chart->setData({draft, live});
    chart->setLimits({{5e6, text("budget 5.00M"), Tone::Danger}});
    return chart;
}

ChartFrame* timeToLevel() {
    auto* chart = new LineChart;
    chart->setXAxis({XKind::Day, QTimeZone("UTC"), {}});
    chart->setUnit(text("devices that reached it"));
    chart->setValueFormat(ValueFormat::Percent);
    chart->setYRange(0, 1);
    std::vector<LineData> lines;
    for (int level = 2; level <= 6; ++level) {
        LineData line;
        line.name = QStringLiteral("L%1").arg(level);
        line.endLabel = line.name;
        line.paint = levelPaint(level, 6);
        line.x = daysTo(90);
        for (const double day : line.x)
            line.y.push_back((1.06 - level * 0.07) / (1 + std::exp(-(day - level * level * 2.2) / (level * 1.7))));
        lines.push_back(line);
    }
    chart->setData(lines);
    return chart;
}

ChartFrame* occupancy() {
    auto* chart = new StackedAreaChart;
    chart->setUnit(text("share of devices"));
    std::vector<LayerData> layers;
    for (int level = 0; level <= 6; ++level) {
        LayerData layer;
        layer.name = QStringLiteral("L%1").arg(level);
        layer.paint = levelPaint(level, 6);
        for (int day = 0; day <= 90; ++day)
            layer.values.push_back(std::exp(-std::pow((day / 14.0 - level) / 1.4, 2)) + 0.01);
        layers.push_back(layer);
    }
    chart->setData(daysTo(90), layers);
    return chart;
}

ChartFrame* outcomes() {
    auto* chart = new BarChart;
    chart->setUnit(text("events per hour"));
    chart->setValueFormat(ValueFormat::Compact);
    QStringList hours;
    LayerData applied{text("Applied"), {}, seriesPaint(0)};
    LayerData cut{text("Cut by a cap"), {}, seriesPaint(1)};
    LayerData cooldown{text("Cooldown"), {}, seriesPaint(5)};
    LineData last;
    last.name = text("Last Thursday");
    last.paint = baselinePaint;
    last.style = LineStyle::Dashed;
    last.width = 1.5;
    for (int hour = 0; hour < 24; ++hour) {
        hours += QStringLiteral("%1:00").arg(hour, 2, 10, QLatin1Char('0'));
        const double all = 1000 * (20 + 110 * std::pow(std::sin(hour / 24.0 * 3.1), 2));
        const bool isPast = hour < 15;
        applied.values.push_back(isPast ? all * 0.77 : std::nan(""));
        cut.values.push_back(isPast ? all * 0.14 : std::nan(""));
        cooldown.values.push_back(isPast ? all * 0.09 : std::nan(""));
        last.x.push_back(hour);
        last.y.push_back(all * 1.06);
    }
    chart->setData(hours, {applied, cut, cooldown}, last);
    chart->setMarks({{14.5, text("now 14:32"), Tone::Neutral}});
    return chart;
}

ChartFrame* distribution() {
    auto* chart = new HistogramChart;
    chart->setValueFormat(ValueFormat::Compact);
    chart->setLevels(levelSteps(), 6);
    std::vector<double> counts;
    for (int bin = 0; bin < 80; ++bin)
        counts.push_back(48000 * std::exp(-std::pow((bin * 100 - 1100) / 2000.0, 2)) + 3000 + (bin == 0 ? 18000 : 0));
    chart->setData(text("Devices"), 0, 100, counts);
    return chart;
}

QWidget* saturation() {
    auto* bars = new RankedBars;
    bars->setBars({{text("chat_turn"), 0.38, text("38%"), {}, 0.42, {}, true, true},
                   {text("head_pat"), 0.27, text("27%"), {}, 0.27, {}, true},
                   {text("photo_share"), 0.06, text("6%"), {}, 0.06, {}, true},
                   {text("bedtime_story"), 0.19, text("19%"), {}, 0.19, {}, true},
                   {text("all rules"), 0.13, text("13%"), {}, 0.08}});
    bars->setLimit(0.3, text("policy limit 30%"));
    auto* panel = new Panel(text("Cap saturation"), text("device-days at the cap"));
    panel->body()->addWidget(bars);
    return panel;
}

QWidget* byLevel() {
    auto* bars = new RankedBars;
    bars->setBars({{text("Soulmate"), 44038, text("44,038"), text("3.4%"), {}, 6},
                   {text("Confidant"), 121553, text("121,553"), text("9.5%"), {}, 5},
                   {text("Close friend"), 214690, text("214,690"), text("16.7%"), {}, 4},
                   {text("Good friend"), 276014, text("276,014"), text("21.5%"), {}, 3},
                   {text("Friend"), 301877, text("301,877"), text("23.5%"), {}, 2},
                   {text("Acquaintance"), 228530, text("228,530"), text("17.8%"), {}, 1},
                   {text("No level"), 96412, text("96,412"), text("7.5%"), {}, 0}});
    auto* panel = new Panel(text("Devices by level"), text("1,283,114 in all"));
    panel->body()->addWidget(bars);
    return panel;
}

QWidget* knobs() {
    auto* panel = new Panel(text("Knobs"), text("2 changed"));
    panel->setFixedWidth(304);
    panel->addAction(new IconButton(Icon::Undo, text("Undo")));
    const auto add = [panel](const KnobRange& range, double value) {
        auto* knob = new Knob(range);
        knob->setValue(value);
        panel->body()->addWidget(knob);
    };
    panel->body()->addWidget(new TextLabel(text("chat_turn"), TextStyle::Code, TextTone::Muted));
    panel->body()->addSpacing(4);
    add({text("Largest change"), text("pts"), 1, 10, 1, 0, 5}, 5);
    add({text("Daily cap"), text("pts"), 0, 100, 1, 0, 30}, 45);
    add({text("Cooldown"), text("s"), 0, 300, 5, 0, 60}, 45);
    panel->body()->addStretch(1);
    return panel;
}

QWidget* tiles() {
    auto* row = new QWidget;
    auto* tiles = new QHBoxLayout(row);
    tiles->setContentsMargins(0, 0, 0, 0);
    tiles->setSpacing(12);
    const std::vector<Kpi> kpis{{text("Median value, day 90"),
                                 text("4,558"),
                                 text("pts"),
                                 text("live 4,458 · 95% band ±13"),
                                 Trend::None,
                                 {},
                                 Tone::Accent,
                                 text("+2.2%")},
                                {text("Level 5 by day 35"),
                                 text("38.2%"),
                                 text("of devices"),
                                 text("live 33.0%"),
                                 Trend::None,
                                 {},
                                 Tone::Accent,
                                 text("+5.2 pp")},
                                {text("Reward cost, 90 days"),
                                 text("4.82"),
                                 text("M"),
                                 text("live 4.64 M · budget 5.00 M"),
                                 Trend::None,
                                 {},
                                 Tone::Accent,
                                 text("+3.8%"),
                                 Tone::Neutral}};
    for (const Kpi& kpi : kpis) {
        auto* tile = new KpiTile(kpi);
        tile->setCompact(true);
        tiles->addWidget(tile);
    }
    return row;
}

} // namespace

QWidget* chartsPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(0);
    auto* head = new PageHead(text("Simulation"), text("Draft “Spring tuning” against live v41, same random numbers"));
    head->addAction(new SegmentedControl({text("Explore"), text("Goal-seek"), text("Backtest")}, text("Mode")));
    head->addAction(new Button(text("Report…"), ButtonKind::Normal, Icon::Export));
    rows->addWidget(head);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(knobs());
    auto* right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(tiles());
    auto* upper = new QHBoxLayout;
    upper->setSpacing(12);
    upper->addWidget(chartPanel("Value, percentiles", "", fan(), true), 9);
    upper->addWidget(chartPanel("Draft minus live", "median, 95% band", difference(), false), 5);
    right->addLayout(upper, 11);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(chartPanel("Time to level", "draft", timeToLevel(), false), 1);
    lower->addWidget(chartPanel("Level occupancy", "draft", occupancy(), false), 1);
    lower->addWidget(saturation(), 1);
    right->addLayout(lower, 9);
    columns->addLayout(right, 1);
    rows->addLayout(columns, 1);
    return page;
}

QWidget* moreChartsPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(12);
    rows->addWidget(new PageHead(text("Charts"), text("Heat maps, contributions, cumulative lines")));
    auto* upper = new QHBoxLayout;
    upper->setSpacing(12);
    upper->addWidget(chartPanel("Value and day", "demo store", valueHeat(), false), 1);
    upper->addWidget(chartPanel("Caps by hour", "today", ruleHeat(), false), 1);
    rows->addLayout(upper, 1);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(chartPanel("What the change comes from", "draft minus live", contributions(), true), 1);
    lower->addWidget(chartPanel("Reward cost", "", rewardCost(), true), 1);
    lower->addWidget(chartPanel("Time to level", "", timeToLevel(), true), 1);
    rows->addLayout(lower, 1);
    return page;
}

QWidget* barsRow() {
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(12);
    columns->addWidget(chartPanel("Events by outcome", "today", outcomes(), true), 5);
    columns->addWidget(chartPanel("Value distribution", "devices per 100 points", distribution(), false), 3);
    columns->addWidget(byLevel(), 3);
    return row;
}

} // namespace affinity::ui::gallery
