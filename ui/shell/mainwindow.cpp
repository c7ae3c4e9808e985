#include "ui/shell/mainwindow.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/style.h"
#include "ui/shared/toast.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/layoutstate.h"
#include "ui/shell/palette.h"
#include "ui/shell/rail.h"
#include "ui/shell/settingsnotice.h"
#include "ui/shell/statusbar.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {

// Keys of the settings file.
const char* const geometryKey = "window/geometry";
const char* const screenKey = "window/screen";
const char* const themeKey = "window/theme";
const char* const languageKey = "window/language";
const char* const perspectiveKey = "window/perspective";
const QString causeSettings = QStringLiteral("settings");

/// Where the screen a perspective was left at is kept.
QString screenKeyOf(Perspective perspective) {
    return QStringLiteral("perspective/%1/screen").arg(perspectiveWord(perspective));
}

QString themeWord(ThemeChoice choice) {
    switch (choice) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeChoice themeOfWord(const QString& word) {
    if (word == QLatin1String("light"))
        return ThemeChoice::Light;
    return word == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

} // namespace

MainWindow::MainWindow(Settings& settings, JobList& jobs, QWidget* parent)
    : QMainWindow(parent),
      m_settings(settings),
      m_layout(new LayoutState(settings, *this)),
      m_banners(new BannerStack),
      m_commands(new CommandList(settings, this)),
      m_palette(new Palette(*m_commands, this)),
      m_strip(new EnvironmentStrip(EnvironmentStrip::Place::Window)),
      m_rail(new Rail),
      m_pages(new QStackedWidget),
      m_status(new StatusBar(jobs)),
      m_toasts(new ToastHost(m_pages)) {
    auto* frame = new QWidget(this);
    auto* rows = new QVBoxLayout(frame);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    auto* content = new QVBoxLayout;
    content->setSpacing(0);
    m_banners->setObjectName(QStringLiteral("windowBanners"));
    m_banners->layout()->setContentsMargins(measure::pageEdge, measure::panelGap, measure::pageEdge, 0);
    content->addWidget(m_banners);
    content->addWidget(m_pages, 1);
    middle->addLayout(content, 1);
    rows->addWidget(m_strip);
    rows->addLayout(middle, 1);
    rows->addWidget(m_status);
    setCentralWidget(frame);
    setMinimumSize(960, 600);
    connect(m_rail, &Rail::chosen, this, &MainWindow::showScreen);
    connect(m_strip, &EnvironmentStrip::unlockRequested, this, &MainWindow::unlockRequested);
    connect(m_status, &StatusBar::operatorPressed, this, &MainWindow::unlockRequested);
    connect(m_strip, &EnvironmentStrip::lockRequested, this, &MainWindow::lockRequested);
    connect(m_status->themeButton(), &QToolButton::clicked, this, &MainWindow::openThemeMenu);
    connect(m_status->languageButton(), &QPushButton::clicked, this, &MainWindow::openLanguageMenu);
    connect(m_status->perspectiveButton(), &QPushButton::clicked, this, &MainWindow::openPerspectiveMenu);
    connect(&settings, &Settings::problemChanged, this, [this] {
        m_isNoticeRead = false;
        tellSettings();
    });
    m_perspective = perspectiveOfWord(settings.text(QLatin1String(perspectiveKey)));
    m_layout->setPerspective(perspectiveWord(m_perspective));
    makeCommands();
    restoreGeometryFromSettings();
    setLanguageChoice(languageOfWord(settings.text(QLatin1String(languageKey))));
    setThemeChoice(themeOfWord(settings.text(QLatin1String(themeKey))));
    setConnectionState({});
}

MainWindow::~MainWindow() = default;

void MainWindow::setScreens(std::vector<Screen> screens) {
    const bool isAgain = !m_screens.empty();
    m_pages->setHidden(isAgain); // or each page that comes to the top while the others go asks the engine
    dropScreens();
    m_screens = std::move(screens);
    std::vector<RailItem> items;
    for (size_t i = 0; i < m_screens.size(); ++i) {
        const Screen& screen = m_screens[i];
        items.push_back({screen.id, screen.title, screen.icon, screen.isAtBottom, 0});
        m_pages->addWidget(screen.page);
        screen.page->setAccessibleName(screen.title);
        screen.page->setProperty(screenProperty, screen.id);
    }
    m_rail->setItems(std::move(items));
    refreshCommands();
    if (!showScreen(m_settings.text(QLatin1String(screenKey))) && !m_screens.empty())
        showScreen(m_screens.front().id);
    if (isAgain)
        m_pages->show();
    else
        m_rail->setFocus(Qt::OtherFocusReason); // or the field for Ctrl+K would have it
}

/// Toasts go first: the action of one may belong to a page.
void MainWindow::dropScreens() {
    m_toasts->clear();
    m_palette->close();
    const std::vector<Screen> dropped = std::exchange(m_screens, {});
    refreshCommands(); // what the others do refers to their pages
    for (const Screen& screen : dropped) {
        m_pages->removeWidget(screen.page);
        delete screen.page;
    }
}

bool MainWindow::showScreen(const QString& id) {
    const auto found = std::find_if(m_screens.begin(), m_screens.end(), [&](const Screen& s) { return s.id == id; });
    if (found == m_screens.end())
        return false;
    m_pages->setCurrentWidget(found->page);
    m_rail->setCurrent(id);
    m_commands->setCurrentScreen(id);
    m_settings.setValue(QLatin1String(screenKey), id);
    Q_EMIT screenChanged(id);
    return true;
}

QString MainWindow::currentScreen() const {
    for (const Screen& screen : m_screens)
        if (screen.page == m_pages->currentWidget())
            return screen.id;
    return {};
}

void MainWindow::setCount(const QString& id, int count) {
    m_rail->setCount(id, count);
}

void MainWindow::setConnectionState(const ConnectionState& state) {
    m_state = state;
    m_strip->setState(state);
    m_status->setState(state);
    const QString place = tr("%1 · %2").arg(state.storeName, environmentName(state.environment));
    setWindowTitle(state.storeName.isEmpty() ? tr("Affinity Console") : tr("%1 – Affinity Console").arg(place));
}

const ConnectionState& MainWindow::connectionState() const {
    return m_state;
}

void MainWindow::showBanner(const QString& cause, const BannerText& text, const std::function<void()>& act,
                            const std::function<void()>& dismissed) {
    Banner* banner = m_banners->show(cause, text);
    banner->setObjectName(cause + QStringLiteral("Banner"));
    banner->disconnect(this); // what it did with the words before
    if (act)
        connect(banner, &Banner::acted, this, act);
    if (dismissed)
        connect(banner, &Banner::dismissed, this, dismissed);
}

void MainWindow::removeBanner(const QString& cause) {
    m_banners->remove(cause);
}

ToastHost& MainWindow::toasts() {
    return *m_toasts;
}

void MainWindow::setThemeChoice(ThemeChoice choice) {
    m_themeChoice = choice;
    m_settings.setValue(QLatin1String(themeKey), themeWord(choice));
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        applyTheme(*application, themeFor(choice));
    refreshThemeButton();
    Q_EMIT choicesChanged();
}

void MainWindow::setLanguageChoice(LanguageChoice choice) {
    const Language before = currentLanguage();
    m_languageChoice = choice;
    m_settings.setValue(QLatin1String(languageKey), languageWord(choice));
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        setLanguage(*application, choice);
    retranslate();
    Q_EMIT choicesChanged();
    if (currentLanguage() != before)
        Q_EMIT languageChanged();
}

void MainWindow::retranslate() {
    m_rail->retranslate();
    m_status->retranslate();
    refreshCommands();
    setConnectionState(m_state);
    refreshThemeButton();
    refreshLanguageButton();
    refreshPerspectiveButton();
    tellSettings();
}

void MainWindow::setPerspective(Perspective perspective, OnSwitch onSwitch) {
    if (perspective == m_perspective)
        return;
    const bool stays = onSwitch == OnSwitch::StayOnScreen;
    if (!m_screens.empty() && !stays)
        m_settings.setValue(screenKeyOf(m_perspective), currentScreen());
    Q_EMIT perspectiveLeft(m_perspective);
    m_perspective = perspective;
    m_settings.setValue(QLatin1String(perspectiveKey), perspectiveWord(perspective));
    m_layout->setPerspective(perspectiveWord(perspective));
    if (!stays && !showScreen(m_settings.text(screenKeyOf(perspective))))
        showScreen(startScreen(perspective));
    refreshPerspectiveButton();
    Q_EMIT choicesChanged();
    Q_EMIT perspectiveChanged(perspective);
}

void MainWindow::resetLayout() {
    const QJsonObject kept = m_layout->reset();
    const QString words = tr("Columns and panels are as they came.");
    if (kept.isEmpty())
        m_toasts->showToast(words);
    else
        m_toasts->showToast(words, tr("Undo"), [this, kept] { m_layout->bringBack(kept); });
}

void MainWindow::tellSettings() {
    const std::optional<BannerText> notice = settingsNotice(m_settings);
    if (!notice || m_isNoticeRead) {
        m_banners->remove(causeSettings);
        return;
    }
    showBanner(
        causeSettings, *notice, [this] { m_settings.flush(); }, [this] { m_isNoticeRead = true; });
}

void MainWindow::openPerspectiveMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("perspectiveMenu"));
    menu->setAccessibleName(tr("Perspective"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    auto* group = new QActionGroup(menu);
    for (const Perspective each : perspectives) {
        QAction* action = menu->addAction(perspectiveName(each));
        action->setObjectName(perspectiveWord(each));
        action->setToolTip(perspectiveSentence(each));
        action->setCheckable(true);
        action->setChecked(each == m_perspective);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, each] { setPerspective(each); });
    }
    const QPoint at = m_status->perspectiveButton()->mapToGlobal(QPoint(0, 0));
    menu->popup(at - QPoint(0, menu->sizeHint().height()));
}

