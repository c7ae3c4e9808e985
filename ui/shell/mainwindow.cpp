#include "ui/shell/mainwindow.h"

#include "ui/shared/buttons.h"
#include "ui/shared/style.h"
#include "ui/shared/toast.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/rail.h"
#include "ui/shell/statusbar.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QCryptographicHash>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {

// Keys of the settings file.
const char* const geometryKey = "window/geometry";
const char* const geometrySumKey = "window/geometrySum";
const char* const screenKey = "window/screen";
const char* const themeKey = "window/theme";
const char* const languageKey = "window/language";

QByteArray sumOf(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
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

MainWindow::MainWindow(QSettings& settings, JobList& jobs, QWidget* parent)
    : QMainWindow(parent),
      m_settings(settings),
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
    middle->addWidget(m_pages, 1);
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
    addShortcuts();
    restoreGeometryFromSettings();
    setLanguageChoice(languageOfWord(settings.value(QLatin1String(languageKey)).toString()));
    setThemeChoice(themeOfWord(settings.value(QLatin1String(themeKey)).toString()));
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
        if (i < 9) {
            auto* shortcut = new QShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)), this);
            connect(shortcut, &QShortcut::activated, this, [this, id = screen.id] { showScreen(id); });
            m_screenKeys.push_back(shortcut);
        }
    }
    m_rail->setItems(std::move(items));
    if (!showScreen(m_settings.value(QLatin1String(screenKey)).toString()) && !m_screens.empty())
        showScreen(m_screens.front().id);
    if (isAgain)
        m_pages->show();
}

/// Toasts go first: the action of one may belong to a page.
void MainWindow::dropScreens() {
    m_toasts->clear();
    qDeleteAll(std::exchange(m_screenKeys, {}));
    for (const Screen& screen : std::exchange(m_screens, {})) {
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

ToastHost& MainWindow::toasts() {
    return *m_toasts;
}

void MainWindow::setThemeChoice(ThemeChoice choice) {
    m_themeChoice = choice;
    m_settings.setValue(QLatin1String(themeKey), themeWord(choice));
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        applyTheme(*application, themeFor(choice));
    refreshThemeButton();
}

void MainWindow::setLanguageChoice(LanguageChoice choice) {
    const Language before = currentLanguage();
    m_languageChoice = choice;
    m_settings.setValue(QLatin1String(languageKey), languageWord(choice));
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        setLanguage(*application, choice);
    retranslate();
    if (currentLanguage() != before)
        Q_EMIT languageChanged();
}

void MainWindow::retranslate() {
    m_rail->retranslate();
    m_status->retranslate();
    setConnectionState(m_state);
    refreshThemeButton();
    refreshLanguageButton();
}

void MainWindow::addShortcuts() {
    auto* refresh = new QShortcut(QKeySequence(Qt::Key_F5), this);
    connect(refresh, &QShortcut::activated, this, [this] {
        for (const Screen& screen : m_screens)
            if (screen.page == m_pages->currentWidget() && screen.refresh)
                screen.refresh();
    });
    auto* theme = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+T")), this);
    connect(theme, &QShortcut::activated, this, [this] {
        // Round: light, dark, system.
        setThemeChoice(m_themeChoice == ThemeChoice::Light  ? ThemeChoice::Dark
                       : m_themeChoice == ThemeChoice::Dark ? ThemeChoice::System
                                                            : ThemeChoice::Light);
    });
    auto* language = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+L")), this);
    connect(
        language, &QShortcut::activated, this,
        [this] {
            setLanguageChoice(currentLanguage() == Language::Chinese ? LanguageChoice::English
                                                                     : LanguageChoice::Chinese);
        },
        Qt::QueuedConnection); // the key's own page may be deleted
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
    const QString name = m_languageChoice == LanguageChoice::System ? tr("Language: as the system (Ctrl+Shift+L)")
                         : isChinese                                ? tr("Language: Chinese (Ctrl+Shift+L)")
                                                                    : tr("Language: English (Ctrl+Shift+L)");
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
    const QString name = m_themeChoice == ThemeChoice::Light  ? tr("Theme: light (Ctrl+Shift+T)")
                         : m_themeChoice == ThemeChoice::Dark ? tr("Theme: dark (Ctrl+Shift+T)")
                                                              : tr("Theme: as the system (Ctrl+Shift+T)");
    button->setName(name);
}

void MainWindow::restoreGeometryFromSettings() {
    resize(1440, 900);
    // restoreGeometry() accepts a truncated blob, so the blob carries a sum of itself.
    const QByteArray geometry = m_settings.value(QLatin1String(geometryKey)).toByteArray();
    if (!geometry.isEmpty() && m_settings.value(QLatin1String(geometrySumKey)).toByteArray() == sumOf(geometry))
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
    const QByteArray geometry = saveGeometry();
    m_settings.setValue(QLatin1String(geometryKey), geometry);
    m_settings.setValue(QLatin1String(geometrySumKey), sumOf(geometry));
    QMainWindow::closeEvent(event);
}

} // namespace affinity::ui
