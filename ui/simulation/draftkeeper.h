// DraftKeeper: keeps a window's unsaved draft on disk while it is edited, and finds the drafts of programs that died.
#pragma once

#include "ui/simulation/draft.h"
#include "ui/simulation/draftjson.h"

#include <QLockFile>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace affinity::ui {

/// What became of a scenario's file since a draft of it was begun.
enum class SourceFile { None, Same, Changed, Gone };

/// A draft whose program is dead. Its lock is ours: no other program offers it while this one runs.
struct LeftoverDraft {
    QString name; ///< of its file, without folder and ".json"
    std::shared_ptr<const KeptDraft> draft;
    SourceFile source = SourceFile::None; ///< None: it comes with the program, or has no file yet
    std::shared_ptr<QLockFile> lock;
};

/// Something about draft files that must be said, as two sentences.
struct DraftNotice {
    QString what;
    QString meaning;

    friend bool operator==(const DraftNotice&, const DraftNotice&) = default;
};

/// Follows one draft. While it has unsaved edits they stand in a file of this keeper's own, at most a second old; the
/// file goes when the edits are saved, undone or discarded. A lock file beside it, held while the program lives, tells
/// the draft of a dead program from one of another window. Everything on disk happens on a thread of the keeper's own.
/// GUI thread.
class DraftKeeper : public QObject {
    Q_OBJECT
public:
    /// An edit is on disk this long after it was made, plus the time of writing.
    static constexpr int autosaveMs = 400;

    /// The folder is made with the first draft. Empty: nothing is kept and nothing found.
    explicit DraftKeeper(const QString& folder, QObject* parent = nullptr);
    /// Writes what is not written yet: edits that were neither saved nor discarded are offered at the next start.
    ~DraftKeeper() override;

    void follow(Draft& draft);
    /// Tests shorten it.
    void setAutosaveMs(int ms) { m_timer.setInterval(ms); }
    bool isFollowing() const { return m_draft; }
    /// The edits made so far are not wanted any more.
    void discard();
    /// Begins to write now what is not written yet; returns at once.
    void write();
    /// Returns when everything is on disk.
    void flush();
    /// Why edits are not kept now; empty while they are.
    const DraftNotice& problem() const { return m_problem; }
    bool isOnDisk() const { return m_isOnDisk; }

    /// Looks for drafts of dead programs; found() comes when it is done.
    void look();
    /// Newest first.
    const std::vector<LeftoverDraft>& leftovers() const { return m_leftovers; }
    /// Files that could not be read, and what became of them.
    const std::vector<DraftNotice>& notices() const { return m_notices; }
    /// The followed draft was made to go on with this one: its file is this keeper's file now.
    void adopt(const QString& name);
    /// Deletes the file; bringBack() can undo it while the program runs.
    void discardLeftover(const QString& name);
    bool hasDiscarded() const { return !m_discarded.empty(); }
    /// The leftover that was discarded last is a leftover again.
    void bringBack();

    /// The user wants to see the offer later; it is not shown again by itself.
    bool isPutOff() const { return m_isPutOff; }
    void putOff() { m_isPutOff = true; }

Q_SIGNALS:
    void found();
    void leftoversChanged();
    void problemChanged();

private:
    struct Disk;
    struct Look;
    void refresh();
    void noteFile();
    void removeFile();
    void work(std::function<DraftNotice()> job, bool isWriting = false);
    void receiveWritten(const DraftNotice& problem, bool isWriting);
    void receiveLook(Look& look);

    QString m_folder;
    QPointer<Draft> m_draft;
    QTimer m_timer;
    QThreadPool m_thread; // one thread: jobs are done in their order
    std::unique_ptr<Disk> m_disk;
    std::shared_ptr<const KeptDraft> m_written;
    qint64 m_editedAtUs = 0;
    bool m_isWriting = false;
    bool m_isStale = false; // changed while it was written
    bool m_isOnDisk = false;
    bool m_isDiscarded = false;
    bool m_isPutOff = false;
    DraftNotice m_problem;
    std::vector<LeftoverDraft> m_leftovers, m_discarded;
    std::vector<DraftNotice> m_notices;
};

} // namespace affinity::ui
