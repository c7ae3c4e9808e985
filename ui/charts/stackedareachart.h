// Shares that sum to 100 % over days or time, e.g. how many devices are in each level.
#pragma once

#include "ui/charts/chartframe.h"

namespace affinity::ui {

class StackedAreaChart : public ChartFrame {
    Q_OBJECT
public:
    explicit StackedAreaChart(QWidget* parent = nullptr);
    /// `x` ascending; each layer has one share per x (any unit: each x is scaled so that its layers sum to 1). Layers
    /// go from the bottom up.
    void setData(std::vector<double> x, std::vector<LayerData> layers);

    std::vector<LegendEntry> legend() const override;
    void setSeriesShown(int index, bool isShown) override;
    bool writeCsv(QIODevice& device) const override;
    size_t valueCount() const override;
    std::optional<Hover> hoverAt(double x) const override;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    void paintOver(QPainter& painter) override;

private:
    std::vector<double> m_x;
    std::vector<LayerData> m_layers;
    std::vector<std::vector<double>> m_top; // upper edge of each layer, 0 … 1
    QStringList m_hidden;
};

} // namespace affinity::ui
