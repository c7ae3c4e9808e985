// HealthPanel: what the console depends on and whether it answers: store, counters, push.
#pragma once

#include "engine/engine.h"
#include "ui/shared/panel.h"

#include <vector>

namespace affinity::ui {

class IconLabel;
class TextLabel;

/// Says only what was measured or is known of this connection. GUI thread.
class HealthPanel : public Panel {
    Q_OBJECT
public:
    explicit HealthPanel(const store::StoreInfo& store, QWidget* parent = nullptr);
    /// The store answered a question after so many microseconds.
    void showAnswer(qint64 tookUs);
    void showFailure(const base::Error& error);

private:
    struct Row {
        IconLabel* icon;
        TextLabel* name;
        TextLabel* note;
        TextLabel* state;
    };
    Row addRow(const QString& name, const QString& note);
    Row m_store;
};

} // namespace affinity::ui
