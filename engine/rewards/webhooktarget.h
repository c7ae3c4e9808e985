// WebhookTarget: where rewards are sent to, with which key, and within which limits.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace affinity::rewards {

/// Keys shorter than this can be guessed; 32 random bytes are advised (as long as the hash, RFC 2104, section 3).
inline constexpr qsizetype shortestKeyBytes = 16;

/// The key appears in no text that this library makes, nor does the address's path, where receivers keep tokens.
struct WebhookTarget {
    QUrl url;                              ///< https://host/path; http:// to this machine only
    QByteArray key;                        ///< signs the body; at least shortestKeyBytes
    QString caFile;                        ///< PEM: only these authorities are trusted; empty: the system's
    int connectMs = 2000;                  ///< until the request is sent: name, connection, TLS
    int totalMs = 5000;                    ///< until the whole answer is there, everything included
    qint64 largestAnswerBytes = 64 * 1024; ///< more of an answer's body is not read
    bool isPlainHttpAllowed = false;       ///< http:// to other machines: rewards and signatures can be read on the way

    friend bool operator==(const WebhookTarget&, const WebhookTarget&) = default;
};

/// Whether rewards can be sent there. Errors: InvalidInput, with a text that holds nothing of the address but its
/// fault. Reads caFile. Any thread.
base::Result<void> checkTarget(const WebhookTarget& target);

/// "rewards.example.org:443" for messages.
QString where(const WebhookTarget& target);

} // namespace affinity::rewards
