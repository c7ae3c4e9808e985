#include "ui/shared/knob.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr double fieldWidth = 72;
constexpr double sliderY = 36;
constexpr double handle = 6; // radius

/// The field while a number is typed. Keys stay inside: Return would open it again, Escape would close a dialog.
class KnobEditor : public QLineEdit {
public:
    using QLineEdit::QLineEdit;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Escape) {
            hide();
            parentWidget()->setFocus();
        } else {
            QLineEdit::keyPressEvent(event);
        }
        event->accept();
    }
};

} // namespace

Knob::Knob(const KnobRange& range, QWidget* parent) : QWidget(parent), m_range(range), m_value(range.live) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRadius", measure::radiusControl);
    setAccessibleName(range.name);
    setValue(range.live);
}

void Knob::setValue(double value) {
    m_value = value;
    setAccessibleDescription(
        QStringLiteral("%1 %2, %3").arg(decimalText(value, m_range.decimals), m_range.unit, liveText()));
    update();
}

void Knob::setLive(double live) {
    m_range.live = live;
    setValue(m_value);
}

QString Knob::liveText() const {
    const QString number = decimalText(m_range.live, m_range.decimals);
    return m_range.liveName.isEmpty() ? tr("live %1").arg(number)
                                      : QStringLiteral("%1 %2").arg(m_range.liveName, number);
}

bool Knob::isChanged() const {
    return std::abs(m_value - m_range.live) > 1e-9;
}

QSize Knob::sizeHint() const {
    return {272, 48};
}

QSize Knob::minimumSizeHint() const {
    return {200, 48};
}

double Knob::positionOf(double value) const {
    const double length = std::max(1e-12, m_range.high - m_range.low);
    const double share = std::clamp((value - m_range.low) / length, 0.0, 1.0);
    return handle + 1 + share * (width() - 2 * (handle + 1));
}

double Knob::valueAt(double x) const {
    const double share = std::clamp((x - handle - 1) / std::max(1.0, width() - 2 * (handle + 1)), 0.0, 1.0);
    const double raw = m_range.low + share * (m_range.high - m_range.low);
    const double stepped = m_range.low + std::round((raw - m_range.low) / m_range.step) * m_range.step;
    return std::clamp(stepped, m_range.low, m_range.high);
}

QRectF Knob::fieldRect() const {
    return {width() - fieldWidth, 1, fieldWidth, 22};
}

void Knob::change(double value, bool isSettled) {
    const bool moves = std::abs(value - m_value) > 1e-12;
    setValue(value);
    if (moves)
        Q_EMIT valueChanged(value);
    if (isSettled)
        Q_EMIT valueSettled(value);
}

void Knob::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = tokens();
    const bool changed = isChanged();
    const QFont caption = ui::font(TextStyle::Caption);
    const QRectF field = fieldRect();
    double right = field.x() - 8;
    if (changed) {
        const QString live = liveText();
        drawText(painter, QRectF(0, 2, right, 20), live, caption, t.muted, rightMiddle);
        right -= textWidth(caption, live) + 8;
    }
    drawText(painter, QRectF(0, 2, right, 20), m_range.name, ui::font(changed ? TextStyle::Label : TextStyle::Caption),
             changed ? t.text : t.secondary);
    drawBox(painter, field, measure::radiusTag, changed ? t.accentSoft : t.surface, changed ? t.accentText : t.field);
    const int unit = m_range.unit.isEmpty() ? 0 : textWidth(caption, m_range.unit) + 4;
    drawText(painter, field.adjusted(4, 0, -6 - unit, 0), decimalText(m_value, m_range.decimals),
             ui::font(TextStyle::Label), changed ? t.accentText : t.text, rightMiddle);
    drawText(painter, field.adjusted(0, 0, -6, 0), m_range.unit, caption, t.muted, rightMiddle);

    drawBox(painter, QRectF(0, sliderY - 2, width(), 4), 2, t.sunken);
    const double live = positionOf(m_range.live);
    const double now = positionOf(m_value);
    if (changed)
        painter.fillRect(QRectF(std::min(live, now), sliderY - 2, std::abs(live - now), 4), t.accentFill);
    painter.fillRect(QRectF(std::round(live) - 1, sliderY - 5, 2, 10), t.muted);
    painter.setPen(QPen(changed ? t.accentText : t.field, 1.5));
    painter.setBrush(t.knob);
    painter.drawEllipse(QPointF(now, sliderY), handle, handle);
}

void Knob::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (fieldRect().contains(event->position())) {
        openEditor();
        return;
    }
    if (event->position().y() > 24) {
        m_isDragging = true;
        change(valueAt(event->position().x()), false);
    }
}

void Knob::mouseMoveEvent(QMouseEvent* event) {
    if (m_isDragging)
        change(valueAt(event->position().x()), false);
}

void Knob::mouseReleaseEvent(QMouseEvent*) {
    if (m_isDragging)
        Q_EMIT valueSettled(m_value);
    m_isDragging = false;
}

void Knob::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->position().y() > 24)
        change(m_range.live, true);
}

void Knob::keyPressEvent(QKeyEvent* event) {
    const auto step = [&](double count) {
        change(std::clamp(m_value + count * m_range.step, m_range.low, m_range.high), true);
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return step(-1);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return step(1);
    case Qt::Key_PageDown:
        return step(-10);
    case Qt::Key_PageUp:
        return step(10);
    case Qt::Key_Home:
        return change(m_range.live, true);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        return openEditor();
    default:
        QWidget::keyPressEvent(event);
    }
}

void Knob::resizeEvent(QResizeEvent*) {
    if (m_editor != nullptr)
        m_editor->setGeometry(fieldRect().toRect());
}

void Knob::openEditor() {
    if (m_editor == nullptr) {
        m_editor = new KnobEditor(this);
        m_editor->setProperty("isCell", true);
        m_editor->setAccessibleName(m_range.name);
        m_editor->setAlignment(Qt::AlignRight);
        connect(m_editor, &QLineEdit::editingFinished, this, [this] {
            if (!m_editor->isVisible())
                return;
            bool isNumber = false;
            const QString typed = m_editor->text().remove(QLatin1Char(',')).replace(QChar(0x2212), QLatin1Char('-'));
            const double value = typed.toDouble(&isNumber);
            m_editor->hide();
            setFocus();
            if (isNumber && std::isfinite(value))
                change(std::round(value / m_range.step) * m_range.step, true);
        });
    }
    m_editor->setGeometry(fieldRect().toRect());
    m_editor->setText(decimalText(m_value, m_range.decimals));
    m_editor->selectAll();
    m_editor->show();
    m_editor->setFocus();
}

} // namespace affinity::ui
