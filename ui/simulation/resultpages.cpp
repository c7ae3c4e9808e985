#include "ui/simulation/resultpages.h"

#include "ui/charts/linechart.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/resultcharts.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

QVBoxLayout* rowsOf(QWidget* page) {
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    return rows;
}

QHBoxLayout* rowOf(QVBoxLayout& rows, int stretch) {
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::panelGap);
    rows.addLayout(row, stretch);
    return row;
}

Deck* deckOf(const DeckPage& page) {
    auto* deck = new Deck;
    deck->setPages({page});
    return deck;
}

Panel* tablePanel(const QString& title, const QString& caption, QTableView* table) {
    auto* panel = new Panel(title, caption);
    panel->setFlushBody();
    panel->body()->addWidget(table, 1);
    return panel;
}

void useDays(ChartFrame* chart, const QString& unit) {
    chart->setXAxis({XKind::Day, QTimeZone::utc(), {}});
    chart->setUnit(unit);
}

} // namespace

// ---- rules -----------------------------------------------------------------------------------------------------

RulesPage::RulesPage(QWidget* parent)
    : QWidget(parent),
      m_outcomes(
          new CellModel({{tr("Rule"), false, tr("The rule's key.")},
                         {tr("Events"), true, tr("All events of the rule, whatever became of them.")},
                         {tr("Applied"), true, tr("Events that moved a value.")},
                         {tr("Cut"), true, tr("Applied events that a cap or a bound made smaller.")},
                         {tr("Cap"), true, tr("Events refused because a daily cap was used up.")},
                         {tr("Cooldown"), true, tr("Events refused during the rule's cooldown.")},
                         {tr("Other"), true, tr("Duplicates, values at their bound, rules that were switched off.")},
                         {tr("Gained"), true, tr("Points: the sum of the positive changes.")},
                         {tr("Taken"), true, tr("Points: the sum of the negative changes.")},
                         {tr("Kept back"), true, tr("Points that caps and bounds took off drawn changes.")}},
                        this)),
      m_lost(new RankedBars),
      m_contribution(new WaterfallChart),
      m_hours(new HeatMap) {
    auto* rows = rowsOf(this);
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("outcomes"));
    table->setModel(m_outcomes);
    setUpTable(*table, {{104, true}, {84}, {84}, {76}, {76}, {84}, {72}, {84}, {76}, {84}}, RowHeight::Compact,
               tr("Outcomes per rule"));
    rows->addWidget(tablePanel(tr("Outcomes per rule"),
                               tr("draft; events, then points. Cap, Cooldown and Other were refused"), table),
                    11);
    m_lost->setAccessibleName(tr("Points kept back"));
    m_contribution->setUnit(tr("points, mean of all devices"));
    m_hours->setUnit(tr("events"));
    auto* lower = rowOf(*rows, 9);
    lower->addWidget(deckOf({tr("Points kept back"), tr("by rule and main reason"), {}, m_lost, nullptr}), 1);
    lower->addWidget(deckOf(chartPage(tr("Contribution"), tr("start to last day"), m_contribution, false)), 1);
    lower->addWidget(deckOf(chartPage(tr("Hour and rule"), tr("local hours, draft"), m_hours, false)), 1);
}

void RulesPage::setOutcome(const RunOutcome& outcome) {
    m_outcomes->setRows(outcomeRows(outcome.summary));
    m_lost->setBars(lostBars(outcome));
    m_contribution->setData(contributionOf(outcome.summary));
    m_hours->setData(hoursOf(outcome));
}

// ---- rewards and days ------------------------------------------------------------------------------------------

RewardsPage::RewardsPage(QWidget* parent)
    : QWidget(parent),
      m_values(new HeatMap),
      m_cost(new LineChart),
      m_cumulated(new LineChart),
      m_activity(new LineChart),
      m_decay(new LineChart),
      m_rewards(new CellModel({{tr("Reward"), false, {}},
                               {tr("Units"), true, {}},
                               {tr("Price"), true, tr("Of one unit, from the scenario.")},
                               {tr("Cost"), true, {}}},
                              this)) {
    useDays(m_values, tr("points"));
    useDays(m_cost, tr("cost a day"));
    m_cost->setObjectName(QStringLiteral("rewardCost"));
    useDays(m_cumulated, tr("cost up to the day"));
    useDays(m_activity, tr("share of devices"));
    m_activity->setValueFormat(ValueFormat::Percent);
    useDays(m_decay, tr("points a day"));
    linkViews({m_values, m_cost, m_cumulated, m_activity, m_decay});
    auto* table = new QTableView;
    table->setModel(m_rewards);
    setUpTable(*table, {{72, true}, {76}, {60}, {160}}, RowHeight::Compact, tr("Rewards"));

    auto* rows = rowsOf(this);
    auto* upper = rowOf(*rows, 1);
    auto* values = new Deck;
    values->setPages({chartPage(tr("Value and day"), tr("draft, devices"), m_values, false)});
    upper->addWidget(values, 9);
    auto* activity = new Deck;
    DeckPage decay = chartPage(tr("Decay"), tr("points taken from idle devices"), m_decay, false);
    decay.tab = tr("Decay");
    DeckPage active = chartPage(tr("Activity"), {}, m_activity, true);
    activity->setPages({active, decay});
    upper->addWidget(activity, 7);
    auto* lower = rowOf(*rows, 1);
    auto* cost = new Deck;
    DeckPage daily = chartPage(tr("Reward cost"), {}, m_cost, true);
    daily.tab = tr("By day");
    DeckPage sum = chartPage(tr("Reward cost"), {}, m_cumulated, true);
    sum.tab = tr("Cumulated");
    cost->setPages({daily, sum});
    lower->addWidget(cost, 9);
    lower->addWidget(tablePanel(tr("Rewards"), tr("granted in the whole run"), table), 7);
}

