// The left rail: one item per screen, arrow keys move, the window collapses it to icons when narrow.
#pragma once

#include "ui/shared/icons.h"

#include <QWidget>

#include <vector>

namespace affinity::ui {

struct RailItem {
    QString id;
    QString title;
    Icon icon = Icon::None;
    bool isAtBottom = false;
    int count = 0; // only where somebody must act
};

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    void setItems(std::vector<RailItem> items);
    void setCurrent(const QString& id);
    void setCount(const QString& id, int count);
    void setCollapsed(bool isCollapsed);
    /// Writes its own words anew; the items bring theirs.
    void retranslate();
    bool isCollapsed() const { return m_isCollapsed; }
    /// Area of an item, for tests and tooltips.
    QRect itemRect(int index) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int itemAt(QPoint position) const;
    void choose(int index);
    void paintItem(QPainter& painter, int index) const;
    std::vector<RailItem> m_items;
    int m_current = 0;
    int m_hovered = -1;
    bool m_isCollapsed = false;
};

} // namespace affinity::ui
