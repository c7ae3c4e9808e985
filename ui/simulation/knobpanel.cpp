#include "ui/simulation/knobpanel.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/knob.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/draftfield.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr int panelWidth = 304;

/// The next number of 1, 2, 5 × 10ⁿ.
double roundUp(double number) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(1.0, number))));
    for (const double step : {1.0, 2.0, 5.0, 10.0}) {
        if (number <= step * power)
            return step * power;
    }
    return number;
}

bool mustBePositive(Member member) {
    return member == Member::SingleCap || member == Member::DailyCap || member == Member::Ceiling ||
           member == Member::GlobalDailyCap;
}

double leastHigh(Member member) {
    switch (member) {
    case Member::Cooldown:
        return 120;
    case Member::DecayIdleDays:
        return 30;
    default:
        return 10;
    }
}

/// Numbers that designers turn most; the others are behind "All numbers".
constexpr Member commonOfRules[] = {Member::MaxChange, Member::DailyCap, Member::Cooldown};
constexpr Member allOfRules[] = {Member::MinChange, Member::MaxChange, Member::SingleCap, Member::DailyCap,
                                 Member::Cooldown};

} // namespace

KnobRange knobRange(const Field& field, const sim::Scenario& scenario, std::optional<double> baseline) {
    const double now = fieldNumber(scenario, field).value_or(0);
    const double live = baseline.value_or(now);
    KnobRange range;
    range.name = labelOf(field);
    range.unit = unitOf(field);
    range.live = live;
    range.liveName = KnobPanel::tr("baseline");
    const double widest = std::max(std::abs(now), std::abs(live));
    const double most = roundUp(std::max(widest * 2, leastHigh(field.member)));
    range.step = most <= 500 ? 1 : most <= 2000 ? 5 : most <= 10'000 ? 10 : 100;
    range.low = mustBePositive(field.member) ? range.step : 0;
    range.high = most;
    if (field.member == Member::MinChange || field.member == Member::MaxChange) {
        range.low = std::min(now, live) < 0 ? -most : 0;
        range.high = std::max(now, live) > 0 ? most : 0;
    }
    if (field.member == Member::LevelFrom) {
        const auto& levels = scenario.ruleSet.levels;
        const auto row = static_cast<size_t>(field.row);
        range.name = KnobPanel::tr("Level %1 from").arg(levels[row].level);
        range.low = row > 0 ? levels[row - 1].minValue + 1 : 0;
        range.high = row + 1 < levels.size() ? levels[row + 1].minValue - 1
                                             : std::max<double>(scenario.ruleSet.setting.maxAffinity, widest);
        range.step = range.high - range.low > 1000 ? 10 : 1;
        if (range.step > 1)
            range.low = std::ceil(range.low / range.step) * range.step;
    }
    return range;
}

std::vector<Field> knobFields(const Draft& draft, KnobChoice choice) {
    const sim::Scenario& scenario = draft.scenario();
    std::vector<Field> fields;
    const auto add = [&](Member member, int row) {
        const Field field{member, row, 0, {}};
        if (choice != KnobChoice::Changed || draft.isChanged(field))
            fields.push_back(field);
    };
    for (size_t i = 0; i < scenario.ruleSet.rules.size(); ++i) {
        const rules::Rule& rule = scenario.ruleSet.rules[i];
        const int row = static_cast<int>(i);
        if (choice != KnobChoice::Common) {
            for (const Member member : allOfRules)
                add(member, row);
        } else if (rule.maxChange < 0) { // what it takes at most
            add(Member::MinChange, row);
        } else {
            for (const Member member : commonOfRules)
                add(member, row);
        }
    }
    if (choice != KnobChoice::Common)
        add(Member::Ceiling, 0);
    add(Member::GlobalDailyCap, 0);
    add(Member::DecayIdleDays, 0);
    for (size_t i = 0; i < scenario.ruleSet.levels.size(); ++i) {
        if (scenario.ruleSet.levels[i].minValue > 0 || choice == KnobChoice::Changed)
            add(Member::LevelFrom, static_cast<int>(i));
    }
    return fields;
}

