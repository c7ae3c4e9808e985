#include "tests/ui/gallerypages.h"

#include "ui/charts/linechart.h"
#include "ui/shared/buttons.h"
#include "ui/shared/capbar.h"
#include "ui/shared/cells.h"
#include "ui/shared/chip.h"
#include "ui/shared/formatting.h"
#include "ui/shared/levelblock.h"
#include "ui/shared/panel.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/whypanel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace affinity::ui::gallery {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

void setCell(QStandardItemModel& model, int row, int column, const Cell& cell) {
    auto* item = new QStandardItem(cellText(cell));
    item->setData(QVariant::fromValue(cell), CellRole);
    item->setTextAlignment((cell.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    model.setItem(row, column, item);
}

void setHeads(QStandardItemModel& model, const QStringList& names, const QList<int>& rightColumns) {
    model.setHorizontalHeaderLabels(names);
    for (int column = 0; column < names.size(); ++column) {
        const bool isRight = rightColumns.contains(column);
        model.horizontalHeaderItem(column)->setTextAlignment((isRight ? Qt::AlignRight : Qt::AlignLeft) |
                                                             Qt::AlignVCenter);
    }
}

QTableView* deviceTable(QWidget* parent) {
    struct Device {
        const char* id;
        const char* name;
        int value;
        const char* seen;
        int level;
    };
    const std::vector<Device> devices{{"48210377", "Mochi", 3482, "1 min", 4},
                                      {"48210391", "Mochi the 2nd", 1288, "6 min", 3},
                                      {"51077204", "mochi_bear", 7410, "12 min", 6},
                                      {"33918450", "Mochichi", 2960, "31 min", 4},
                                      {"60412238", "麻薯☆", 4125, "48 min", 5},
                                      {"29004417", "Lil Mochi", 1904, "1 h", 3},
                                      {"47720016", "mochi-chan with a very long nickname", 5288, "2 h", 5},
                                      {"61204418", "Mochi Mochi", 455, "3 h", 1},
                                      {"18830925", "Mochito", 540, "5 h", 2},
                                      {"55310872", "Captain Mochi", 12, "7 h", 0}};
    auto* model = new QStandardItemModel(0, 5, parent);
    setHeads(*model, {text("Binding"), text("Nickname"), text("Level"), text("Value"), text("Seen")}, {3, 4});
    for (int row = 0; row < static_cast<int>(devices.size()); ++row) {
        const Device& device = devices[static_cast<size_t>(row)];
        setCell(*model, row, 0, codeCell(text(device.id)));
        setCell(*model, row, 1, strongCell(text(device.name)));
        setCell(*model, row, 2, levelCell(device.level, 6));
        setCell(*model, row, 3, numberCell(device.value));
        setCell(*model, row, 4, captionCell(text(device.seen), true));
    }
    auto* view = new QTableView(parent);
    view->setModel(model);
    setUpTable(*view, {{100}, {120, true}, {56}, {68}, {76}}, RowHeight::Normal, text("Devices"));
    view->selectRow(0);
    return view;
}

QTableView* ruleTable(QWidget* parent) {
    auto* model = new QStandardItemModel(0, 7, parent);
    setHeads(
        *model,
        {text("Time"), text("Rule"), text("Change"), text("Value"), text("Daily cap"), text("On"), text("Outcome")},
        {2, 3, 4});
    struct Row {
        const char* time;
        const char* rule;
        qint64 before, after;
        Cell cap;
        Cell outcome;
    };
    const std::vector<Row> rows{
        {"14:26:07", "head_pat", 3477, 3480, numberCell(20), iconCell(Icon::CheckCircle, Tone::Ok, text("Applied"))},
        {"13:58:40", "chat_turn", 3477, 3477, changeCell(text("30"), text("45")),
         iconCell(Icon::Clock, Tone::Neutral, text("Refused"), text("cooldown, 38 s were left"))},
        {"13:58:18", "chat_turn", 3473, 3477, numberCell(30),
         iconCell(Icon::Warning, Tone::Warn, text("Cut"), text("from 5 by the rule’s daily cap"))},
        {"09:12:03", "game_win", 3473, 3473, numberCell(10),
         iconCell(Icon::Error, Tone::Danger, text("Error: device not bound"))}};
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
        const Row& row = rows[static_cast<size_t>(i)];
        setCell(*model, i, 0, captionCell(text(row.time)));
        setCell(*model, i, 1, codeCell(text(row.rule)));
        setCell(*model, i, 2, deltaCell(row.after - row.before));
        setCell(*model, i, 3, moveCell(row.before, row.after));
        setCell(*model, i, 4, row.cap);
        setCell(*model, i, 5, switchCell(i != 2, text("Enabled")));
        setCell(*model, i, 6, row.outcome);
    }
    model->item(3, 0)->setData(static_cast<int>(RowTone::Error), RowToneRole);
    const int gap = model->rowCount();
    setCell(*model, gap, 0,
            textCell(text("38 s without events, 14:25:28 to 14:26:06: 21,204 rows filled in from the log.")));
    model->item(gap, 0)->setData(static_cast<int>(RowTone::Gap), RowToneRole);
    auto* view = new QTableView(parent);
    view->setModel(model);
    setUpTable(*view, {{104}, {116}, {72}, {128}, {96}, {56}, {220, true}}, RowHeight::Normal, text("Timeline"));
    spanGapRows(*view);
    return view;
}

LineChart* valueChart() {
    constexpr double dayUs = 86400e6;
    constexpr double start = 1755820800e6; // 22 August 2025, 00:00 in UTC
    LineData line;
    line.name = text("Value");
    double value = 1010;
    for (int day = 0; day <= 90; ++day) {
        value += day > 44 && day < 62 ? (day > 51 ? -9 : 0) : 24 + 16 * std::sin(day * 1.7);
        line.x.push_back(start + day * dayUs);
        line.y.push_back(day > 70 && day < 74 ? std::nan("") : std::round(value));
    }
    line.marksEnd = true;
    auto* chart = new LineChart;
    chart->setXAxis({XKind::Time, QTimeZone("UTC"), {}});
    chart->setLevels({{0, 0}, {1, 100}, {2, 500}, {3, 1200}, {4, 2400}, {5, 4000}, {6, 7000}}, 6);
    chart->setGaps({{start + 70 * dayUs, start + 74 * dayUs, {}}});
    chart->setData({line});
    return chart;
}

Why exampleWhy() {
    return {
        text("Only 2 of 5 points counted: chat_turn had 28 of its 30 points for today. The row at 13:58:18 used the "
             "most of it."),
        {{text("Event id"), text("ev_7c21…e09f"), text("first seen")},
         {text("Rule"), text("chat_turn, v41"), text("enabled")},
         {text("Cooldown"), text("60 s, last 13:58:18"), text("over")},
         {text("Binding"), text("48210377, user 90211845"), text("active")},
         {text("Change"), text("uniform 2 to 5"), text("+5")},
         {text("Rule daily cap"), text("28 of 30 used"), text("+5 cut to +2"), StepState::Decided},
         {text("Global daily cap"), text("44 of 100 used"), text("+2 fits")},
         {text("Write"), text("3,480 + 2 = 3,482"), text("level stays L4"), StepState::Skipped}}};
}

QWidget* listPanel() {
    auto* panel = new Panel;
    panel->setFixedWidth(408);
    panel->setFlushBody();
    auto* top = new QVBoxLayout;
    top->setContentsMargins(11, 12, 11, 10);
    top->setSpacing(8);
    auto* search = new SearchField(text("Binding, serial, user or nickname"), text("Search devices"));
    search->setText(text("moch"));
    top->addWidget(search);
    auto* chips = new QHBoxLayout;
    chips->setSpacing(6);
    auto* level = new Chip(text("Level"));
    level->setFilter(text("Level 3 and up"));
    auto* active = new Chip(text("Activity"));
    active->setFilter(text("Active in 7 days"));
    chips->addWidget(level);
    chips->addWidget(active);
    chips->addWidget(new Chip(text("Value")));
    chips->addStretch(1);
    top->addLayout(chips);
    panel->body()->addLayout(top);
    panel->body()->addWidget(deviceTable(panel), 1);
    panel->body()->addWidget(new Hairline);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(15, 4, 8, 4);
    foot->addWidget(new TextLabel(text("About 2,140 match"), TextStyle::Caption, TextTone::Muted));
    foot->addStretch(1);
    auto* back = new IconButton(Icon::ChevronLeft, text("Page before"));
    back->setEnabled(false);
    foot->addWidget(back);
    foot->addWidget(new IconButton(Icon::ChevronRight, text("Next page")));
    panel->body()->addLayout(foot);
    return panel;
}

QWidget* headPanel() {
    auto* panel = new Panel;
    panel->setBodyMargins({16, 12, 16, 8});
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(new TextLabel(text("Mochi"), TextStyle::Title));
    top->addSpacing(4);
    top->addWidget(new Tag(text("Reconciled"), Tone::Ok, Icon::Check));
    top->addWidget(new Tag(text("42 s old"), Tone::Danger, Icon::Clock));
    top->addStretch(1);
    top->addWidget(new Button(text("Copy snapshot"), ButtonKind::Normal, Icon::Copy));
    auto* adjust = new Button(text("Adjust…"), ButtonKind::Normal, Icon::Lock);
    adjust->setBlocked(text("The connection is read-only."));
    top->addWidget(adjust);
    top->addWidget(new IconButton(Icon::Dots, text("More")));
    panel->body()->addLayout(top);
    panel->body()->addSpacing(2);
    auto* facts = new QHBoxLayout;
    facts->setSpacing(20);
    for (const char* fact : {"Binding 48210377", "Serial MC-7F21-0A93", "User 90211845", "Bound 4 Feb 2025"})
        facts->addWidget(new TextLabel(text(fact), TextStyle::Caption, TextTone::Secondary));
    facts->addStretch(1);
    panel->body()->addLayout(facts);
    panel->body()->addSpacing(10);
    auto* block = new LevelBlock;
    block->setStanding(
        LevelStanding{3482, 10000, {4, text("Close friend"), 2400}, LevelRef{5, text("Confidant"), 4000}, 6});
    panel->body()->addWidget(block);
    return panel;
}

QWidget* capsPanel() {
    auto* panel = new Panel(text("Caps today"), text("resets 00:00"));
    panel->setFixedWidth(288);
    panel->setBodyMargins({16, 2, 16, 8});
    auto* caps = new CapBars;
    caps->setCaps({{text("All rules, points gained"), 46, 100, false},
                   {text("chat_turn"), 30, 30},
                   {text("head_pat"), 6, 20},
                   {text("daily_checkin"), 10, 10, true, true},
                   {text("bedtime_story"), 0, 15}});
    panel->body()->addWidget(caps);
    panel->body()->addStretch(1);
    return panel;
}

} // namespace

