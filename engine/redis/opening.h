// Opening a link step by step: look up, connect, TLS, sign in, select, greet; each step's time is kept.
#pragma once

#include "engine/redis/link.h"

namespace affinity::redis {

enum class Step { LookUp, Connect, Encrypt, SignIn, Select, Greet };

/// How long one step took, in microseconds.
struct StepTime {
    Step step = Step::LookUp;
    qint64 us = 0;

    friend bool operator==(const StepTime&, const StepTime&) = default;
};

/// What happened at the last opening; a connection test shows it.
struct OpenReport {
    std::vector<StepTime> steps;    ///< in order; the last one is where it failed, when it failed
    std::optional<Failure> failure; ///< none: it is open

    friend bool operator==(const OpenReport&, const OpenReport&) = default;
};

/// An open link that has answered a PING, or none with the report's failure. Steps that the target does not need (TLS,
/// AUTH, SELECT of database 0) are left out.
std::unique_ptr<Link> openLink(const Target& target, const ReplyLimits& limits, const Deadline& deadline,
                               OpenReport& report);

/// AUTH as the target wants it; empty when it names no password.
std::vector<QByteArray> signInCommand(const Target& target);

/// What a refused sign-in, selection or greeting means; none when the reply is fine. Never repeats a server's words
/// about AUTH: a server that does not know the command repeats the password.
std::optional<Failure> greetingFailure(const Target& target, Step step, const Reply& reply);

} // namespace affinity::redis
