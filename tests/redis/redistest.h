// Short forms for tests of Results: fail the test with the error's own text.
#pragma once

#include "engine/redis/connection.h"

#include <QTest>

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

/// Far more than any call of a healthy server needs.
inline redis::Deadline soon() {
    return redis::within(10'000);
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
