#include "ui/workspace/adjustmentnote.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

namespace affinity::ui {

namespace {

struct AdjustmentNoteWords {
    Q_DECLARE_TR_FUNCTIONS(AdjustmentNote)
};

QString metadataText(const base::Json& metadata, const char* member) {
    const auto found = metadata.is_object() ? metadata.find(member) : metadata.end();
    return found != metadata.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                         : QString();
}

} // namespace

QString reasonCodeText(const QString& code) {
    if (code == QLatin1String("lost_event"))
        return AdjustmentNoteWords::tr("lost event");
    if (code == QLatin1String("duplicate"))
        return AdjustmentNoteWords::tr("duplicate");
    if (code == QLatin1String("goodwill"))
        return AdjustmentNoteWords::tr("goodwill");
    if (code == QLatin1String("correction"))
        return AdjustmentNoteWords::tr("correction");
    if (code == QLatin1String("test"))
        return AdjustmentNoteWords::tr("test");
    if (code == QLatin1String("other"))
        return AdjustmentNoteWords::tr("other");
    return visibleText(code);
}

AdjustmentNote adjustmentNote(const store::LogEntry& entry) {
    if (entry.note)
        return {entry.note->reasonCode, entry.note->ticket, entry.note->reversesLogId};
    const base::Json& metadata = entry.row.metadata;
    AdjustmentNote note{metadataText(metadata, "reason_code"), metadataText(metadata, "ticket"), std::nullopt};
    const auto reverses = metadata.is_object() ? metadata.find("reverses_log_id") : metadata.end();
    if (reverses != metadata.end() && reverses->is_number_integer())
        note.reversesLogId = base::LogId{reverses->get<qint64>()};
    return note;
}

} // namespace affinity::ui
