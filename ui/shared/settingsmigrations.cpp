#include "ui/shared/settingsmigrations.h"

#include "ui/shared/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

namespace affinity::ui {

QString versionOneFile(const QString& settingsFile) {
    return QFileInfo(settingsFile).dir().filePath(QStringLiteral("window.ini"));
}

std::optional<QJsonObject> valuesOfVersionOne(const QString& iniFile) {
    if (QFile file(iniFile); !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QSettings old(iniFile, QSettings::IniFormat);
    const bool hasKnownKeys = !old.allKeys().filter(QStringLiteral("window/")).isEmpty();
    if (old.status() != QSettings::NoError || !hasKnownKeys)
        return std::nullopt;
    QJsonObject values;
    for (const char* const word : {"window/screen", "window/theme", "window/language"}) {
        const QString key = QString::fromLatin1(word);
        if (const QString text = old.value(key).toString(); !text.isEmpty())
            values.insert(key, text);
    }
    const QByteArray geometry = old.value(QStringLiteral("window/geometry")).toByteArray();
    const QByteArray sum = QCryptographicHash::hash(geometry, QCryptographicHash::Sha1).toHex();
    if (!geometry.isEmpty() && old.value(QStringLiteral("window/geometrySum")).toByteArray() == sum)
        values.insert(QStringLiteral("window/geometry"), jsonOfState(geometry));
    return values;
}

} // namespace affinity::ui
