#include "app/console.h"

#include "app/demostore.h"
#include "app/perspectivestate.h"
#include "app/serveraddress.h"
#include "engine/base/clock.h"
#include "engine/base/lane.h"
#include "ui/adjustments/adjustdialog.h"
#include "ui/adjustments/reversedialog.h"
#include "ui/adjustments/signindialog.h"
#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesource.h"
#include "ui/devices/devicesscreen.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/rewards/deliveriesdialog.h"
#include "ui/settings/settingsscreen.h"
#include "ui/shared/formatting.h"
#include "ui/shared/toast.h"
#include "ui/shell/palette.h"
#include "ui/shell/shortcutsview.h"
#include "ui/simulation/rulesource.h"
#include "ui/simulation/simulationscreen.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/storenotices.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace affinity::app {
namespace {

// Causes of the window's banners.
const QString causeCounters = QStringLiteral("counters");
const QString causeRewards = QStringLiteral("rewards");

} // namespace

base::Result<ConsoleOptions> consoleOptions(const CommandLine& line) {
    auto connection = connectionOf(line);
    if (!connection)
        return connection.error();
    ConsoleOptions options;
    options.connection = *std::move(connection);
    options.isDemo = !line.has(QStringLiteral("store"));
    if (options.isDemo)
        options.connection.url = QStringLiteral("sqlite:") + demoStoreFile();
    // A store named by URL counts as a development store; only profiles, which do not exist yet, can say otherwise.
    options.connection.environment = options.isDemo ? Environment::Demo : Environment::Dev;
    options.settingsFile =
        QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/settings.json");
    return options;
}

Console::Console(ConsoleOptions options)
    : m_options(std::move(options)),
      m_settings(m_options.settingsFile),
      m_recent(m_settings),
      m_window(std::make_unique<ui::MainWindow>(m_settings, m_jobs)),
      m_help(m_settings, m_window.get()) {
    m_cover = new ui::StartCover(m_window.get());
    connect(m_window.get(), &ui::MainWindow::unlockRequested, this, &Console::openSignIn);
    connect(m_window.get(), &ui::MainWindow::lockRequested, this, [this] {
        if (m_workspace)
            m_workspace->setSession(std::nullopt);
    });
    connect(m_window.get(), &ui::MainWindow::languageChanged, this, &Console::retranslate);
    connect(m_window.get(), &ui::MainWindow::screenChanged, &m_help, &ui::HelpDesk::setCurrentScreen);
    connect(m_window.get(), &ui::MainWindow::screenChanged, this, [this] {
        if (m_workspace)
            tellCounters();
    });
    connect(&m_help, &ui::HelpDesk::announced, this,
            [this](const QString& text) { m_window->toasts().showToast(text); });
    m_window->setCommands(commands());
    connect(m_window.get(), &ui::MainWindow::perspectiveLeft, this, [this](ui::Perspective left) {
        if (m_devices)
            keepPerspective(m_settings, left, *m_overview, *m_devices);
    });
    connect(m_window.get(), &ui::MainWindow::perspectiveChanged, this, &Console::enterPerspective);
    connect(&m_demoProgress, &QTimer::timeout, this, [this] {
        m_cover->showWork(tr("Making the demo store"),
                          tr("A population lives through 90 days, decided event by event by the engine. Only once."),
                          m_demoJob->share);
    });
}

Console::~Console() {
    if (m_demoJob)
        m_demoJob->isCancelled = true;
    // A first start is always alike; who chose a perspective finds it as it was left.
    if (m_devices && m_window->perspective() != ui::Perspective::General)
        keepPerspective(m_settings, m_window->perspective(), *m_overview, *m_devices);
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
    m_cover->showWork(tr("Opening the store"), base::maskSecrets(m_options.connection.url));
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
    connect(m_workspace.get(), &ui::Workspace::deliveriesRequested, this, &Console::openDeliveries);
    connect(m_workspace.get(), &ui::Workspace::countersChanged, this, &Console::tellCounters);
    connect(m_workspace.get(), &ui::Workspace::outboxChanged, this, &Console::tellRewards);
    connect(m_engine.get(), &Engine::applied, this, &Console::onCommitted);
    m_help.setWorkspace(m_workspace.get());
    m_recent.setStore(m_workspace->connectionState().storeName);
    showScreens({}, {});
    if (m_window->perspective() != ui::Perspective::General)
        showPerspective(m_settings, m_window->perspective(), *m_overview, *m_devices);
    refreshConnectionState();
    tellCounters();
    tellRewards();
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
    m_window->setCommands(commands());
    if (!m_simulation) {
        if (m_failure)
            showFailure(*m_failure);
        else if (m_engine)
            m_cover->showWork(tr("Opening the store"), base::maskSecrets(m_options.connection.url));
        return; // the demo store's progress writes itself anew
    }
    tellCounters();
    tellRewards();
    if (m_options.isDemo)
        offerDemoAccounts();
    const QWidget* focus = m_window->focusWidget();
    const QString focused = focus && m_settingsScreen->isAncestorOf(focus) ? focus->objectName() : QString();
    const ui::OverviewState overview = m_overview->state();
    ui::DevicesState devices = m_devices->takeState();
    ui::SimulationState simulation = m_simulation->takeState();
    m_window->setScreens({}); // the old ones go before the draft gets new owners
    showScreens(std::move(devices), std::move(simulation));
    m_overview->setState(overview);
    if (m_window->perspective() != ui::Perspective::General)
        m_overview->setRefreshingByItself(ui::refreshesByItself(m_window->perspective()));
    if (!focused.isEmpty() && m_window->currentScreen() == QStringLiteral("settings"))
        if (auto* same = m_settingsScreen->findChild<QWidget*>(focused))
            same->setFocus(Qt::OtherFocusReason);
}

