// The clickable legend of a chart.
#include "ui/charts/chartframe.h"

#include "ui/shared/painting.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <memory>

namespace affinity::ui {
namespace {

constexpr double swatch = 14; // swatch and the gap to its words
constexpr double between = 16;
constexpr double edge = 2;
constexpr double leastName = 28; // a name is shrunk to this before it goes behind "+3"

double nameWidth(const LegendEntry& entry) {
    return textWidth(font(TextStyle::Caption), entry.name);
}

QString restText(size_t count) {
    return LegendBar::tr("+%1").arg(count);
}

double restWidth(size_t count) {
    return textWidth(font(TextStyle::Label), restText(count)) + 4;
}

/// Where the entries are in a bar of some width; those past `places` are behind "+3" at `rest`.
struct Place {
    double left = 0, nameWidth = 0;
};
struct Layout {
    std::vector<Place> places;
    double rest = 0;
};

Layout placesIn(const std::vector<LegendEntry>& entries, double width) {
    Layout layout;
    double whole = edge;
    for (const LegendEntry& entry : entries)
        whole += swatch + nameWidth(entry) + between;
    const bool isFitting = whole - between <= width;
    double x = edge;
    for (size_t i = 0; i < entries.size(); ++i) {
        const size_t after = entries.size() - i - 1;
        const double room = width - x - swatch - (isFitting || after == 0 ? 0 : between + restWidth(after));
        const double wanted = nameWidth(entries[i]);
        if (!isFitting && room < std::min(wanted, leastName))
            break;
        layout.places.push_back({x, std::min(wanted, isFitting ? wanted : room)});
        x += swatch + layout.places.back().nameWidth + between;
    }
    layout.rest = layout.places.empty() ? edge : x;
    return layout;
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

QIcon swatchIcon(const LegendEntry& entry) {
    QPixmap picture(2 * measure::icon, 2 * measure::icon);
    picture.setDevicePixelRatio(2);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSwatch(painter, 4, measure::icon / 2.0, entry, entry.color);
    return QIcon(picture);
}

} // namespace

LegendBar::LegendBar(ChartFrame* chart, QWidget* parent) : QWidget(parent), m_chart(chart) {
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
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
        width += swatch + nameWidth(entry) + between;
    return {static_cast<int>(std::max(0.0, width - between) + edge), 20};
}

QSize LegendBar::minimumSizeHint() const {
    const std::vector<LegendEntry> entries = m_chart->legend();
    if (entries.empty())
        return {0, 20};
    const double least = edge + swatch + leastName + (entries.size() > 1 ? between + restWidth(entries.size()) : 0);
    return {std::min(sizeHint().width(), static_cast<int>(least) + 1), 20};
}

int LegendBar::drawnEntries() const {
    return static_cast<int>(placesIn(m_chart->legend(), width()).places.size());
}

void LegendBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    const std::vector<LegendEntry> entries = m_chart->legend();
    const Layout layout = placesIn(entries, width());
    for (size_t i = 0; i < layout.places.size(); ++i) {
        const LegendEntry& entry = entries[i];
        const Place& place = layout.places[i];
        paintSwatch(painter, place.left, middle, entry, entry.isShown ? entry.color : tokens().borderStrong);
        QFont in = ui::font(TextStyle::Caption);
        in.setUnderline(hasFocus() && static_cast<int>(i) == m_focused);
        in.setStrikeOut(!entry.isShown);
        drawText(painter, QRectF(place.left + swatch, 0, place.nameWidth, height()), entry.name, in,
                 entry.isShown ? tokens().secondary : tokens().muted);
    }
    if (const size_t rest = entries.size() - layout.places.size(); rest > 0) {
        QFont in = ui::font(TextStyle::Label);
        in.setUnderline(hasFocus() && m_focused >= static_cast<int>(layout.places.size()));
        drawText(painter, QRectF(layout.rest, 0, restWidth(rest), height()), restText(rest), in, tokens().accentText);
    }
}

int LegendBar::entryAt(double x) const {
    const std::vector<LegendEntry> entries = m_chart->legend();
    const Layout layout = placesIn(entries, width());
    for (size_t i = 0; i < layout.places.size(); ++i)
        if (x >= layout.places[i].left - edge &&
            x < layout.places[i].left + swatch + layout.places[i].nameWidth + between / 2)
            return static_cast<int>(i);
    const bool isRest = layout.places.size() < entries.size() && x >= layout.rest - between / 2;
    return isRest ? static_cast<int>(layout.places.size()) : -1;
}

void LegendBar::toggle(int index) {
    const std::vector<LegendEntry> entries = m_chart->legend();
    if (index >= 0 && index < static_cast<int>(entries.size()))
        m_chart->setSeriesShown(index, !entries[static_cast<size_t>(index)].isShown);
}

QMenu* LegendBar::restMenu() {
    auto* menu = new QMenu(this);
    const std::vector<LegendEntry> entries = m_chart->legend();
    for (auto i = static_cast<size_t>(drawnEntries()); i < entries.size(); ++i) {
        QString words = entries[i].name;
        words.replace(QLatin1Char('&'), QStringLiteral("&&")); // a name from data has no access key
        QAction* action = menu->addAction(swatchIcon(entries[i]), words);
        action->setCheckable(true);
        action->setChecked(entries[i].isShown);
        const int index = static_cast<int>(i);
        connect(action, &QAction::toggled, this,
                [this, index](bool isShown) { m_chart->setSeriesShown(index, isShown); });
    }
    return menu;
}

void LegendBar::openRest() {
    const std::unique_ptr<QMenu> menu(restMenu());
    const double x = placesIn(m_chart->legend(), width()).rest;
    menu->exec(mapToGlobal(QPoint(static_cast<int>(x), height() + 4)));
}

void LegendBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const int index = entryAt(event->position().x());
    if (index >= drawnEntries())
        openRest();
    else
        toggle(index);
}

void LegendBar::keyPressEvent(QKeyEvent* event) {
    const auto count = static_cast<int>(m_chart->legend().size());
    const int drawn = drawnEntries();
    const int last = drawn < count ? drawn : count - 1;
    m_focused = std::clamp(m_focused, 0, std::max(0, last));
    switch (event->key()) {
    case Qt::Key_Left:
        m_focused = std::max(0, m_focused - 1);
        break;
    case Qt::Key_Right:
        m_focused = std::min(std::max(0, last), m_focused + 1);
        break;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (drawn < count && m_focused >= drawn)
            openRest();
        else
            toggle(m_focused);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

bool LegendBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::vector<LegendEntry> entries = m_chart->legend();
    const int index = entryAt(help->pos().x());
    const bool isNamed = index >= 0 && index < drawnEntries();
    QString words = toolTip();
    if (isNamed) // a name from data must not become rich text
        words =
            QStringLiteral("<qt>%1</qt>")
                .arg(tr("%1: click to hide or show it.").arg(entries[static_cast<size_t>(index)].name).toHtmlEscaped());
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace affinity::ui
