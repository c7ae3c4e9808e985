#include "app/console.h"

#include "app/demostore.h"
#include "engine/base/clock.h"
#include "engine/base/lane.h"
#include "ui/adjustments/adjustdialog.h"
#include "ui/adjustments/reversedialog.h"
#include "ui/adjustments/signindialog.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/shared/toast.h"
#include "ui/simulation/simulationscreen.h"
#include "ui/workspace/errortext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace affinity::app {

ConsoleOptions consoleOptions(const CommandLine& line) {
    ConsoleOptions options;
    options.isDemo = !line.has(QStringLiteral("store"));
    options.connection.url =
        options.isDemo ? QStringLiteral("sqlite:") + demoStoreFile() : line.value(QStringLiteral("store"));
    // A store named by URL counts as a development store; only profiles, which do not exist yet, can say otherwise.
    options.connection.environment = options.isDemo ? Environment::Demo : Environment::Dev;
    options.connection.isReadOnly = line.has(QStringLiteral("read-only"));
    options.settingsFile =
        QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/window.ini");
    return options;
}

Console::Console(ConsoleOptions options)
    : m_options(std::move(options)),
      m_settings(m_options.settingsFile, QSettings::IniFormat),
      m_window(std::make_unique<ui::MainWindow>(m_settings, m_jobs)) {
    m_cover = new ui::StartCover(m_window.get());
    connect(m_window.get(), &ui::MainWindow::unlockRequested, this, &Console::openSignIn);
    connect(m_window.get(), &ui::MainWindow::languageChanged, this, &Console::retranslate);
    connect(&m_demoProgress, &QTimer::timeout, this, [this] {
        m_cover->showWork(tr("Making the demo store"),
                          tr("A population lives through 90 days, decided event by event by the engine. Only once."),
                          m_demoJob->share);
    });
}

Console::~Console() {
    if (m_demoJob)
        m_demoJob->isCancelled = true;
}

void Console::start() {
    m_failure.reset();
    m_window->show();
    const QString file = m_options.connection.url.mid(QStringLiteral("sqlite:").size());
    if (m_options.isDemo && !QFile::exists(file))
        makeDemo();
    else
        openStore();
}

void Console::makeDemo() {
    m_demoJob = std::make_shared<JobControl>();
    m_demoLane = std::make_unique<base::Lane>(QStringLiteral("demo"));
    m_demoProgress.start(100);
    const QString file = m_options.connection.url.mid(QStringLiteral("sqlite:").size());
    const auto made =
        m_demoLane->run<bool>([job = m_demoJob, file, devices = m_options.demoDevices]() -> base::Result<bool> {
            DemoOptions options;
            options.devices = devices;
            options.nowUs = base::SystemClock().nowUs();
            options.progress = [job](double share) { job->share = share; };
            options.isCancelled = &job->isCancelled;
            const auto done = createDemoStore(file, options);
            if (!done)
                return done.error();
            return true;
        });
    ui::ask<bool>(this, made, [this](const base::Result<bool>& done) {
        m_demoProgress.stop();
        if (done)
            openStore();
        else
            showFailure(done.error());
    });
}

void Console::openStore() {
    m_cover->showWork(tr("Opening the store"), m_options.connection.url);
    m_engine = std::make_unique<Engine>(m_options.connection);
    ui::ask<Opened>(this, m_engine->open(), [this](const base::Result<Opened>& opened) { onOpened(opened); });
}

void Console::onOpened(const base::Result<Opened>& opened) {
    if (!opened) {
        showFailure(opened.error());
        return;
    }
    m_workspace = std::make_unique<ui::Workspace>(*m_engine, m_jobs, *opened);
    connect(m_workspace.get(), &ui::Workspace::sessionChanged, this, &Console::refreshConnectionState);
    connect(m_workspace.get(), &ui::Workspace::announced, this,
            [this](const QString& text, const QString& action, const std::function<void()>& run) {
                m_window->toasts().showToast(text, action, run);
            });
    connect(m_workspace.get(), &ui::Workspace::deviceRequested, this, [this](base::DeviceId id) {
        m_window->showScreen(QStringLiteral("devices"));
        m_devices->showDevice(id);
    });
    connect(m_engine.get(), &Engine::applied, this, &Console::onCommitted);
    showScreens({}, {});
    refreshConnectionState();
    if (m_options.isDemo) {
        offerDemoAccounts();
        signInToDemo();
    } else
        Q_EMIT ready();
}

void Console::offerDemoAccounts() {
    m_workspace->setDemoAccounts({{demoDesigner(), tr("designer: tunes rules, adjusts"), demoPassword()},
                                  {demoSupport(), tr("support: adjusts within limits"), demoPassword()},
                                  {demoViewer(), tr("viewer: looks, writes nothing"), demoPassword()}});
}

