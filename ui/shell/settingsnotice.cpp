#include "ui/shell/settingsnotice.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>
#include <QDir>

namespace affinity::ui {
namespace {

struct SettingsNoticeWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::SettingsNotice)
};

QString pathText(const QString& file) {
    return visibleText(QDir::toNativeSeparators(file), 200);
}

} // namespace

std::optional<BannerText> settingsNotice(const Settings& settings) {
    const QString file = pathText(settings.fileName());
    const QString backup = pathText(settings.backupFile());
    BannerText notice;
    notice.tone = Tone::Warn;
    notice.isDismissible = true;
    switch (settings.problem()) {
    case SettingsProblem::None:
        if (!settings.isMigrated())
            return std::nullopt;
        notice.tone = Tone::Accent;
        notice.what = SettingsNoticeWords::tr("The settings of the version before were taken over.");
        notice.meaning = SettingsNoticeWords::tr("The old file stays as %1.").arg(backup);
        break;
    case SettingsProblem::Damaged:
        notice.what = SettingsNoticeWords::tr("The settings could not be read: the file is damaged.");
        notice.meaning =
            settings.backupFile().isEmpty()
                ? SettingsNoticeWords::tr(
                      "The window begins with its defaults. %1 could not be put aside, so nothing is saved.")
                      .arg(file)
                : SettingsNoticeWords::tr("The window begins with its defaults. The damaged file is kept as %1.")
                      .arg(backup);
        break;
    case SettingsProblem::FromNewer:
        notice.what = SettingsNoticeWords::tr("The settings were written by a newer version of this program.");
        notice.meaning =
            SettingsNoticeWords::tr("%1 stays as it is. What you change here holds until the window closes.").arg(file);
        break;
    case SettingsProblem::Unreadable:
        notice.what = SettingsNoticeWords::tr("The settings cannot be opened.");
        notice.meaning =
            SettingsNoticeWords::tr("%1 stays as it is. What you change here holds until the window closes.").arg(file);
        break;
    case SettingsProblem::Unwritable:
        notice.what =
            SettingsNoticeWords::tr("The settings could not be saved: %1").arg(visibleText(settings.writeError(), 120));
        notice.meaning =
            SettingsNoticeWords::tr("What you changed holds until the window closes. The file is %1.").arg(file);
        notice.action = SettingsNoticeWords::tr("Save again");
        break;
    }
    return notice;
}

} // namespace affinity::ui
