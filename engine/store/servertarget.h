// ServerTarget: which PostgreSQL or MariaDB server and database, as whom, and how to be sure that it is the right one.
#pragma once

#include "engine/base/result.h"
#include "engine/store/dialect.h"

#include <QByteArray>
#include <QString>

namespace affinity::store {

/// How the connection is protected, in the words of PostgreSQL's sslmode.
enum class Encryption {
    Preferred,  ///< as the server offers; on loopback and for development only
    Required,   ///< encrypted, whoever answers
    VerifiedCa, ///< by a server whose certificate an authority of ours signed
    Verified    ///< and that carries the host's name
};

struct ServerTarget {
    Dialect dialect = Dialect::PostgreSql;
    QString host = QStringLiteral("127.0.0.1"); ///< a name or an address
    quint16 port = 0;
    QString user;
    QString database;
    QByteArray password; ///< empty: the server asks for none
    Encryption encryption = Encryption::Preferred;
    QString caFile; ///< PEM: only these authorities are trusted; empty: the system's

    friend bool operator==(const ServerTarget&, const ServerTarget&) = default;
};

/// True for postgresql:, postgres:, mysql: and mariadb: URLs.
bool isServerUrl(const QString& url);

/// Reads postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?sslmode=…&sslrootcert=FILE] (mysql:// alike). User and
/// password are percent-encoded; the password, wherever it comes from, is remembered to be masked in texts.
/// `password` is used where the URL has none. Errors: InvalidInput, with a text that holds nothing of the URL but its
/// fault.
base::Result<ServerTarget> serverTargetFromUrl(const QString& url, const QByteArray& password);

/// "affinity on db.example:5432" for messages.
QString where(const ServerTarget& target);

} // namespace affinity::store
