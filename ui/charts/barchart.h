// Bars: stacked per category with an optional comparison line, and histograms of a value.
#pragma once

#include "ui/charts/chartframe.h"

class QStackedBarSeries;

namespace affinity::ui {

class BarChart : public ChartFrame {
    Q_OBJECT
public:
    explicit BarChart(QWidget* parent = nullptr);
    /// One name per category; only as many as fit are written. A category without data yet has NaN values.
    void setData(QStringList categories, std::vector<LayerData> layers, const LineData& comparison = {});

    std::vector<LegendEntry> legend() const override;
    void setSeriesShown(int index, bool isShown) override;
    bool writeCsv(QIODevice& device) const override;
    size_t valueCount() const override;
    std::optional<Hover> hoverAt(double x) const override;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    std::vector<Tick> ticksOfX() const override;
    double leastSpan() const override { return 3; }

private:
    bool isShown(const QString& name) const;
    void setBars();
    QStackedBarSeries* m_bars = nullptr;
    QStringList m_categories;
    std::vector<LayerData> m_layers;
    LineData m_comparison;
    QStringList m_hidden;
};

/// Counts per bin of a value; levels, if set, are bands of the x axis with a strip on top.
class HistogramChart : public ChartFrame {
    Q_OBJECT
public:
    explicit HistogramChart(QWidget* parent = nullptr);
    /// Bin i covers [from + i·width, from + (i+1)·width).
    void setData(const QString& name, double from, double width, std::vector<double> counts, SeriesPaint paint = {});

    std::vector<LegendEntry> legend() const override;
    void setSeriesShown(int index, bool isShown) override;
    bool writeCsv(QIODevice& device) const override;
    size_t valueCount() const override;
    std::optional<Hover> hoverAt(double x) const override;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    bool hasVerticalLevels() const override { return true; }

private:
    QString m_name;
    double m_from = 0, m_width = 1;
    std::vector<double> m_counts;
    SeriesPaint m_paint;
};

} // namespace affinity::ui
