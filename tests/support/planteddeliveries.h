// Reward deliveries written straight into a store, as if devices had reached levels before.
#pragma once

#include "engine/store/outbox.h"

#include <QString>

#include <vector>

namespace affinity::test {

/// Writes them in one transaction, in this order; the store must have an outbox. Fails hard: nothing can be tested
/// then.
void plantDeliveries(const QString& url, const std::vector<store::RewardDelivery>& deliveries);

/// One of each state, newest last: delivered, waiting for a time that is far off, refused by a webhook, given up after
/// many attempts. They are of three devices from `firstDevice` on; `nowUs` is the time of the newest.
std::vector<store::RewardDelivery> deliveriesOfEachState(qint64 nowUs, qint64 firstDevice = 1);

} // namespace affinity::test
