#include "ui/shared/textlabel.h"

#include "ui/shared/painting.h"
#include "ui/shared/style.h"

#include <QPainter>

namespace affinity::ui {

TextTone textTone(Tone tone) {
    switch (tone) {
    case Tone::Warn:
        return TextTone::Warn;
    case Tone::Danger:
        return TextTone::Danger;
    case Tone::Ok:
        return TextTone::Ok;
    default:
        return TextTone::Accent;
    }
}

QColor textColor(TextTone tone, const Tokens& in) {
    switch (tone) {
    case TextTone::Normal:
        return in.text;
    case TextTone::Secondary:
        return in.secondary;
    case TextTone::Muted:
        return in.muted;
    case TextTone::Accent:
        return in.accentText;
    case TextTone::Ok:
        return in.ok;
    case TextTone::Warn:
        return in.warn;
    case TextTone::Danger:
        return in.danger;
    }
    return in.text;
}

TextLabel::TextLabel(const QString& text, TextStyle style, TextTone tone, QWidget* parent)
    : QLabel(text, parent), m_style(style), m_tone(tone) {
    setTextFormat(Qt::PlainText);
    setFont(ui::font(style));
    refreshColor();
    connect(&ThemeSignal::instance(), &ThemeSignal::changed, this, &TextLabel::refreshColor);
}

void TextLabel::setTone(TextTone tone) {
    m_tone = tone;
    refreshColor();
}

void TextLabel::setStyle(TextStyle style) {
    m_style = style;
    setFont(ui::font(style));
}

void TextLabel::setElided(bool isElided) {
    m_isElided = isElided;
    setSizePolicy(isElided ? QSizePolicy::Expanding : QSizePolicy::Preferred, QSizePolicy::Preferred);
    updateGeometry();
}

QSize TextLabel::minimumSizeHint() const {
    const QSize hint = QLabel::minimumSizeHint();
    return m_isElided ? QSize(24, hint.height()) : hint;
}

QSize TextLabel::sizeHint() const {
    const QSize hint = QLabel::sizeHint();
    return m_isElided ? QSize(hint.width() + 1, hint.height()) : hint;
}

void TextLabel::paintEvent(QPaintEvent* event) {
    // Polishing with a new style sheet may bring back the palette from before the theme was switched.
    if (palette().color(QPalette::WindowText) != textColor(m_tone))
        refreshColor();
    if (!m_isElided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QRectF box(contentsRect());
    drawText(painter, box, text(), font(), textColor(m_tone),
             (alignment() & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter);
    const bool isCut = textWidth(font(), text()) > width() + 1;
    if (toolTip() != (isCut ? text() : QString()))
        setToolTip(isCut ? text() : QString());
}

void TextLabel::refreshColor() {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, textColor(m_tone));
    setPalette(colors);
    update();
}

IconLabel::IconLabel(Icon icon, TextTone tone, int size, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_tone(tone), m_size(size) {
    setFixedSize(size, size);
}

void IconLabel::setIcon(Icon icon, TextTone tone) {
    m_icon = icon;
    m_tone = tone;
    update();
}

QSize IconLabel::sizeHint() const {
    return {m_size, m_size};
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawIcon(painter, QPointF(0, 0), m_icon, textColor(m_tone), m_size);
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent) : QWidget(parent) {
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedWidth(1);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }
}

void Hairline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().border);
}

} // namespace affinity::ui
