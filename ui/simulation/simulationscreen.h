// The simulation screen: edit a scenario, run the draft against its baseline, look at what comes out.
#pragma once

#include "ui/shell/commands.h"
#include "ui/simulation/draft.h"
#include "ui/simulation/draftkeeper.h"
#include "ui/simulation/liverun.h"

#include <QWidget>

#include <functional>
#include <memory>

class QMenu;
class QShortcut;
class QStackedWidget;

namespace affinity::ui {

class BannerStack;
class Button;
class DraftOffer;
class GainsPage;
class IconButton;
class KnobPanel;
class PageHead;
class RewardsPage;
class RulesPage;
class ScenarioPage;
class SegmentedControl;
class StorylinePage;
class Tag;
class TextLabel;
class ValuesPage;

/// What the screen shows of a scenario.
enum class SimulationView { Values, Rules, Rewards, Gains, Storyline, Scenario };

enum class KnobChoice;

/// What the screen shows and does, for the one made anew in another language. Nothing of it is asked again but a run
/// that had not ended, which gives the same result.
struct SimulationState {
    std::unique_ptr<Draft> draft;        ///< with its undo steps
    std::unique_ptr<DraftKeeper> keeper; ///< that follows it, with the drafts it found
    QStringList files;                   ///< to choose from
    std::optional<RunOutcome> outcome;
    SimulationView view = SimulationView::Values;
    KnobChoice knobs{};
    qint64 device = 0; ///< of the storyline
    bool isRunning = false;
};

/// One run at a time: a new one ends the one before, whose answer is dropped. GUI thread; the engine outlives it.
class SimulationScreen : public QWidget {
    Q_OBJECT
public:
    /// With a state whose draft is open: goes on with it; else opens the first scenario that comes with the program
    /// and offers what dead programs left in `draftsFolder`. Unsaved edits are kept there; empty: they are not kept.
    explicit SimulationScreen(Workspace& workspace, QWidget* parent = nullptr, SimulationState before = {},
                              const QString& draftsFolder = {});
    ~SimulationScreen() override;

    /// Takes its state away; after that it can only be deleted, before the draft is.
    SimulationState takeState();

    /// Reads a scenario file (or resource) and shows what it holds; asks first where edits would be lost.
    void openScenario(const QString& fileName);
    /// Runs the draft, against its baseline where they differ.
    void run();
    void cancel();
    bool isRunning() const { return m_live.isRunning(); }
    /// Writes the draft to a file, whole or not at all.
    void saveTo(const QString& fileName);
    bool hasUnsavedEdits() const { return m_draft.isDirty(); }
    /// Does `proceed` at once, or after Save or Discard where there are unsaved edits; not at all after Cancel.
    void leave(const std::function<void()>& proceed);

    void showView(SimulationView view);
    SimulationView view() const;
    /// The files the menu offers to open again, newest first; asked each time it opens.
    void setRecentFiles(std::function<QStringList()> files) { m_recentFiles = std::move(files); }
    /// The storyline of a device of the draft.
    void showDevice(qint64 device);

    /// The editor of a rule of the draft; false, and nothing happens, when it has none of this key.
    bool showRule(const QString& ruleKey);
    /// What can be done here.
    std::vector<Command> commands();

    Draft& draft() { return m_draft; }
    DraftKeeper& keeper() { return m_keeper; }
    /// Drafts of dead programs that wait for an answer.
    int waitingDrafts() const { return static_cast<int>(m_keeper.leftovers().size()); }
    /// Goes on with a draft of a dead program; asks first where edits would be lost.
    void goOnWithDraft(const QString& name);
    /// Of the draft, in the last result received.
    const std::optional<SimulationSummary>& summary() const { return m_summary; }
    const std::optional<RunOutcome>& outcome() const { return m_outcome; }

Q_SIGNALS:
    /// A run ended with a result, an error or by Cancel.
    void finished();
    /// A scenario file (or resource) was read and is shown.
    void scenarioOpened(const QString& fileName, const QString& name);
    /// The number of drafts that wait for an answer changed.
    void waitingDraftsChanged();
    /// The user asked to see this screen.
    void screenWanted();

private:
    enum class ResultPage { Empty, Values, Rules, Rewards, Gains, Error };

    void goOnWith(SimulationState& before);
    void buildHead();
    std::vector<Command> runCommands();
    std::vector<Command> fileCommands();
    std::vector<Command> viewCommands();
    QString stepObstacle(bool isUndo) const;
    QString saveObstacle() const;
    QString baselineObstacle() const;
    QString deviceObstacle(qint64 by) const;
    void backToBaseline();
    QWidget* emptyPage();
    QWidget* errorPage();
    void chooseFile();
    void load(const QString& fileName);
    void receiveScenario(const QString& fileName, const base::Result<sim::Scenario>& answer);
    void receiveOutcome(const RunOutcome& outcome);
    void forgetResult();
    void save(const std::function<void()>& then = {});
    void saveAs(const std::function<void()>& then = {});
    void write(const QString& fileName, const std::function<void()>& then);
    void step(bool isUndo);
    void openMenu();
    void addRecentFiles(QMenu& menu);
    void followKnob();
    RunRequest request() const;
    /// Why nothing can be run or saved now, as a sentence; empty when it can.
    QString obstacle() const;
    bool isStale() const;
    void showResultPage();
    void showError(const QString& what, const QString& text);
    void refresh();
    void refreshHead();
    QString sentence() const;

    Workspace& m_workspace;
    std::unique_ptr<Draft> m_ownDraft;
    Draft& m_draft; // the one above, or what takeState() gave away
    std::unique_ptr<DraftKeeper> m_ownKeeper;
    DraftKeeper& m_keeper; // likewise
    LiveRun m_live;
    LatestRequest<sim::Scenario> m_scenarioRequest;
    LatestRequest<QString> m_saveRequest;
    std::optional<SimulationSummary> m_summary;
    std::optional<RunOutcome> m_outcome;
    std::function<QStringList()> m_recentFiles;
    bool m_hasError = false;
    PageHead* m_head;
    Tag* m_state;
    SegmentedControl* m_views;
    IconButton *m_undo, *m_redo, *m_menu;
    Button *m_save, *m_run;
    QShortcut* m_cancelKey;
    KnobPanel* m_knobs;
    BannerStack* m_banners;
    DraftOffer* m_offer;
    QStackedWidget *m_pages, *m_results;
    ValuesPage* m_values;
    RulesPage* m_rules;
    RewardsPage* m_rewards;
    GainsPage* m_gains;
    StorylinePage* m_storyline;
    ScenarioPage* m_scenario;
    TextLabel *m_errorTitle, *m_errorText;
};

} // namespace affinity::ui
