#include "ui/shell/rail.h"

#include "ui/shared/keysinforce.h"
#include "ui/shared/painting.h"
#include "ui/shell/commands.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {
constexpr int edge = 12; // above the first and below the last item
}

Rail::Rail(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("rail"));
    retranslate();
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setFixedWidth(measure::railWide);
}

void Rail::retranslate() {
    setAccessibleName(tr("Screens"));
}

void Rail::setItems(std::vector<RailItem> items) {
    m_items = std::move(items);
    m_current = 0;
    update();
}

void Rail::setCurrent(const QString& id) {
    for (size_t i = 0; i < m_items.size(); ++i)
        if (m_items[i].id == id)
            m_current = static_cast<int>(i);
    if (!m_items.empty())
        setAccessibleDescription(m_items[static_cast<size_t>(m_current)].title);
    update();
}

void Rail::setCount(const QString& id, int count) {
    for (RailItem& item : m_items)
        if (item.id == id)
            item.count = count;
    update();
}

void Rail::setCollapsed(bool isCollapsed) {
    m_isCollapsed = isCollapsed;
    setFixedWidth(isCollapsed ? measure::railNarrow : measure::railWide);
    update();
}

QSize Rail::sizeHint() const {
    return {m_isCollapsed ? measure::railNarrow : measure::railWide, 400};
}

QRect Rail::itemRect(int index) const {
    const auto isBelow = [this](int i) { return m_items[static_cast<size_t>(i)].isAtBottom; };
    const int all = static_cast<int>(m_items.size());
    if (index < 0 || index >= all)
        return {};
    int before = 0; // items of the same group above this one
    int below = 0;  // items of the bottom group
    for (int i = 0; i < all; ++i) {
        before += i < index && isBelow(i) == isBelow(index) ? 1 : 0;
        below += isBelow(i) ? 1 : 0;
    }
    const int top =
        isBelow(index) ? height() - edge - measure::railStep * (below - before) + 2 : edge + measure::railStep * before;
    return {8, top, width() - 17, measure::railItem};
}

int Rail::itemAt(QPoint position) const {
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i)
        if (itemRect(i).contains(position))
            return i;
    return -1;
}

void Rail::choose(int index) {
    if (index >= 0 && index < static_cast<int>(m_items.size()))
        Q_EMIT chosen(m_items[static_cast<size_t>(index)].id);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().rail);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens().border);
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i)
        paintItem(painter, i);
}

void Rail::paintItem(QPainter& painter, int index) const {
    const Tokens& t = tokens();
    const RailItem& item = m_items[static_cast<size_t>(index)];
    const QRectF box(itemRect(index));
    const bool isCurrent = index == m_current;
    if (isCurrent || index == m_hovered)
        drawBox(painter, box, measure::radiusControl, isCurrent ? t.accentSoft : t.hover);
    if (isCurrent && hasFocus())
        drawFocusRing(painter, box, measure::radiusControl, 1);
    drawIcon(painter, QPointF(20, box.y() + 8), item.icon, isCurrent ? t.accentText : t.secondary);
    if (m_isCollapsed) {
        if (item.count > 0)
            drawBox(painter, QRectF(31, box.y() + 4, 10, 10), 5, t.accentText, t.rail, 2);
        return;
    }
    const bool isChinese = QLocale().language() == QLocale::Chinese;
    const QFont in = uiFont(13, isCurrent ? (isChinese ? 700 : 500) : 400);
    const QColor plain = t.theme == Theme::Dark ? t.secondary : t.text;
    double right = box.right() - 8;
    if (item.count > 0) {
        const QFont small = ui::font(TextStyle::AxisStrong);
        const QString count = item.count > 99 ? QStringLiteral("99+") : QString::number(item.count);
        const double wide = std::max(20, textWidth(small, count) + 12);
        const QRectF pill(right - wide, box.y() + 7, wide, 18);
        drawBox(painter, pill, 9, t.sunken);
        drawText(painter, pill, count, small, t.secondary, Qt::AlignCenter);
        right = pill.x() - 4;
    }
    drawText(painter, QRectF(box.x() + 36, box.y(), right - box.x() - 36, box.height()), item.title, in,
             isCurrent ? t.accentText : plain);
}

void Rail::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        choose(itemAt(event->pos()));
}

void Rail::mouseMoveEvent(QMouseEvent* event) {
    const int hovered = itemAt(event->pos());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        setCursor(hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void Rail::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void Rail::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_items.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up:
        return choose(std::max(0, m_current - 1));
    case Qt::Key_Down:
        return choose(std::min(last, m_current + 1));
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(last);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool Rail::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = itemAt(help->pos());
        if (index >= 0) {
            const RailItem& item = m_items[static_cast<size_t>(index)];
            QToolTip::showText(help->globalPos(), withKeys(item.title, goCommand(item.id)), this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace affinity::ui
