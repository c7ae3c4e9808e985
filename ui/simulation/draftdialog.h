// DraftDialog: drafts of programs that died, with what they change; to go on with one, to discard it, or neither now.
#pragma once

#include "ui/shell/dialogframe.h"
#include "ui/simulation/draftkeeper.h"

#include <QTimeZone>

class QTableView;

namespace affinity::ui {

class CellModel;
class TextLabel;

/// Deletes itself when it is closed. Esc and "Later" leave everything as it is.
class DraftDialog : public DialogFrame {
    Q_OBJECT
public:
    /// `drafts` newest first, at least one.
    DraftDialog(std::vector<LeftoverDraft> drafts, const QTimeZone& zone, const ConnectionState& state,
                QWidget* parent = nullptr);

    /// Name of the draft whose changes are shown.
    QString current() const;

Q_SIGNALS:
    /// The dialog is closed.
    void goOnRequested(const QString& name);
    /// The dialog stays while it has other drafts.
    void discardRequested(const QString& name);

private:
    void buildList();
    void refreshList();
    void showDraft(int index);
    void discardCurrent();
    QString sourceSentence(const LeftoverDraft& draft) const;
    std::vector<LeftoverDraft> m_drafts;
    QTimeZone m_zone;
    int m_index = 0;
    CellModel *m_listModel, *m_changesModel;
    QTableView *m_list, *m_changes;
    TextLabel *m_what, *m_source, *m_caption;
};

/// The draft's scenario as sentences name it; the file's name where it has none.
QString titleOf(const KeptDraft& draft);

} // namespace affinity::ui
