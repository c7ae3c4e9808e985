// The simulation screen: choose a scenario, run it, look at what comes out.
#pragma once

#include "engine/engine.h"
#include "ui/shell/jobs.h"
#include "ui/simulation/summary.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QTimer>
#include <QWidget>

class QShortcut;
class QStackedWidget;

namespace affinity::ui {

class BannerStack;
class Button;
class ResultView;
class ScenarioPanel;
class TextLabel;

/// One run at a time: a new one ends the one before, whose answer is dropped. GUI thread; the engine outlives it.
class SimulationScreen : public QWidget {
    Q_OBJECT
public:
    explicit SimulationScreen(Workspace& workspace, QWidget* parent = nullptr);
    ~SimulationScreen() override;

    /// Reads a scenario file (or resource) and shows what it holds.
    void openScenario(const QString& fileName);
    void run();
    void cancel();
    bool isRunning() const { return m_job != nullptr; }
    const std::optional<SimulationSummary>& summary() const { return m_summary; }

Q_SIGNALS:
    /// A run ended with a result, an error or by Cancel.
    void finished();

private:
    enum class Page { Empty, Result, Error };

    QWidget* emptyPage();
    QWidget* errorPage();
    void chooseFile();
    void receiveScenario(const QString& fileName, const base::Result<sim::Scenario>& answer);
    void receiveSummary(const rules::RuleSet& ruleSet, const base::Result<SimulationSummary>& answer);
    void showError(const QString& what, const QString& text);
    void reportProgress();
    void endRun();
    void refresh();

    Workspace& m_workspace;
    LatestRequest<sim::Scenario> m_scenarioRequest;
    LatestRequest<SimulationSummary> m_runRequest;
    JobHandle m_job;
    JobList::JobId m_jobId = 0;
    QTimer m_progressTimer;
    std::optional<SimulationSummary> m_summary;
    ScenarioPanel* m_scenario;
    Button* m_run;
    QShortcut* m_cancelKey;
    BannerStack* m_banners;
    QStackedWidget* m_pages;
    ResultView* m_result;
    TextLabel* m_errorTitle;
    TextLabel* m_errorText;
};

} // namespace affinity::ui