KnobPanel::KnobPanel(Draft& draft, QWidget* parent)
    : Panel(tr("Scenario"), {}, parent),
      m_draft(draft),
      m_files(new QComboBox),
      m_scroll(new QScrollArea),
      m_knobs(new QWidget),
      m_knobRows(new QVBoxLayout(m_knobs)),
      m_noKnobs(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_reset(new IconButton(Icon::History, tr("Set everything back to the baseline"))),
      m_filter(new IconButton(Icon::Filter, tr("Which numbers are shown"))),
      m_progress(new ProgressLine),
      m_progressText(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_facts(new QGridLayout),
      m_copy(new Button(tr("Copy digest"), ButtonKind::Link)) {
    setFixedWidth(panelWidth);
    m_filter->setObjectName(QStringLiteral("knobChoice"));
    m_reset->setObjectName(QStringLiteral("resetAll"));
    addAction(m_reset);
    addAction(m_filter);
    m_files->setObjectName(QStringLiteral("scenarioFile"));
    m_files->setAccessibleName(tr("Scenario"));
    m_files->setPlaceholderText(tr("Choose a scenario"));
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(measure::pageEdge - 1, 4, measure::pageEdge - 1, 12);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(m_files);
    rows->addWidget(makeRunFields());
    rows->addWidget(makeProgress());
    rows->addWidget(new Hairline);
    m_knobRows->setContentsMargins(0, 0, 0, 0);
    m_knobRows->setSpacing(0);
    rows->addWidget(m_knobs);
    m_noKnobs->setWordWrap(true);
    rows->addWidget(m_noKnobs);
    rows->addWidget(makeResult());
    rows->addStretch(1);
    m_scroll->setAccessibleName(tr("Numbers of the scenario"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() switches it on
    setFlushBody();
    body()->addWidget(m_scroll, 1);

    connect(m_files, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0)
            Q_EMIT fileChosen(m_files->itemData(index).toString());
    });
    connect(m_reset, &QToolButton::clicked, this, &KnobPanel::resetRequested);
    connect(m_filter, &QToolButton::clicked, this, &KnobPanel::openChoiceMenu);
    connect(&m_draft, &Draft::changed, this, &KnobPanel::refresh);
    connect(&m_draft, &Draft::opened, this, [this] { m_shown.clear(); });
    refresh();
}

QWidget* KnobPanel::makeRunFields() {
    auto* fields = new QWidget;
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::panelGap);
    grid->setVerticalSpacing(measure::panelGap);
    auto* devices = new DraftField(m_draft, {Member::Devices, 0, 0, {}});
    auto* days = new DraftField(m_draft, {Member::Days, 0, 0, {}});
    auto* seed = new DraftField(m_draft, {Member::Seed, 0, 0, {}});
    devices->edit()->setObjectName(QStringLiteral("devices"));
    days->edit()->setObjectName(QStringLiteral("days"));
    seed->edit()->setObjectName(QStringLiteral("seed"));
    m_lastField = seed->edit();
    grid->addWidget(devices, 0, 0, Qt::AlignTop);
    grid->addWidget(days, 0, 1, Qt::AlignTop);
    grid->addWidget(seed, 1, 0, 1, 2, Qt::AlignTop);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    return fields;
}

QWidget* KnobPanel::makeProgress() {
    m_running = new QWidget;
    auto* running = new QHBoxLayout(m_running);
    running->setContentsMargins(0, 0, 0, 0);
    running->setSpacing(measure::gap);
    auto* cancel = new Button(tr("Cancel"), ButtonKind::Link);
    cancel->setObjectName(QStringLiteral("cancelRun"));
    cancel->setToolTip(tr("End the run (Esc)"));
    running->addWidget(m_progressText);
    running->addWidget(m_progress, 1, Qt::AlignVCenter);
    running->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &KnobPanel::cancelRequested);
    m_running->hide();
    return m_running;
}

QWidget* KnobPanel::makeResult() {
    m_result = new QWidget;
    auto* result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(measure::gap);
    result->addWidget(new Hairline);
    m_facts->setHorizontalSpacing(measure::gap);
    m_facts->setVerticalSpacing(6);
    m_facts->setColumnStretch(1, 1);
    result->addLayout(m_facts);
    result->addWidget(m_copy, 0, Qt::AlignLeft);
    m_result->hide();
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_digest);
        Q_EMIT digestCopied();
    });
    return m_result;
}

