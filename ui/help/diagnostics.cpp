#include "ui/help/diagnostics.h"

#include "ui/help/logmodel.h"
#include "ui/shared/formatting.h"
#include "ui/shared/language.h"
#include "ui/shared/settings.h"
#include "ui/shared/tokens.h"
#include "ui/workspace/workspace.h"

#include <QCoreApplication>
#include <QFile>
#include <QGuiApplication>
#include <QScreen>
#include <QSysInfo>

namespace affinity::ui {
namespace {

constexpr size_t mostLogLines = 200;

void add(QString& text, const char* name, const QString& value) {
    text += QLatin1String(name) + QStringLiteral(": ") + (value.isEmpty() ? QStringLiteral("unknown") : value) +
            QLatin1Char('\n');
}

QString yesOrNo(bool isSo) {
    return isSo ? QStringLiteral("yes") : QStringLiteral("no");
}

/// "412 MiB now, 530 MiB at most", from the kernel; empty on systems without /proc.
QString memoryText() {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString now, most;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const auto mebibytes = [&line] {
            return QString::number(line.simplified().split(' ').value(1).toLongLong() / 1024);
        };
        if (line.startsWith("VmRSS:"))
            now = mebibytes();
        if (line.startsWith("VmHWM:"))
            most = mebibytes();
    }
    return now.isEmpty() ? QString() : QStringLiteral("%1 MiB now, %2 MiB at most").arg(now, most);
}

void addProgram(QString& text) {
    add(text, "Version", QCoreApplication::applicationVersion());
    add(text, "Build", QStringLiteral(AFFINITY_BUILD_TYPE));
    add(text, "Qt",
        QStringLiteral("%1, compiled with %2").arg(QLatin1String(qVersion()), QLatin1String(QT_VERSION_STR)));
    add(text, "System",
        QStringLiteral("%1, %2 %3")
            .arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(), QSysInfo::kernelVersion()));
    add(text, "Processor", QSysInfo::currentCpuArchitecture());
    add(text, "Memory", memoryText());
    add(text, "Platform", QGuiApplication::platformName());
    for (const QScreen* screen : QGuiApplication::screens())
        add(text, "Screen",
            QStringLiteral("%1 × %2, ratio %3, %4 dots per inch")
                .arg(screen->size().width())
                .arg(screen->size().height())
                .arg(screen->devicePixelRatio())
                .arg(screen->logicalDotsPerInch()));
}

QString problemText(const Settings& settings) {
    switch (settings.problem()) {
    case SettingsProblem::None:
        return QStringLiteral("none");
    case SettingsProblem::Damaged:
        return QStringLiteral("the file was damaged and put aside");
    case SettingsProblem::Unreadable:
        return QStringLiteral("the file cannot be read");
    case SettingsProblem::FromNewer:
        return QStringLiteral("the file is of a newer version and is not written");
    case SettingsProblem::Unwritable:
        break;
    }
    return QStringLiteral("the file cannot be written");
}

void addWindow(QString& text, const Settings* settings) {
    add(text, "Theme", tokens().theme == Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
    add(text, "Language", currentLanguage() == Language::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en"));
    if (!settings)
        return;
    add(text, "Perspective", settings->text(QStringLiteral("window/perspective"), QStringLiteral("general")));
    add(text, "Settings version", QString::number(Settings::version));
    add(text, "Settings problem", problemText(*settings));
}

QString environmentWord(affinity::Environment environment) {
    switch (environment) {
    case affinity::Environment::Demo:
        return QStringLiteral("demo");
    case affinity::Environment::Dev:
        return QStringLiteral("dev");
    case affinity::Environment::Staging:
        return QStringLiteral("staging");
    case affinity::Environment::Production:
        break;
    }
    return QStringLiteral("production");
}

/// The kind of the store and its name; its URL stays out, since it may hold credentials.
void addStore(QString& text, const DiagnosticSources& sources) {
    if (!sources.workspace) {
        add(text, "Store", QStringLiteral("none is open"));
        return;
    }
    const store::StoreInfo& info = sources.workspace->storeInfo();
    add(text, "Store", info.kind);
    add(text, "Environment", environmentWord(sources.workspace->engine().connection().environment));
    add(text, "Read-only", yesOrNo(info.isReadOnly));
    add(text, "Made by the console", yesOrNo(info.isEmbedded));
    add(text, "Console tables", yesOrNo(info.isPrepared));
    add(text, "Decay columns", yesOrNo(info.hasDecay));
    for (const store::MissingFeature& missing : info.missingFeatures)
        add(text, "Missing", missing.lookedFor);
    add(text, "Schema mapping", yesOrNo(!isEmpty(sources.workspace->engine().connection().schemaMapping)));
    add(text, "Rules, levels",
        QStringLiteral("%1, %2")
            .arg(sources.workspace->ruleSet().rules.size())
            .arg(sources.workspace->ruleSet().levels.size()));
    add(text, "Devices",
        sources.devices ? QStringLiteral("about %1").arg(*sources.devices) : QStringLiteral("not counted"));
    add(text, "Time zone", QString::fromLatin1(sources.workspace->zone().id()));
    add(text, "Signed in", yesOrNo(sources.workspace->session().has_value()));
}

} // namespace

QString diagnosticsText(const DiagnosticSources& sources) {
    QString text = QStringLiteral("Affinity Console diagnostics\n\n");
    addProgram(text);
    addWindow(text, sources.settings);
    addStore(text, sources);
    std::vector<base::LogLine> lines = base::logLines();
    if (lines.size() > mostLogLines)
        lines.erase(lines.begin(), lines.end() - static_cast<qint64>(mostLogLines));
    text += QStringLiteral("\nThe last %1 messages:\n").arg(lines.size());
    text += logText(lines, sources.workspace ? sources.workspace->zone() : QTimeZone::systemTimeZone());
    return base::maskSecrets(text);
}

} // namespace affinity::ui
