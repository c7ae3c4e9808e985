// Where a value stands in its level: value, chip, name, points to the next level, a bar of this level only.
#pragma once

#include <QWidget>

#include <optional>

namespace affinity::ui {

/// A level that can be reached.
struct LevelRef {
    int level = 0;
    QString name;
    qint64 from = 0; // its threshold
    bool operator==(const LevelRef&) const = default;
};

struct LevelStanding {
    qint64 value = 0;
    qint64 ceiling = 0; // largest value the setting allows
    LevelRef current;
    std::optional<LevelRef> next; // none at the highest level: the bar then ends at the ceiling
    int highestLevel = 6;
    bool operator==(const LevelStanding&) const = default;
};

/// Share of the way through the current level, 0 … 1.
double levelProgress(const LevelStanding& standing);

class LevelBlock : public QWidget {
    Q_OBJECT
public:
    explicit LevelBlock(QWidget* parent = nullptr);
    void setStanding(const std::optional<LevelStanding>& standing);
    /// 22 px figure and 68 px height, for narrow columns and low windows.
    void setCompact(bool isCompact);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<LevelStanding> m_standing;
    bool m_isCompact = false;
};

/// The preview's bar: value before and after over one or two levels, with the threshold it crosses.
class LevelMoveBar : public QWidget {
    Q_OBJECT
public:
    explicit LevelMoveBar(QWidget* parent = nullptr);
    struct Move {
        qint64 before = 0, after = 0;
        qint64 from = 0, to = 0;         // ends of the bar
        std::optional<LevelRef> crossed; // threshold between before and after
        int levelBefore = 0, highestLevel = 6;
        QString fromText, toText, afterText; // "L4 from 2,400", "L6 from 7,000", "4,022, just inside L5"
        bool operator==(const Move&) const = default;
    };
    void setMove(const Move& move);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Move m_move;
};

} // namespace affinity::ui
