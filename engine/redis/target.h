// Target: which Redis server and database, as whom, and how to be sure that it is the right one.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QString>

namespace affinity::redis {

/// Where to connect. The password appears in no text that this library makes.
struct Target {
    QString host = QStringLiteral("127.0.0.1"); ///< a name or an address
    quint16 port = 6379;
    int database = 0;
    QByteArray user;     ///< an ACL user; empty: Redis' "default"
    QByteArray password; ///< empty: no AUTH is sent
    bool usesTls = false;
    QString caFile;          ///< PEM: only these authorities are trusted; empty: the system's
    QString serverName;      ///< the name that the certificate must be for; empty: host
    QString certificateFile; ///< PEM: our own certificate, for servers that ask for one; empty: none
    QString keyFile;         ///< PEM: the key of certificateFile

    friend bool operator==(const Target&, const Target&) = default;
};

/// Reads redis://[[user]:password@]host[:port][/database], or rediss:// for TLS. User and password are percent-encoded.
/// Errors: InvalidInput, with a text that holds nothing of the address but its fault.
base::Result<Target> targetFromUrl(const QString& url);

/// "127.0.0.1:6379, database 0" for messages.
QString where(const Target& target);

} // namespace affinity::redis
