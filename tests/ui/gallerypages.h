// Pages of the gallery: every shared widget and chart with example values, to be looked at in both themes.
#pragma once

#include "ui/shell/connectionstate.h"

#include <QDialog>
#include <QWidget>

namespace affinity::ui::gallery {

QWidget* tablesPage();
QWidget* chartsPage();
QWidget* moreChartsPage();
QWidget* controlsPage();
QWidget* formPage();
QWidget* emptyPage();
QWidget* barsRow();
QDialog* adjustDialog(const ConnectionState& state);

} // namespace affinity::ui::gallery
