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
class QMenu;
class QValueAxis;

namespace affinity::ui {

/// How a series looks in the legend and in the hover box.
enum class SwatchShape { Square, Line, Dash };

struct LegendEntry {
    QString name;
    QColor color;
    SwatchShape shape = SwatchShape::Square;
    bool isShown = true;
    bool operator==(const LegendEntry&) const = default;
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
    std::optional<double> y; // charts of rows: where the row is on the y axis
};

/// Keys of a chart that has the focus, beside Ctrl+C.
namespace chartkeys {
inline constexpr QKeyCombination copyPicture = Qt::CTRL | Qt::ALT | Qt::Key_P;
inline constexpr QKeyCombination copyValues = Qt::CTRL | Qt::ALT | Qt::Key_V;
inline constexpr QKeyCombination saveAs = Qt::CTRL | Qt::ALT | Qt::Key_S;
} // namespace chartkeys

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

    /// Zooms the x axis to any range, also beyond the data; nothing resets it to the data.
    /// By hand, within the data: Ctrl and the wheel, + and − zoom; Shift and dragging marks what is to be seen, and
    /// without Shift while everything is shown; dragging and Shift with an arrow key pan a zoomed chart; a double click
    /// or 0 resets. Arrow keys move the hover box from point to point, with Ctrl ten times as far.
    void setView(std::optional<Range> view);
    Range view() const;
    bool isZoomed() const { return m_view.has_value(); }

    virtual std::vector<LegendEntry> legend() const = 0;
    virtual void setSeriesShown(int index, bool isShown) = 0;
    /// The values as text with a header line, comma-separated, full precision: read back they are the same doubles.
    QString csv() const;
    /// csv() as UTF-8, in pieces; false when the device did not take it.
    virtual bool writeCsv(QIODevice& device) const = 0;
    /// How many values csv() would list; more than `mostCopied` are saved, not copied.
    virtual size_t valueCount() const = 0;
    static constexpr size_t mostCopied = 500'000;
    /// The hover content nearest to `x`, none if there is no data; tests use it too.
    virtual std::optional<Hover> hoverAt(double x) const = 0;
    /// As hoverAt for charts of rows, where the y value matters; other charts ignore it.
    virtual std::optional<Hover> hoverAtPoint(double x, double y) const;
    /// Where the hover box is, in values of the axes; none: no box is shown.
    std::optional<QPointF> hoverPoint() const { return m_hover; }

    QRectF plotRect() const;
    double pixelX(double x) const;
    double pixelY(double y) const;

    /// The chart as it is shown, with the panel colour behind it and without the hover box; `scale` pixels per unit.
    QImage picture(double scale = 2);
    /// Writes PNG, SVG, PDF or CSV by the ending of `path`; false with nothing changed when that failed.
    bool save(const QString& path);
    /// Puts the picture and, up to `mostCopied` values, the CSV on the clipboard. Ctrl+C does it.
    void copy();
    void copyPicture();
    /// False when there are more than `mostCopied` values.
    bool copyValues();
    /// Copy, save and zoom actions with their keys; the context menu is this.
    void fillMenu(QMenu& menu);

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
    virtual void paintGrid(QPainter& painter) const;
    /// What shows the place of the hover box: a crosshair and dots; charts of rows mark the row or cell.
    virtual void paintHoverMark(QPainter& painter, const Hover& hover) const;
    /// Ticks of the x axis; bar charts name their categories instead.
    virtual std::vector<Tick> ticksOfX() const;
    /// Ticks of the y axis; charts of rows name their rows.
    virtual std::vector<Tick> ticksOfY() const;
    /// Of the label of ticksOfY()[tick].
    virtual QFont fontOfY(size_t tick) const;
    virtual bool hasVerticalLevels() const { return false; }
    /// Names instead of numbers at the left: they start at the left edge and may take a third of the width.
    virtual bool hasRowNames() const { return false; }
    /// False: the y axis is exactly dataY(), without zero and without rounding.
    virtual bool isYRounded() const { return true; }
    /// A line for the unit words or a colour key above the plot although there is no unit.
    virtual bool hasHeadLine() const { return false; }
    virtual bool canZoom() const { return true; }
    /// The shortest stretch of x that the user can zoom to.
    virtual double leastSpan() const;
    /// Where the arrow keys take the hover point: `right` and `up` are −1, 0 or 1.
    virtual QPointF stepHover(QPointF from, int right, int up) const;

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
    /// The look of what is not known.
    static void paintHatch(QPainter& painter, const QRectF& box);
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
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void layOut();
    bool hasGutter() const;
    bool save(QIODevice& device, const QString& ending);
    void settleSize();
    bool draw(QIODevice& device, const QString& ending);
    void paintAxisTexts(QPainter& painter) const;
    void paintLevels(QPainter& painter) const;
    void paintGaps(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintZeroLine(QPainter& painter) const;
    void paintHover(QPainter& painter) const;
    void paintSelection(QPainter& painter) const;
    QRectF hoverBox(const Hover& hover, QSizeF size) const;
    int coveredPoints(const QRectF& box) const;
    void describe();
    void setHover(std::optional<QPointF> point);
    void moveHover(int right, int up, int times);
    QPointF valuesAt(QPointF pixel) const;
    void zoom(double factor, double around);
    void pan(double shift);
    void showByHand(std::optional<Range> view);
    Range reachableX() const;
    void saveAs();
    void exportBy(QKeyCombination keys);
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
    std::vector<LegendEntry> m_lastLegend; // legendChanged is emitted when it differs, not at each step of a pan
    std::optional<QPointF> m_hover;        // in values of the axes
    std::optional<double> m_dragFrom;      // x value under the pointer when the drag began
    std::optional<Range> m_selection;      // pixels from … to while a stretch is marked; low is where it began
    bool m_wantsGutter = false;
    double m_left = 48;
    std::vector<QAbstractSeries*> m_drawn;
};

/// Keeps the x views of these charts equal: what the user zooms or pans in one, the others show too. Charts may die in
/// any order.
void linkViews(const std::vector<ChartFrame*>& charts);

/// `wanted` moved and narrowed into `all`, and widened to `leastSpan` around its middle.
Range viewWithin(Range wanted, Range all, double leastSpan);

/// The legend of a chart, for the right of a panel head; a click or Space toggles a series. Where there is not room for
/// all names, the last ones are behind "+3", which opens a menu of them.
class LegendBar : public QWidget {
    Q_OBJECT
public:
    explicit LegendBar(ChartFrame* chart, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// How many entries are drawn in the bar itself; the others are in the menu.
    int drawnEntries() const;
    /// The menu behind "+3": one checkable action for each entry that is not drawn. The caller owns it.
    QMenu* restMenu();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int entryAt(double x) const;
    void toggle(int index);
    void openRest();
    ChartFrame* m_chart;
    int m_focused = 0;
};

} // namespace affinity::ui
