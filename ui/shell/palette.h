// Palette: Ctrl+K: everything that can be done or opened, found by typing, with the reason where it cannot be done now.
#pragma once

#include "ui/shell/commands.h"
#include "ui/shell/palettemodel.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QListView;

namespace affinity::ui {

class IconLabel;
class SearchField;
class TextLabel;

/// A card over its window, as wide as 640 px at the top centre; the window's keys rest while it is open. Up and Down
/// move, Enter does, Esc or a click beside it closes. GUI thread; the commands outlive it.
class Palette : public QWidget {
    Q_OBJECT
public:
    /// At most this many lines of a source other than commands.
    static constexpr size_t mostFound = 8;

    Palette(CommandList& commands, QWidget* window);
    ~Palette() override;

    /// Replaces a group's source; an empty function: none. One that `waits` is asked a moment after the last key, for
    /// a text only, and shows "Searching…" until it answers; answers to an older text are dropped.
    void setSource(PaletteGroup group, PaletteSource source, bool waits = false);

    void open();
    void close();
    /// The newest text, for a palette that opens with one.
    void search(const QString& text);
    const PaletteModel& model() const { return *m_model; }
    int currentRow() const;

Q_SIGNALS:
    /// What was chosen could not be done after all.
    void refused(const QString& text, const QString& reason);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Source {
        PaletteSource find;
        bool waits = false;
    };
    void retranslate();
    void place();
    void ask();
    void askWaiting();
    void askOne(PaletteGroup group, const PaletteSource& find);
    void receiveCommands();
    void keepCurrent(const std::function<void()>& change);
    void setCurrent(int row);
    void showFoot();
    void fitList();
    void choose();
    bool onKey(QKeyEvent& event);

    CommandList& m_commands;
    std::map<PaletteGroup, Source> m_sources;
    quint64 m_question = 0; ///< counts texts: answers to older ones are dropped
    QTimer m_rest;
    QPointer<QWidget> m_focusBefore;
    QString m_refusal; ///< why Enter did nothing
    PaletteModel* m_model;
    QWidget* m_card;
    SearchField* m_search;
    QListView* m_list;
    TextLabel* m_empty;
    IconLabel* m_footIcon;
    TextLabel* m_foot;
};

} // namespace affinity::ui
