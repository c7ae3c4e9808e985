// The window's frame: strip, rail, pages, status bar, toasts. It knows no screen.
#pragma once

#include "ui/shared/language.h"
#include "ui/shell/connectionstate.h"
#include "ui/shell/jobs.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QSettings;
class QShortcut;
class QStackedWidget;

namespace affinity::ui {

class EnvironmentStrip;
class Rail;
class StatusBar;
class ToastHost;

/// One page of the window. Only screens that work are given to the window: there are no empty pages.
struct Screen {
    QString id;    // "devices", stable: kept in settings
    QString title; // translated, "Devices"
    Icon icon = Icon::None;
    QWidget* page = nullptr;       // the window takes ownership
    bool isAtBottom = false;       // Connections, Settings
    std::function<void()> refresh; // F5; empty: nothing to refresh
    /// Asks where edits would be lost, then calls `proceed`, or never; empty: nothing can be lost.
    std::function<void(const std::function<void()>& proceed)> leave = {};
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `settings` keeps geometry, screen, theme and language and must outlive the window; `jobs` likewise.
    MainWindow(QSettings& settings, JobList& jobs, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Ctrl+1 … Ctrl+9 go to the screens in this order; the screen shown last time is shown again. The second call
    /// deletes the pages of the first, and toasts with them.
    void setScreens(std::vector<Screen> screens);
    /// False when there is no such screen.
    bool showScreen(const QString& id);
    QString currentScreen() const;
    /// A number on a rail item, only where somebody must act; 0 removes it.
    void setCount(const QString& id, int count);

    void setConnectionState(const ConnectionState& state);
    const ConnectionState& connectionState() const;

    ToastHost& toasts();
    ThemeChoice themeChoice() const { return m_themeChoice; }
    /// Switches live and keeps the choice in the settings.
    void setThemeChoice(ThemeChoice choice);
    LanguageChoice languageChoice() const { return m_languageChoice; }
    /// Switches live and keeps the choice in the settings: the frame writes itself anew, then languageChanged() asks
    /// for new screens.
    void setLanguageChoice(LanguageChoice choice);

Q_SIGNALS:
    /// Another language is in force: whoever gave the screens makes them anew.
    void languageChanged();
    void screenChanged(const QString& id);
    /// The button in the strip or the operator's name below: the application asks who it is and unlocks.
    void unlockRequested();
    void lockRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void addShortcuts();
    void openThemeMenu();
    void openLanguageMenu();
    void refreshLanguageButton();
    void retranslate();
    void dropScreens();
    void leaveScreens(size_t next);
    void refreshThemeButton();
    void restoreGeometryFromSettings();
    void applyWidth();
    QSettings& m_settings;
    std::vector<Screen> m_screens;
    ConnectionState m_state;
    ThemeChoice m_themeChoice = ThemeChoice::System;
    LanguageChoice m_languageChoice = LanguageChoice::System;
    std::vector<QShortcut*> m_screenKeys;
    bool m_mayClose = false;  // every screen was asked
    bool m_isClosing = false; // within closeEvent
    EnvironmentStrip* m_strip;
    Rail* m_rail;
    QStackedWidget* m_pages;
    StatusBar* m_status;
    ToastHost* m_toasts;
};

} // namespace affinity::ui