void Console::retranslate() {
    if (!m_simulation) {
        if (m_failure)
            showFailure(*m_failure);
        else if (m_engine)
            m_cover->showWork(tr("Opening the store"), m_options.connection.url);
        return; // the demo store's progress writes itself anew
    }
    if (m_options.isDemo)
        offerDemoAccounts();
    const ui::OverviewState overview = m_overview->state();
    ui::DevicesState devices = m_devices->takeState();
    ui::SimulationState simulation = m_simulation->takeState();
    m_window->setScreens({}); // the old ones go before the draft gets new owners
    showScreens(std::move(devices), std::move(simulation));
    m_overview->setState(overview);
}

void Console::showScreens(ui::DevicesState devices, ui::SimulationState simulation) {
    m_overview = new ui::OverviewScreen(*m_workspace);
    const QDir settingsFolder = QFileInfo(m_options.settingsFile).dir();
    m_devices = new ui::DevicesScreen(*m_workspace, settingsFolder.filePath(QStringLiteral("device-filters.json")));
    m_levels = new ui::LevelsScreen(*m_workspace);
    if (devices.exporter)
        m_devices->setState(std::move(devices));
    m_simulation = new ui::SimulationScreen(*m_workspace, nullptr, std::move(simulation));
    connect(m_overview, &ui::OverviewScreen::screenRequested, m_window.get(), &ui::MainWindow::showScreen);
    connect(m_overview, &ui::OverviewScreen::activeDevicesRequested, this, [this] {
        ui::DeviceFilter active;
        active.activity = ui::Activity::ActiveIn7Days;
        showDevices(active);
    });
    connect(m_levels, &ui::LevelsScreen::devicesRequested, this, [this](int fromValue, std::optional<int> toValue) {
        ui::DeviceFilter level;
        level.valueAtLeast = fromValue;
        level.valueAtMost = toValue;
        showDevices(level);
    });
    connect(m_devices, &ui::DevicesScreen::adjustRequested, this, &Console::openAdjust);
    connect(m_devices, &ui::DevicesScreen::reverseRequested, this, &Console::openReverse);
    m_window->setScreens({
        {QStringLiteral("overview"), tr("Overview"), ui::Icon::Overview, m_overview, false,
         [this] { m_overview->refresh(); }},
        {QStringLiteral("devices"), tr("Devices"), ui::Icon::Devices, m_devices, false,
         [this] { m_devices->refresh(); }},
        {QStringLiteral("levels"), tr("Levels"), ui::Icon::Levels, m_levels, false, [this] { m_levels->refresh(); }},
        {QStringLiteral("simulation"),
         tr("Simulation"),
         ui::Icon::Simulation,
         m_simulation,
         false,
         {},
         [this](const std::function<void()>& proceed) { m_simulation->leave(proceed); }},
    });
    if (m_cover)
        m_cover->deleteLater();
    m_cover = nullptr;
}

void Console::showDevices(const ui::DeviceFilter& filter) {
    m_window->showScreen(QStringLiteral("devices"));
    m_devices->list().setFilter(filter);
}

void Console::signInToDemo() {
    const auto signedIn = m_engine->signIn(demoDesigner(), access::Secret(demoPassword()));
    ui::ask<access::Session>(this, signedIn, [this](const base::Result<access::Session>& session) {
        if (session)
            m_workspace->setSession(*session);
        Q_EMIT ready();
    });
}

void Console::openSignIn() {
    if (m_workspace)
        ui::SignInDialog::open(*m_workspace, m_window.get());
}

void Console::openAdjust(const service::DeviceDetail& detail) {
    ui::AdjustDialog::open(*m_workspace, detail, m_window.get());
}

void Console::openReverse(const service::DeviceDetail& detail, const rules::LogRow& row) {
    ui::ReverseDialog::open(*m_workspace, detail.device, store::LogEntry{row, std::nullopt}, m_window.get());
}

void Console::onCommitted(const service::ApplyResult& result) {
    if (result.logId)
        m_workspace->announce(tr("Log row %1 is written.").arg(result.logId->value));
}

void Console::refreshConnectionState() {
    m_window->setConnectionState(m_workspace->connectionState());
}

void Console::showFailure(const base::Error& error) {
    m_failure = error;
    std::vector<ui::NextStep> steps;
    steps.push_back({ui::Icon::Refresh, tr("Try again"), tr("Open the same store once more"), {}, [this] { start(); }});
    if (!m_options.isDemo) {
        steps.push_back({ui::Icon::Flask, tr("Open the demo store"), tr("Embedded, needs no server"), {}, [this] {
                             ConsoleOptions demo = consoleOptions({});
                             m_options.connection = demo.connection;
                             m_options.isDemo = true;
                             start();
                         }});
    }
    steps.push_back({ui::Icon::Close, tr("Quit"), {}, {}, [] { QCoreApplication::quit(); }});
    m_cover->showFailure(tr("The store did not open"), ui::errorText(error), steps);
}

} // namespace affinity::app
