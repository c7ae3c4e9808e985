#include "tests/support/planteddeliveries.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"

namespace affinity::test {
namespace {

constexpr qint64 minuteUs = 60'000'000;

store::RewardDelivery deliveryOf(qint64 device, int level, const QString& name, qint64 createdAtUs) {
    store::RewardDelivery delivery;
    delivery.deviceId = {device};
    delivery.level = level;
    delivery.logId = {100 + level};
    delivery.userId = {1};
    delivery.name = name;
    delivery.rewards = base::Json::array({{{"type", "coin"}, {"amount", 200 * level}}});
    delivery.createdAtUs = createdAtUs;
    return delivery;
}

} // namespace

void plantDeliveries(const QString& url, const std::vector<store::RewardDelivery>& deliveries) {
    const base::SystemClock clock;
    const auto store = store::open(url, {}, clock);
    if (!store)
        qFatal("The store does not open: %s", qPrintable(store.error().what));
    auto transaction = (*store)->begin(store::Access::Write);
    if (!transaction)
        qFatal("No transaction: %s", qPrintable(transaction.error().what));
    const auto written = (*transaction)->writeOutbox({{}, deliveries});
    const auto committed = written ? (*transaction)->commit() : written;
    if (!committed)
        qFatal("Not written: %s", qPrintable(committed.error().what));
}

std::vector<store::RewardDelivery> deliveriesOfEachState(qint64 nowUs, qint64 firstDevice) {
    store::RewardDelivery delivered = deliveryOf(firstDevice, 1, QStringLiteral("Acquaintance"), nowUs - 90 * minuteUs);
    delivered.state = store::DeliveryState::Delivered;
    delivered.connector = QStringLiteral("webhook");
    delivered.attempts = 1;
    delivered.deliveredAtUs = nowUs - 89 * minuteUs;

    store::RewardDelivery waiting =
        deliveryOf(firstDevice + 1, 1, QStringLiteral("Acquaintance"), nowUs - 40 * minuteUs);
    waiting.connector = QStringLiteral("webhook");
    waiting.attempts = 3;
    waiting.nextAttemptUs = nowUs + 600 * minuteUs;
    waiting.lastError = QStringLiteral("The webhook at hooks.example.org:443 gave no whole answer within 5000 ms.");

    store::RewardDelivery refused = deliveryOf(firstDevice + 1, 2, QStringLiteral("Friend"), nowUs - 20 * minuteUs);
    refused.state = store::DeliveryState::Dead;
    refused.connector = QStringLiteral("webhook");
    refused.attempts = 1;
    refused.lastError = QStringLiteral("The webhook at hooks.example.org:443 answered with status 422: E_ITEM_4711");

    store::RewardDelivery tired = deliveryOf(firstDevice + 2, 3, QStringLiteral("Close friend"), nowUs);
    tired.state = store::DeliveryState::Dead;
    tired.connector = QStringLiteral("webhook");
    tired.attempts = 24;
    tired.lastError = QStringLiteral("Nothing listens at hooks.example.org:443, where the webhook should be.");
    return {delivered, waiting, refused, tired};
}

} // namespace affinity::test
