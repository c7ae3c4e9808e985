// Secrets that were told, found again in any text: as they are, in a URL, in Base64, in JSON; the secrets are not kept.
#pragma once

#include <QString>

namespace affinity::base {

/// Replaces every form of every secret told by rememberSecret() with `mask`. Any thread.
QString maskRememberedSecrets(const QString& text, const QString& mask);

} // namespace affinity::base
