// TLS towards Redis: which authorities are trusted, and what is wrong with a certificate in plain words.
#pragma once

#include "engine/base/result.h"
#include "engine/redis/failure.h"
#include "engine/redis/target.h"

#include <QList>
#include <QSslConfiguration>
#include <QSslError>

namespace affinity::redis {

/// TLS 1.2 or later, certificate and host name checked, with the target's files. Errors: InvalidInput names the file
/// that cannot be read.
base::Result<QSslConfiguration> tlsConfiguration(const Target& target);

/// The name that the server's certificate must be for.
QString certificateName(const Target& target);

/// Why a handshake failed. `errors` are the certificate's faults, `socketText` the socket's own words when there are
/// none.
Failure tlsFailure(const Target& target, const QList<QSslError>& errors, const QString& socketText);

} // namespace affinity::redis
