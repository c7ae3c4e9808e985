// One tunable number: name, live value, field with unit, and a slider with a tick at live and a bar from live to now.
#pragma once

#include <QWidget>

class QLineEdit;

namespace affinity::ui {

struct KnobRange {
    QString name; // "Daily cap"
    QString unit; // "pts"
    double low = 0, high = 100;
    double step = 1;
    int decimals = 0;
    double live = 0;  // value in force, in units of the field
    QString liveName; // what that value is called: "baseline"; empty: "live"
    bool operator==(const KnobRange&) const = default;
};

/// 48 px high. Unchanged is grey, changed is accent with "live 30". Arrow keys step, Page Up/Down step ten, Home goes
/// back to live. Typing a number past the slider's ends is allowed: the slider then stops at its end.
class Knob : public QWidget {
    Q_OBJECT
public:
    explicit Knob(const KnobRange& range, QWidget* parent = nullptr);
    const KnobRange& range() const { return m_range; }
    double value() const { return m_value; }
    /// Sets without emitting.
    void setValue(double value);
    void setLive(double live);
    bool isChanged() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// While dragging: every step. Screens throttle their own work.
    void valueChanged(double value);
    /// The drag ended, or the number was typed.
    void valueSettled(double value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    double positionOf(double value) const;
    double valueAt(double x) const;
    void change(double value, bool isSettled);
    QRectF fieldRect() const;
    QString liveText() const;
    void openEditor();
    KnobRange m_range;
    double m_value;
    bool m_isDragging = false;
    QLineEdit* m_editor = nullptr;
};

} // namespace affinity::ui
