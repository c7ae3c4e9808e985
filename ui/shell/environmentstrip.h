// The coloured strip on top of the window and of every dialog that writes: which store, and whether it can be written.
#pragma once

#include "ui/shell/connectionstate.h"

#include <QWidget>

namespace affinity::ui {

class Button;
class PaletteField;

/// 40 px in the window, 36 px in dialogs (no button, no time zone there). Colour is never the only signal: icon and
/// word say the same.
class EnvironmentStrip : public QWidget {
    Q_OBJECT
public:
    enum class Place { Window, Dialog };
    explicit EnvironmentStrip(Place place, QWidget* parent = nullptr);
    void setState(const ConnectionState& state);
    const ConnectionState& state() const { return m_state; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void unlockRequested();
    void lockRequested();
    void paletteRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButton();
    void placeField();
    double zoneLeft() const;
    double tagWidth() const;
    double stateLeft() const;
    Place m_place;
    ConnectionState m_state;
    Button* m_button;
    PaletteField* m_field;
};

} // namespace affinity::ui
