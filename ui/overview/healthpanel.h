// HealthPanel: what the console depends on and whether it answers: store, counters, push.
#pragma once

#include "engine/engine.h"
#include "ui/shared/icons.h"
#include "ui/shared/panel.h"
#include "ui/shared/textlabel.h"

#include <vector>

namespace affinity::ui {

class IconLabel;

/// Says only what was measured or is known of this connection. GUI thread.
class HealthPanel : public Panel {
    Q_OBJECT
public:
    /// What the connection names; how its counters are is told by showCounters().
    HealthPanel(const store::StoreInfo& store, const Connection& connection, QWidget* parent = nullptr);
    /// The store answered a question after so many microseconds.
    void showAnswer(qint64 tookUs);
    void showFailure(const base::Error& error);
    void showCounters(const CounterStatus& status);

private:
    struct Row {
        IconLabel* icon;
        TextLabel* name;
        TextLabel* note;
        TextLabel* state;
    };
    Row addRow(const QString& name, const QString& note);
    void addMissing(const store::MissingFeature& missing);
    void show(const Row& row, Icon icon, TextTone tone, const QString& note, const QString& state);
    bool m_isOnlyWriter;
    Row m_store;
    Row m_counters;
};

} // namespace affinity::ui
