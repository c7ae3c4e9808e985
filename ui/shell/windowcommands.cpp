// The commands of the window itself, and how they come together with those of the application and of the screens.
#include "ui/shared/buttons.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/toast.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/palette.h"
#include "ui/shell/shortcutsdialog.h"
#include "ui/shell/statusbar.h"

#include <QMetaObject>

#include <iterator>
#include <utility>

namespace affinity::ui {
namespace {

constexpr size_t mostScreenKeys = 9;

void append(std::vector<Command>& all, std::vector<Command> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Keys that controls read themselves while they have the focus.
std::vector<Command> controlCommands() {
    std::vector<Command> all;
    const auto add = [&all](const char* id, const QString& group, const QString& text, QList<QKeySequence> keys) {
        Command command;
        command.id = QLatin1String(id);
        command.text = text;
        command.keys = std::move(keys);
        command.group = group;
        command.isInPalette = false;
        command.isEditable = false;
        all.push_back(std::move(command));
    };
    const QString tables = MainWindow::tr("In tables");
    add("tables.copy", tables, MainWindow::tr("Copy the selected rows"), {QKeySequence(QKeySequence::Copy)});
    add("tables.open", tables, MainWindow::tr("Open the row, or show why"), {QKeySequence(Qt::Key_Return)});
    add("tables.menu", tables, MainWindow::tr("Open the menu of the row"),
        {QKeySequence(Qt::Key_Menu), QKeySequence(Qt::SHIFT | Qt::Key_F10)});
    add("tables.columns", tables, MainWindow::tr("Choose and move the columns"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)});
    const QString lists = MainWindow::tr("In lists of the scenario");
    add("lists.up", lists, MainWindow::tr("Move the row up"), {QKeySequence(Qt::CTRL | Qt::Key_Up)});
    add("lists.down", lists, MainWindow::tr("Move the row down"), {QKeySequence(Qt::CTRL | Qt::Key_Down)});
    const QString fields = MainWindow::tr("In fields");
    add("fields.undo", fields, MainWindow::tr("Undo typing"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    add("knobs.edit", fields, MainWindow::tr("Type a number into a knob"), {QKeySequence(Qt::Key_F2)});
    const QString charts = MainWindow::tr("In charts");
    add("charts.move", charts, MainWindow::tr("Read the values, with Ctrl in larger steps"),
        {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_Up),
         QKeySequence(Qt::Key_Down)});
    add("charts.pan", charts, MainWindow::tr("Move a zoomed chart"),
        {QKeySequence(Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::SHIFT | Qt::Key_Right)});
    add("charts.zoomIn", charts, MainWindow::tr("Zoom in"), {QKeySequence(Qt::Key_Plus)});
    add("charts.zoomOut", charts, MainWindow::tr("Zoom out"), {QKeySequence(Qt::Key_Minus)});
    add("charts.zoomReset", charts, MainWindow::tr("Show everything"), {QKeySequence(Qt::Key_0)});
    add("charts.copy", charts, MainWindow::tr("Copy picture and values"), {QKeySequence(QKeySequence::Copy)});
    add("charts.copyPicture", charts, MainWindow::tr("Copy the picture"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)});
    add("charts.copyValues", charts, MainWindow::tr("Copy the values"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)});
    add("charts.save", charts, MainWindow::tr("Save the chart as a file"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)});
    return all;
}

} // namespace

void MainWindow::makeCommands() {
    connect(m_commands, &CommandList::screenWanted, this, &MainWindow::showScreen);
    connect(m_commands, &CommandList::refused, this,
            [this](const QString&, const QString& reason) { m_toasts->showNotice(reason); });
    connect(m_palette, &Palette::refused, this,
            [this](const QString&, const QString& reason) { m_toasts->showNotice(reason); });
    connect(m_strip, &EnvironmentStrip::paletteRequested, m_palette, &Palette::open);
    connect(m_commands, &CommandList::keysChanged, m_strip, qOverload<>(&QWidget::update));
    setCommand(*m_status->themeButton(), QStringLiteral("window.theme"));
    setCommand(*m_status->languageButton(), QStringLiteral("window.language"));
}

void MainWindow::setCommands(std::vector<Command> commands) {
    m_added = std::move(commands);
    refreshCommands();
}

void MainWindow::openShortcuts() {
    if (!findChild<ShortcutsDialog*>())
        ShortcutsDialog::open(*m_commands, this);
}

void MainWindow::refreshCommands() {
    std::vector<Command> all = screenCommands();
    append(all, windowCommands());
    append(all, choiceCommands());
    append(all, m_added);
    std::vector<ScreenName> names;
    for (const Screen& screen : m_screens) {
        names.push_back({screen.id, screen.title});
        std::vector<Command> own = screen.commands;
        for (Command& command : own)
            command.screen = screen.id;
        append(all, std::move(own));
    }
    append(all, controlCommands());
    m_commands->setCommands(std::move(all), std::move(names));
}