void MainWindow::refreshPerspectiveButton() {
    Button* button = m_status->perspectiveButton();
    button->setText(perspectiveName(m_perspective));
    button->setToolTip(perspectiveSentence(m_perspective));
    button->setAccessibleName(tr("Perspective: %1").arg(perspectiveName(m_perspective)));
}

void MainWindow::openLanguageMenu() {
    QMenu menu(this);
    QActionGroup group(&menu);
    // Each language by its own name, so that whoever reads only that one finds it.
    const std::initializer_list<std::pair<LanguageChoice, QString>> choices{
        {LanguageChoice::English, QStringLiteral("English")},
        {LanguageChoice::Chinese, QStringLiteral("中文（简体）")},
        {LanguageChoice::System, tr("As the system")}};
    for (const auto& [choice, words] : choices) {
        QAction* action = menu.addAction(words);
        action->setCheckable(true);
        action->setChecked(choice == m_languageChoice);
        group.addAction(action);
        // After the menu is gone: its window's pages are about to be made anew.
        connect(
            action, &QAction::triggered, this, [this, chosen = choice] { setLanguageChoice(chosen); },
            Qt::QueuedConnection);
    }
    const QPoint at = m_status->languageButton()->mapToGlobal(QPoint(0, 0));
    menu.exec(at - QPoint(0, menu.sizeHint().height()));
}

