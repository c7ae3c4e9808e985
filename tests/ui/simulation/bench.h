// An engine on an empty embedded store with the simulation screen over it, and the scenario most tests use.
#pragma once

#include "tests/support/commandhost.h"
#include "ui/simulation/simulationscreen.h"

#include <QLineEdit>
#include <QTemporaryDir>

#include <memory>

namespace affinity::ui {
class Button;
}

namespace affinity::test {

inline constexpr int patienceMs = 30'000;

/// resources/scenarios/bench8.json and demo.json.
QString benchFile();
QString demoFile();
/// bench8 with this many devices and days.
sim::Scenario smallScenario(qint64 devices, int days);

class Bench {
public:
    /// Unsaved edits are kept in that folder; empty: they are not kept.
    explicit Bench(const QString& draftsFolder = {});
    ~Bench();

    QLineEdit* field(const char* name);
    ui::Button* runButton();
    QString file(const QString& name) const { return m_folder.filePath(name); }
    Engine& engine() { return *m_engine; }
    ui::Workspace& workspace() { return *m_workspace; }
    /// Opens a scenario and waits until it is there.
    void open(const QString& fileName);
    /// Types the two numbers.
    void setNumbers(const QString& devices, const QString& days);
    /// Runs and waits until the whole result is there.
    bool runWhole();
    /// Makes the screen's window the active one.
    bool activate();

    ui::JobList jobs;
    std::unique_ptr<ui::SimulationScreen> screen;
    std::unique_ptr<CommandHost> commands;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::Workspace> m_workspace;
};

} // namespace affinity::test
