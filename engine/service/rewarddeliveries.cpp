#include "engine/service/rewarddeliveries.h"

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error noOutbox(const store::StoreInfo& info) {
    return {ErrorKind::Refused, QStringLiteral("%1 keeps no reward deliveries. Prepare the store to have them kept and "
                                               "sent.")
                                    .arg(info.name)};
}

} // namespace

Result<std::vector<store::RewardDelivery>> deliveries(store::Store& store, const store::DeliveryQuery& query) {
    store::Outbox* outbox = store.outbox();
    return outbox ? outbox->deliveries(query) : Result<std::vector<store::RewardDelivery>>(noOutbox(store.info()));
}

Result<bool> sendDeliveryAgain(store::Store& store, const access::Session& session, qint64 deliveryId) {
    if (session.role == access::Role::Viewer)
        return Error{ErrorKind::Refused,
                     QStringLiteral("%1 may look only. Having a reward sent again takes a member of staff.")
                         .arg(session.person.username)};
    store::Outbox* outbox = store.outbox();
    if (!outbox)
        return noOutbox(store.info());
    const auto nowUs = store.nowUs();
    return nowUs ? outbox->sendAgain(deliveryId, *nowUs) : Result<bool>(nowUs.error());
}

} // namespace affinity::service
