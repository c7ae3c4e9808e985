#include "ui/simulation/simulationscreen.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/resultview.h"
#include "ui/simulation/scenariopanel.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int progressIntervalMs = 100;
const QString causeRun = QStringLiteral("run");

/// Scenarios that come with the program, the first one first.
const QStringList shippedScenarios{QStringLiteral(":/scenarios/demo.json"), QStringLiteral(":/scenarios/bench8.json")};

} // namespace

SimulationScreen::SimulationScreen(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_scenario(new ScenarioPanel),
      m_run(new Button(tr("Run"), ButtonKind::Primary, Icon::Play)),
      m_cancelKey(new QShortcut(QKeySequence(Qt::Key_Escape), this)),
      m_banners(new BannerStack),
      m_pages(new QStackedWidget),
      m_result(new ResultView),
      m_errorTitle(new TextLabel({}, TextStyle::Title)),
      m_errorText(new TextLabel({}, TextStyle::Code, TextTone::Danger)) {
    auto* head = new PageHead(tr("Simulation"), tr("A whole population under the production rules, day by day"));
    m_run->setObjectName(QStringLiteral("run"));
    m_run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    head->addAction(m_run);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(head);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(measure::panelGap);
    columns->addWidget(m_scenario);
    auto* right = new QVBoxLayout;
    right->setSpacing(measure::panelGap);
    right->addWidget(m_banners);
    m_pages->addWidget(emptyPage());
    m_pages->addWidget(m_result);
    m_pages->addWidget(errorPage());
    right->addWidget(m_pages, 1);
    columns->addLayout(right, 1);
    rows->addLayout(columns, 1);

    m_cancelKey->setContext(Qt::WidgetWithChildrenShortcut);
    m_progressTimer.setInterval(progressIntervalMs);
    connect(m_run, &QPushButton::clicked, this, &SimulationScreen::run);
    connect(m_cancelKey, &QShortcut::activated, this, &SimulationScreen::cancel);
    connect(&m_progressTimer, &QTimer::timeout, this, &SimulationScreen::reportProgress);
    connect(m_scenario, &ScenarioPanel::cancelRequested, this, &SimulationScreen::cancel);
    connect(m_scenario, &ScenarioPanel::openRequested, this, &SimulationScreen::chooseFile);
    connect(m_scenario, &ScenarioPanel::changed, this, &SimulationScreen::refresh);
    connect(m_scenario, &ScenarioPanel::digestCopied, this,
            [this] { m_workspace.announce(tr("The digest is on the clipboard.")); });
    connect(m_scenario, &ScenarioPanel::fileChosen, this, [this](const QString& fileName) {
        m_scenarioRequest.ask(
            this, m_workspace.engine().loadScenario(fileName),
            [this, fileName](const base::Result<sim::Scenario>& answer) { receiveScenario(fileName, answer); });
    });
    refresh();
    for (auto name = shippedScenarios.rbegin(); name != shippedScenarios.rend(); ++name) {
        if (QFile::exists(*name)) // chosen in turn; the first one stays, and only its answer is received
            openScenario(*name);
    }
}

SimulationScreen::~SimulationScreen() {
    if (m_job)
        m_job->isCancelled = true;
}

QWidget* SimulationScreen::emptyPage() {
    auto* panel = new Panel;
    auto* empty = new EmptyState(
        Icon::Simulation, tr("Nothing was run yet"),
        tr("A run plays every device of the scenario through every day and shows values, levels and what the rules "
           "did."),
        {{Icon::Play, tr("Run the scenario"), tr("with the numbers at the left"), QStringLiteral("Ctrl R"),
          [this] { run(); }},
         {Icon::Import, tr("Open a scenario file"), tr("JSON, the format the command line uses too"), {}, [this] {
              chooseFile();
          }}});
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

void SimulationScreen::chooseFile() {
    const QString fileName = QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.json)"));
    if (!fileName.isEmpty())
        openScenario(fileName);
}

void SimulationScreen::openScenario(const QString& fileName) {
    const QFileInfo file(fileName);
    m_scenario->addFile(fileName.startsWith(QLatin1Char(':')) ? tr("%1, shipped").arg(file.completeBaseName())
                                                              : visibleText(file.fileName(), 40),
                        fileName);
}

void SimulationScreen::receiveScenario(const QString& fileName, const base::Result<sim::Scenario>& answer) {
    if (!answer) {
        m_scenario->clearScenario();
        showError(tr("%1 is not a scenario that can be run.").arg(visibleText(QFileInfo(fileName).fileName(), 60)),
                  answer.error().what);
        return;
    }
    if (m_pages->currentIndex() == static_cast<int>(Page::Error))
        m_pages->setCurrentIndex(static_cast<int>(m_summary ? Page::Result : Page::Empty));
    m_scenario->setScenario(*answer);
}

void SimulationScreen::run() {
    const std::optional<sim::Scenario> scenario = m_scenario->scenario();
    if (!scenario)
        return;
    if (m_job) { // superseded: its answer is dropped
        m_job->isCancelled = true;
        endRun();
    }
    m_banners->remove(causeRun);
    m_job = std::make_shared<JobControl>();
    m_jobId = m_workspace.jobs().start(
        tr("Simulating %1 devices × %2 days").arg(numberText(scenario->devices)).arg(scenario->days),
        [this, job = std::weak_ptr<JobControl>(m_job)] {
            if (!job.expired() && job.lock() == m_job)
                cancel();
        });
    m_progressTimer.start();
    m_runRequest.ask(this, simulateSummary(m_workspace.engine(), *scenario, m_job),
                     [this, ruleSet = scenario->ruleSet](const base::Result<SimulationSummary>& answer) {
                         receiveSummary(ruleSet, answer);
                     });
    reportProgress();
    refresh();
}

void SimulationScreen::cancel() {
    if (!m_job)
        return;
    m_job->isCancelled = true;
    m_runRequest.drop();
    endRun();
    BannerText text;
    text.what = tr("The run was cancelled.");
    text.meaning = m_summary ? tr("The result below is the one before it.") : tr("Nothing of it is shown.");
    text.isDismissible = true;
    m_banners->show(causeRun, text);
    Q_EMIT finished();
}

void SimulationScreen::receiveSummary(const rules::RuleSet& ruleSet, const base::Result<SimulationSummary>& answer) {
    endRun();
    if (!answer) {
        showError(tr("The run ended with an error."), answer.error().what);
    } else {
        m_summary = *answer;
        m_result->setSummary(*m_summary, ruleSet);
        m_scenario->setSummary(m_summary);
        m_pages->setCurrentIndex(static_cast<int>(Page::Result));
    }
    Q_EMIT finished();
}

void SimulationScreen::showError(const QString& what, const QString& text) {
    m_errorTitle->setText(what);
    m_errorText->setText(visibleText(text));
    m_pages->setCurrentIndex(static_cast<int>(Page::Error));
}

void SimulationScreen::reportProgress() {
    if (!m_job)
        return;
    const double share = m_job->share;
    m_workspace.jobs().report(m_jobId, share > 0 ? std::optional<double>(share) : std::nullopt);
    m_scenario->setRunning(true, share);
}

void SimulationScreen::endRun() {
    m_workspace.jobs().finish(m_jobId);
    m_job.reset();
    m_progressTimer.stop();
    m_scenario->setRunning(false);
    refresh();
}

void SimulationScreen::refresh() {
    m_run->setBlocked(m_scenario->obstacle());
    m_run->setToolTip(m_scenario->obstacle().isEmpty() ? tr("Run the scenario (Ctrl+R)") : m_scenario->obstacle());
    m_cancelKey->setEnabled(m_job != nullptr);
}

} // namespace affinity::ui
