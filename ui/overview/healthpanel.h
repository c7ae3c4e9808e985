// HealthPanel: what the console depends on and whether it answers: store, counters, push, outbox, rewards.
#pragma once

#include "ui/shared/icons.h"
#include "ui/shared/panel.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/workspace.h"

#include <vector>

class QHBoxLayout;

namespace affinity::ui {

class IconLabel;

/// Says only what was measured or is known of this connection, and follows the workspace. GUI thread.
class HealthPanel : public Panel {
    Q_OBJECT
public:
    explicit HealthPanel(Workspace& workspace, QWidget* parent = nullptr);
    /// The store answered a question after so many microseconds.
    void showAnswer(qint64 tookUs);
    void showFailure(const base::Error& error);
    /// One line a row: what stands in the second is in the tooltip then.
    void setCompact(bool isCompact);

private:
    struct Row {
        IconLabel* icon;
        TextLabel* name;
        TextLabel* note;
        TextLabel* state;
        QHBoxLayout* line;
    };
    Row addRow(const QString& name, const QString& objectName);
    void fill(const Row& row, Icon icon, TextTone tone, const QString& note, const QString& state,
              const QString& reason = {});
    void addMissing(const store::MissingFeature& missing);
    void addPush();
    void addRewards();
    void showCounters(const CounterStatus& status);
    void showOutbox();
    void showWaiting(const OutboxStatus& status);
    void showRewards(const store::OutboxFigures& figures);
    QString handlerNote() const;

    Workspace& m_workspace;
    std::vector<Row> m_rows; ///< all of them
    Row m_store;
    Row m_counters;
    Row m_outbox;
    Row m_rewards{}; ///< only of a store with an outbox
};

} // namespace affinity::ui
