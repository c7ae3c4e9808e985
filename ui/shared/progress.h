// Signs of work going on: a thin bar with known share, or a turning ring.
#pragma once

#include <QWidget>

#include <optional>

namespace affinity::ui {

/// A 4 px bar; without a share it shows a moving piece.
class ProgressLine : public QWidget {
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);
    /// 0 … 1, or nothing when unknown.
    void setShare(std::optional<double> share);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refreshTimer();
    std::optional<double> m_share;
    int m_timer = 0;
    int m_tick = 0;
};

/// A 16 px ring that turns while visible.
class Spinner : public QWidget {
    Q_OBJECT
public:
    explicit Spinner(const QString& accessibleName, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    int m_timer = 0;
    int m_angle = 0;
};

} // namespace affinity::ui
