// Values over time or days: lines, bands, gaps, level bands behind them.
#pragma once

#include "ui/charts/chartframe.h"
#include "ui/charts/decimate.h"

namespace affinity::ui {

/// Any number of lines over any number of bands. The legend lists lines first, then bands.
class LineChart : public ChartFrame {
    Q_OBJECT
public:
    explicit LineChart(QWidget* parent = nullptr);
    /// Replaces everything; shown/hidden is kept for series of the same name. Pass long series by std::move.
    void setData(std::vector<LineData> lines, std::vector<BandData> bands = {});
    /// One line alone, moved in: braces around a LineData would copy it.
    void setLine(LineData line);

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
    bool isShown(const QString& name) const;
    void addLine(const LineData& line, const MinMaxBlocks& blocks, std::vector<DrawnPart>& parts) const;
    void addBand(const BandData& band, std::vector<DrawnPart>& parts) const;
    std::vector<LineData> m_lines;
    std::vector<MinMaxBlocks> m_lineBlocks; // of y, found once: series can be long
    std::vector<std::optional<Range>> m_bandExtents;
    std::vector<BandData> m_bands;
    QStringList m_hidden;
};

/// Percentiles over days: 10–90 % and 25–75 % bands, the median, and the median to compare with, dashed.
struct FanData {
    std::vector<double> x, p10, p25, p50, p75, p90;
    std::vector<double> liveP50; // empty: none
    QString medianName;          // empty: "Draft median"
    QString liveName;            // empty: "Live median"
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
