// What the production tests check their stores with.
#pragma once

#include "tests/production/invariants.h"

#include <QTest>

/// Fails the test with the list of what was found.
#define HAS_NO_VIOLATION(expression)                                                                                   \
    do {                                                                                                               \
        const std::vector<affinity::test::Violation> foundViolations = (expression);                                   \
        QVERIFY2(foundViolations.empty(), affinity::test::described(foundViolations).constData());                     \
    } while (false)

/// Fails the test unless so many results have that outcome; shows what they were.
#define HAS_COUNT(results, outcomeName, expected)                                                                      \
    QVERIFY2(affinity::test::countOf(results, affinity::rules::Outcome::outcomeName) == (expected),                    \
             affinity::test::described(results).constData())
