#include "engine/rewards/backoff.h"

#include "engine/base/isotime.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace affinity::rewards {

namespace {

constexpr std::array<qint64, 6> waitsUs{5 * base::usPerSecond,  30 * base::usPerSecond, 2 * base::usPerMinute,
                                        10 * base::usPerMinute, 30 * base::usPerMinute, 60 * base::usPerMinute};
static_assert(leastAttempts == static_cast<int>(waitsUs.size()));

} // namespace

qint64 nextAttemptAfterUs(int attempts, double draw) {
    const auto step = static_cast<size_t>(std::clamp(attempts, 1, static_cast<int>(waitsUs.size())) - 1);
    const double factor = 0.8 + 0.4 * std::clamp(draw, 0.0, 1.0);
    return std::llround(static_cast<double>(waitsUs[step]) * factor);
}

bool isGivenUp(int attempts, qint64 createdAtUs, qint64 nowUs) {
    return attempts >= mostAttempts || (attempts >= leastAttempts && nowUs - createdAtUs >= longestWaitingUs);
}

NextStep stepAfter(const DeliveryOutcome& outcome, const Delivery& delivery, qint64 nowUs, double draw) {
    using Kind = DeliveryOutcome::Kind;
    if (outcome.kind == Kind::Delivered)
        return {.state = NextStep::State::Delivered, .nextAttemptAtUs = 0};
    if (outcome.kind == Kind::Refused || isGivenUp(delivery.attempt, delivery.createdAtUs, nowUs))
        return {.state = NextStep::State::Dead, .nextAttemptAtUs = 0};
    const qint64 waitUs = std::max(nextAttemptAfterUs(delivery.attempt, draw), outcome.retryAfterUs.value_or(0));
    return {.state = NextStep::State::Waiting, .nextAttemptAtUs = nowUs + waitUs};
}

} // namespace affinity::rewards
