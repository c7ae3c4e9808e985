#include "engine/sim/draws.h"

#include <bit>
#include <cmath>

namespace affinity::sim {

namespace {

constexpr double unitOfWord = 0x1.0p-32;
/// ln 2 in two parts: the high one has 21 trailing zero bits, so exponent × high is exact.
constexpr double ln2High = 0x1.62e42fee00000p-1;
constexpr double ln2Low = 0x1.a39ef35793c76p-33;
constexpr int exponentBias = 1023;
constexpr int fractionBits = 52;
constexpr quint64 fractionMask = (quint64{1} << fractionBits) - 1;
constexpr quint64 bitsOfOne = 0x3FF0000000000000;
constexpr quint64 bitsOfRootOfHalf = 0x3FE6A09E667F3BCD; // √½

/// 2^exponent for -1022 ≤ exponent ≤ 1023.
double powerOfTwo(int exponent) {
    return std::bit_cast<double>(static_cast<quint64>(exponent + exponentBias) << fractionBits);
}

/// A word as a number in (0, 1), never 0 or 1.
double openUnit(quint32 word) {
    return (static_cast<double>(word) + 0.5) * unitOfWord;
}

} // namespace

double naturalLogarithm(double x) {
    // Shifting the bits by the distance from √½ to 1 splits x at √½ instead of 1, without a branch.
    const quint64 bits = std::bit_cast<quint64>(x) + (bitsOfOne - bitsOfRootOfHalf);
    const int exponent = static_cast<int>(bits >> fractionBits) - exponentBias;
    const double mantissa = std::bit_cast<double>((bits & fractionMask) + bitsOfRootOfHalf);
    const double s = (mantissa - 1) / (mantissa + 1);
    const double s2 = s * s;
    const double s4 = s2 * s2;
    // s²/3 + s⁴/5 + … + s²⁰/21; |s| ≤ 0.172, so the rest is below 1e-18. Two chains, so a processor can do both at
    // once.
    const double odd = s2 * (1.0 / 3 + s4 * (1.0 / 7 + s4 * (1.0 / 11 + s4 * (1.0 / 15 + s4 * (1.0 / 19)))));
    const double even = s4 * (1.0 / 5 + s4 * (1.0 / 9 + s4 * (1.0 / 13 + s4 * (1.0 / 17 + s4 * (1.0 / 21)))));
    return exponent * ln2High + (2 * s + (2 * s * (odd + even) + exponent * ln2Low));
}

double exponential(double x) {
    constexpr double inverseOfLn2 = 1.44269504088896340736;
    const int power = static_cast<int>(x * inverseOfLn2 + (x < 0 ? -0.5 : 0.5));
    const double rest = (x - power * ln2High) - power * ln2Low;
    // Horner's scheme of 1 + r/1 (1 + r/2 (1 + r/3 (…))): 14 terms leave less than 1e-17 for |r| ≤ 0.35.
    double series = 1;
    for (int term = 14; term >= 1; --term)
        series = 1 + series * rest / term;
    return series * powerOfTwo(power);
}

double exponentialGap(quint32 word) {
    return -naturalLogarithm(openUnit(word));
}

bool bernoulli(quint32 high, quint32 low, double probability) {
    return base::unitInterval(high, low) < probability;
}

double gammaOfMeanOne(const DeviceDay& draws, double variance) {
    if (variance <= 0)
        return 1;
    const double shape = 1 / variance;
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    double boost = 1;
    for (quint32 attempt = 0;; ++attempt) {
        const Words words = draws.words(Purpose::Intensity, attempt);
        if (attempt == 0 && shape < 1) {
            const double power = naturalLogarithm(openUnit(words[3])) / shape;
            boost = power < -700 ? 0 : exponential(power);
        }
        const double x = 2 * openUnit(words[0]) - 1;
        const double y = 2 * openUnit(words[1]) - 1;
        const double square = x * x + y * y;
        if (square >= 1)
            continue;
        const double normal = x * std::sqrt(-2 * naturalLogarithm(square) / square);
        const double root = 1 + c * normal;
        if (root <= 0)
            continue;
        const double v = root * root * root;
        const double bound = 0.5 * normal * normal + d - d * v + d * naturalLogarithm(v);
        if (naturalLogarithm(openUnit(words[2])) < bound)
            return d * v * boost * variance;
    }
}

} // namespace affinity::sim
