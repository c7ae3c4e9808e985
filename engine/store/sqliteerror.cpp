#include "engine/store/sqliteerror.h"

#include <QSqlError>

namespace affinity::store {

using base::Error;
using base::ErrorKind;

namespace {

/// Primary result codes; the extended code is in the bits above. Source: https://www.sqlite.org/rescode.html
enum class SqliteCode {
    Permission = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19,
    Authorization = 23,
    NotADatabase = 26
};

SqliteCode codeOf(const QSqlError& error) {
    return static_cast<SqliteCode>(error.nativeErrorCode().toInt() & 0xff);
}

} // namespace

bool isBusy(const QSqlError& error) {
    return codeOf(error) == SqliteCode::Busy || codeOf(error) == SqliteCode::Locked;
}

Error errorFromSql(const QSqlError& error, const QString& fileName) {
    const auto made = [&](ErrorKind kind, const QString& sentence) {
        return Error{kind, sentence.arg(fileName, error.databaseText())};
    };
    switch (codeOf(error)) {
    case SqliteCode::Busy:
    case SqliteCode::Locked:
        return made(ErrorKind::Busy, QStringLiteral("%1 is locked by another program and was not free in time (%2). "
                                                    "Nothing was written; try again."));
    case SqliteCode::ReadOnly:
    case SqliteCode::Permission:
    case SqliteCode::Authorization:
        return made(ErrorKind::ReadOnly, QStringLiteral("%1 cannot be written (%2). Make the file and its folder "
                                                        "writable, or open the store for reading only."));
    case SqliteCode::Full:
        return made(ErrorKind::StorageFull, QStringLiteral("%1 cannot grow: the disk or the database is full (%2). "
                                                           "Nothing was written; free some space and try again."));
    case SqliteCode::Corrupt:
    case SqliteCode::NotADatabase:
        return made(ErrorKind::Damaged, QStringLiteral("%1 is damaged or is not an SQLite database (%2). Keep the "
                                                       "file and restore a backup."));
    case SqliteCode::CannotOpen:
    case SqliteCode::InputOutput:
        return made(ErrorKind::CannotConnect,
                    QStringLiteral("%1 cannot be opened, read or written (%2). The file and its folder must be "
                                   "readable, and writable too unless the store is opened for reading only without "
                                   "unfinished changes beside it."));
    case SqliteCode::Constraint:
        return made(ErrorKind::Refused, QStringLiteral("%1 refuses the row: %2. Nothing was written."));
    }
    return made(ErrorKind::Internal, QStringLiteral("%1 gave an answer that nobody expects: %2."));
}

} // namespace affinity::store