void KnobPanel::addFile(const QString& title, const QString& fileName) {
    const int known = m_files->findData(fileName);
    if (known >= 0 && known == m_files->currentIndex()) {
        Q_EMIT fileChosen(fileName); // opened again: it may have been edited
        return;
    }
    if (known < 0)
        m_files->addItem(title, fileName);
    m_files->setCurrentIndex(known < 0 ? m_files->count() - 1 : known);
}

void KnobPanel::showFile(const QString& title, const QString& fileName) {
    const QSignalBlocker quiet(m_files);
    int known = m_files->findData(fileName);
    if (known < 0 && !fileName.isEmpty()) {
        m_files->addItem(title, fileName);
        known = m_files->count() - 1;
    }
    m_files->setCurrentIndex(known);
}

QStringList KnobPanel::files() const {
    QStringList names;
    for (int index = 0; index < m_files->count(); ++index)
        names << m_files->itemData(index).toString();
    return names;
}

void KnobPanel::setChoice(KnobChoice choice) {
    m_choice = choice;
    m_shown.clear();
    refresh();
}

Knob* KnobPanel::knobOf(const Field& field) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const KnobRow& row) { return row.field == field; });
    return found == m_rows.end() ? nullptr : found->knob;
}

void KnobPanel::openChoiceMenu() {
    QMenu menu;
    const std::pair<KnobChoice, QString> choices[] = {{KnobChoice::Common, tr("Common numbers")},
                                                      {KnobChoice::All, tr("All numbers")},
                                                      {KnobChoice::Changed, tr("Changed numbers")}};
    for (const auto& [choice, name] : choices) {
        QAction* action = menu.addAction(name);
        action->setCheckable(true);
        action->setChecked(choice == m_choice);
        connect(action, &QAction::triggered, this, [this, choice = choice] { setChoice(choice); });
    }
    menu.exec(m_filter->mapToGlobal(QPoint(0, m_filter->height())));
}

void KnobPanel::refresh() {
    const int changes = m_draft.isOpen() ? m_draft.changeCount() : 0;
    setCaption(changes == 0 ? QString() : tr("%n changed", nullptr, changes));
    m_reset->setEnabled(changes > 0);
    // "Changed" is worked out when it is chosen: a knob must not go while it is turned back.
    const bool isKept = m_choice == KnobChoice::Changed && !m_shown.empty() &&
                        std::all_of(m_shown.begin(), m_shown.end(),
                                    [&](const Field& field) { return exists(m_draft.scenario(), field); });
    if (!isKept) {
        std::vector<Field> fields = m_draft.isOpen() ? knobFields(m_draft, m_choice) : std::vector<Field>();
        if (fields != m_shown || m_rows.size() != fields.size()) {
            m_shown = std::move(fields);
            rebuildKnobs();
        }
    }
    for (const KnobRow& row : m_rows) {
        const double now = fieldNumber(m_draft.scenario(), row.field).value_or(0);
        const auto there = inBaseline(row.field, m_draft.scenario(), m_draft.baseline());
        const double live = there ? fieldNumber(m_draft.baseline(), *there).value_or(now) : now;
        if (row.knob->range().live != live)
            row.knob->setLive(live);
        if (row.knob->value() != now)
            row.knob->setValue(now);
        const QString problem = m_draft.problemOf(row.field);
        row.error->setText(problem);
        row.error->setVisible(!problem.isEmpty());
    }
    m_noKnobs->setVisible(m_rows.empty());
    m_noKnobs->setText(m_draft.isOpen() ? tr("No number differs from the baseline.") : QString());
}

