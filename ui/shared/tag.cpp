#include "ui/shared/tag.h"

#include "ui/shared/painting.h"

namespace affinity::ui {

Tag::Tag(const QString& text, Tone tone, Icon icon, QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFact(text, tone, icon);
}

void Tag::setFact(const QString& text, Tone tone, Icon icon) {
    m_text = text;
    m_tone = tone;
    m_icon = icon;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Tag::sizeHint() const {
    return {tagWidth(m_text, m_icon), measure::tag};
}

void Tag::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawTag(painter, 0, height() / 2.0, m_text, m_tone, m_icon);
}

LevelMark::LevelMark(int level, int highestLevel, QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setLevel(level, highestLevel);
}

void LevelMark::setLevel(int level, int highestLevel) {
    m_level = level;
    m_highestLevel = highestLevel;
    setAccessibleName(QStringLiteral("L%1").arg(level));
    update();
}

QSize LevelMark::sizeHint() const {
    const int words = textWidth(ui::font(TextStyle::Label), QStringLiteral("L%1").arg(m_level)) + 10;
    return {std::max(measure::levelChipWidth, words), measure::levelChipHeight};
}

void LevelMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawLevelChip(painter, 0, height() / 2.0, m_level, m_highestLevel);
}

IconTile::IconTile(Icon icon, Tone tone, int size, QWidget* parent) : QWidget(parent), m_icon(icon), m_tone(tone) {
    setFixedSize(size, size);
}

void IconTile::setIcon(Icon icon, Tone tone) {
    m_icon = icon;
    m_tone = tone;
    update();
}

void IconTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ToneColors colors = toneColors(m_tone);
    drawBox(painter, QRectF(rect()), width() / 4.0, colors.soft);
    const int symbol = width() >= 40 ? width() / 2 : measure::icon;
    const double edge = (width() - symbol) / 2.0;
    drawIcon(painter, QPointF(edge, edge), m_icon, colors.text, symbol);
}

} // namespace affinity::ui
