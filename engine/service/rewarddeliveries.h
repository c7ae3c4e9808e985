// Reward deliveries for people: what is on its way or stuck, and having a dead one tried again.
#pragma once

#include "engine/access/signin.h"
#include "engine/store/outbox.h"
#include "engine/store/store.h"

namespace affinity::service {

/// A page of deliveries, newest first. Refused: the store has no outbox.
base::Result<std::vector<store::RewardDelivery>> deliveries(store::Store& store, const store::DeliveryQuery& query);

/// Has a dead delivery tried again, from its first attempt on; false: it was not dead any more. Refused: the store has
/// no outbox, or the person is no member of staff.
base::Result<bool> sendDeliveryAgain(store::Store& store, const access::Session& session, qint64 deliveryId);

} // namespace affinity::service
