// The window's frame: strip, rail, pages, status bar, toasts. It knows no screen.
#pragma once

#include "ui/shared/language.h"
#include "ui/shared/settings.h"
#include "ui/shell/commands.h"
#include "ui/shell/connectionstate.h"
#include "ui/shell/jobs.h"
#include "ui/shell/perspectives.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QStackedWidget;

namespace affinity::ui {

class BannerStack;
struct BannerText;
class EnvironmentStrip;
class LayoutState;
class Palette;
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
    /// What can be done here; the window gives them the id of this screen.
    std::vector<Command> commands = {};
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `settings` keeps geometry, screen, theme and language and must outlive the window; `jobs` likewise.
    MainWindow(Settings& settings, JobList& jobs, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Ctrl+1 … Ctrl+9 go to the screens in this order; the screen shown last time is shown again. The second call
    /// deletes the pages of the first, and toasts with them.
    void setScreens(std::vector<Screen> screens);
    /// False when there is no such screen.
    bool showScreen(const QString& id);
    QString currentScreen() const;
    /// A number on a rail item, only where somebody must act; 0 removes it.
    void setCount(const QString& id, int count);

    /// The window's own, those of setCommands() and those of the screens, in this order.
    CommandList& commands() { return *m_commands; }
    /// What the application adds everywhere: help, log, about. Again in another language.
    void setCommands(std::vector<Command> commands);
    Palette& palette() { return *m_palette; }
    using QMainWindow::palette;
    /// Opens the list of shortcuts; nothing happens while it is open.
    void openShortcuts();

    void setConnectionState(const ConnectionState& state);
    const ConnectionState& connectionState() const;

    /// A banner above all pages until removeBanner(), one for each cause; again with other words: they replace the ones
    /// before. `act` is called for its action, `dismissed` when the user takes it away. "COUNTERSBanner" is its object
    /// name for the cause COUNTERS.
    void showBanner(const QString& cause, const BannerText& text, const std::function<void()>& act = {},
                    const std::function<void()>& dismissed = {});
    /// Nothing happens when there is none.
    void removeBanner(const QString& cause);

    ToastHost& toasts();
    ThemeChoice themeChoice() const { return m_themeChoice; }
    /// Switches live and keeps the choice in the settings.
    void setThemeChoice(ThemeChoice choice);
    LanguageChoice languageChoice() const { return m_languageChoice; }
    /// Switches live and keeps the choice in the settings: the frame writes itself anew, then languageChanged() asks
    /// for new screens.
    void setLanguageChoice(LanguageChoice choice);
    /// Whether another perspective shows its own screen, or leaves the one that is shown (the Settings screen).
    enum class OnSwitch { ShowItsScreen, StayOnScreen };
    Perspective perspective() const { return m_perspective; }
    /// Leaves one perspective for another: its screen, or the one it was left at, and its layout.
    void setPerspective(Perspective perspective, OnSwitch onSwitch = OnSwitch::ShowItsScreen);
    /// Columns and panel borders of this perspective as they came, with a toast to undo it.
    void resetLayout();

Q_SIGNALS:
    /// Theme, language choice or perspective: for whoever shows what is chosen.
    void choicesChanged();
    /// What belongs to a perspective is to be kept; its screens still show it.
    void perspectiveLeft(affinity::ui::Perspective perspective);
    /// Its screen is shown; the screens are to show what was kept of it.
    void perspectiveChanged(affinity::ui::Perspective perspective);
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
    void makeCommands();
    void refreshCommands();
    std::vector<Command> screenCommands();
    std::vector<Command> windowCommands();
    std::vector<Command> choiceCommands();
    QString signInObstacle() const;
    QString signOutObstacle() const;
    void openThemeMenu();
    void openLanguageMenu();
    void openPerspectiveMenu();
    void refreshPerspectiveButton();
    void tellSettings();
    void refreshLanguageButton();
    void retranslate();
    void dropScreens();
    void leaveScreens(size_t next);
    void refreshThemeButton();
    void restoreGeometryFromSettings();
    void applyWidth();
    Settings& m_settings;
    LayoutState* m_layout;
    BannerStack* m_banners;
    Perspective m_perspective = Perspective::General;
    bool m_isNoticeRead = false; // of the settings
    std::vector<Screen> m_screens;
    ConnectionState m_state;
    ThemeChoice m_themeChoice = ThemeChoice::System;
    LanguageChoice m_languageChoice = LanguageChoice::System;
    CommandList* m_commands;
    Palette* m_palette;
    std::vector<Command> m_added; ///< of setCommands()
    bool m_mayClose = false;      // every screen was asked
    bool m_isClosing = false;     // within closeEvent
    EnvironmentStrip* m_strip;
    Rail* m_rail;
    QStackedWidget* m_pages;
    StatusBar* m_status;
    ToastHost* m_toasts;
};

} // namespace affinity::ui
