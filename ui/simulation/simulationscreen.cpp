#include "ui/simulation/simulationscreen.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/discarddialog.h"
#include "ui/simulation/draftoffer.h"
#include "ui/simulation/knobpanel.h"
#include "ui/simulation/resultpages.h"
#include "ui/simulation/scenariopage.h"
#include "ui/simulation/storylinepage.h"
#include "ui/workspace/errortext.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

const QString causeRun = QStringLiteral("run");
const QString causeSave = QStringLiteral("save");

/// Scenarios that come with the program, the first one first.
const QStringList shippedScenarios{QStringLiteral(":/scenarios/demo.json"), QStringLiteral(":/scenarios/bench8.json")};

QString fileTitle(const QString& fileName) {
    const QFileInfo file(fileName);
    return fileName.startsWith(QLatin1Char(':')) ? SimulationScreen::tr("%1, shipped").arg(file.completeBaseName())
                                                 : visibleText(file.fileName(), 40);
}

} // namespace

SimulationScreen::SimulationScreen(Workspace& workspace, QWidget* parent, SimulationState before,
                                   const QString& draftsFolder)
    : QWidget(parent),
      m_workspace(workspace),
      m_ownDraft(before.draft ? std::move(before.draft) : std::make_unique<Draft>()),
      m_draft(*m_ownDraft),
      m_ownKeeper(before.keeper ? std::move(before.keeper) : std::make_unique<DraftKeeper>(draftsFolder)),
      m_keeper(*m_ownKeeper),
      m_live(workspace),
      m_head(new PageHead(tr("Simulation"))),
      m_state(new Tag({})),
      m_views(new SegmentedControl(
          {tr("Values"), tr("Rules"), tr("Rewards"), tr("Who gains"), tr("Storyline"), tr("Scenario")}, tr("View"))),
      m_undo(new IconButton(Icon::Undo, tr("Undo"))),
      m_redo(new IconButton(Icon::Redo, tr("Redo"))),
      m_menu(new IconButton(Icon::Dots, tr("More"))),
      m_save(new Button(tr("Save"))),
      m_run(new Button(tr("Run"), ButtonKind::Primary, Icon::Play)),
      m_cancelKey(new QShortcut(QKeySequence(Qt::Key_Escape), this)),
      m_knobs(new KnobPanel(m_draft)),
      m_banners(new BannerStack),
      m_offer(new DraftOffer(workspace, m_keeper, *m_banners, this)),
      m_pages(new QStackedWidget),
      m_results(new QStackedWidget),
      m_values(new ValuesPage),
      m_rules(new RulesPage),
      m_rewards(new RewardsPage),
      m_gains(new GainsPage),
      m_storyline(new StorylinePage(workspace, m_draft)),
      m_scenario(new ScenarioPage(m_draft)),
      m_errorTitle(new TextLabel({}, TextStyle::Title)),
      m_errorText(new TextLabel({}, TextStyle::Code, TextTone::Danger)) {
    buildHead();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(m_head);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(measure::panelGap);
    columns->addWidget(m_knobs);
    auto* right = new QVBoxLayout;
    right->setSpacing(measure::panelGap);
    right->addWidget(m_banners);
    for (QWidget* page : {emptyPage(), static_cast<QWidget*>(m_values), static_cast<QWidget*>(m_rules),
                          static_cast<QWidget*>(m_rewards), static_cast<QWidget*>(m_gains), errorPage()})
        m_results->addWidget(page);
    m_pages->addWidget(m_results);
    m_pages->addWidget(m_storyline);
    m_pages->addWidget(m_scenario);
    right->addWidget(m_pages, 1);
    columns->addLayout(right, 1);
    rows->addLayout(columns, 1);

    // Not a command's key: Esc is this screen's only while a run is on, and other things' else.
    m_cancelKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(m_cancelKey, &QShortcut::activated, this, &SimulationScreen::cancel);
    connect(&m_draft, &Draft::changed, this, &SimulationScreen::refresh);
    connect(&m_live, &LiveRun::received, this, &SimulationScreen::receiveOutcome);
    connect(&m_live, &LiveRun::failed, this,
            [this](const base::Error& error) { showError(tr("The run ended with an error."), errorText(error)); });
    connect(&m_live, &LiveRun::cancelAsked, this, &SimulationScreen::cancel);
    connect(&m_live, &LiveRun::ended, this, &SimulationScreen::finished);
    connect(&m_live, &LiveRun::progressed, this, [this] {
        m_knobs->setRun(m_live);
        refresh();
    });
    connect(m_knobs, &KnobPanel::cancelRequested, this, &SimulationScreen::cancel);
    connect(m_knobs, &KnobPanel::openRequested, this, &SimulationScreen::chooseFile);
    connect(m_knobs, &KnobPanel::knobMoved, this, &SimulationScreen::followKnob);
    connect(m_knobs, &KnobPanel::knobSettled, &m_live, &LiveRun::settle);
    connect(m_knobs, &KnobPanel::fileChosen, this, &SimulationScreen::load);
    connect(m_knobs, &KnobPanel::digestCopied, this,
            [this] { m_workspace.announce(tr("The digest is on the clipboard.")); });
    connect(m_knobs, &KnobPanel::resetRequested, this, &SimulationScreen::backToBaseline);
    connect(m_values, &ValuesPage::gainsRequested, this, [this] { showView(SimulationView::Gains); });
    connect(m_gains, &GainsPage::deviceRequested, this, &SimulationScreen::showDevice);
    connect(m_views, &SegmentedControl::currentChanged, this,
            [this](int index) { showView(static_cast<SimulationView>(index)); });
    connect(m_offer, &DraftOffer::goOnRequested, this, &SimulationScreen::goOnWithDraft);
    connect(m_offer, &DraftOffer::screenWanted, this, &SimulationScreen::screenWanted);
    connect(&m_keeper, &DraftKeeper::leftoversChanged, this, &SimulationScreen::waitingDraftsChanged);
    refresh();
    if (m_draft.isOpen()) {
        goOnWith(before);
        return;
    }
    if (!m_keeper.isFollowing()) {
        m_keeper.follow(m_draft);
        m_keeper.look();
    }
    for (auto name = shippedScenarios.rbegin(); name != shippedScenarios.rend(); ++name) {
        if (QFile::exists(*name)) // chosen in turn; the first one stays, and only its answer is received
            m_knobs->addFile(fileTitle(*name), *name);
    }
}

