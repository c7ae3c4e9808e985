// The clickable legend of a chart.
#include "ui/charts/chartframe.h"

#include "ui/shared/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr double swatch = 14; // swatch and the gap to its words
constexpr double between = 16;

double entryWidth(const LegendEntry& entry) {
    return swatch + textWidth(font(TextStyle::Caption), entry.name);
}

void paintSwatch(QPainter& painter, double x, double middle, const LegendEntry& entry, const QColor& color) {
    if (entry.shape == SwatchShape::Square) {
        drawBox(painter, QRectF(x, middle - 4, 8, 8), 2, color);
        return;
    }
    QPen pen(color, 2, Qt::SolidLine, Qt::FlatCap);
    if (entry.shape == SwatchShape::Dash) {
        pen.setStyle(Qt::CustomDashLine);
        pen.setDashPattern({2, 1.5});
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(x - 2, middle), QPointF(x + 10, middle));
}

} // namespace

LegendBar::LegendBar(ChartFrame* chart, QWidget* parent) : QWidget(parent), m_chart(chart) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setProperty("focusRadius", measure::radiusTag);
    setAccessibleName(tr("Legend"));
    setToolTip(tr("Click a name to hide or show it."));
    connect(chart, &ChartFrame::legendChanged, this, [this] {
        updateGeometry();
        update();
    });
}

QSize LegendBar::sizeHint() const {
    double width = 0;
    for (const LegendEntry& entry : m_chart->legend())
        width += entryWidth(entry) + between;
    return {static_cast<int>(std::max(0.0, width - between)) + 2, 20};
}

void LegendBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    const std::vector<LegendEntry> entries = m_chart->legend();
    double x = 2;
    for (size_t i = 0; i < entries.size(); ++i) {
        const LegendEntry& entry = entries[i];
        paintSwatch(painter, x, middle, entry, entry.isShown ? entry.color : tokens().borderStrong);
        const double width = entryWidth(entry) - swatch;
        QFont in = ui::font(TextStyle::Caption);
        in.setUnderline(hasFocus() && static_cast<int>(i) == m_focused);
        drawText(painter, QRectF(x + swatch, 0, width + 2, height()), entry.name, in,
                 entry.isShown ? tokens().secondary : tokens().disabledText);
        x += width + swatch + between;
    }
}

int LegendBar::entryAt(double x) const {
    double left = 0;
    const std::vector<LegendEntry> entries = m_chart->legend();
    for (size_t i = 0; i < entries.size(); ++i) {
        const double right = left + entryWidth(entries[i]) + between / 2;
        if (x >= left && x < right)
            return static_cast<int>(i);
        left += entryWidth(entries[i]) + between;
    }
    return -1;
}

void LegendBar::toggle(int index) {
    const std::vector<LegendEntry> entries = m_chart->legend();
    if (index >= 0 && index < static_cast<int>(entries.size()))
        m_chart->setSeriesShown(index, !entries[static_cast<size_t>(index)].isShown);
}

void LegendBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        toggle(entryAt(event->position().x()));
}

void LegendBar::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_chart->legend().size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        m_focused = std::max(0, m_focused - 1);
        break;
    case Qt::Key_Right:
        m_focused = std::min(last, m_focused + 1);
        break;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        toggle(m_focused);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

} // namespace affinity::ui
