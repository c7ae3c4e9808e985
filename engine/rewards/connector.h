// RewardConnector: gives one reward to an outside system and says whether it has it.
#pragma once

#include "engine/rewards/delivery.h"

#include <QString>

#include <optional>

namespace affinity::rewards {

/// How one attempt ended.
struct DeliveryOutcome {
    enum class Kind {
        Delivered, ///< the receiver has it
        TryAgain,  ///< not known, or not now: the same delivery is sent again with the same key
        Refused    ///< the receiver will not have it; sending it again needs a person
    };
    Kind kind = Kind::TryAgain;
    QString error;                      ///< one sentence for people, no secrets; empty when Delivered
    std::optional<qint64> retryAfterUs; ///< TryAgain: the receiver asks to be left alone this long, at most an hour

    friend bool operator==(const DeliveryOutcome&, const DeliveryOutcome&) = default;
};

/// One way to an outside system. A delivery may be made several times: receivers keep its key.
class RewardConnector {
public:
    RewardConnector() = default;
    virtual ~RewardConnector() = default;
    RewardConnector(const RewardConnector&) = delete;
    RewardConnector& operator=(const RewardConnector&) = delete;

    /// Makes one attempt at `nowUs`, microseconds since 1970 UTC; blocks for its time limits. Always on one thread.
    virtual DeliveryOutcome deliver(const Delivery& delivery, qint64 nowUs) = 0;
};

/// What an HTTP status says of a delivery:
/// 2xx is Delivered, and so is 409: the receiver has had this key before (the help tells receivers so).
/// 408, 425, 429, 5xx and what is no final status of HTTP (RFC 9110, section 15) are TryAgain.
/// 3xx is Refused, as a signed body is not sent to where somebody else points; so is every other 4xx. Pure; any thread.
DeliveryOutcome::Kind kindOfStatus(int status);

} // namespace affinity::rewards
