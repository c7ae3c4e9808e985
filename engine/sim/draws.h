// Draws: the simulator's random numbers; each is a pure function of seed, device, day, purpose and index.
#pragma once

#include "engine/base/philox.h"

#include <QtGlobal>

#include <array>

namespace affinity::sim {

/// What a draw is for. The numbers are part of every digest: never change or reuse one.
enum class Purpose : quint32 {
    Device = 1,    ///< day 0; words: persona, start value
    Day = 2,       ///< words 0 and 1: churn or return; 2 and 3: active or not
    Intensity = 3, ///< the day's gamma factor; one index for each attempt
    Arrival = 4,   ///< one index for each arrival; words: gap, rule, change, whether it is sent again
    Retry = 5,     ///< the same index; words: delay, change
    Decay = 6      ///< word 0: the change of the day's decay
};

/// Four independent random words for one index.
using Words = base::PhiloxCounter;

/// The draws of one device and day. Nothing here depends on caps, cooldowns, ranges or what happened before: scenarios
/// that differ only in such numbers see the same arrivals, rule choices and change words (common random numbers).
struct DeviceDay {
    quint64 seed = 0;
    quint32 device = 0;
    quint32 day = 0;

    Words words(Purpose purpose, quint32 index) const {
        return base::philox({device, day, index, static_cast<quint32>(purpose)},
                            {static_cast<quint32>(seed), static_cast<quint32>(seed >> 32)});
    }
};

/// ln x for finite x > 0, within 2 units in the last place. Plain IEEE additions, multiplications and one division in
/// fixed order, so the same bits on every machine, which libm does not promise. Method: x = m · 2^e with m in
/// [√½, √2), ln m = 2 artanh((m − 1)/(m + 1)) as its power series.
double naturalLogarithm(double x);

/// e^x for |x| ≤ 700, within 4 units in the last place; same bits on every machine. Method: x = k ln 2 + r with
/// |r| ≤ ½ ln 2, Taylor series of e^r.
double exponential(double x);

/// An exponentially distributed gap of mean 1, above 0 and at most 22.9, by inversion of one word.
double exponentialGap(quint32 word);

/// True with that probability (0 to 1).
bool bernoulli(quint32 high, quint32 low, double probability);

/// A gamma draw of mean 1 and that variance (0: always 1). Method: Marsaglia and Tsang, "A simple method for generating
/// gamma variables" (ACM TOMS 26, 2000), normals by Marsaglia's polar method; shapes below 1 by their boost
/// Gamma(a) = Gamma(a + 1) · U^(1/a).
double gammaOfMeanOne(const DeviceDay& draws, double variance);

/// Index of the first entry above the word; the last entry must be 2^32.
template<typename Thresholds> size_t chooseIndex(quint32 word, const Thresholds& below) {
    size_t index = 0;
    while (word >= below[index])
        ++index;
    return index;
}

} // namespace affinity::sim
