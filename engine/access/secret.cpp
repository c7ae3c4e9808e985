#include "engine/access/secret.h"

#include "engine/base/log.h"

namespace affinity::access {

Secret::Secret(QByteArray bytes) : m_bytes(std::move(bytes)) {
    base::rememberSecret(m_bytes);
}

Secret Secret::wellKnown(QByteArray bytes) {
    Secret secret;
    secret.m_bytes = std::move(bytes);
    return secret;
}

} // namespace affinity::access
