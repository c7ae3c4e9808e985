// ShortcutsView: all commands with their keys, to be searched and changed; for its dialog and for the settings screen.
#pragma once

#include "ui/shell/commands.h"

#include <QWidget>

class QTableView;

namespace affinity::ui {

class Button;
class SearchField;
class ShortcutsModel;
class TextLabel;

/// Enter or F2 on a row, or a click on its keys, waits for new keys: Esc leaves them as they are, Backspace takes them
/// away, keys of another command are refused with a sentence that names it. GUI thread; the commands outlive it.
class ShortcutsView : public QWidget {
    Q_OBJECT
public:
    explicit ShortcutsView(CommandList& commands, QWidget* parent = nullptr);

    void focusSearch();
    /// Waiting for the new keys of a row.
    bool isCapturing() const { return !m_captured.isEmpty(); }
    void endCapture();
    /// What the line below the table says: the question, or why keys were refused.
    QString message() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void beginCapture(int row);
    void take(const QKeyEvent& event);
    QString objection(const QKeySequence& keys) const;
    void say(const QString& text, bool isRefusal = false);
    void resetCurrent();
    void resetAll();
    void fill();
    void refresh();
    QString currentId() const;

    CommandList& m_commands;
    QString m_captured; ///< id of the command that waits for keys
    SearchField* m_search;
    Button* m_reset;
    Button* m_resetAll;
    ShortcutsModel* m_model;
    QTableView* m_table;
    TextLabel* m_message;
};

} // namespace affinity::ui
