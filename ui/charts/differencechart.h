// A minus B over days: zero line, band, mean line and the last value in figures.
#pragma once

#include "ui/charts/linechart.h"

namespace affinity::ui {

/// Differences of two runs or groups; sizes are equal. `low` and `high` are the ends of the band, e.g. the 95 %
/// confidence band of paired runs; both empty: no band.
struct DifferenceData {
    QString name;     // "Draft minus live"
    QString bandName; // "95% band"
    std::vector<double> x, mean, low, high;
    bool operator==(const DifferenceData&) const = default;
};

/// Its own chart, never a second axis. Signed axis, days by default (setXAxis and setValueFormat change that).
class DifferenceChart : public LineChart {
    Q_OBJECT
public:
    explicit DifferenceChart(QWidget* parent = nullptr);
    void setDifference(DifferenceData difference);
    /// The end label: "+100 ±13", or "+100 (+80 to +131)" where the band is lopsided; empty without a known value.
    QString lastText() const;

protected:
    void paintOver(QPainter& painter) override;

private:
    using LineChart::setData;
    DifferenceData m_ends; // the last known point only: x, mean, low, high of one element
};

} // namespace affinity::ui
