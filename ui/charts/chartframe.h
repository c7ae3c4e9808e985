// The frame of every chart: fixed plot area, own axes, level bands, hover crosshair with a box, legend, export.
#pragma once

#include "ui/charts/chartvalues.h"
#include "ui/charts/ticks.h"

#include <QChartView>
#include <QList>
#include <QPen>

#include <optional>
#include <vector>

class QIODevice;
class QValueAxis;

namespace affinity::ui {

/// How a series looks in the legend and in the hover box.
enum class SwatchShape { Square, Line, Dash };

struct LegendEntry {
    QString name;
    QColor color;
    SwatchShape shape = SwatchShape::Square;
    bool isShown = true;
};

struct HoverRow {
    QColor color;
    QString name;
    QString value;
    std::optional<double> dotY; // a dot on the line at this value
};

struct Hover {
    double x = 0;
    QString heading;
    std::vector<HoverRow> rows;
};

/// What a subclass wants drawn: a line, or the area between two lines. Order is drawing order.
struct DrawnPart {
    QList<QPointF> points; // of the line, or of the area's upper edge
    QList<QPointF> lower;  // of the area's lower edge; empty: a line
    QPen pen;              // lines
    QColor fill;           // areas
};

/// Base of all charts. Values go in by the subclasses; only their replace()d points reach Qt Charts. GUI thread.
class ChartFrame : public QChartView {
    Q_OBJECT
public:
    explicit ChartFrame(QWidget* parent = nullptr);

    /// Words above the y axis: "events per hour". Every chart has them here or in its panel's caption.
    void setUnit(const QString& words);
    void setXAxis(const XAxis& axis);
    void setValueFormat(ValueFormat format);
    /// Fixes the y range; without it the range follows the data and includes zero.
    void setYRange(double low, double high);
    void clearYRange();
    void setLevels(std::vector<LevelStep> levels, int highestLevel, LevelShow show = LevelShow::Bands);
    void setGaps(std::vector<GapData> gaps);
    void setMarks(std::vector<MarkData> marks);
    void setLimits(std::vector<LimitData> limits);
    /// What a screen reader says; without it a sentence is made from the series.
    void setDescription(const QString& sentence);
    /// Words instead of a drawing while there is nothing to draw: "No events yet".
    void setEmptyText(const QString& words);

    /// Zooms the x axis; nothing resets it to the data. Ctrl and the wheel, + and − zoom, dragging pans, a double click
    /// resets.
    void setView(std::optional<Range> view);
    Range view() const;

    virtual std::vector<LegendEntry> legend() const = 0;
    virtual void setSeriesShown(int index, bool isShown) = 0;
    /// The values as text with a header line, comma-separated, full precision.
    virtual QString csv() const = 0;
    /// The hover content nearest to `x`, none if there is no data; tests use it too.
    virtual std::optional<Hover> hoverAt(double x) const = 0;

    QRectF plotRect() const;
    double pixelX(double x) const;
    double pixelY(double y) const;

    /// The chart as it is shown, with the panel colour behind it and without the hover box; `scale` pixels per unit.
    QImage picture(double scale = 2);
    /// Writes PNG, SVG, PDF or CSV by the ending of `path`; false with nothing changed when that failed.
    bool save(const QString& path);

Q_SIGNALS:
    void legendChanged();
    /// "Save as" of the context menu could not write this file.
    void saveFailed(const QString& path);
    /// The user zoomed or panned.
    void viewChanged();

protected:
    /// Recomputes the points for the current view and width and gives them to the series.
    virtual void rebuild() = 0;
    /// Extent of the data; x none when there is no data.
    virtual std::optional<Range> dataX() const = 0;
    virtual Range dataY() const = 0;
    virtual void paintUnder(QPainter& painter);
    virtual void paintOver(QPainter& painter);
    /// Ticks of the x axis; bar charts name their categories instead.
    virtual std::vector<Tick> ticksOfX() const;
    virtual bool hasVerticalLevels() const { return false; }

    /// Call after data or options changed.
    void refresh();
    QValueAxis* axisX() const { return m_axisX; }
    QValueAxis* axisY() const { return m_axisY; }
    Range rangeY() const { return m_y; }
    Range rangeX() const { return m_x; }
    ValueFormat valueFormat() const { return m_format; }
    const XAxis& xAxis() const { return m_xAxis; }
    const std::vector<GapData>& gaps() const { return m_gaps; }
    int columns() const;
    /// Gives the parts to Qt Charts: replace() on the series there are, new ones only where kind or number changed.
    void setDrawn(const std::vector<DrawnPart>& parts);
    void addToAxes(QAbstractSeries* series);
    /// Keeps 28 px at the right free for direct labels.
    void setGutter(bool hasGutter);
    /// Direct labels in the gutter, moved apart where they would overlap.
    struct GutterLabel {
        double y = 0; // pixel
        QString text;
    };
    void paintGutter(QPainter& painter, std::vector<GutterLabel> labels) const;
    bool hasData() const { return dataX().has_value(); }

    void resizeEvent(QResizeEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void layOut();
    bool hasGutter() const;
    bool save(QIODevice& device, const QString& ending);
    std::vector<double> ticksOfY() const;
    void paintGrid(QPainter& painter) const;
    void paintAxisTexts(QPainter& painter) const;
    void paintLevels(QPainter& painter) const;
    void paintGaps(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintZeroLine(QPainter& painter) const;
    void paintHover(QPainter& painter) const;
    QRectF hoverBox(double x, QSizeF size) const;
    int coveredPoints(const QRectF& box) const;
    void describe();
    void setHover(std::optional<double> x);
    void zoom(double factor, double around);
    QValueAxis* m_axisX;
    QValueAxis* m_axisY;
    QString m_unit, m_description, m_emptyText;
    XAxis m_xAxis;
    ValueFormat m_format = ValueFormat::Number;
    std::optional<Range> m_fixedY, m_view;
    Range m_x, m_y;
    std::vector<LevelStep> m_levels;
    int m_highestLevel = 6;
    LevelShow m_levelShow = LevelShow::None;
    std::vector<GapData> m_gaps;
    std::vector<MarkData> m_marks;
    std::vector<LimitData> m_limits;
    std::optional<double> m_hoverX;
    std::optional<double> m_dragFrom; // x value under the pointer when the drag began
    bool m_wantsGutter = false;
    double m_left = 48;
    std::vector<QAbstractSeries*> m_drawn;
};

/// The legend of one or more charts, for the right of a panel head; a click or Space toggles a series.
class LegendBar : public QWidget {
    Q_OBJECT
public:
    explicit LegendBar(ChartFrame* chart, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int entryAt(double x) const;
    void toggle(int index);
    ChartFrame* m_chart;
    int m_focused = 0;
};

} // namespace affinity::ui
