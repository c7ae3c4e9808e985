// Console: the window with everything behind it; makes the parts, and connects what one says to what another does.
#pragma once

#include "app/commandline.h"
#include "engine/engine.h"
#include "ui/help/helpdesk.h"
#include "ui/shared/settings.h"
#include "ui/shell/jobs.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/palettemodel.h"
#include "ui/workspace/recentitems.h"
#include "ui/workspace/startcover.h"
#include "ui/workspace/workspace.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace affinity::ui {
class DevicesScreen;
struct DeviceFilter;
struct DevicesState;
class LevelsScreen;
class OverviewScreen;
struct PaletteItem;
class SettingsScreen;
class SimulationScreen;
struct SimulationState;
} // namespace affinity::ui

namespace affinity::base {
class Lane;
}

namespace affinity::app {

/// What to open, from the command line: the store named there, or the embedded demo store.
struct ConsoleOptions {
    Connection connection;
    bool isDemo = false;       ///< make the store if it is not there, and sign in as its designer
    QString settingsFile;      ///< JSON file; the drafts and saved filters are beside it
    qint64 demoDevices = 2000; ///< tests make a smaller one
};

/// Errors: InvalidInput, of a server's URL or option.
base::Result<ConsoleOptions> consoleOptions(const CommandLine& line);

/// GUI thread. Lives until the window closes; its destruction ends running jobs.
class Console : public QObject {
    Q_OBJECT
public:
    explicit Console(ConsoleOptions options);
    ~Console() override;

    /// Shows the window and begins to open the store.
    void start();
    ui::MainWindow& window() { return *m_window; }
    ui::Workspace* workspace() { return m_workspace.get(); }
    ui::OverviewScreen* overviewScreen() const { return m_overview; }
    ui::LevelsScreen* levelsScreen() const { return m_levels; }
    ui::DevicesScreen* devicesScreen() const { return m_devices; }
    ui::SimulationScreen* simulationScreen() const { return m_simulation; }
    ui::SettingsScreen* settingsScreen() const { return m_settingsScreen; }
    ui::RecentItems& recentItems() { return m_recent; }

Q_SIGNALS:
    /// The store is open, the screens are there, and the demo is signed in.
    void ready();

private:
    void makeDemo();
    void openStore();
    void onOpened(const base::Result<Opened>& opened);
    /// Makes the screens; what they took over from the ones before is in the states.
    void showScreens(ui::DevicesState devices, ui::SimulationState simulation);
    ui::SettingsScreen* makeSettingsScreen();
    /// The screens show what a perspective kept of them.
    void enterPerspective(ui::Perspective perspective);
    /// For Ctrl+K, newest first: files that are gone are left out.
    std::vector<ui::PaletteItem> recentPaletteItems();
    /// Devices and scenarios that are shown are remembered.
    void followRecent();
    void offerDemoAccounts();
    /// The window speaks another language: its screens are made anew and go on where they were.
    void retranslate();
    void fillPalette();
    void showDevices(const ui::DeviceFilter& filter);
    void signInToDemo();
    void openSignIn();
    void openDeliveries(std::optional<store::DeliveryState> state);
    QString deliveriesObstacle() const;
    /// What can be done on every screen: help, and what belongs to the store.
    std::vector<ui::Command> commands();
    /// The window's banners of the counters and of rewards that were given up.
    void tellCounters();
    void tellRewards();
    void openAdjust(const service::DeviceDetail& detail);
    void openReverse(const service::DeviceDetail& detail, const rules::LogRow& row);
    void onCommitted(const service::ApplyResult& result);
    void refreshConnectionState();
    void showFailure(const base::Error& error);

    ConsoleOptions m_options;
    ui::Settings m_settings;
    ui::RecentItems m_recent;
    ui::JobList m_jobs;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::HelpDesk m_help; ///< its windows are the main window's: it goes first
    std::unique_ptr<base::Lane> m_demoLane;
    JobHandle m_demoJob;
    QTimer m_demoProgress;
    std::optional<base::Error> m_failure; ///< shown on the cover
    qint64 m_deadRewardsSeen = 0;         ///< given up when their banner was taken away
    ui::StartCover* m_cover = nullptr;    ///< the window's
    ui::OverviewScreen* m_overview = nullptr;
    ui::DevicesScreen* m_devices = nullptr;
    ui::LevelsScreen* m_levels = nullptr;
    ui::SimulationScreen* m_simulation = nullptr;
    ui::SettingsScreen* m_settingsScreen = nullptr;
};

} // namespace affinity::app
