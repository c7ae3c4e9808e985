// ChipFlow: small controls from left to right that wrap into as many lines as the width asks for.
#pragma once

#include <QWidget>

#include <vector>

namespace affinity::ui {

class ChipFlow : public QWidget {
    Q_OBJECT
public:
    explicit ChipFlow(QWidget* parent = nullptr);
    /// Takes ownership; hidden ones take no room. Tab order is the order of adding.
    void add(QWidget* control);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    int layOut(int width, bool isMoving) const;
    std::vector<QWidget*> m_controls;
};

} // namespace affinity::ui
