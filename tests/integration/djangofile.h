// A SQLite file as the Django service's migrations and demo rows make it.
#pragma once

#include <QString>

namespace affinity::test {

/// Makes `folder`/`name` from the recorded SQL and returns its path. Fails the program when sqlite3 is not there.
QString makeDjangoFile(const QString& folder, const QString& name);

/// SHA-256 of a file's bytes, in hexadecimal.
QByteArray fileHash(const QString& fileName);

/// The first column of the first row of a query on a file, as text.
QString queryFile(const QString& fileName, const QString& sql);

} // namespace affinity::test