void Console::enterPerspective(ui::Perspective perspective) {
    if (!m_devices)
        return;
    showPerspective(m_settings, perspective, *m_overview, *m_devices);
    if (perspective == ui::Perspective::Support && m_window->currentScreen() == QStringLiteral("devices"))
        m_devices->list().focusSearch();
}

void Console::followRecent() {
    connect(&m_devices->detail(), &ui::DeviceDetailView::deviceRead, this, [this](const store::DeviceRow& row) {
        const QString name = ui::visibleText(row.binding.nickname, 40);
        const QString serial = ui::visibleText(row.binding.serial, 40);
        m_recent.note(ui::RecentKind::Device, QString::number(row.binding.id.value),
                      name.isEmpty() ? serial : tr("%1 · %2").arg(serial, name));
    });
    connect(m_simulation, &ui::SimulationScreen::scenarioOpened, this,
            [this](const QString& fileName, const QString& name) {
                if (!fileName.startsWith(QLatin1Char(':'))) // those that come along are always offered
                    m_recent.note(ui::RecentKind::Scenario, fileName, ui::visibleText(name, 80));
            });
    m_simulation->setRecentFiles([this] {
        QStringList files;
        for (const ui::RecentItem& each : m_recent.items(ui::RecentKind::Scenario))
            files += each.id;
        return files;
    });
}

std::vector<ui::PaletteItem> Console::recentPaletteItems() {
    std::vector<ui::PaletteItem> items;
    for (const ui::RecentItem& each : m_recent.items()) {
        const bool isDevice = each.kind == ui::RecentKind::Device;
        if (each.kind == ui::RecentKind::Store || (!isDevice && !QFile::exists(each.id)))
            continue;
        ui::PaletteItem item;
        item.id = each.id;
        item.text = ui::visibleText(each.title, 80);
        item.note = isDevice ? tr("device %1").arg(each.id) : ui::visibleText(QFileInfo(each.id).fileName(), 60);
        item.icon = isDevice ? ui::Icon::Devices : ui::Icon::Simulation;
        item.run = [this, isDevice, id = each.id] {
            if (isDevice) {
                m_workspace->openDevice(base::DeviceId{id.toLongLong()});
            } else {
                m_window->showScreen(QStringLiteral("simulation"));
                m_simulation->openScenario(id);
            }
            return QString();
        };
        items.push_back(std::move(item));
    }
    return items;
}

ui::SettingsScreen* Console::makeSettingsScreen() {
    const QDir folder = QFileInfo(m_options.settingsFile).dir();
    std::vector<ui::ProgramFile> files{
        {QStringLiteral("settings"), tr("Settings"), tr("theme, language, perspectives, columns, keys, recent items"),
         m_options.settingsFile},
        {QStringLiteral("filters"), tr("Saved filters"), tr("of the device list"),
         folder.filePath(QStringLiteral("device-filters.json"))},
        {QStringLiteral("drafts"), tr("Drafts"), tr("scenarios that are being edited, until they are saved"),
         folder.filePath(QStringLiteral("drafts"))}};
    if (m_options.isDemo) {
        files.push_back({QStringLiteral("demo"), tr("Demo store"), tr("delete it, and the next start makes it again"),
                         m_options.connection.url.mid(QStringLiteral("sqlite:").size())});
    }
    return new ui::SettingsScreen(*m_window, m_recent, std::move(files), new ui::ShortcutsView(m_window->commands()));
}

