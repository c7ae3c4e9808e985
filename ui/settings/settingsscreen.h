// SettingsScreen: what can be chosen for the window, where its files are, and what it remembers.
#pragma once

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace affinity::ui {

class Button;
struct Command;
class MainWindow;
class Panel;
class RecentItems;
class SegmentedControl;
class TextLabel;

/// A file of the program that people may want to find.
struct ProgramFile {
    QString id;    ///< "settings", for object names
    QString title; ///< translated, "Settings"
    QString about; ///< what it holds, translated
    QString path;
};

/// Every choice holds at once. GUI thread; window and recent items outlive it. It is made anew in another language.
class SettingsScreen : public QWidget {
    Q_OBJECT
public:
    /// `shortcuts` is the list of keys, which the screen takes over; null: there is none to show.
    SettingsScreen(MainWindow& window, RecentItems& recent, std::vector<ProgramFile> files,
                   QWidget* shortcuts = nullptr, QWidget* parent = nullptr);

    /// Reads again what may have changed outside: which files are there.
    void refresh();
    /// What can be done here, for the window's list of commands.
    std::vector<Command> commands();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeAppearance();
    QWidget* makePerspective();
    QWidget* makeLayout();
    QWidget* makePrivacy();
    QWidget* makeFiles();
    QWidget* makeKeyboard(QWidget* shortcuts);
    void clearRecent();
    void addFile(QVBoxLayout& rows, const ProgramFile& file);
    void follow();
    void followRecent();
    MainWindow& m_window;
    RecentItems& m_recent;
    std::vector<ProgramFile> m_files;
    std::vector<TextLabel*> m_fileNotes; ///< one for each file
    std::vector<Button*> m_fileOpeners;  ///< one for each file
    SegmentedControl* m_theme = nullptr;
    SegmentedControl* m_language = nullptr;
    SegmentedControl* m_perspective = nullptr;
    TextLabel* m_perspectiveSentence = nullptr;
    Button* m_clear = nullptr;
    TextLabel* m_recentCount = nullptr;
};

} // namespace affinity::ui
