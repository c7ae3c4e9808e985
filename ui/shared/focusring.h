// The 2 px accent ring outside the control that has the keyboard focus.
#pragma once

#include <QFocusFrame>
#include <QObject>
#include <QPointer>

namespace affinity::ui {

/// Watches controls and lays a ring around the one that was reached by keyboard; a mouse click shows none.
class FocusRing : public QObject {
    Q_OBJECT
public:
    explicit FocusRing(QObject* parent = nullptr);
    /// Corner radius of the ring around `widget`, from its `focusRadius` property (default: that of controls).
    static double radiusOf(const QWidget* widget);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPointer<QFocusFrame> m_frame; // Qt moves it into the focused widget's window, which may delete it
};

} // namespace affinity::ui
