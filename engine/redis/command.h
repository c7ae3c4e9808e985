// Command and Script: what is sent to a Redis server, and what sending it twice would mean.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace affinity::redis {

/// A command's name and arguments, any bytes: {"GET", key}.
using Command = std::vector<QByteArray>;

/// The most bytes of one request, pipelines included.
inline constexpr qint64 mostRequestBytes = 64 * 1024 * 1024;

/// What a request does, which only its caller knows. Decides whether it may be sent again after a connection was cut,
/// and what its failure means.
enum class Effect {
    None,       ///< only reads: is sent again once; a failure is never in doubt
    Repeatable, ///< twice is the same as once (SET, an idempotent script): is sent again once; without an answer in
                ///< doubt
    Once        ///< twice is wrong (INCR, PUBLISH): is never sent again once a byte may have been read; in doubt then
};

/// A Lua script with its SHA-1, which is computed once.
class Script {
public:
    explicit Script(const QByteArray& text);
    const QByteArray& text() const { return m_text; }
    /// 40 lower-case hexadecimal digits.
    const QByteArray& sha1() const { return m_sha1; }

private:
    QByteArray m_text;
    QByteArray m_sha1;
};

/// EVALSHA of the script, for use in a pipeline: its place may then hold a NOSCRIPT error.
Command evalShaCommand(const Script& script, const std::vector<QByteArray>& keys,
                       const std::vector<QByteArray>& arguments);

/// EVAL of the script: sends its whole text.
Command evalCommand(const Script& script, const std::vector<QByteArray>& keys,
                    const std::vector<QByteArray>& arguments);

/// Adds the command to `request` as RESP2. Errors: InvalidInput for a command without a name or a request over
/// mostRequestBytes.
base::Result<void> appendCommand(QByteArray& request, const Command& command);

} // namespace affinity::redis
