// DiscardDialog: asks what becomes of unsaved edits before another scenario takes their place.
#pragma once

#include "ui/shell/dialogframe.h"

namespace affinity::ui {

/// Deletes itself when it is closed. Cancel and Esc leave everything as it is.
class DiscardDialog : public DialogFrame {
    Q_OBJECT
public:
    DiscardDialog(const QString& scenarioName, const ConnectionState& state, QWidget* parent = nullptr);

Q_SIGNALS:
    void saveRequested();
    void discarded();
};

} // namespace affinity::ui
