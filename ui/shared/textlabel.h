// A label in one of our type styles that follows the theme.
#pragma once

#include "ui/shared/fonts.h"
#include "ui/shared/icons.h"
#include "ui/shared/tokens.h"

#include <QLabel>

namespace affinity::ui {

/// What a label's colour says.
enum class TextTone { Normal, Secondary, Muted, Accent, Ok, Warn, Danger };

QColor textColor(TextTone tone, const Tokens& in = tokens());

/// The tone of words beside a mark of that tone.
TextTone textTone(Tone tone);

/// Plain text only: foreign text can never become markup.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(const QString& text = {}, TextStyle style = TextStyle::Body, TextTone tone = TextTone::Normal,
                       QWidget* parent = nullptr);
    void setTone(TextTone tone);
    void setStyle(TextStyle style);
    using QLabel::setStyle;
    /// Cuts the text with "…" instead of demanding its whole width; the tooltip then has all of it.
    void setElided(bool isElided);
    bool isElided() const { return m_isElided; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refreshColor();
    TextStyle m_style;
    TextTone m_tone;
    bool m_isElided = false;
};

/// An icon alone, e.g. before a label.
class IconLabel : public QWidget {
    Q_OBJECT
public:
    explicit IconLabel(Icon icon, TextTone tone = TextTone::Muted, int size = measure::icon, QWidget* parent = nullptr);
    void setIcon(Icon icon, TextTone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    TextTone m_tone;
    int m_size;
};

/// A one pixel line in border colour.
class Hairline : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace affinity::ui
