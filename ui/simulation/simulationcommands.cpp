// What can be done on the Simulation screen, by name.
#include "ui/simulation/discarddialog.h"
#include "ui/simulation/draftoffer.h"
#include "ui/simulation/scenariopage.h"
#include "ui/simulation/simulationscreen.h"
#include "ui/simulation/storylinepage.h"

#include <iterator>
#include <utility>

namespace affinity::ui {
namespace {

Command command(const char* id, const QString& text, Icon icon, QList<QKeySequence> keys, std::function<void()> run,
                std::function<QString()> obstacle = {}) {
    return {QLatin1String(id), text, icon, std::move(keys), {}, std::move(run), std::move(obstacle)};
}

} // namespace

QString SimulationScreen::stepObstacle(bool isUndo) const {
    if (isUndo)
        return m_draft.stack().canUndo() ? QString() : tr("There is no edit to undo.");
    return m_draft.stack().canRedo() ? QString() : tr("There is no edit to redo.");
}

QString SimulationScreen::saveObstacle() const {
    const QString reason = obstacle();
    if (!reason.isEmpty() || m_draft.isDirty() || !m_draft.hasFile())
        return reason;
    return tr("There is nothing to save.");
}

QString SimulationScreen::baselineObstacle() const {
    const QString reason = obstacle();
    return !reason.isEmpty() || m_draft.isChanged() ? reason : tr("The draft is the baseline already.");
}

QString SimulationScreen::deviceObstacle(qint64 by) const {
    if (view() != SimulationView::Storyline)
        return tr("The storyline is not shown.");
    const qint64 device = m_storyline->device() + by;
    if (device < 0)
        return tr("This is the first device.");
    return device < m_draft.scenario().devices ? QString() : tr("This is the last device.");
}

void SimulationScreen::backToBaseline() {
    m_draft.edit(tr("Back to the baseline"), m_draft.baseline());
    followKnob();
    m_live.settle();
}

bool SimulationScreen::showRule(const QString& ruleKey) {
    const auto& rules = m_draft.scenario().ruleSet.rules;
    for (size_t row = 0; row < rules.size(); ++row) {
        if (rules[row].key != ruleKey)
            continue;
        showView(SimulationView::Scenario);
        return m_scenario->showField({Member::DailyCap, static_cast<int>(row), 0, {}});
    }
    return false;
}

std::vector<Command> SimulationScreen::commands() {
    std::vector<Command> all = runCommands();
    for (std::vector<Command>& more : std::vector{fileCommands(), viewCommands()})
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return all;
}

std::vector<Command> SimulationScreen::runCommands() {
    std::vector<Command> all;
    all.push_back(command(
        "simulation.run", tr("Run the scenario"), Icon::Play, {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { run(); },
        [this] { return obstacle(); }));
    all.push_back(command(
        "simulation.cancel", tr("Cancel the run"), Icon::Stop, {QKeySequence(Qt::Key_Escape)}, [this] { cancel(); },
        [this] { return isRunning() ? QString() : tr("No run is going on."); }));
    all.back().isEditable = false; // Esc is the screen's only while a run is on
    all.push_back(command(
        "simulation.undo", tr("Undo the edit"), Icon::Undo, {QKeySequence(Qt::CTRL | Qt::Key_Z)},
        [this] { step(true); }, [this] { return stepObstacle(true); }));
    all.push_back(command(
        "simulation.redo", tr("Redo the edit"), Icon::Redo,
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)}, [this] { step(false); },
        [this] { return stepObstacle(false); }));
    all.push_back(command(
        "simulation.makeBaseline", tr("Make the draft the new baseline"), Icon::Merge, {},
        [this] { m_draft.makeBaseline(); }, [this] { return baselineObstacle(); }));
    all.push_back(command(
        "simulation.backToBaseline", tr("Set the draft back to the baseline"), Icon::History, {},
        [this] { backToBaseline(); },
        [this] {
            if (!m_draft.isOpen())
                return tr("Choose a scenario first.");
            return m_draft.isChanged() ? QString() : tr("The draft is the baseline already.");
        }));
    return all;
}

std::vector<Command> SimulationScreen::fileCommands() {
    std::vector<Command> all;
    all.push_back(command("simulation.open", tr("Open a scenario…"), Icon::Import, {QKeySequence(Qt::CTRL | Qt::Key_O)},
                          [this] { chooseFile(); }));
    all.push_back(command(
        "simulation.save", tr("Save the scenario"), Icon::Save, {QKeySequence(Qt::CTRL | Qt::Key_S)},
        [this] { save(); }, [this] { return saveObstacle(); }));
    all.push_back(command(
        "simulation.saveAs", tr("Save the scenario as…"), Icon::Save, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
        [this] { saveAs(); }, [this] { return obstacle(); }));
    all.push_back(command(
        "simulation.drafts", tr("Show the drafts that were not saved…"), Icon::History, {},
        [this] { m_offer->openDialog(); },
        [this] { return waitingDrafts() > 0 ? QString() : tr("No draft waits for an answer."); }));
    all.push_back(command(
        "simulation.bringBack", tr("Bring the discarded draft back"), Icon::Undo, {}, [this] { m_keeper.bringBack(); },
        [this] { return m_keeper.hasDiscarded() ? QString() : tr("No draft was discarded."); }));
    return all;
}

std::vector<Command> SimulationScreen::viewCommands() {
    std::vector<Command> all;
    const QStringList names{tr("Show the values"), tr("Show the rules"),     tr("Show the rewards"),
                            tr("Show who gains"),  tr("Show the storyline"), tr("Edit the scenario")};
    for (int i = 0; i < names.size(); ++i) {
        all.push_back(command("", names.at(i), i + 1 == names.size() ? Icon::Edit : Icon::Simulation,
                              {QKeySequence(QStringLiteral("Alt+%1").arg(i + 1))},
                              [this, i] { showView(static_cast<SimulationView>(i)); }));
        all.back().id = QStringLiteral("simulation.view%1").arg(i);
    }
    all.push_back(command(
        "simulation.previousDevice", tr("Show the device before"), Icon::ChevronLeft,
        {QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] { m_storyline->step(-1); },
        [this] { return deviceObstacle(-1); }));
    all.push_back(command(
        "simulation.nextDevice", tr("Show the device after"), Icon::ChevronRight,
        {QKeySequence(Qt::ALT | Qt::Key_Right)}, [this] { m_storyline->step(1); },
        [this] { return deviceObstacle(1); }));
    return all;
}

} // namespace affinity::ui
