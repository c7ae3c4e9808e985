#include "ui/simulation/draftkeeper.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSysInfo>
#include <QUuid>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr qint64 largestFile = 512 << 20; // bytes; a million start values take about 30 MB

/// A lock of another machine that shares the folder cannot be asked whether its program lives; of this age it is dead.
constexpr int deadLockMs = 7 * 24 * 3600 * 1000;

QByteArray hashOf(const QString& fileName) {
    QFile file(fileName);
    if (fileName.isEmpty() || fileName.startsWith(QLatin1Char(':')) || !file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return hash.addData(&file) ? hash.result() : QByteArray();
}

SourceFile sourceOf(const KeptDraft& draft) {
    if (draft.fileSha256.isEmpty())
        return SourceFile::None;
    if (!QFile::exists(draft.fileName))
        return SourceFile::Gone;
    return hashOf(draft.fileName) == draft.fileSha256 ? SourceFile::Same : SourceFile::Changed;
}

DraftNotice notKept(const QString& folder, const QString& reason) {
    return {DraftKeeper::tr("Edits are not kept while you work."),
            DraftKeeper::tr("%1 cannot be written: %2. Save your work; edits that are in no file are lost if the "
                            "program ends.")
                .arg(QDir::toNativeSeparators(folder), reason)};
}

QString lockFile(const QString& folder, const QString& name) {
    return QDir(folder).filePath(name + QStringLiteral(".lock"));
}

QString draftFile(const QString& folder, const QString& name) {
    return QDir(folder).filePath(name + QStringLiteral(".json"));
}

DraftNotice writeDraft(const QString& folder, const QString& name, const KeptDraft& draft) {
    const QByteArray bytes = bytesOf(draft);
    QSaveFile file(draftFile(folder, name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return notKept(folder, file.errorString());
    return {};
}

DraftNotice removeDraft(const QString& folder, const QString& name) {
    QFile file(draftFile(folder, name));
    if (!file.exists() || file.remove())
        return {};
    return {DraftKeeper::tr("A draft that is not needed any more could not be deleted."),
            DraftKeeper::tr("%1 will be offered at the next start: %2.")
                .arg(QDir::toNativeSeparators(file.fileName()), file.errorString())};
}

} // namespace

/// What is used by the jobs only, one after the other.
struct DraftKeeper::Disk {
    QString folder;
    QString name = QStringLiteral("simulation-") + QUuid::createUuid().toString(QUuid::Id128).left(12);
    std::shared_ptr<QLockFile> lock;
    QByteArray fileHash;

    DraftNotice write(KeptDraft draft) {
        if (!lock) {
            if (!QDir().mkpath(folder))
                return notKept(folder, DraftKeeper::tr("the folder cannot be made"));
            auto fresh = std::make_shared<QLockFile>(lockFile(folder, name));
            fresh->setStaleLockTime(0);
            if (!fresh->tryLock(0))
                return notKept(folder, DraftKeeper::tr("no file can be made in it"));
            lock = fresh;
        }
        draft.fileSha256 = fileHash;
        return writeDraft(folder, name, draft);
    }

    DraftNotice remove() {
        const DraftNotice problem = removeDraft(folder, name);
        if (lock)
            lock->unlock(); // after the file: nobody finds it without an owner
        lock.reset();
        return problem;
    }
};

/// Looks through the folder.
struct DraftKeeper::Look {
    QString folder;
    std::vector<LeftoverDraft> drafts;
    std::vector<DraftNotice> notices;

    void run() {
        const QDir dir(folder);
        for (const QFileInfo& file : dir.entryInfoList({QStringLiteral("simulation-*.json")}, QDir::Files))
            take(file.completeBaseName());
        for (const QFileInfo& file : dir.entryInfoList({QStringLiteral("simulation-*.lock")}, QDir::Files)) {
            QLockFile lock(file.filePath()); // of a program that died before its first draft: unlocking deletes it
            lock.setStaleLockTime(deadLockMs);
            if (!QFile::exists(draftFile(folder, file.completeBaseName())) && lock.tryLock(0))
                lock.unlock();
        }
        std::sort(drafts.begin(), drafts.end(), [](const LeftoverDraft& one, const LeftoverDraft& other) {
            return one.draft->editedAtUs > other.draft->editedAtUs;
        });
    }

    void take(const QString& name) {
        auto lock = std::make_shared<QLockFile>(lockFile(folder, name));
        lock->setStaleLockTime(deadLockMs);
        if (!lock->tryLock(0)) {
            if (lock->error() == QLockFile::PermissionError && notices.empty())
                notices.push_back({DraftKeeper::tr("Drafts of an earlier run cannot be offered."),
                                   DraftKeeper::tr("Nothing can be written in %1. The drafts stay there untouched.")
                                       .arg(QDir::toNativeSeparators(folder))});
            return; // its program lives
        }
        QFile file(draftFile(folder, name));
        if (!file.open(QIODevice::ReadOnly)) {
            if (file.exists())
                notices.push_back(
                    {DraftKeeper::tr("A draft of an earlier run cannot be read: %1.").arg(file.errorString()),
                     DraftKeeper::tr("It stays in %1.").arg(QDir::toNativeSeparators(file.fileName()))});
            return;
        }
        const ReadDraft read = file.size() > largestFile
                                   ? ReadDraft{{}, false, DraftKeeper::tr("it is larger than 512 MiB")}
                                   : draftFrom(file.readAll());
        file.close();
        if (read.draft)
            drafts.push_back({name, std::make_shared<KeptDraft>(*read.draft), sourceOf(*read.draft), lock});
        else if (read.isOfNewerProgram)
            notices.push_back({DraftKeeper::tr("A draft is of a newer version of this program."),
                               DraftKeeper::tr("It stays in %1 untouched; that version can go on with it.")
                                   .arg(QDir::toNativeSeparators(file.fileName()))});
        else
            keepAside(file.fileName(), read.damage);
    }

    void keepAside(const QString& fileName, const QString& why) {
        QString aside;
        for (int number = 1; aside.isEmpty() || QFile::exists(aside); ++number)
            aside = fileName + QStringLiteral(".damaged-%1").arg(number);
        const bool isMoved = QFile::rename(fileName, aside);
        notices.push_back({DraftKeeper::tr("A draft of an earlier run cannot be read: %1.").arg(why),
                           (isMoved ? DraftKeeper::tr("The file is kept as %1.") : DraftKeeper::tr("It stays in %1."))
                               .arg(QDir::toNativeSeparators(isMoved ? aside : fileName))});
    }
};

DraftKeeper::DraftKeeper(const QString& folder, QObject* parent)
    : QObject(parent), m_folder(folder), m_disk(std::make_unique<Disk>()) {
    m_disk->folder = folder;
    m_thread.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(autosaveMs);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::write);
}

DraftKeeper::~DraftKeeper() {
    flush();
}

void DraftKeeper::follow(Draft& draft) {
    m_draft = &draft;
    if (m_folder.isEmpty())
        return;
    connect(&draft, &Draft::opened, this, &DraftKeeper::noteFile);
    connect(&draft, &Draft::wasSaved, this, &DraftKeeper::noteFile);
    connect(&draft, &Draft::changed, this, &DraftKeeper::refresh);
}

void DraftKeeper::refresh() {
    m_isDiscarded = false;
    if (!m_draft->isOpen() || !m_draft->isDirty()) {
        removeFile();
        return;
    }
    m_editedAtUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    if (m_isWriting)
        m_isStale = true;
    else if (!m_timer.isActive()) // not begun anew with each edit: edits without a pause are kept too
        m_timer.start();
}

void DraftKeeper::noteFile() {
    work([disk = m_disk.get(), fileName = m_draft->fileName()] {
        disk->fileHash = hashOf(fileName);
        return DraftNotice();
    });
}

void DraftKeeper::write() {
    m_timer.stop();
    if (m_folder.isEmpty() || !m_draft || !m_draft->isOpen() || !m_draft->isDirty() || m_isDiscarded)
        return;
    if (m_written && m_written->scenario == m_draft->scenario() && m_written->fileName == m_draft->fileName() &&
        m_written->baseline == m_draft->baseline() && m_written->saved == m_draft->saved())
        return;
    auto kept = std::make_shared<KeptDraft>();
    kept->fileName = m_draft->fileName();
    kept->editedAtUs = m_editedAtUs;
    kept->processId = QCoreApplication::applicationPid();
    kept->host = QSysInfo::machineHostName();
    kept->baseline = m_draft->baseline();
    kept->saved = m_draft->saved();
    kept->scenario = m_draft->scenario();
    m_written = kept;
    m_isWriting = true;
    m_isOnDisk = true;
    work([disk = m_disk.get(), kept] { return disk->write(*kept); }, true);
}

void DraftKeeper::removeFile() {
    m_timer.stop();
    m_isStale = false;
    if (!m_isOnDisk)
        return;
    m_isOnDisk = false;
    m_written.reset();
    work([disk = m_disk.get()] { return disk->remove(); });
}

void DraftKeeper::discard() {
    removeFile();
    m_isDiscarded = true;
}

void DraftKeeper::flush() {
    m_thread.waitForDone();
    write();
    m_thread.waitForDone();
}

/// `isWriting`: the answer tells whether edits are kept.
void DraftKeeper::work(std::function<DraftNotice()> job, bool isWriting) {
    m_thread.start([this, job = std::move(job), isWriting] {
        const DraftNotice problem = job();
        QMetaObject::invokeMethod(
            this, [this, problem, isWriting] { receiveWritten(problem, isWriting); }, Qt::QueuedConnection);
    });
}

void DraftKeeper::receiveWritten(const DraftNotice& problem, bool isWriting) {
    if (!isWriting && problem == DraftNotice())
        return;
    if (isWriting)
        m_isWriting = false;
    if (isWriting && problem != DraftNotice())
        m_written.reset(); // the next edit tries again
    if (m_isStale) {
        m_isStale = false;
        m_timer.start();
    }
    if (problem == m_problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}

// ---- drafts of dead programs -------------------------------------------------------------------------------------

void DraftKeeper::look() {
    if (m_folder.isEmpty())
        return;
    m_thread.start([this, folder = m_folder] {
        auto look = std::make_shared<Look>();
        look->folder = folder;
        look->run();
        QMetaObject::invokeMethod(
            this, [this, look] { receiveLook(*look); }, Qt::QueuedConnection);
    });
}

void DraftKeeper::receiveLook(Look& look) {
    m_leftovers = std::move(look.drafts);
    m_notices = std::move(look.notices);
    Q_EMIT found();
    Q_EMIT leftoversChanged();
}

namespace {

std::optional<LeftoverDraft> taken(std::vector<LeftoverDraft>& from, const QString& name) {
    const auto place =
        std::find_if(from.begin(), from.end(), [&](const LeftoverDraft& each) { return each.name == name; });
    if (place == from.end())
        return std::nullopt;
    LeftoverDraft draft = std::move(*place);
    from.erase(place);
    return draft;
}

} // namespace

void DraftKeeper::adopt(const QString& name) {
    const auto draft = taken(m_leftovers, name);
    if (!draft)
        return;
    removeFile();
    m_written = draft->draft;
    m_isOnDisk = true;
    m_editedAtUs = draft->draft->editedAtUs;
    work([disk = m_disk.get(), draft = *draft] {
        disk->remove(); // what could have been written in between
        disk->name = draft.name;
        disk->lock = draft.lock;
        disk->fileHash = draft.draft->fileSha256;
        return DraftNotice();
    });
    Q_EMIT leftoversChanged();
}

void DraftKeeper::discardLeftover(const QString& name) {
    auto draft = taken(m_leftovers, name);
    if (!draft)
        return;
    m_discarded.push_back(std::move(*draft));
    work([folder = m_folder, gone = m_discarded.back().name] { return removeDraft(folder, gone); });
    Q_EMIT leftoversChanged();
}

void DraftKeeper::bringBack() {
    if (m_discarded.empty())
        return;
    const LeftoverDraft draft = m_discarded.back();
    m_discarded.pop_back();
    work([folder = m_folder, draft] { return writeDraft(folder, draft.name, *draft.draft); });
    const auto place = std::find_if(m_leftovers.begin(), m_leftovers.end(), [&](const LeftoverDraft& each) {
        return each.draft->editedAtUs < draft.draft->editedAtUs;
    });
    m_leftovers.insert(place, draft);
    m_isPutOff = false;
    Q_EMIT leftoversChanged();
}

} // namespace affinity::ui