void MainWindow::refreshLanguageButton() {
    QPushButton* button = m_status->languageButton();
    const bool isChinese = currentLanguage() == Language::Chinese;
    button->setText(isChinese ? QStringLiteral("中文") : QStringLiteral("EN"));
    const QString name = m_languageChoice == LanguageChoice::System ? tr("Language: as the system")
                         : isChinese                                ? tr("Language: Chinese")
                                                                    : tr("Language: English");
    button->setToolTip(name);
    button->setAccessibleName(name);
}

void MainWindow::openThemeMenu() {
    QMenu menu(this);
    QActionGroup group(&menu);
    const std::initializer_list<std::pair<ThemeChoice, QString>> choices{
        {ThemeChoice::Light, tr("Light")}, {ThemeChoice::Dark, tr("Dark")}, {ThemeChoice::System, tr("As the system")}};
    for (const auto& [choice, words] : choices) {
        QAction* action = menu.addAction(words);
        action->setCheckable(true);
        action->setChecked(choice == m_themeChoice);
        group.addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] { setThemeChoice(chosen); });
    }
    const QPoint at = m_status->themeButton()->mapToGlobal(QPoint(0, 0));
    menu.exec(at - QPoint(0, menu.sizeHint().height()));
}

void MainWindow::refreshThemeButton() {
    IconButton* button = m_status->themeButton();
    button->setSymbol(m_themeChoice == ThemeChoice::Light  ? Icon::Sun
                      : m_themeChoice == ThemeChoice::Dark ? Icon::Moon
                                                           : Icon::Contrast);
    const QString name = m_themeChoice == ThemeChoice::Light  ? tr("Theme: light")
                         : m_themeChoice == ThemeChoice::Dark ? tr("Theme: dark")
                                                              : tr("Theme: as the system");
    button->setName(name);
}

void MainWindow::restoreGeometryFromSettings() {
    resize(1440, 900);
    if (const QByteArray geometry = m_settings.state(QLatin1String(geometryKey)); !geometry.isEmpty())
        restoreGeometry(geometry);
}

void MainWindow::applyWidth() {
    const bool isNarrow = width() < measure::railCollapsesBelow;
    m_rail->setCollapsed(isNarrow);
    m_status->setNarrow(isNarrow);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    applyWidth();
}

/// Asks the screens from `next` on; when none objects, the window may close.
void MainWindow::leaveScreens(size_t next) {
    while (next < m_screens.size() && !m_screens[next].leave)
        ++next;
    if (next == m_screens.size()) {
        m_mayClose = true;
        if (!m_isClosing) // the answer came later
            close();
        return;
    }
    m_screens[next].leave([this, next] { leaveScreens(next + 1); });
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_isClosing = true;
    if (!m_mayClose)
        leaveScreens(0);
    m_isClosing = false;
    if (!m_mayClose) {
        event->ignore();
        return;
    }
    m_mayClose = false;
    m_settings.setState(QLatin1String(geometryKey), saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace affinity::ui
