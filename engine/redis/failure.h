// Failure: why a connection to Redis could not be opened or did not give its answer, by name.
#pragma once

#include <QString>

namespace affinity::redis {

enum class Cause {
    None,
    BackOff,             ///< the server failed a moment ago and is left alone until its time has come
    HostUnknown,         ///< the host's name has no address
    Unreachable,         ///< refused, no route, no answer to connecting
    TlsFiles,            ///< an authority, certificate or key file of the target cannot be read
    TlsUnknownAuthority, ///< the server's certificate is signed by nobody that is trusted
    TlsWrongHost,        ///< the server's certificate is for another name
    TlsExpired,          ///< the server's certificate is expired or not valid yet
    TlsFailed,           ///< no TLS there, or no common version or cipher
    SignInRefused,       ///< wrong user or password, or the server wants one
    DatabaseRefused,     ///< there is no database of that number, or the user may not select it
    NotReady,            ///< the server is loading its data, has lost its master, or has too many clients
    TimedOut,            ///< the deadline passed
    Lost,                ///< the connection was cut
    NotRedis,            ///< the bytes are not Redis' protocol
    TooLarge,            ///< a reply passed a limit of ReplyLimits
    Cancelled            ///< the caller cancelled
};

/// A cause with its sentence.
struct Failure {
    Cause cause = Cause::None;
    QString what;

    friend bool operator==(const Failure&, const Failure&) = default;
};

} // namespace affinity::redis
