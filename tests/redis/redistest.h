// Short forms for tests of Results: fail the test with the error's own text.
#pragma once

#include "engine/redis/connection.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>

/// `name` is the value of a Result, or the test fails with its error.
#define TAKE(name, expression)                                                                                         \
    auto name##Result = (expression);                                                                                  \
    QVERIFY2(name##Result, name##Result ? "" : qPrintable(name##Result.error().what));                                 \
    auto& name = *name##Result

/// The Result is not an error.
#define SUCCEEDS(expression)                                                                                           \
    do {                                                                                                               \
        const auto succeedsResult = (expression);                                                                      \
        QVERIFY2(succeedsResult, succeedsResult ? "" : qPrintable(succeedsResult.error().what));                       \
    } while (false)

/// `variable` is the error of a Result, and of that kind.
#define FAILS(variable, expectedKind, expression)                                                                      \
    const auto variable##Result = (expression);                                                                        \
    QVERIFY(!variable##Result);                                                                                        \
    const affinity::base::Error variable = variable##Result.error();                                                   \
    QVERIFY2(variable.kind == (expectedKind),                                                                          \
             qPrintable(affinity::base::name(variable.kind) + QStringLiteral(": ") + variable.what))

namespace affinity::test {

/// Far more than anything of a healthy server takes, on a busy machine too.
inline constexpr int farMs = 60'000;

inline redis::Deadline soon() {
    return redis::within(farMs);
}

/// Limits for what runs into its limit. The first keeps a test short. A busy machine may use it up before the point
/// that the test is about: then the next one is taken.
inline constexpr std::array growingMs{300, 3000, 30'000};

/// How a call ended that no server answers.
struct GivenUp {
    base::Error error;
    qint64 deadlineMs = 0;
    qint64 tookMs = 0;

    /// Not before its deadline, and not long after it: Qt's own limit of 30 s and TCP's of minutes are too late, a
    /// machine that stands still for some seconds is not.
    bool isOnTime() const { return tookMs >= deadlineMs && tookMs < deadlineMs + 10'000; }
};

/// Makes the call with growing deadlines until it has come to the point where it is to be given up.
template<typename Call, typename IsThere> GivenUp givenUp(const Call& call, const IsThere& isThere) {
    GivenUp last;
    for (const int deadlineMs : growingMs) {
        QElapsedTimer timer;
        timer.start();
        const auto result = call(redis::within(deadlineMs));
        last = {result ? base::Error{} : result.error(), deadlineMs, timer.elapsed()};
        if (isThere(last.error))
            break;
    }
    return last;
}

/// The request has left: only then its end is in doubt.
inline bool isInDoubt(const base::Error& error) {
    return error.kind == base::ErrorKind::CommitUnknown;
}

/// Whether the last opening failed, and at this step.
inline bool isLastStep(const redis::Connection& connection, redis::Step step) {
    const redis::OpenReport& report = connection.lastOpening();
    return report.failure && !report.steps.empty() && report.steps.back().step == step;
}

/// The error of a call to a server that is left alone (Cause::BackOff) after a failure. The first waits are short and a
/// busy machine may let them pass; each further failure makes the next one longer.
inline base::Error errorWhileLeftAlone(redis::Connection& connection) {
    for (int i = 0; i < 10; ++i) {
        const auto reply = connection.command({"GET", "k"}, redis::Effect::None, soon());
        if (!reply && connection.lastCause() == redis::Cause::BackOff)
            return reply.error();
    }
    return {};
}

inline redis::Reply status(const QByteArray& text) {
    return {.kind = redis::ReplyKind::Status, .text = text};
}

inline redis::Reply text(const QByteArray& bytes) {
    return {.kind = redis::ReplyKind::Text, .text = bytes};
}

inline redis::Reply integer(qint64 value) {
    return {.kind = redis::ReplyKind::Integer, .integer = value};
}

inline redis::Reply array(std::vector<redis::Reply> items) {
    return {.kind = redis::ReplyKind::Array, .items = std::move(items)};
}

} // namespace affinity::test