void KnobPanel::rebuildKnobs() {
    const int position = m_scroll->verticalScrollBar() ? m_scroll->verticalScrollBar()->value() : 0;
    m_rows.clear();
    while (QLayoutItem* item = m_knobRows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const auto& list = m_draft.scenario().ruleSet.rules;
    QString heading;
    for (const Field& field : m_shown) {
        const bool isRule = field.member >= Member::RuleKey && field.member <= Member::Cooldown;
        const QString name = isRule                              ? list[static_cast<size_t>(field.row)].key
                             : field.member == Member::LevelFrom ? tr("Levels")
                                                                 : tr("Setting");
        if (name != heading)
            addHeading(isRule ? visibleText(name, 32) : name, isRule);
        heading = name;
        addKnob(field);
    }
    QWidget* before = m_lastField; // made later than what stands below: Tab goes from field to knob to knob
    for (const KnobRow& row : m_rows) {
        setTabOrder(before, row.knob);
        before = row.knob;
    }
    m_scroll->verticalScrollBar()->setValue(position);
}

void KnobPanel::addHeading(const QString& text, bool isCode) {
    auto* heading = new TextLabel(text, isCode ? TextStyle::Code : TextStyle::Label, TextTone::Secondary);
    heading->setContentsMargins(0, m_knobRows->count() == 0 ? 0 : measure::panelGap, 0, 6);
    m_knobRows->addWidget(heading);
}

void KnobPanel::addKnob(const Field& field) {
    const auto there = inBaseline(field, m_draft.scenario(), m_draft.baseline());
    auto* knob =
        new Knob(knobRange(field, m_draft.scenario(), there ? fieldNumber(m_draft.baseline(), *there) : std::nullopt));
    knob->setObjectName(memberOf(field));
    knob->setValue(fieldNumber(m_draft.scenario(), field).value_or(0));
    knob->installEventFilter(this);
    auto* error = new TextLabel({}, TextStyle::Caption, TextTone::Danger);
    error->setWordWrap(true);
    error->hide();
    m_knobRows->addWidget(knob);
    m_knobRows->addWidget(error);
    m_rows.push_back({field, knob, error});
    connect(knob, &Knob::valueChanged, this, [this, field](double value) {
        m_draft.setNumber(field, value);
        Q_EMIT knobMoved();
    });
    connect(knob, &Knob::valueSettled, this, &KnobPanel::knobSettled);
}

bool KnobPanel::eventFilter(QObject* watched, QEvent* event) {
    // One drag is one undo step; keys are one step until the knob is left.
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusOut)
        m_draft.endGesture();
    return Panel::eventFilter(watched, event);
}

void KnobPanel::setRun(const LiveRun& run) {
    m_running->setVisible(run.isRunning());
    m_progress->setShare(run.share() > 0 ? std::optional<double>(run.share()) : std::nullopt);
    m_progressText->setText(numberText(run.stageDevices()));
}

void KnobPanel::setOutcome(const std::optional<RunOutcome>& outcome) {
    m_result->setVisible(outcome.has_value());
    m_digest = outcome ? outcome->summary.digest : QString();
    m_copy->setToolTip(m_digest);
    while (QLayoutItem* item = m_facts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!outcome)
        return;
    const SimulationSummary& summary = outcome->summary;
    const double wallS = outcome->comparison ? outcome->comparison->wallS : summary.wallS;
    const QString devices =
        outcome->isWhole() ? numberText(outcome->devices)
                           : tr("%1 of %2").arg(numberText(outcome->devices), numberText(outcome->request.b.devices));
    const std::pair<QString, QString> facts[] = {
        {tr("Devices and days"), QStringLiteral("%1 × %2").arg(devices).arg(summary.days)},
        {tr("Events"), numberText(summary.events)},
        {tr("Time"), tr("%1 s, threads: %2").arg(decimalText(wallS, 1)).arg(summary.threads)},
        {tr("Result digest"), summary.digest.left(12)}};
    int row = 0;
    for (const auto& [name, value] : facts) {
        auto* words = new TextLabel(value, TextStyle::Caption);
        words->setAlignment(Qt::AlignRight | Qt::AlignTop);
        words->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        m_facts->addWidget(new TextLabel(name, TextStyle::Caption, TextTone::Secondary), row, 0, Qt::AlignTop);
        m_facts->addWidget(words, row, 1);
        ++row;
    }
}

} // namespace affinity::ui
