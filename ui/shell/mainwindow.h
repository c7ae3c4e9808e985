// The window's frame: strip, rail, pages, status bar, toasts. It knows no screen.
#pragma once

#include "ui/shell/connectionstate.h"
#include "ui/shell/jobs.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QSettings;
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
    /// `settings` keeps geometry, screen and theme and must outlive the window; `jobs` likewise.
    MainWindow(QSettings& settings, JobList& jobs, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Call once. Ctrl+1 … Ctrl+9 go to the screens in this order; the screen shown last time is shown again.
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

Q_SIGNALS:
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
    void leaveScreens(size_t next);
    void refreshThemeButton();
    void restoreGeometryFromSettings();
    void applyWidth();
    QSettings& m_settings;
    std::vector<Screen> m_screens;
    ConnectionState m_state;
    ThemeChoice m_themeChoice = ThemeChoice::System;
    bool m_mayClose = false;  // every screen was asked
    bool m_isClosing = false; // within closeEvent
    EnvironmentStrip* m_strip;
    Rail* m_rail;
    QStackedWidget* m_pages;
    StatusBar* m_status;
    ToastHost* m_toasts;
};

} // namespace affinity::ui
