// ShortcutsDialog: Ctrl+/: all shortcuts, to be read and changed.
#pragma once

#include "ui/shell/commands.h"

#include <QDialog>

namespace affinity::ui {

class ShortcutsView;

/// Deletes itself when it is closed. GUI thread; the commands outlive it.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    /// Opens over the window and returns at once.
    static ShortcutsDialog* open(CommandList& commands, QWidget* over);
    ShortcutsView& view() { return *m_view; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    ShortcutsDialog(CommandList& commands, QWidget* over);
    ShortcutsView* m_view;
};

} // namespace affinity::ui
