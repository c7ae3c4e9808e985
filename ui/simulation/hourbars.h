// HourBars: 24 weights as bars, set with the mouse or the keys.
#pragma once

#include <QWidget>

#include <array>

namespace affinity::ui {

/// Left and Right choose an hour, Up and Down change its weight by a tenth of the highest, Page Up and Down by half of
/// it, Home and End go to the first and last hour. Dragging paints weights.
class HourBars : public QWidget {
    Q_OBJECT
public:
    explicit HourBars(QWidget* parent = nullptr);
    /// `baseline` is drawn as a tick on each bar.
    void setWeights(const std::array<double, 24>& weights, const std::array<double, 24>& baseline);
    int currentHour() const { return m_hour; }
    void setCurrentHour(int hour);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void weightChanged(int hour, double weight);
    void hourChosen(int hour);
    /// The drag ended.
    void settled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF plot() const;
    void setAt(QPointF position);
    double highest() const;
    std::array<double, 24> m_weights{}, m_baseline{};
    int m_hour = 0;
    double m_scale = 1; // weight at the top; kept during a drag
    bool m_isDragging = false;
};

} // namespace affinity::ui
