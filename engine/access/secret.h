// Secret: text that must not reach a log, a file or a command line; it can only be asked for by name.
#pragma once

#include <QByteArray>

namespace affinity::access {

/// Holds a password. Overwritten when it goes; it has no stream operator, no conversion and no equality. The log masks
/// every text that was ever held by one (base::rememberSecret).
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    /// A password that everybody may know, the demo store's: not remembered, or its word would be masked everywhere.
    static Secret wellKnown(QByteArray bytes);
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    Secret(Secret&&) = default;
    Secret& operator=(Secret&&) = default;
    ~Secret() { m_bytes.fill('\0'); }

    bool isEmpty() const { return m_bytes.isEmpty(); }
    /// The text itself, for the one call that checks or sends it.
    const QByteArray& reveal() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace affinity::access
