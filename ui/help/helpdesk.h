// HelpDesk: the one entry to help, log, diagnostics and About; owns their windows.
#pragma once

#include "ui/help/diagnostics.h"
#include "ui/shell/commands.h"

#include <QObject>
#include <QPointer>

namespace affinity::ui {

class AboutDialog;
class HelpWindow;
class LogView;

/// Makes each window when it is first wanted, as a child of `window`. GUI thread; `window` and the settings outlive it.
class HelpDesk : public QObject {
    Q_OBJECT
public:
    HelpDesk(const Settings& settings, QWidget* window);
    ~HelpDesk() override;

    /// Which screen is shown: help opens at its page.
    void setCurrentScreen(const QString& id) { m_screen = id; }
    /// The store that is open, for diagnostics and the log's time zone; nullptr: none. It outlives the desk, or is
    /// replaced before it goes.
    void setWorkspace(const Workspace* workspace);
    /// About how many devices the store has, once a screen knows.
    void setDevices(qint64 devices) { m_devices = devices; }

    void openHelp();
    void openContents();
    void openLog();
    void openAbout();
    /// Puts diagnosticsText() on the clipboard and announces that.
    void copyDiagnostics();
    QString diagnostics() const;

    /// Help, contents, log, diagnostics and About for the palette and the keys, in the language in force.
    std::vector<Command> commands();

Q_SIGNALS:
    /// For a toast.
    void announced(const QString& text);

private:
    HelpWindow& helpWindow();
    const Settings& m_settings;
    QWidget* m_window;
    const Workspace* m_workspace = nullptr;
    std::optional<qint64> m_devices;
    QString m_screen;
    QPointer<HelpWindow> m_help;
    QPointer<LogView> m_log;
    QPointer<AboutDialog> m_about;
};

} // namespace affinity::ui
