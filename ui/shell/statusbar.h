// The 28 px bar below: link, latency, lock, operator, jobs with Cancel, perspective, theme, language, time zone.
#pragma once

#include "ui/shell/connectionstate.h"

#include <QWidget>

namespace affinity::ui {

class Button;
class IconButton;
class IconLabel;
class JobList;
class ProgressLine;
class TextLabel;

class StatusBar : public QWidget {
    Q_OBJECT
public:
    explicit StatusBar(JobList& jobs, QWidget* parent = nullptr);
    void setState(const ConnectionState& state);
    /// In narrow windows latency goes first.
    void setNarrow(bool isNarrow);
    /// Writes its words anew in the language in force.
    void retranslate();
    IconButton* themeButton() const { return m_theme; }
    /// Shows the language in force.
    Button* languageButton() const { return m_language; }
    /// Shows the perspective in force.
    Button* perspectiveButton() const { return m_perspective; }

Q_SIGNALS:
    /// The operator's name was pressed: sign in as somebody else.
    void operatorPressed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refreshJobs();
    void openJobMenu();
    JobList& m_jobs;
    ConnectionState m_state;
    bool m_isNarrow = false;
    IconLabel* m_linkIcon;
    TextLabel* m_link;
    TextLabel* m_latency;
    IconLabel* m_lockIcon;
    TextLabel* m_lock;
    Button* m_operator;
    TextLabel* m_jobTitle;
    ProgressLine* m_jobLine;
    Button* m_jobCancel;
    Button* m_moreJobs;
    IconButton* m_theme;
    Button* m_language;
    Button* m_perspective;
    TextLabel* m_zone;
};

} // namespace affinity::ui