std::vector<Command> MainWindow::screenCommands() {
    std::vector<Command> all;
    for (size_t i = 0; i < m_screens.size(); ++i) {
        const Screen& screen = m_screens[i];
        Command command{goCommand(screen.id), tr("Go to %1").arg(screen.title), screen.icon, {}, {}, {}};
        if (i < mostScreenKeys)
            command.keys = {QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1))};
        command.run = [this, id = screen.id] { showScreen(id); };
        command.showsScreen = true;
        all.push_back(std::move(command));
    }
    return all;
}

QString MainWindow::signInObstacle() const {
    return m_state.link == LinkState::Connected ? QString() : tr("No store is open.");
}

QString MainWindow::signOutObstacle() const {
    return m_state.operatorName.isEmpty() ? tr("Nobody is signed in.") : QString();
}

std::vector<Command> MainWindow::windowCommands() {
    const auto refresh = [this]() -> std::function<void()> {
        for (const Screen& screen : m_screens)
            if (screen.id == currentScreen())
                return screen.refresh;
        return {};
    };
    std::vector<Command> all;
    all.push_back({QStringLiteral("window.palette"),
                   tr("Find anything"),
                   Icon::Search,
                   {QKeySequence(Qt::CTRL | Qt::Key_K)},
                   {},
                   [this] { m_palette->open(); }});
    all.back().isInPalette = false;
    all.push_back({QStringLiteral("window.shortcuts"),
                   tr("Show and change the shortcuts"),
                   Icon::Keyboard,
                   {QKeySequence(Qt::CTRL | Qt::Key_Slash)},
                   {},
                   [this] { openShortcuts(); }});
    all.push_back({QStringLiteral("window.refresh"),
                   tr("Refresh"),
                   Icon::Refresh,
                   {QKeySequence(Qt::Key_F5)},
                   {},
                   [refresh] { refresh()(); },
                   [refresh] { return refresh() ? QString() : tr("There is nothing to refresh on this screen."); }});
    all.push_back({QStringLiteral("window.signIn"),
                   tr("Sign in…"),
                   Icon::Unlock,
                   {},
                   {},
                   [this] { Q_EMIT unlockRequested(); },
                   [this] { return signInObstacle(); }});
    all.push_back({QStringLiteral("window.signOut"),
                   tr("Sign out"),
                   Icon::Lock,
                   {},
                   {},
                   [this] { Q_EMIT lockRequested(); },
                   [this] { return signOutObstacle(); }});
    all.push_back(
        {QStringLiteral("window.quit"), tr("Quit"), Icon::Close, {QKeySequence(Qt::CTRL | Qt::Key_Q)}, {}, [this] {
             close();
         }});
    return all;
}

std::vector<Command> MainWindow::choiceCommands() {
    std::vector<Command> all;
    const auto add = [&all](const char* id, const QString& text, Icon icon, std::function<void()> run) {
        all.push_back({QLatin1String(id), text, icon, {}, {}, std::move(run)});
    };
    add("window.theme", tr("Switch the theme"), Icon::Contrast, [this] {
        // Round: light, dark, system.
        setThemeChoice(m_themeChoice == ThemeChoice::Light  ? ThemeChoice::Dark
                       : m_themeChoice == ThemeChoice::Dark ? ThemeChoice::System
                                                            : ThemeChoice::Light);
    });
    all.back().keys = {QKeySequence(QStringLiteral("Ctrl+Shift+T"))};
    add("window.themeLight", tr("Theme: light"), Icon::Sun, [this] { setThemeChoice(ThemeChoice::Light); });
    add("window.themeDark", tr("Theme: dark"), Icon::Moon, [this] { setThemeChoice(ThemeChoice::Dark); });
    add("window.themeSystem", tr("Theme: as the system"), Icon::Contrast,
        [this] { setThemeChoice(ThemeChoice::System); });
    // After the key: its own page is made anew.
    const auto speak = [this](LanguageChoice choice) {
        QMetaObject::invokeMethod(
            this, [this, choice] { setLanguageChoice(choice); }, Qt::QueuedConnection);
    };
    add("window.language", tr("Switch between English and Chinese"), Icon::Edit,
        [speak] { speak(currentLanguage() == Language::Chinese ? LanguageChoice::English : LanguageChoice::Chinese); });
    all.back().keys = {QKeySequence(QStringLiteral("Ctrl+Shift+L"))};
    add("window.languageEnglish", tr("Language: English"), Icon::Edit, [speak] { speak(LanguageChoice::English); });
    add("window.languageChinese", tr("Language: Chinese"), Icon::Edit, [speak] { speak(LanguageChoice::Chinese); });
    add("window.languageSystem", tr("Language: as the system"), Icon::Edit, [speak] { speak(LanguageChoice::System); });
    for (const Perspective perspective : perspectives) {
        const QByteArray id = "window.perspective." + perspectiveWord(perspective).toLatin1();
        add(id.constData(), tr("Perspective: %1").arg(perspectiveName(perspective)), Icon::Eye,
            [this, perspective] { setPerspective(perspective); });
        all.back().obstacle = [this, perspective] {
            return perspective == m_perspective ? tr("This perspective is in force already.") : QString();
        };
    }
    add("window.resetLayout", tr("Reset the layout"), Icon::Table, [this] { resetLayout(); });
    return all;
}

} // namespace affinity::ui
