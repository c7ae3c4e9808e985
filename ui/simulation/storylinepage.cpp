#include "ui/simulation/storylinepage.h"

#include "ui/charts/linechart.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/deck.h"
#include "ui/simulation/liverun.h"
#include "ui/simulation/resultcharts.h"
#include "ui/simulation/storymodel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int numberWidth = 104;

/// Value at the start, after each change, and at the end of the last day.
LineData valueLine(const Story& story, const QString& name) {
    LineData line;
    line.name = name;
    line.isStepped = true;
    line.x.push_back(static_cast<double>(story.line.startUs));
    line.y.push_back(story.line.startValue);
    for (const sim::StorylineEvent& event : story.line.events) {
        if (outcomeOf(event) == StoryOutcome::Refused)
            continue;
        line.x.push_back(static_cast<double>(event.atUs));
        line.y.push_back(static_cast<double>(event.valueAfter));
    }
    if (!story.line.dayEndsUs.empty()) {
        line.x.push_back(static_cast<double>(story.line.dayEndsUs.back()));
        line.y.push_back(story.line.dayEndValues.back());
    }
    return line;
}

int highestLevelOf(const rules::RuleSet& ruleSet) {
    return ruleSet.levels.empty() ? 1 : std::max(1, ruleSet.levels.back().level);
}

} // namespace

