// JSON as the engine uses it: members keep their order, and text can be written the way Django's json.dumps writes it.
#pragma once

#include <QByteArray>
#include <QString>

#include <nlohmann/json.hpp>

namespace affinity::base {

using Json = nlohmann::ordered_json;

enum class NonAscii { Keep, Escape };

/// The value as Python's json.dumps writes it, ", " and ": " between parts. Escape gives \uXXXX for everything beyond
/// ASCII, as Django stores JSON columns on SQLite and MariaDB; Keep gives UTF-8, as the golden files hold it.
QByteArray pythonJson(const Json& value, NonAscii nonAscii = NonAscii::Keep);

/// A JSON string value from a QString.
inline Json jsonText(const QString& text) {
    return Json(text.toStdString());
}

} // namespace affinity::base
