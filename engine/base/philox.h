// Philox4x32-10, a counter-based random number generator: any draw can be recomputed alone from its key and counter.
#pragma once

#include <array>
#include <cstdint>

namespace affinity::base {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Ten rounds of Philox4x32. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC11),
/// with that paper's constants; tests hold the known answers published with it. Pure; any thread.
PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key);

/// A uniform double in [0, 1) from 53 of 64 random bits.
double unitInterval(std::uint32_t high, std::uint32_t low);

/// A uniform integer in [0, bound) from one 32-bit word, by multiplication (Lemire's method without the rejection step;
/// the bias is below bound / 2^32). bound ≥ 1.
std::uint32_t boundedInteger(std::uint32_t word, std::uint32_t bound);

} // namespace affinity::base