QWidget* tablesPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(0);
    auto* head = new PageHead(text("Devices"), text("about 1,283,000"));
    head->addAction(new Button(text("Export…"), ButtonKind::Normal, Icon::Export));
    head->addAction(new IconButton(Icon::Refresh, text("Refresh")));
    rows->addWidget(head);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(listPanel());
    auto* detail = new QVBoxLayout;
    detail->setSpacing(12);
    detail->addWidget(headPanel());
    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    auto* chartPanel = new Panel(text("Value over time"), text("points, end of day, 90 days"));
    chartPanel->setBodyMargins({16, 0, 16, 10});
    chartPanel->addAction(new SegmentedControl({text("30 d"), text("90 d"), text("1 y")}, text("Range")));
    chartPanel->body()->addWidget(valueChart());
    chartPanel->setFixedHeight(268);
    middle->addWidget(chartPanel, 1);
    middle->addWidget(capsPanel());
    detail->addLayout(middle);
    auto* timeline = new Panel;
    timeline->setFlushBody();
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(15, 8, 8, 6);
    auto* views =
        new SegmentedControl({text("Timeline"), text("Grants"), text("Counters"), text("Requests")}, text("View"));
    views->setCount(1, 4);
    tabs->addWidget(views);
    tabs->addStretch(1);
    tabs->addWidget(new Chip(text("All outcomes")));
    tabs->addWidget(new IconButton(Icon::Filter, text("Filter")));
    timeline->body()->addLayout(tabs);
    auto* why = new WhyPanel;
    why->setWhy(exampleWhy());
    timeline->body()->addWidget(why);
    timeline->body()->addWidget(ruleTable(timeline), 1);
    detail->addWidget(timeline, 1);
    columns->addLayout(detail, 1);
    rows->addLayout(columns, 1);
    return page;
}

} // namespace affinity::ui::gallery
