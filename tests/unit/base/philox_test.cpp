#include "tests/unit/base/philox_test.h"

#include "engine/base/philox.h"
#include "tests/support/property.h"

#include <cmath>

using namespace affinity::base;

Q_DECLARE_METATYPE(PhiloxCounter)
Q_DECLARE_METATYPE(PhiloxKey)

namespace affinity::test {

void PhiloxTest::knownAnswersOfThePaperComeOut_data() {
    QTest::addColumn<PhiloxCounter>("counter");
    QTest::addColumn<PhiloxKey>("key");
    QTest::addColumn<PhiloxCounter>("expected");
    // From kat_vectors of Random123, the library published with the paper: "philox4x32 10".
    QTest::newRow("zeros") << PhiloxCounter{0, 0, 0, 0} << PhiloxKey{0, 0}
                           << PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    QTest::newRow("ones") << PhiloxCounter{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}
                          << PhiloxKey{0xffffffff, 0xffffffff}
                          << PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    QTest::newRow("digits of pi") << PhiloxCounter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}
                                  << PhiloxKey{0xa4093822, 0x299f31d0}
                                  << PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
}

void PhiloxTest::knownAnswersOfThePaperComeOut() {
    QFETCH(PhiloxCounter, counter);
    QFETCH(PhiloxKey, key);
    QFETCH(PhiloxCounter, expected);
    QVERIFY(philox(counter, key) == expected);
}

void PhiloxTest::unitIntervalIsBelowOne() {
    QCOMPARE(unitInterval(0, 0), 0.0);
    QCOMPARE(unitInterval(0x80000000, 0), 0.5);
    QCOMPARE(unitInterval(0, 0x7ff), 0.0); // the lowest 11 bits do not count
    QCOMPARE(unitInterval(0xffffffff, 0xffffffff), 1.0 - 0x1.0p-53);
}

void PhiloxTest::boundedIntegerStaysBelowItsBound() {
    QCOMPARE(boundedInteger(0xffffffff, 1), 0u);
    QCOMPARE(boundedInteger(0xffffffff, 0xffffffff), 0xfffffffeu);
    AFFINITY_PROPERTY("boundedInteger(word, bound) < bound", [](std::uint32_t word) {
        const auto bound = *rc::gen::inRange<std::uint32_t>(1, 0xffffffff);
        RC_ASSERT(boundedInteger(word, bound) < bound);
    });
}

void PhiloxTest::boundedIntegersAreSpreadEvenly() {
    constexpr std::uint32_t draws = 60'000;
    std::array<int, 6> counts{};
    for (std::uint32_t i = 0; i < draws; ++i)
        ++counts.at(boundedInteger(philox({i, 0, 0, 0}, {7, 0})[0], 6));
    // Fixed counters, so this is exact: each face within 4 standard deviations of 10,000 (sd 91.3).
    for (const int count : counts)
        QVERIFY2(std::abs(count - 10'000) < 366, qPrintable(QString::number(count)));
}

} // namespace affinity::test
