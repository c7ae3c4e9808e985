// Retry-After: how long a receiver asks to be left alone.
#pragma once

#include <QByteArray>

#include <optional>

namespace affinity::rewards {

/// A receiver is never left alone for longer than this at its own wish: an hour.
inline constexpr qint64 longestRetryAfterUs = 3'600'000'000;

/// Reads the header's value, seconds or a date in any of HTTP's three forms (RFC 9110, sections 10.2.3 and 5.6.7), as
/// microseconds from `nowUs` on: 0 (also for times gone by) to longestRetryAfterUs. Nothing when it is neither. Pure;
/// any thread.
std::optional<qint64> retryAfterUs(const QByteArray& value, qint64 nowUs);

} // namespace affinity::rewards