void Console::showScreens(ui::DevicesState devices, ui::SimulationState simulation) {
    m_overview = new ui::OverviewScreen(*m_workspace);
    const QDir settingsFolder = QFileInfo(m_options.settingsFile).dir();
    m_devices = new ui::DevicesScreen(*m_workspace, settingsFolder.filePath(QStringLiteral("device-filters.json")));
    m_levels = new ui::LevelsScreen(*m_workspace);
    if (devices.exporter)
        m_devices->setState(std::move(devices));
    m_simulation = new ui::SimulationScreen(*m_workspace, nullptr, std::move(simulation),
                                            settingsFolder.filePath(QStringLiteral("drafts")));
    const auto countDrafts = [this] {
        m_window->setCount(QStringLiteral("simulation"), m_simulation->waitingDrafts());
    };
    connect(m_simulation, &ui::SimulationScreen::waitingDraftsChanged, this, countDrafts);
    connect(m_simulation, &ui::SimulationScreen::screenWanted, this,
            [this] { m_window->showScreen(QStringLiteral("simulation")); });
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
    m_settingsScreen = makeSettingsScreen();
    followRecent();
    m_window->setScreens({
        {QStringLiteral("overview"),
         tr("Overview"),
         ui::Icon::Overview,
         m_overview,
         false,
         [this] { m_overview->refresh(); },
         {},
         m_overview->commands()},
        {QStringLiteral("devices"),
         tr("Devices"),
         ui::Icon::Devices,
         m_devices,
         false,
         [this] { m_devices->refresh(); },
         {},
         m_devices->commands()},
        {QStringLiteral("levels"),
         tr("Levels"),
         ui::Icon::Levels,
         m_levels,
         false,
         [this] { m_levels->refresh(); },
         {},
         m_levels->commands()},
        {QStringLiteral("simulation"),
         tr("Simulation"),
         ui::Icon::Simulation,
         m_simulation,
         false,
         {},
         [this](const std::function<void()>& proceed) { m_simulation->leave(proceed); },
         m_simulation->commands()},
        {QStringLiteral("settings"),
         tr("Settings"),
         ui::Icon::Settings,
         m_settingsScreen,
         true,
         [this] { m_settingsScreen->refresh(); },
         {},
         m_settingsScreen->commands()},
    });
    fillPalette();
    countDrafts();
    if (m_cover)
        m_cover->deleteLater();
    m_cover = nullptr;
}

void Console::fillPalette() {
    ui::Palette& palette = m_window->palette();
    palette.setSource(ui::PaletteGroup::Recent,
                      [this](const QString&, const std::function<void(std::vector<ui::PaletteItem>)>& reply) {
                          reply(recentPaletteItems());
                      });
    palette.setSource(ui::PaletteGroup::Devices, ui::devicePaletteSource(*m_workspace), true);
    palette.setSource(
        ui::PaletteGroup::Rules, ui::rulePaletteSource(m_workspace->ruleSet(), [this](const QString& ruleKey) {
            m_window->showScreen(QStringLiteral("simulation"));
            return m_simulation->showRule(ruleKey) ? QString() : tr("The draft has no rule “%1”.").arg(ruleKey);
        }));
}

void Console::showDevices(const ui::DeviceFilter& filter) {
    m_window->showScreen(QStringLiteral("devices"));
    m_devices->list().setFilter(filter);
}

void Console::signInToDemo() {
    const auto signedIn = m_engine->signIn(demoDesigner(), access::Secret::wellKnown(demoPassword()));
    ui::ask<access::Session>(this, signedIn, [this](const base::Result<access::Session>& session) {
        if (session)
            m_workspace->setSession(*session);
        Q_EMIT ready();
    });
}

void Console::openDeliveries(std::optional<store::DeliveryState> state) {
    ui::DeliveriesDialog::open(*m_workspace, state, m_window.get());
}

QString Console::deliveriesObstacle() const {
    if (!m_workspace)
        return tr("No store is open.");
    return m_workspace->storeInfo().hasOutbox
               ? QString()
               : tr("This store keeps no reward deliveries. Prepare it to have them kept and sent.");
}

std::vector<ui::Command> Console::commands() {
    std::vector<ui::Command> all = m_help.commands();
    ui::Command deliveries;
    deliveries.id = QStringLiteral("rewards.deliveries");
    deliveries.text = tr("Show reward deliveries");
    deliveries.icon = ui::Icon::Gift;
    deliveries.run = [this] { openDeliveries(std::nullopt); };
    deliveries.obstacle = [this] { return deliveriesObstacle(); };
    all.push_back(std::move(deliveries));
    return all;
}

void Console::tellCounters() {
    auto notice = ui::countersNotice(m_workspace->counters(), m_engine->connection());
    if (!notice) {
        m_window->removeBanner(causeCounters);
        return;
    }
    const QString health = QStringLiteral("overview");
    if (m_window->currentScreen() == health)
        notice->action.clear(); // it is in sight
    m_window->showBanner(causeCounters, *notice, [this, health] { m_window->showScreen(health); });
}

/// Who took the banner away sees it again when more rewards are given up.
void Console::tellRewards() {
    const qint64 dead = m_workspace->outbox() ? m_workspace->outbox()->waiting.rewardsDead : 0;
    m_deadRewardsSeen = std::min(m_deadRewardsSeen, dead);
    if (dead == m_deadRewardsSeen) {
        m_window->removeBanner(causeRewards);
        return;
    }
    m_window->showBanner(
        causeRewards, *ui::rewardsNotice(*m_workspace->outbox()),
        [this] { openDeliveries(store::DeliveryState::Dead); }, [this, dead] { m_deadRewardsSeen = dead; });
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
                             ConsoleOptions demo = *consoleOptions({});
                             m_options.connection = demo.connection;
                             m_options.isDemo = true;
                             start();
                         }});
    }
    steps.push_back({ui::Icon::Close, tr("Quit"), {}, {}, [] { QCoreApplication::quit(); }});
    m_cover->showFailure(tr("The store did not open"), ui::errorText(error), steps);
}

} // namespace affinity::app
