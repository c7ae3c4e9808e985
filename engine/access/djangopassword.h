// Checks a password against the hash Django stores: "pbkdf2_sha256$rounds$salt$base64".
#pragma once

#include "engine/access/secret.h"
#include "engine/base/result.h"

namespace affinity::access {

enum class PasswordVerdict {
    Right,
    Wrong,
    Unusable,   ///< the stored hash starts with "!": no password is set
    Unsupported ///< another algorithm, or a malformed or hostile hash: sign in on the web
};

/// Compares in constant time. Takes as long as the hash's rounds ask (260,000: about 60 ms): never on the GUI thread.
/// Rounds above 10 million are Unsupported, so that a hostile row cannot keep the caller busy.
PasswordVerdict checkDjangoPassword(const Secret& password, const QString& storedHash);

/// Makes a hash in Django's form.
QString makeDjangoPassword(const Secret& password, const QByteArray& salt, int rounds);

} // namespace affinity::access
