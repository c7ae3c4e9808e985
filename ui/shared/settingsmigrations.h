// Settings of earlier versions: where they were, and what their values are called now.
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace affinity::ui {

/// Version 1 was an INI file, window.ini, in the folder of the settings file. This is its name, there or not.
QString versionOneFile(const QString& settingsFile);

/// The values of a version 1 file as version 2 names them. A geometry whose checksum is wrong is left out. Empty when
/// the file cannot be read as settings.
std::optional<QJsonObject> valuesOfVersionOne(const QString& iniFile);

} // namespace affinity::ui