StorylinePage::StorylinePage(Workspace& workspace, Draft& draft, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_draft(draft),
      m_number(new QLineEdit),
      m_previous(new IconButton(Icon::ChevronLeft, tr("Previous device"))),
      m_next(new IconButton(Icon::ChevronRight, tr("Next device"))),
      m_side(new SegmentedControl({tr("Draft"), tr("Baseline")}, tr("Whose storyline"))),
      m_filter(new SegmentedControl({tr("All"), tr("Applied"), tr("Cut"), tr("Refused")}, tr("Events shown"))),
      m_of(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_facts(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_problem(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_chart(new LineChart),
      m_model(new StoryModel(this)),
      m_table(new QTableView),
      m_events(new Panel(tr("Events"))),
      m_why(new WhyPanel),
      m_stack(new QStackedWidget) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(makeHead());
    auto* content = new QWidget;
    auto* parts = new QVBoxLayout(content);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(measure::panelGap);
    auto* value = new Panel(tr("Value over time"));
    value->setBodyMargins(deckChartMargins);
    m_chart->setObjectName(QStringLiteral("storyChart"));
    m_chart->setUnit(tr("points"));
    m_chart->setAccessibleName(tr("Value over time"));
    value->addAction(new LegendBar(m_chart));
    value->body()->addWidget(m_chart, 1);
    parts->addWidget(value, 4);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(measure::panelGap);
    m_events->setFlushBody();
    m_events->addAction(m_filter);
    m_table->setObjectName(QStringLiteral("storyEvents"));
    m_table->setModel(m_model);
    setUpTable(*m_table, {{126}, {100}, {64}, {72}, {180, true}}, RowHeight::Compact, tr("Events of the device"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_events->body()->addWidget(m_table, 1);
    lower->addWidget(m_events, 1);
    auto* why = new Panel(tr("Why"));
    why->setFlushBody();
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Why"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_why);
    m_why->setAutoFillBackground(false);
    m_why->setObjectName(QStringLiteral("storyWhy"));
    why->body()->addWidget(scroll, 1);
    lower->addWidget(why, 1);
    parts->addLayout(lower, 5);
    m_stack->addWidget(content);
    auto* problem = new Panel;
    problem->setBodyMargins({24, 24, 24, 24});
    m_problem->setWordWrap(true);
    problem->body()->addWidget(m_problem, 0, Qt::AlignTop);
    m_stack->addWidget(problem);
    rows->addWidget(m_stack, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { showReason(index.row()); });
    connect(m_filter, &SegmentedControl::currentChanged, this, [this](int index) {
        m_model->setFilter(index == 0 ? std::nullopt
                                      : std::optional<StoryOutcome>(static_cast<StoryOutcome>(index - 1)));
        m_table->selectRow(0);
        showReason(m_model->rowCount() > 0 ? 0 : -1);
    });
    connect(m_side, &SegmentedControl::currentChanged, this, &StorylinePage::refresh);
    connect(&m_draft, &Draft::changed, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&m_draft, &Draft::opened, this, [this] { m_device = 0; });
}

QWidget* StorylinePage::makeHead() {
    auto* panel = new Panel;
    panel->setBodyMargins({16, 8, 16, 8});
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::gap);
    auto* label = new TextLabel(tr("Device"), TextStyle::Label, TextTone::Secondary);
    m_number->setObjectName(QStringLiteral("storyDevice"));
    m_number->setAccessibleName(tr("Number of the device"));
    m_number->setAlignment(Qt::AlignRight);
    m_number->setFixedWidth(numberWidth);
    m_previous->setObjectName(QStringLiteral("previousDevice"));
    m_next->setObjectName(QStringLiteral("nextDevice"));
    setCommand(*m_previous, QStringLiteral("simulation.previousDevice"));
    setCommand(*m_next, QStringLiteral("simulation.nextDevice"));
    m_side->setObjectName(QStringLiteral("storySide"));
    m_facts->setElided(true);
    row->addWidget(label);
    row->addWidget(m_previous);
    row->addWidget(m_number);
    row->addWidget(m_next);
    row->addWidget(m_of);
    row->addSpacing(measure::gap);
    row->addWidget(m_facts, 1);
    row->addWidget(m_side);
    panel->body()->addLayout(row);
    connect(m_number, &QLineEdit::textEdited, this, &StorylinePage::typeDevice);
    connect(m_number, &QLineEdit::editingFinished, this, [this] { m_number->setText(numberText(m_device)); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    return panel;
}

const sim::Scenario& StorylinePage::shownScenario() const {
    return m_side->current() == 0 ? m_draft.scenario() : m_draft.baseline();
}

void StorylinePage::setDevice(qint64 device) {
    m_device = std::max<qint64>(0, device);
    m_number->setText(numberText(m_device));
    refresh();
}

void StorylinePage::typeDevice(const QString& text) {
    bool isNumber = false;
    const qint64 device = QString(text).remove(QLatin1Char(',')).trimmed().toLongLong(&isNumber);
    if (isNumber && device >= 0 && device < m_draft.scenario().devices) {
        m_device = device;
        refresh();
    }
}

void StorylinePage::step(qint64 by) {
    setDevice(std::clamp<qint64>(m_device + by, 0, std::max<qint64>(0, m_draft.scenario().devices - 1)));
}

void StorylinePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void StorylinePage::refresh() {
    const qint64 devices = m_draft.scenario().devices;
    m_device = std::clamp<qint64>(m_device, 0, std::max<qint64>(0, devices - 1));
    if (!m_number->hasFocus())
        m_number->setText(numberText(m_device));
    m_of->setText(tr("of 0 to %1").arg(numberText(devices - 1)));
    m_previous->setEnabled(m_device > 0);
    m_next->setEnabled(m_device + 1 < devices);
    if (!m_draft.isOpen() || !m_draft.findings().empty()) {
        m_problem->setText(m_draft.isOpen() ? tr("The draft cannot be simulated as it is. The Scenario view lists what "
                                                 "to set right.")
                                            : tr("Choose a scenario first."));
        m_stack->setCurrentIndex(1);
        return;
    }
    const sim::Scenario shown = alignedTo(shownScenario(), m_draft.scenario());
    if (m_asked == shown && m_askedDevice == m_device)
        return;
    m_asked = shown;
    m_askedDevice = m_device;
    m_request.ask(this, storyOf(m_workspace.engine(), shown, m_device),
                  [this](const base::Result<Story>& answer) { receive(answer); });
    m_other.reset();
    m_otherRequest.drop();
    const sim::Scenario other = alignedTo(m_side->current() == 0 ? m_draft.baseline() : m_draft.scenario(), shown);
    if (other.ruleSet == shown.ruleSet && other.personas == shown.personas && other.calendar == shown.calendar &&
        other.start == shown.start)
        return;
    m_otherRequest.ask(this, storyOf(m_workspace.engine(), other, m_device), [this](const base::Result<Story>& answer) {
        if (answer)
            m_other = *answer;
        showChart();
    });
}

void StorylinePage::receive(const base::Result<Story>& answer) {
    if (!answer) {
        m_story.reset();
        m_problem->setText(visibleText(errorText(answer.error()), 400));
        m_stack->setCurrentIndex(1);
        return;
    }
    m_story = *answer;
    m_stack->setCurrentIndex(0);
    showStory();
}

void StorylinePage::showStory() {
    const sim::Storyline& line = m_story->line;
    const qint64 last = line.dayEndValues.empty() ? line.startValue : line.dayEndValues.back();
    const int level = rules::levelOf(last, m_asked->ruleSet.levels);
    m_facts->setText(tr("Persona %1 · %2 to %3 points · level %4 to %5 · events: %6")
                         .arg(visibleText(line.persona), numberText(line.startValue), numberText(last))
                         .arg(line.startLevel)
                         .arg(level)
                         .arg(numberText(static_cast<qint64>(line.events.size()))));
    m_model->setStory(m_story, highestLevelOf(m_asked->ruleSet));
    m_events->setCaption(tr("times in %1").arg(QString::fromUtf8(m_story->zone.id())));
    m_table->selectRow(0);
    showReason(m_model->rowCount() > 0 ? 0 : -1);
    showChart();
}

void StorylinePage::showChart() {
    if (!m_story)
        return;
    const bool isDraft = m_side->current() == 0;
    m_chart->setXAxis({XKind::Time, m_story->zone, {}});
    m_chart->setLevels(levelSteps(m_asked->ruleSet), highestLevelOf(m_asked->ruleSet), LevelShow::Bands);
    std::vector<LineData> lines{valueLine(*m_story, isDraft ? tr("Draft") : tr("Baseline"))};
    lines.front().paint = seriesPaint(0);
    if (m_other) {
        lines.push_back(valueLine(*m_other, isDraft ? tr("Baseline") : tr("Draft")));
        lines.back().paint = baselinePaint;
        lines.back().style = LineStyle::Dashed;
        lines.back().width = 1.5;
    }
    m_chart->setData(std::move(lines));
}

void StorylinePage::showReason(int row) {
    if (!m_story || row < 0 || row >= m_model->rowCount()) {
        m_why->setMessage(tr("No event of this kind."));
        m_chart->setMarks({});
        return;
    }
    const size_t index = m_model->eventOf(row);
    const sim::StorylineEvent& event = m_story->line.events[index];
    m_why->setWhy(whyOfEvent(*m_story, index));
    m_chart->setMarks({{static_cast<double>(event.atUs), timeOfDayText(event.atUs, m_story->zone), Tone::Accent}});
}

} // namespace affinity::ui
