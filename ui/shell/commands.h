// CommandList: everything the window can do, by name: with its keys, and with the reason why it cannot be done now.
#pragma once

#include "ui/shared/icons.h"
#include "ui/shared/settings.h"

#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <QShortcut>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace affinity::ui {

/// One thing that can be done. Buttons may do the same; the command is its one name and its one place for keys.
struct Command {
    QString id;   ///< "devices.adjust", stable: kept in the settings
    QString text; ///< translated, a verb first: "Adjust the device…"
    Icon icon = Icon::None;
    QList<QKeySequence> keys; ///< as it comes; the user's choice replaces the first
    /// Only while this screen is shown; empty: everywhere. From elsewhere the palette goes to the screen first.
    QString screen;
    std::function<void()> run;
    /// Why it cannot be done now, as a sentence; empty function or empty text: it can.
    std::function<QString()> obstacle = {};
    /// False for what is only worth a key (zooming, moving in a table): not in the palette, but in the list of keys.
    bool isInPalette = true;
    /// False where keys belong to a control that has the focus (a chart, a table): listed, not editable, no shortcut
    /// is made.
    bool isEditable = true;
    /// Goes to a screen: a group of its own in the palette.
    bool showsScreen = false;
    /// Heading in the list of keys ("In charts"); empty: the title of the screen, or "Everywhere".
    QString group = {};
};

/// A screen as headings name it.
struct ScreenName {
    QString id;
    QString title; ///< translated
};

/// Id of the command that goes to a screen: "go.devices".
QString goCommand(const QString& screen);

/// GUI thread; the settings outlive it. Owns one QShortcut per key sequence of the `window`. While it lives, it is the
/// program's lookup of keys in force (keysinforce.h).
class CommandList : public QObject {
    Q_OBJECT
public:
    CommandList(Settings& settings, QWidget* window);
    ~CommandList() override;

    /// All commands anew, in the order they are listed: at start, with other screens, in another language. May be
    /// called while a command runs.
    void setCommands(std::vector<Command> commands, std::vector<ScreenName> screens = {});
    const std::vector<Command>& commands() const { return m_commands; }
    const Command* find(const QString& id) const;
    const std::vector<ScreenName>& screens() const { return m_screens; }
    /// Empty for a screen that is not there.
    QString screenTitle(const QString& id) const;

    /// Which screen is shown: commands of others have no keys now.
    void setCurrentScreen(const QString& id);
    const QString& currentScreen() const { return m_screen; }
    /// While paused no key does anything: something else (the palette) reads them.
    void setPaused(bool isPaused);

    /// What is in force: the user's, else the command's own. Keys that the user gave to another command are missing.
    QList<QKeySequence> keys(const QString& id) const;
    /// False also for keys in the settings that cannot be read.
    bool isChanged(const QString& id) const;
    /// The command that these keys belong to where `id` could be used too (same screen, or either is everywhere);
    /// nullptr: they are free.
    const Command* conflict(const QString& id, const QKeySequence& keys) const;
    /// False, and nothing changes, where conflict() names a command. Empty keys: the command has none.
    bool setKeys(const QString& id, const QKeySequence& keys);
    /// False, and nothing changes, where its own keys belong to another command now.
    bool resetKeys(const QString& id);
    void resetAllKeys();

    /// Why it cannot be done now; empty when it can. A command that is not there cannot.
    QString obstacle(const QString& id) const;
    /// Does it, or answers the reason why not. A command of another screen is done once that screen is shown.
    QString run(const QString& id);

Q_SIGNALS:
    void commandsChanged();
    void keysChanged();
    /// A command wants its screen shown first.
    void screenWanted(const QString& screen);
    /// A key was pressed for a command that cannot be done now.
    void refused(const QString& text, const QString& reason);

private:
    struct Key {
        QPointer<QShortcut> shortcut; ///< the window's, which may go first
        QString screen;
    };
    std::optional<QKeySequence> chosenKeys(const Command& command) const;
    QList<QKeySequence> wantedKeys(const Command& command) const;
    void settleKeys();
    void rebuildShortcuts();
    void enableShortcuts();
    void activate(const QString& id);
    Settings& m_settings;
    QWidget* m_window;
    QString m_screen;
    bool m_isPaused = false;
    std::vector<Command> m_commands;
    std::vector<ScreenName> m_screens;
    std::map<QString, QList<QKeySequence>> m_keys; ///< in force
    std::vector<Key> m_shortcuts;
};

} // namespace affinity::ui
