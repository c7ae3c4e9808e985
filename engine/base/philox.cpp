#include "engine/base/philox.h"

namespace affinity::base {

PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) {
    constexpr std::uint32_t multiplier0 = 0xD2511F53;
    constexpr std::uint32_t multiplier1 = 0xCD9E8D57;
    constexpr std::uint32_t weyl0 = 0x9E3779B9; // golden ratio
    constexpr std::uint32_t weyl1 = 0xBB67AE85; // sqrt(3) - 1
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = std::uint64_t{multiplier0} * counter[0];
        const std::uint64_t product1 = std::uint64_t{multiplier1} * counter[2];
        counter = {
            static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
            static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
        key[0] += weyl0;
        key[1] += weyl1;
    }
    return counter;
}

double unitInterval(std::uint32_t high, std::uint32_t low) {
    const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 11;
    return static_cast<double>(bits) * 0x1.0p-53;
}

std::uint32_t boundedInteger(std::uint32_t word, std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{word} * bound) >> 32);
}

} // namespace affinity::base
