// Values over time or days: lines, bands, gaps, level bands behind them.
#pragma once

#include "ui/charts/chartframe.h"

namespace affinity::ui {

/// Any number of lines over any number of bands. The legend lists lines first, then bands.
class LineChart : public ChartFrame {
    Q_OBJECT
public:
    explicit LineChart(QWidget* parent = nullptr);
    /// Replaces everything; shown/hidden is kept for series of the same name.
    void setData(std::vector<LineData> lines, std::vector<BandData> bands = {});

    std::vector<LegendEntry> legend() const override;
    void setSeriesShown(int index, bool isShown) override;
    QString csv() const override;
    std::optional<Hover> hoverAt(double x) const override;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    void paintOver(QPainter& painter) override;

private:
    bool isShown(const QString& name) const;
    void addLine(const LineData& line, std::vector<DrawnPart>& parts) const;
    void addBand(const BandData& band, std::vector<DrawnPart>& parts) const;
    std::vector<LineData> m_lines;
    std::vector<std::optional<Range>> m_lineExtents, m_bandExtents; // of y, found once: series can be long
    std::vector<BandData> m_bands;
    QStringList m_hidden;
};

/// Percentiles over days: 10–90 % and 25–75 % bands, the median, and the live median dashed.
struct FanData {
    std::vector<double> x, p10, p25, p50, p75, p90;
    std::vector<double> liveP50; // empty: none
    bool operator==(const FanData&) const = default;
};

class FanChart : public LineChart {
    Q_OBJECT
public:
    explicit FanChart(QWidget* parent = nullptr);
    void setFan(const FanData& fan);

private:
    using LineChart::setData;
};

} // namespace affinity::ui
