#include "engine/rewards/connector.h"

namespace affinity::rewards {

DeliveryOutcome::Kind kindOfStatus(int status) {
    using Kind = DeliveryOutcome::Kind;
    if ((status >= 200 && status <= 299) || status == 409)
        return Kind::Delivered;
    if (status == 408 || status == 425 || status == 429)
        return Kind::TryAgain;
    return status >= 300 && status <= 499 ? Kind::Refused : Kind::TryAgain;
}

} // namespace affinity::rewards
