// Drafts as files: a draft with everything needed to go on with it, written so that every state of it can be read back.
#pragma once

#include "engine/engine.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace affinity::ui {

/// Unsaved edits of a scenario, as they are kept on disk.
struct KeptDraft {
    QString fileName;      ///< of the scenario; a resource for one that comes with the program
    QByteArray fileSha256; ///< of that file when it was opened or saved, 32 bytes; empty: there was none
    qint64 editedAtUs = 0; ///< of the last edit, microseconds since 1970 UTC
    qint64 processId = 0;  ///< whose it was
    QString host;
    sim::Scenario baseline; ///< A
    sim::Scenario saved;    ///< what the file held
    sim::Scenario scenario; ///< B

    friend bool operator==(const KeptDraft&, const KeptDraft&) = default;
};

inline constexpr int draftFileVersion = 1;

/// Unlike a scenario file it holds what a scenario file would refuse: a draft may be wrong while it is edited. Any
/// thread; seconds where a scenario has a million start values.
QByteArray bytesOf(const KeptDraft& draft);

/// What was read: a draft, or why there is none.
struct ReadDraft {
    std::optional<KeptDraft> draft;
    bool isOfNewerProgram = false;
    QString damage; ///< as part of a sentence: "the checksum is wrong"
};

/// Reads what bytesOf() wrote; a checksum tells a file that is damaged or was cut. Any thread.
ReadDraft draftFrom(const QByteArray& bytes);

} // namespace affinity::ui
