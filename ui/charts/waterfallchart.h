// What each part adds or takes on the way from a start to an end: points per rule, cost per reward.
#pragma once

#include "ui/charts/chartframe.h"

namespace affinity::ui {

struct WaterfallStep {
    QString name;
    double change = 0; // NaN: unknown, said as such and counted as no change
    bool operator==(const WaterfallStep&) const = default;
};

/// `start` plus all changes is the end: the chart computes it, so that the total always equals its parts.
struct WaterfallData {
    QString startName; // "Live"; empty: no bar for the start
    double start = 0;
    std::vector<WaterfallStep> steps; // in the order they are drawn, top down
    QString endName;                  // "Draft"; empty: no bar for the end
    bool hasCodeNames = false;        // step names are rule keys: monospace
    bool operator==(const WaterfallData&) const = default;
};

/// Start plus all known changes.
double endOf(const WaterfallData& data);

/// Lying bars, one row each, so that rule keys are readable: gains S1, losses S2, start and end muted, figures beside
/// the bars. Rows shrink to 16 px; what then does not fit is said in a last line "+3 more" and is in the hover and
/// the export. Needs about 20 px a row. The unit belongs above it as in every chart. GUI thread.
class WaterfallChart : public ChartFrame {
    Q_OBJECT
public:
    explicit WaterfallChart(QWidget* parent = nullptr);
    void setData(WaterfallData parts);

    std::vector<LegendEntry> legend() const override;
    /// Gains and losses are one sum: nothing can be hidden.
    void setSeriesShown(int index, bool isShown) override;
    /// "part,change,after": one line a bar.
    bool writeCsv(QIODevice& device) const override;
    size_t valueCount() const override;
    std::optional<Hover> hoverAt(double x) const override;
    std::optional<Hover> hoverAtPoint(double x, double y) const override;
    QSize sizeHint() const override;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    std::vector<Tick> ticksOfX() const override;
    std::vector<Tick> ticksOfY() const override;
    QFont fontOfY(size_t tick) const override;
    bool canZoom() const override { return false; }
    bool isYRounded() const override { return false; }
    bool hasRowNames() const override { return true; }
    void paintGrid(QPainter& painter) const override;
    void paintUnder(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void paintHoverMark(QPainter& painter, const Hover& hover) const override;
    QPointF stepHover(QPointF from, int right, int up) const override;

private:
    /// One drawn bar: from … to on the value axis.
    struct Bar {
        QString name, figure;
        double from = 0, to = 0;
        double change = 0;
        bool isTotal = false, isKey = false;
    };
    std::vector<Bar> bars() const;
    size_t shownRows() const;
    QColor colorOf(const Bar& bar) const;
    WaterfallData m_data;
    std::vector<Bar> m_bars;
};

} // namespace affinity::ui
