// Buttons by meaning: primary, plain, danger, quiet, link and icon-only; their icons follow the theme.
#pragma once

#include "ui/shared/icons.h"

#include <QPushButton>
#include <QToolButton>

namespace affinity::ui {

/// Primary: at most one a page. Danger: writes to production or cannot be undone. Quiet: no frame. Link: accent text.
enum class ButtonKind { Normal, Primary, Danger, Quiet, Link };

/// A push button in our measures; the label is a verb.
class Button : public QPushButton {
    Q_OBJECT
public:
    explicit Button(const QString& text, ButtonKind kind = ButtonKind::Normal, Icon icon = Icon::None,
                    QWidget* parent = nullptr);
    void setKind(ButtonKind kind);
    void setSymbol(Icon icon);
    /// Disables the button and says why in the tooltip and to screen readers; an empty reason enables it again.
    void setBlocked(const QString& reason);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ButtonKind m_kind;
    Icon m_icon;
};

/// 28 px, only an icon; `name` is its tooltip and accessible name.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    explicit IconButton(Icon icon, const QString& name, QWidget* parent = nullptr);
    void setSymbol(Icon icon);
    void setName(const QString& name);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
};

} // namespace affinity::ui
