#include "ui/adjustments/words.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/rewardstext.h"

#include <QCoreApplication>

#include <algorithm>

namespace affinity::ui {
namespace {

struct AdjustmentWords {
    Q_DECLARE_TR_FUNCTIONS(AdjustmentWords)
};

QString noteOrMetadata(const store::LogEntry& entry, QString rules::LogNote::*member, const char* metadataMember) {
    if (entry.note && !((*entry.note).*member).isEmpty())
        return (*entry.note).*member;
    const base::Json& metadata = entry.row.metadata;
    const auto found = metadata.is_object() ? metadata.find(metadataMember) : metadata.end();
    return found != metadata.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                         : QString();
}

} // namespace

QString reasonCodeName(const QString& code) {
    if (code == QLatin1String("lost_event"))
        return AdjustmentWords::tr("Lost event");
    if (code == QLatin1String("duplicate"))
        return AdjustmentWords::tr("Duplicate");
    if (code == QLatin1String("goodwill"))
        return AdjustmentWords::tr("Goodwill");
    if (code == QLatin1String("correction"))
        return AdjustmentWords::tr("Correction");
    if (code == QLatin1String("test"))
        return AdjustmentWords::tr("Test");
    if (code == QLatin1String("other"))
        return AdjustmentWords::tr("Other");
    return visibleText(code);
}

QString reasonCodeHint(const QString& code) {
    if (code == QLatin1String("lost_event"))
        return AdjustmentWords::tr("The device sent an event, and it never arrived.");
    if (code == QLatin1String("duplicate"))
        return AdjustmentWords::tr("One event counted twice; the second is taken back.");
    if (code == QLatin1String("goodwill"))
        return AdjustmentWords::tr("A gift to the user after trouble; nothing was wrong with the value.");
    if (code == QLatin1String("correction"))
        return AdjustmentWords::tr("The value was wrong, for instance after a faulty rule.");
    if (code == QLatin1String("test"))
        return AdjustmentWords::tr("A test device or a rehearsal.");
    if (code == QLatin1String("other"))
        return AdjustmentWords::tr("None of the above; the reason below says what.");
    return {};
}

QString pointsText(qint64 points) {
    return points == 1 || points == -1 ? AdjustmentWords::tr("%1 point").arg(numberText(points))
                                       : AdjustmentWords::tr("%1 points").arg(numberText(points));
}

const rules::Level* levelRow(int level, const std::vector<rules::Level>& levels) {
    const auto found =
        std::find_if(levels.begin(), levels.end(), [level](const rules::Level& row) { return row.level == level; });
    return found == levels.end() ? nullptr : &*found;
}

QString levelWords(int level, const std::vector<rules::Level>& levels) {
    const rules::Level* row = levelRow(level, levels);
    return row == nullptr || row->name.isEmpty()
               ? AdjustmentWords::tr("level %1").arg(level)
               : AdjustmentWords::tr("level %1, %2").arg(level).arg(visibleText(row->name));
}

QString levelShort(int level, const std::vector<rules::Level>& levels) {
    const rules::Level* row = levelRow(level, levels);
    return row == nullptr || row->name.isEmpty() ? QStringLiteral("L%1").arg(level)
                                                 : QStringLiteral("L%1 %2").arg(level).arg(visibleText(row->name));
}

int highestLevelOf(const std::vector<rules::Level>& levels) {
    return levels.empty() ? 1 : std::max(1, levels.back().level);
}

QString levelListText(const std::vector<int>& levels) {
    QStringList numbers;
    for (const int level : levels)
        numbers << QString::number(level);
    return levels.size() == 1 ? AdjustmentWords::tr("level %1").arg(levels.front())
                              : AdjustmentWords::tr("levels %1", "a list of levels").arg(listText(numbers));
}

QString deviceTitle(const rules::Binding& binding) {
    const QString name = binding.nickname.isEmpty() ? binding.serial : binding.nickname;
    return QStringLiteral("%1 · %2").arg(visibleText(name, 32)).arg(binding.id.value);
}

QString deviceNameInSentences(const rules::Binding& binding) {
    return binding.nickname.isEmpty() ? AdjustmentWords::tr("The device") : visibleText(binding.nickname, 32);
}

QString operationIdOf(const store::LogEntry& entry) {
    return noteOrMetadata(entry, &rules::LogNote::operationId, "operation_id");
}

QString reasonCodeOf(const store::LogEntry& entry) {
    return noteOrMetadata(entry, &rules::LogNote::reasonCode, "reason_code");
}

QString ticketOf(const store::LogEntry& entry) {
    return noteOrMetadata(entry, &rules::LogNote::ticket, "ticket");
}

} // namespace affinity::ui