void RewardsPage::setOutcome(const RunOutcome& outcome) {
    m_values->setLevels(levelSteps(outcome.request.b.ruleSet), highestLevelOf(outcome.summary), LevelShow::Lines);
    m_values->setData(valuesOf(outcome.summary));
    m_cost->setUnit(rewardUnit(outcome, false));
    m_cost->setData(rewardLines(outcome, false));
    m_cumulated->setUnit(rewardUnit(outcome, true));
    m_cumulated->setData(rewardLines(outcome, true));
    m_activity->setData(activityLines(outcome.summary));
    m_decay->setData(decayLines(outcome));
    m_rewards->setRows(rewardRows(outcome));
}

// ---- who gains -------------------------------------------------------------------------------------------------

GainsPage::GainsPage(QWidget* parent)
    : QWidget(parent),
      m_pages(new QStackedWidget),
      m_sentence(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_personas(new CellModel({{tr("Persona"), false, tr("Of the baseline.")},
                                {tr("Devices"), true, {}},
                                {tr("Better off"), true, tr("A higher value on the last day under the draft.")},
                                {tr("Worse off"), true, tr("A lower value on the last day under the draft.")},
                                {tr("Mean change"), true, tr("Points, draft minus baseline.")}},
                               this)) {
    auto* page = new QWidget;
    auto* rows = rowsOf(page);
    auto* nothing = new Panel;
    nothing->body()->addWidget(
        new EmptyState(Icon::Simulation, tr("Nothing to compare yet"),
                       tr("The draft is its baseline. Change a number, and both are run on the same devices.")));
    m_pages->addWidget(nothing);
    m_pages->addWidget(page);
    rowsOf(this)->addWidget(m_pages);
    auto* personas = new QTableView;
    personas->setObjectName(QStringLiteral("personaGains"));
    personas->setModel(m_personas);
    setUpTable(*personas, {{160, true}, {120}, {120}, {120}, {140}}, RowHeight::Compact, tr("Personas"));
    auto* upper = tablePanel(tr("Personas"), tr("by their value on the last day"), personas);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::gap);
    m_sentence->setWordWrap(true);
    words->addWidget(m_sentence, 1);
    upper->body()->insertLayout(0, words);
    rows->addWidget(upper, 9);
    auto* lower = rowOf(*rows, 11);
    lower->addWidget(devicePanel(tr("Gain most"), tr("Enter opens the storyline"), QStringLiteral("gainers"), m_gainers,
                                 m_gainersTable, m_gaining),
                     1);
    lower->addWidget(devicePanel(tr("Lose most"), tr("Enter opens the storyline"), QStringLiteral("losers"), m_losers,
                                 m_losersTable, m_losing),
                     1);
}

Panel* GainsPage::devicePanel(const QString& title, const QString& caption, const QString& name, CellModel*& model,
                              QTableView*& table, const std::vector<sim::DeviceDifference>& shown) {
    model = new CellModel({{tr("Device"), false, tr("Number of the simulated device.")},
                           {tr("Persona"), false, {}},
                           {tr("Value"), true, tr("On the last day, baseline then draft.")},
                           {tr("Change"), true, {}},
                           {tr("Level"), false, tr("Under the draft.")}},
                          this);
    table = new QTableView;
    table->setObjectName(name);
    table->setModel(model);
    setUpTable(*table, {{60}, {80, true}, {108}, {64}, {92}}, RowHeight::Compact, title);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(table, &QTableView::activated, this, [this, &shown](const QModelIndex& index) {
        if (index.isValid() && static_cast<size_t>(index.row()) < shown.size())
            Q_EMIT deviceRequested(shown[static_cast<size_t>(index.row())].device);
    });
    return tablePanel(title, caption, table);
}

void GainsPage::setOutcome(const RunOutcome& outcome) {
    m_pages->setCurrentIndex(outcome.comparison ? 1 : 0);
    if (!outcome.comparison) {
        m_personas->setRows({});
        m_gainers->setRows({});
        m_losers->setRows({});
        m_gaining.clear();
        m_losing.clear();
        return;
    }
    const ComparisonSummary& both = *outcome.comparison;
    m_sentence->setText(tr("%1 of %2 devices end higher, %3 lower, %4 alike. %5 end on a higher level, %6 on a lower "
                           "one.")
                            .arg(numberText(both.better), numberText(outcome.devices), numberText(both.worse),
                                 numberText(both.equal), numberText(both.levelUp), numberText(both.levelDown)));
    m_personas->setRows(personaRows(both));
    m_gaining = both.gainers;
    m_losing = both.losers;
    m_gainers->setRows(deviceRows(m_gaining, highestLevelOf(outcome.summary)));
    m_losers->setRows(deviceRows(m_losing, highestLevelOf(outcome.summary)));
}

} // namespace affinity::ui
