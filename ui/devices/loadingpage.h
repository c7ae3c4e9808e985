// What stands in the detail area while an answer takes longer than people like to wait without a sign.
#pragma once

#include <QString>

class QWidget;

namespace affinity::ui {

/// Loading is shown from here on; faster answers just replace what is there.
inline constexpr int loadingShownAfterMs = 300;

/// A panel around anything, up to its edge.
QWidget* inPanel(QWidget* content);

/// "Loading…" with a spinner that is called `name`, in a panel.
QWidget* loadingPage(const QString& name);

} // namespace affinity::ui
