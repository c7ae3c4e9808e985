// StorylinePage: one simulated device: its value over the days, each of its events, and why each ended as it did.
#pragma once

#include "ui/simulation/draft.h"
#include "ui/simulation/storytext.h"
#include "ui/workspace/workspace.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTableView;

namespace affinity::ui {

class IconButton;
class LineChart;
class Panel;
class SegmentedControl;
class StoryModel;
class TextLabel;
class WhyPanel;

/// Asks while it is shown; an older answer is dropped. GUI thread.
class StorylinePage : public QWidget {
    Q_OBJECT
public:
    StorylinePage(Workspace& workspace, Draft& draft, QWidget* parent = nullptr);

    void setDevice(qint64 device);
    /// The device before (−1) or after (1) the one shown; stays at the ends.
    void step(qint64 by);
    qint64 device() const { return m_device; }
    /// Asks for what is shown now; nothing happens when that is there already.
    void refresh();
    const std::optional<Story>& story() const { return m_story; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    const sim::Scenario& shownScenario() const;
    void typeDevice(const QString& text);
    void receive(const base::Result<Story>& answer);
    void showStory();
    void showChart();
    void showReason(int row);
    Workspace& m_workspace;
    Draft& m_draft;
    LatestRequest<Story> m_request, m_otherRequest;
    qint64 m_device = 0;
    std::optional<Story> m_story, m_other;
    std::optional<sim::Scenario> m_asked; // with m_askedDevice: what m_story belongs to or is asked for
    qint64 m_askedDevice = -1;
    QLineEdit* m_number;
    IconButton *m_previous, *m_next;
    SegmentedControl *m_side, *m_filter;
    TextLabel *m_of, *m_facts, *m_problem;
    LineChart* m_chart;
    StoryModel* m_model;
    QTableView* m_table;
    Panel* m_events;
    WhyPanel* m_why;
    QStackedWidget* m_stack;
};

} // namespace affinity::ui
