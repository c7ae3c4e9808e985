// A tag states a fact, is not clickable; a key cap shows a shortcut; a level mark shows "L4".
#pragma once

#include "ui/shared/icons.h"

#include <QWidget>

namespace affinity::ui {

class Tag : public QWidget {
    Q_OBJECT
public:
    explicit Tag(const QString& text, Tone tone = Tone::Neutral, Icon icon = Icon::None, QWidget* parent = nullptr);
    void setFact(const QString& text, Tone tone, Icon icon = Icon::None);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Tone m_tone;
    Icon m_icon;
};

class LevelMark : public QWidget {
    Q_OBJECT
public:
    explicit LevelMark(int level, int highestLevel, QWidget* parent = nullptr);
    void setLevel(int level, int highestLevel);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_level;
    int m_highestLevel;
};

/// An icon on a soft rounded square, before a consequence or a next step.
class IconTile : public QWidget {
    Q_OBJECT
public:
    explicit IconTile(Icon icon, Tone tone = Tone::Neutral, int size = 28, QWidget* parent = nullptr);
    void setIcon(Icon icon, Tone tone);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    Tone m_tone;
};

} // namespace affinity::ui
