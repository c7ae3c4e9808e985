// RapidCheck inside Qt Test: a property that fails shows its shrunk example and the seed that gives it again.
#pragma once

#include <QTest>

#include <rapidcheck.h>

/// Checks a property and fails the test function when it does not hold. RapidCheck prints the example, the seed and the
/// RC_PARAMS value that runs the same cases again.
#define AFFINITY_PROPERTY(description, ...)                                                                            \
    do {                                                                                                               \
        const bool isPropertyHeld = rc::check(description, __VA_ARGS__);                                               \
        QVERIFY2(isPropertyHeld, description);                                                                         \
    } while (false)