SimulationScreen::~SimulationScreen() {
    // The editors refer to the draft: they go first.
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
}

SimulationState SimulationScreen::takeState() {
    SimulationState state;
    state.files = m_knobs->files();
    state.outcome = m_outcome;
    state.view = view();
    state.knobs = m_knobs->choice();
    state.device = m_storyline->device();
    state.isRunning = m_live.isRunning();
    m_live.cancel();
    m_draft.disconnect(this);
    m_keeper.disconnect(this);
    m_keeper.disconnect(m_offer);
    state.draft = std::move(m_ownDraft);
    state.keeper = std::move(m_ownKeeper);
    return state;
}

void SimulationScreen::goOnWith(SimulationState& before) {
    m_draft.forgetUnreadable(); // its reasons are in the language before
    for (const QString& file : before.files)
        m_knobs->showFile(fileTitle(file), file);
    m_knobs->showFile(fileTitle(m_draft.fileName()), m_draft.fileName());
    m_knobs->setChoice(before.knobs);
    if (before.outcome)
        receiveOutcome(*before.outcome);
    m_storyline->setDevice(before.device);
    showView(before.view);
    refresh();
    if (before.isRunning && obstacle().isEmpty())
        m_live.runWhole(request());
}

void SimulationScreen::buildHead() {
    m_run->setObjectName(QStringLiteral("run"));
    setCommand(*m_run, QStringLiteral("simulation.run"));
    setCommand(*m_undo, QStringLiteral("simulation.undo"));
    setCommand(*m_redo, QStringLiteral("simulation.redo"));
    setCommand(*m_save, QStringLiteral("simulation.save"));
    m_views->setObjectName(QStringLiteral("views"));
    m_undo->setObjectName(QStringLiteral("undo"));
    m_redo->setObjectName(QStringLiteral("redo"));
    m_save->setObjectName(QStringLiteral("save"));
    m_menu->setObjectName(QStringLiteral("more"));
    m_head->addFact(m_state);
    for (QWidget* action :
         {static_cast<QWidget*>(m_views), static_cast<QWidget*>(m_undo), static_cast<QWidget*>(m_redo),
          static_cast<QWidget*>(m_save), static_cast<QWidget*>(m_menu), static_cast<QWidget*>(m_run)})
        m_head->addAction(action);
    connect(m_run, &QPushButton::clicked, this, &SimulationScreen::run);
    connect(m_undo, &QToolButton::clicked, this, [this] { step(true); });
    connect(m_redo, &QToolButton::clicked, this, [this] { step(false); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    connect(m_menu, &QToolButton::clicked, this, &SimulationScreen::openMenu);
}

QWidget* SimulationScreen::emptyPage() {
    auto* panel = new Panel;
    auto* empty = new EmptyState(
        Icon::Simulation, tr("Nothing was run yet"),
        tr("A run plays every device of the scenario through every day. Change a number, and the draft is run against "
           "its baseline on the same devices."),
        {{Icon::Play,
          tr("Run the scenario"),
          tr("as it is, to see where it leads"),
          {},
          [this] { run(); },
          QStringLiteral("simulation.run")},
         {Icon::Edit,
          tr("Edit the scenario"),
          tr("rules, levels, setting, personas, calendar"),
          {},
          [this] { showView(SimulationView::Scenario); }},
         {Icon::Import,
          tr("Open a scenario file"),
          tr("JSON, the format the command line uses too"),
          {},
          [this] { chooseFile(); },
          QStringLiteral("simulation.open")}});
    panel->body()->addWidget(empty, 1);
    return panel;
}

QWidget* SimulationScreen::errorPage() {
    auto* panel = new Panel;
    panel->setBodyMargins({24, 24, 24, 24});
    auto* title = new QHBoxLayout;
    title->setSpacing(measure::gap);
    title->addWidget(new IconLabel(Icon::Error, TextTone::Danger));
    title->addWidget(m_errorTitle, 1);
    m_errorText->setObjectName(QStringLiteral("errorText"));
    m_errorText->setWordWrap(true);
    m_errorText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* open = new Button(tr("Open file…"));
    connect(open, &QPushButton::clicked, this, &SimulationScreen::chooseFile);
    panel->body()->setSpacing(measure::panelGap);
    panel->body()->addLayout(title);
    panel->body()->addWidget(m_errorText);
    panel->body()->addWidget(open, 0, Qt::AlignLeft);
    panel->body()->addStretch(1);
    return panel;
}

// ---- files -----------------------------------------------------------------------------------------------------

void SimulationScreen::chooseFile() {
    const QString fileName = QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.json)"));
    if (!fileName.isEmpty())
        openScenario(fileName);
}

void SimulationScreen::openScenario(const QString& fileName) {
    m_knobs->addFile(fileTitle(fileName), fileName);
}

void SimulationScreen::load(const QString& fileName) {
    const QString current = m_draft.fileName();
    if (m_draft.isDirty()) // until it is known: the file that is being edited
        m_knobs->showFile(fileTitle(current), current);
    leave([this, fileName] {
        m_knobs->showFile(fileTitle(fileName), fileName);
        m_scenarioRequest.ask(
            this, m_workspace.engine().loadScenario(fileName),
            [this, fileName](const base::Result<sim::Scenario>& answer) { receiveScenario(fileName, answer); });
    });
}

void SimulationScreen::receiveScenario(const QString& fileName, const base::Result<sim::Scenario>& answer) {
    if (!answer) {
        m_draft.close();
        showError(tr("%1 is not a scenario that can be run.").arg(visibleText(QFileInfo(fileName).fileName(), 60)),
                  errorText(answer.error()));
        return;
    }
    forgetResult();
    m_draft.open(*answer, fileName);
    showResultPage();
    Q_EMIT scenarioOpened(fileName, answer->name);
}

void SimulationScreen::goOnWithDraft(const QString& name) {
    leave([this, name] {
        const auto& drafts = m_keeper.leftovers();
        const auto chosen =
            std::find_if(drafts.begin(), drafts.end(), [&](const LeftoverDraft& each) { return each.name == name; });
        if (chosen == drafts.end())
            return;
        const std::shared_ptr<const KeptDraft> kept = chosen->draft;
        m_scenarioRequest.drop(); // a scenario that is still read would take its place
        forgetResult();
        m_knobs->showFile(fileTitle(kept->fileName), kept->fileName);
        m_draft.goOn(kept->baseline, kept->saved, kept->scenario, kept->fileName);
        m_keeper.adopt(name);
        showResultPage();
    });
}

void SimulationScreen::forgetResult() {
    m_hasError = false;
    m_live.cancel();
    m_outcome.reset();
    m_summary.reset();
    m_knobs->setOutcome(m_outcome);
}

void SimulationScreen::leave(const std::function<void()>& proceed) {
    if (!m_draft.isDirty()) {
        proceed();
        return;
    }
    auto* dialog = new DiscardDialog(m_draft.scenario().name, m_workspace.connectionState(), window());
    connect(dialog, &DiscardDialog::discarded, this, [this, proceed] {
        m_keeper.discard();
        proceed();
    });
    connect(dialog, &DiscardDialog::saveRequested, this, [this, proceed] { save(proceed); });
    dialog->open();
}

void SimulationScreen::save(const std::function<void()>& then) {
    if (m_draft.hasFile())
        write(m_draft.fileName(), then);
    else
        saveAs(then);
}

void SimulationScreen::saveAs(const std::function<void()>& then) {
    if (!obstacle().isEmpty())
        return;
    const QString proposal = m_draft.hasFile()
                                 ? m_draft.fileName()
                                 : QFileInfo(m_draft.fileName()).completeBaseName() + QStringLiteral("-draft.json");
    const QString fileName =
        QFileDialog::getSaveFileName(this, tr("Save the scenario"), proposal, tr("Scenarios (*.json)"));
    if (!fileName.isEmpty())
        write(fileName, then);
}

void SimulationScreen::saveTo(const QString& fileName) {
    write(fileName, {});
}

void SimulationScreen::write(const QString& fileName, const std::function<void()>& then) {
    if (!obstacle().isEmpty())
        return;
    m_banners->remove(causeSave);
    m_draft.endGesture();
    const int step = m_draft.stack().index();
    m_saveRequest.ask(this, m_workspace.engine().saveScenario(fileName, m_draft.scenario()),
                      [this, fileName, step, then, written = m_draft.scenario()](const base::Result<QString>& answer) {
                          if (!answer) {
                              BannerText text;
                              text.tone = Tone::Danger;
                              text.what = tr("The scenario was not saved.");
                              text.meaning = visibleText(errorText(answer.error()), 200);
                              text.isDismissible = true;
                              m_banners->show(causeSave, text);
                              return;
                          }
                          m_draft.setSaved(fileName, step, written);
                          m_knobs->showFile(fileTitle(fileName), fileName);
                          m_workspace.announce(tr("%1 is saved.").arg(visibleText(QFileInfo(fileName).fileName(), 40)));
                          if (then)
                              then();
                      });
}

// ---- running ---------------------------------------------------------------------------------------------------

RunRequest SimulationScreen::request() const {
    RunRequest wanted{m_draft.baseline(), m_draft.scenario()};
    sim::Scenario alike = alignedTo(m_draft.baseline(), wanted.b);
    alike.name = wanted.b.name;
    if (alike == wanted.b) // nothing to compare
        wanted.a.reset();
    return wanted;
}

void SimulationScreen::run() {
    if (!obstacle().isEmpty())
        return;
    m_banners->remove(causeRun);
    m_hasError = false;
    m_draft.endGesture();
    m_live.runWhole(request());
    if (view() == SimulationView::Scenario || view() == SimulationView::Storyline)
        showView(SimulationView::Values);
    refresh();
}

void SimulationScreen::followKnob() {
    if (!obstacle().isEmpty()) {
        m_live.cancel();
        return;
    }
    m_banners->remove(causeRun);
    m_live.preview(request());
}

void SimulationScreen::cancel() {
    if (!m_live.isRunning())
        return;
    m_live.cancel();
    BannerText text;
    text.what = tr("The run was cancelled.");
    text.meaning = m_summary ? tr("The result below is the one before it.") : tr("Nothing of it is shown.");
    text.isDismissible = true;
    m_banners->show(causeRun, text);
    refresh();
    Q_EMIT finished();
}

void SimulationScreen::receiveOutcome(const RunOutcome& outcome) {
    m_hasError = false;
    m_outcome = outcome;
    m_summary = outcome.summary;
    m_values->setOutcome(outcome);
    m_rules->setOutcome(outcome);
    m_rewards->setOutcome(outcome);
    m_gains->setOutcome(outcome);
    m_knobs->setOutcome(m_outcome);
    showResultPage();
    refresh();
}

void SimulationScreen::showError(const QString& what, const QString& text) {
    m_hasError = true;
    m_errorTitle->setText(what);
    m_errorText->setText(visibleText(text));
    if (view() == SimulationView::Scenario || view() == SimulationView::Storyline)
        showView(SimulationView::Values);
    showResultPage();
}

void SimulationScreen::step(bool isUndo) {
    if (isUndo ? !m_draft.stack().canUndo() : !m_draft.stack().canRedo())
        return;
    if (isUndo)
        m_draft.undo();
    else
        m_draft.redo();
    if (m_outcome && m_pages->currentWidget() == m_results) {
        followKnob();
        m_live.settle();
    }
}

// ---- what is shown ---------------------------------------------------------------------------------------------

SimulationView SimulationScreen::view() const {
    return static_cast<SimulationView>(m_views->current());
}

void SimulationScreen::showView(SimulationView shown) {
    m_views->setCurrent(static_cast<int>(shown));
    const bool isResult = shown < SimulationView::Storyline;
    m_knobs->setVisible(isResult);
    m_pages->setCurrentIndex(isResult ? 0 : shown == SimulationView::Storyline ? 1 : 2);
    if (isResult)
        showResultPage();
    if (shown == SimulationView::Storyline)
        m_storyline->refresh();
}

void SimulationScreen::showResultPage() {
    const auto page =
        m_hasError   ? ResultPage::Error
        : !m_outcome ? ResultPage::Empty
                     : static_cast<ResultPage>(static_cast<int>(ResultPage::Values) + std::min(m_views->current(), 3));
    m_results->setCurrentIndex(static_cast<int>(page));
}

void SimulationScreen::showDevice(qint64 device) {
    m_storyline->setDevice(device);
    showView(SimulationView::Storyline);
}

QString SimulationScreen::obstacle() const {
    if (!m_draft.isOpen())
        return tr("Choose a scenario first.");
    if (m_draft.findings().empty())
        return {};
    const Finding& first = m_draft.findings().front();
    return first.member.isEmpty() ? first.reason : tr("%1: %2").arg(first.member, first.reason);
}

bool SimulationScreen::isStale() const {
    return m_outcome && !m_live.isRunning() &&
           (m_outcome->request.b != m_draft.scenario() || m_outcome->request.a.has_value() != request().a.has_value());
}

QString SimulationScreen::sentence() const {
    if (!m_draft.isOpen())
        return tr("A whole population under the production rules, day by day");
    const QString name = visibleText(m_draft.scenario().name, 48);
    const int changes = m_draft.changeCount();
    if (changes == 0)
        return tr("“%1”, as it was opened").arg(name);
    return tr("Draft of “%1” against its baseline, on the same devices").arg(name);
}

void SimulationScreen::refresh() {
    const QString reason = obstacle();
    m_run->setBlocked(reason);
    m_run->setToolTip(reason.isEmpty() ? tr("Run the scenario") : reason);
    m_save->setBlocked(saveObstacle());
    if (reason.isEmpty())
        m_save->setToolTip(m_draft.hasFile() ? tr("Save to %1").arg(visibleText(m_draft.fileName()))
                                             : tr("Save as a file of your own"));
    m_save->setText(m_draft.isDirty() ? tr("Save *") : tr("Save"));
    m_cancelKey->setEnabled(m_live.isRunning());
    QUndoStack& stack = m_draft.stack();
    m_undo->setEnabled(stack.canUndo());
    m_redo->setEnabled(stack.canRedo());
    m_undo->setName(stack.canUndo() ? tr("Undo: %1").arg(stack.undoText()) : tr("Undo"));
    m_redo->setName(stack.canRedo() ? tr("Redo: %1").arg(stack.redoText()) : tr("Redo"));
    m_views->setCount(static_cast<int>(SimulationView::Scenario), static_cast<int>(m_draft.findings().size()));
    refreshHead();
}

void SimulationScreen::refreshHead() {
    m_head->setSentence(sentence());
    const bool isPart = m_outcome && !m_outcome->isWhole();
    m_state->setVisible(m_draft.isOpen() && (!m_draft.findings().empty() || isStale() || isPart));
    if (!m_draft.findings().empty())
        m_state->setFact(tr("Findings: %1").arg(m_draft.findings().size()), Tone::Danger, Icon::Error);
    else if (isStale())
        m_state->setFact(tr("Older than the draft"), Tone::Warn, Icon::Clock);
    else if (isPart)
        m_state->setFact(tr("First %1 devices").arg(numberText(m_outcome->devices)), Tone::Accent);
}

/// Only files that are still there, and not the one that is open.
void SimulationScreen::addRecentFiles(QMenu& menu) {
    bool isFirst = true;
    for (const QString& file : m_recentFiles ? m_recentFiles() : QStringList()) {
        if (file == m_draft.fileName() || !QFile::exists(file))
            continue;
        if (isFirst)
            menu.addSection(tr("Recent scenarios"));
        isFirst = false;
        QAction* open = menu.addAction(fileTitle(file).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                       [this, file] { openScenario(file); });
        open->setToolTip(visibleText(file, 200));
    }
}

void SimulationScreen::openMenu() {
    QMenu menu;
    menu.addAction(tr("Open…"), keysInForce(QStringLiteral("simulation.open")), this, [this] { chooseFile(); });
    QAction* saving =
        menu.addAction(tr("Save as…"), keysInForce(QStringLiteral("simulation.saveAs")), this, [this] { saveAs(); });
    saving->setEnabled(obstacle().isEmpty());
    addRecentFiles(menu);
    menu.addSeparator();
    QAction* base = menu.addAction(tr("Make the draft the new baseline"), this, [this] { m_draft.makeBaseline(); });
    base->setEnabled(baselineObstacle().isEmpty());
    if (waitingDrafts() > 0 || m_keeper.hasDiscarded())
        menu.addSeparator();
    if (waitingDrafts() > 0)
        menu.addAction(tr("Drafts that were not saved…"), m_offer, &DraftOffer::openDialog);
    if (m_keeper.hasDiscarded())
        menu.addAction(tr("Bring the discarded draft back"), &m_keeper, &DraftKeeper::bringBack);
    menu.exec(m_menu->mapToGlobal(QPoint(0, m_menu->height())));
}

} // namespace affinity::ui
