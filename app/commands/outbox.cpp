// rewards and serve: what is on its way out of the store, and sending it.
#include "app/headless.h"
#include "app/operatorsession.h"
#include "app/output.h"
#include "engine/base/isotime.h"
#include "engine/service/pace.h"
#include "engine/service/rewarddeliveries.h"

#include <array>

namespace affinity::app {

namespace {

constexpr qint64 serveWakeUs = 200'000; // how late a row that another process wrote leaves, at most

constexpr std::array allStates{store::DeliveryState::Waiting, store::DeliveryState::Delivered,
                               store::DeliveryState::Dead};

base::Json timeOrNull(const std::optional<qint64>& timeUs) {
    return timeUs ? base::Json(base::isoFromTime(*timeUs).toStdString()) : base::Json();
}

base::Json toJson(const store::RewardDelivery& delivery) {
    base::Json object;
    object["id"] = delivery.id;
    object["device_id"] = delivery.deviceId.value;
    object["user_id"] = delivery.userId.value;
    object["level"] = delivery.level;
    object["name"] = base::jsonText(delivery.name);
    object["rewards"] = delivery.rewards;
    object["log_id"] = delivery.logId.value;
    object["state"] = base::jsonText(store::name(delivery.state));
    object["connector"] = base::jsonText(delivery.connector);
    object["attempts"] = delivery.attempts;
    object["created_at"] = timeOrNull(delivery.createdAtUs);
    object["next_attempt_at"] = timeOrNull(delivery.nextAttemptUs);
    object["delivered_at"] = timeOrNull(delivery.deliveredAtUs);
    object["last_error"] = base::jsonText(delivery.lastError);
    return object;
}

base::Result<store::DeliveryQuery> queryOf(const CommandLine& line) {
    store::DeliveryQuery query;
    if (line.has(QStringLiteral("state"))) {
        for (const store::DeliveryState state : allStates) {
            if (store::name(state) == line.value(QStringLiteral("state")))
                query.state = state;
        }
        if (!query.state)
            return base::Error{base::ErrorKind::InvalidInput,
                               QStringLiteral("--state is waiting, delivered or dead, not \"%1\".")
                                   .arg(line.value(QStringLiteral("state")))};
    }
    const auto device = line.number(QStringLiteral("device"), 1, largestId);
    if (!device)
        return device.error();
    if (*device)
        query.deviceId = base::DeviceId{**device};
    const auto before = line.number(QStringLiteral("before"), 1, largestId);
    if (!before)
        return before.error();
    query.beforeId = before->value_or(0);
    return query;
}

ExitCode resend(const CommandLine& line, qint64 id) {
    if (!line.has(QStringLiteral("operator")))
        return failed({base::ErrorKind::InvalidInput, QStringLiteral("--resend needs --operator NAME.")});
    auto headless = Headless::open(line, store::Access::Write, false);
    if (!headless)
        return failed(headless.error());
    store::Store& store = (*headless)->store();
    const auto session = signInOperator(line, store);
    if (!session)
        return failed(session.error());
    const auto isWaiting = service::sendDeliveryAgain(store, *session, id);
    if (!isWaiting)
        return failed(isWaiting.error());
    printError(*isWaiting ? QStringLiteral("Delivery %1 waits to be sent again.").arg(id)
                          : QStringLiteral("There is no dead delivery %1.").arg(id));
    return *isWaiting ? ExitCode::Done : ExitCode::RefusedOrFindings;
}

} // namespace

ExitCode runRewards(const CommandLine& line) {
    const auto id = line.number(QStringLiteral("resend"), 1, largestId);
    if (!id)
        return failed(id.error());
    if (*id)
        return resend(line, **id);
    const auto query = queryOf(line);
    if (!query)
        return failed(query.error());
    auto headless = Headless::open(line, store::Access::Read, false);
    if (!headless)
        return failed(headless.error());
    const auto found = service::deliveries((*headless)->store(), *query);
    if (!found)
        return failed(found.error());
    for (const store::RewardDelivery& delivery : *found)
        printJson(toJson(delivery));
    return ExitCode::Done;
}

ExitCode runServe(const CommandLine& line) {
    auto headless = Headless::open(line, store::Access::Write, false);
    if (!headless)
        return failed(headless.error());
    RelayLane* relay = (*headless)->relay();
    if (!relay)
        return failed({base::ErrorKind::Refused,
                       (*headless)->store().outbox()
                           ? QStringLiteral("The signed-in database user may not send what waits in the outbox; the "
                                            "role affinity_engine may.")
                           : QStringLiteral("The store has no outbox: nothing waits there. Run prepare to have one.")});
    watchInterrupt();
    printError(QStringLiteral("Sending what waits in the outbox; Ctrl+C ends."));
    while (!interruptRequested()) {
        relay->wake();
        service::sleepUs(serveWakeUs);
    }
    return ExitCode::Done;
}

} // namespace affinity::app
