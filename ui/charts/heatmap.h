// Values as one-hue colours over columns and rows: devices per value and day, points per rule and hour.
#pragma once

#include "ui/charts/chartframe.h"

#include <QImage>

namespace affinity::ui {

/// How a pixel that covers several cells is coloured. Unknown cells under it are left out; all unknown: hatched.
enum class HeatReduce {
    Highest, // nothing rare vanishes: right for refusals, errors, counts that must be noticed
    Mean     // the general picture: right for densities
};

/// A grid of values. Row 0 is the lowest when rows are numbers, the topmost when they have names.
struct HeatData {
    QString name;                 // what a value is, in the hover box: "devices"
    size_t columnCount = 0;       // known beforehand, so that rows cannot be ragged
    std::vector<double> values;   // row after row, columnCount × rows of them; NaN is unknown, never zero
    double firstX = 0, stepX = 1; // column c covers [firstX + c·stepX, firstX + (c + 1)·stepX)
    QStringList columnNames;      // instead of the x axis: "00:00" … ; empty: the chart's XAxis counts
    double firstY = 0, stepY = 1; // numeric rows: row r covers [firstY + r·stepY, firstY + (r + 1)·stepY)
    QStringList rowNames;         // named rows, e.g. rules; empty: rows are numbers
    QString rowWord;              // in the hover box after a numeric row: "points"
    bool hasCodeRows = false;     // row names are rule keys: monospace
    HeatReduce reduce = HeatReduce::Highest;
    std::optional<double> highest; // value of the strongest colour; none: the highest value there is
    bool operator==(const HeatData&) const = default;
};

/// Zero has the panel's colour, the highest value the strongest step of S1; negative values count as zero. Zoom and
/// pan along x as in every chart; arrow keys move from cell to cell. The key (colour ramp with its two ends) is drawn
/// at the right of the unit line: the chart needs no LegendBar. GUI thread.
class HeatMap : public ChartFrame {
    Q_OBJECT
public:
    explicit HeatMap(QWidget* parent = nullptr);
    /// Moves the data in. Values that do not fill the last row are dropped.
    void setData(HeatData grid);

    size_t rowCount() const;
    std::vector<LegendEntry> legend() const override;
    void setSeriesShown(int index, bool isShown) override;
    /// "column,row,value": one line a cell, unknown values empty.
    bool writeCsv(QIODevice& device) const override;
    size_t valueCount() const override;
    /// The top row's cell of the column at `x`.
    std::optional<Hover> hoverAt(double x) const override;
    /// The cell under this point of the axes (see cellCenterY()).
    std::optional<Hover> hoverAtPoint(double x, double y) const override;
    /// Where the middle of a row is on the y axis.
    double cellCenterY(size_t row) const;

protected:
    void rebuild() override;
    std::optional<Range> dataX() const override;
    Range dataY() const override;
    std::vector<Tick> ticksOfX() const override;
    std::vector<Tick> ticksOfY() const override;
    QFont fontOfY(size_t tick) const override;
    double leastSpan() const override;
    bool hasHeadLine() const override { return true; }
    bool isYRounded() const override { return false; }
    bool hasRowNames() const override;
    void paintGrid(QPainter& painter) const override;
    void paintUnder(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void paintHoverMark(QPainter& painter, const Hover& hover) const override;
    QPointF stepHover(QPointF from, int right, int up) const override;

private:
    size_t columnAt(double x) const;
    size_t rowAt(double y) const;
    double valueAt(size_t column, size_t row) const;
    double strongest() const;
    double columnOf(double x) const; // in columns, with fractions
    QRectF cellBox(size_t column, size_t row) const;
    QString rowText(size_t row) const;
    void makeImage(double scale);
    void paintKey(QPainter& painter) const;
    HeatData m_data;
    double m_highest = 0; // of all known values
    bool m_hasUnknown = false;
    QImage m_image; // the visible part in device pixels; null: to be made
    double m_imageScale = 0;
};

/// Colour of `share` (0 … 1 of the strongest) on the ramp of the theme: surface, then S1 ever further from it.
QColor heatColor(double share, const Tokens& in = tokens());

/// The grid reduced to `width` × `height` pixels for the columns and rows in [fromColumn, toColumn) × all rows, as
/// fractions of cells; row 0 of the result is the top. Fewer cells than pixels: each pixel has the cell it is in. NaN
/// where nothing is known. O(cells in view). `isTopDown`: row 0 of the data is at the top.
std::vector<double> reduceHeat(const HeatData& data, double fromColumn, double toColumn, int width, int height,
                               bool isTopDown);

} // namespace affinity::ui
