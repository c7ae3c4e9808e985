#include "ui/shared/buttons.h"

#include "ui/shared/painting.h"

#include <cmath>

namespace affinity::ui {
namespace {

struct ButtonColors {
    QColor fill, line, text;
};

bool isFilled(ButtonKind kind) {
    return kind == ButtonKind::Primary || kind == ButtonKind::Danger;
}

bool isFrameless(ButtonKind kind) {
    return kind == ButtonKind::Quiet || kind == ButtonKind::Link;
}

ButtonColors disabledColors(ButtonKind kind) {
    const Tokens& t = tokens();
    if (isFrameless(kind))
        return {Qt::transparent, Qt::transparent, t.muted};
    return isFilled(kind) ? ButtonColors{t.sunken, t.sunken, t.muted} : ButtonColors{t.canvas, t.border, t.muted};
}

ButtonColors colorsOf(ButtonKind kind, bool isHovered, bool isDown) {
    const Tokens& t = tokens();
    const auto shade = [&](const QColor& fill) {
        return isDown ? fill.darker(118) : isHovered ? fill.darker(108) : fill;
    };
    switch (kind) {
    case ButtonKind::Primary:
        return {shade(t.accentFill), Qt::transparent, t.onFill};
    case ButtonKind::Danger:
        return {shade(environmentColors(Environment::Production).fill), Qt::transparent, t.onFill};
    case ButtonKind::Normal:
        return {isDown ? t.sunken : isHovered ? t.hover : t.surface, t.borderStrong, t.text};
    case ButtonKind::Quiet:
        return {isDown ? t.sunken : isHovered ? t.hover : QColor(Qt::transparent), Qt::transparent, t.secondary};
    case ButtonKind::Link:
        return {isDown ? t.sunken : isHovered ? t.hover : QColor(Qt::transparent), Qt::transparent, t.accentText};
    }
    return {};
}

constexpr double iconStep = measure::icon + 8;

} // namespace

Button::Button(const QString& text, ButtonKind kind, Icon icon, QWidget* parent)
    : QPushButton(text, parent), m_kind(kind), m_icon(icon) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setFont(ui::font(TextStyle::Strong));
    setAutoDefault(false);
}

void Button::setKind(ButtonKind kind) {
    m_kind = kind;
    updateGeometry();
    update();
}

void Button::setSymbol(Icon icon) {
    m_icon = icon;
    updateGeometry();
    update();
}

void Button::setBlocked(const QString& reason) {
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    setAccessibleDescription(reason);
}

QSize Button::sizeHint() const {
    const int padding = isFrameless(m_kind) ? 8 : 14;
    const int symbol = m_icon == Icon::None ? 0 : static_cast<int>(iconStep);
    const QString words = QString(text()).remove(QLatin1Char('&'));
    return {textWidth(ui::font(TextStyle::Strong), words) + symbol + 2 * padding, measure::control};
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ButtonColors colors = isEnabled() ? colorsOf(m_kind, underMouse(), isDown()) : disabledColors(m_kind);
    const QRectF box(rect());
    drawBox(painter, box, measure::radiusControl, colors.fill, colors.line);
    const QString words = QString(text()).remove(QLatin1Char('&'));
    const QFont in = ui::font(TextStyle::Strong);
    const double symbol = m_icon == Icon::None ? 0 : iconStep;
    const double left = std::floor((box.width() - textWidth(in, words) - symbol) / 2);
    if (m_icon != Icon::None) {
        const bool isPlain = m_kind == ButtonKind::Normal && isEnabled();
        drawIcon(painter, QPointF(left, box.center().y() - 8), m_icon, isPlain ? tokens().secondary : colors.text);
    }
    drawText(painter, box.adjusted(left + symbol, 0, 0, 0), words, in, colors.text);
}

IconButton::IconButton(Icon icon, const QString& name, QWidget* parent) : QToolButton(parent), m_icon(icon) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setName(name);
}

void IconButton::setSymbol(Icon icon) {
    m_icon = icon;
    update();
}

void IconButton::setName(const QString& name) {
    setToolTip(name);
    setAccessibleName(name);
}

QSize IconButton::sizeHint() const {
    return {28, 28};
}

void IconButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box(rect());
    if (isEnabled() && (underMouse() || isDown() || isChecked()))
        drawBox(painter, box, measure::radiusControl, isDown() || isChecked() ? tokens().sunken : tokens().hover);
    const QColor color = isEnabled() ? tokens().secondary : tokens().disabledText;
    drawIcon(painter, box.center() - QPointF(8, 8), m_icon, color);
}

} // namespace affinity::ui
