// Horizontal bars with names at the left and figures at the right: caps by saturation, devices by level, top rules.
#pragma once

#include "ui/charts/chartvalues.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace affinity::ui {

struct RankedBar {
    QString name;
    double value = 0;
    QString valueText;               // formatted figure at the right
    QString note;                    // muted figure after it: a share
    std::optional<double> reference; // a tick across the bar, e.g. the live value
    std::optional<int> level;        // draws a level chip before the name and the bar in its colour
    bool isCode = false;
    bool isOverLimit = false; // orange bar, figure in danger
    bool operator==(const RankedBar&) const = default;
};

class RankedBars : public QWidget {
    Q_OBJECT
public:
    explicit RankedBars(QWidget* parent = nullptr);
    void setBars(std::vector<RankedBar> bars, int highestLevel = 6);
    /// A dashed limit with words above it ("policy limit 30%"), and the axis below; none removes both.
    void setLimit(std::optional<double> limit, const QString& words, ValueFormat axisFormat = ValueFormat::Percent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double nameWidth() const;
    double figureWidth() const;
    void paintAxis(QPainter& painter, double left, double right, double most) const;
    std::vector<RankedBar> m_bars;
    int m_highestLevel = 6;
    std::optional<double> m_limit;
    QString m_limitWords;
    ValueFormat m_axisFormat = ValueFormat::Percent;
};

} // namespace affinity::ui
