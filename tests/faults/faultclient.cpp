#include "tests/faults/faultclient.h"

#include "engine/store/sqlstore.h"

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr int movedPoints = 80;
constexpr base::UserId deviceOwner{1};

access::Session designerOfFaults() {
    access::Session session;
    session.person.id = base::OperatorId{1};
    session.person.username = QStringLiteral("admin");
    session.person.isActive = true;
    session.person.isStaff = true;
    session.person.isSuperuser = true;
    session.role = access::Role::Designer;
    return session;
}

std::unique_ptr<store::Store> openedStore(const store::ServerTarget& target, const store::ServerOptions& options) {
    return required(store::SqlStore::over(required(connectTo(target, options)), nullptr));
}

} // namespace

QString name(Operation operation) {
    return operation == Operation::Apply ? QStringLiteral("apply") : QStringLiteral("adjust");
}

DeviceTruth truthAfter(Operation operation, int effects, qint64 logId) {
    DeviceTruth truth;
    if (effects == 0)
        return truth;
    truth.value += movedPoints;
    truth.level = 3;
    truth.logRows = 1;
    truth.logSum = movedPoints;
    truth.lastLogId = logId;
    truth.grants = 2;
    truth.notes = 1;
    if (operation == Operation::Apply) {
        truth.triggers = 1;
        truth.accumulated = movedPoints;
    }
    return truth;
}

std::optional<QString> brokenUnit(Operation operation, const DeviceTruth& truth) {
    if (truth == truthAfter(operation, truth.logRows > 0 ? 1 : 0, truth.lastLogId))
        return std::nullopt;
    return textOf(truth);
}

service::ServiceOptions serviceOptions(int resolveMs) {
    service::ServiceOptions options;
    options.resolveUs = qint64(resolveMs) * 1000;
    return options;
}

service::ApplyRequest festivalEvent(base::DeviceId device, const QString& id) {
    service::ApplyRequest request;
    request.userId = deviceOwner;
    request.deviceId = device;
    request.ruleKey = QStringLiteral("festival");
    request.source = QStringLiteral("device_event");
    request.eventId = id;
    return request;
}

service::ApplyResult perform(service::AffinityService& service, Operation operation, base::DeviceId device,
                             const QString& id) {
    if (operation == Operation::Apply)
        return service.apply(festivalEvent(device, id));
    service::AdjustmentForm form;
    form.userId = deviceOwner;
    form.deviceId = device;
    form.amount = movedPoints;
    form.reasonCode = QStringLiteral("goodwill");
    form.reason = QStringLiteral("a fault");
    form.operationId = id;
    const qint64 noLimit = 1'000'000'000;
    return service::Adjustments(service, {noLimit, noLimit, noLimit}).commit(designerOfFaults(), form, {});
}

bool saysItStands(const service::ApplyResult& result) {
    return result.outcome == Outcome::Applied || result.outcome == Outcome::EventDuplicate;
}

QString textOf(const service::ApplyResult& result) {
    QString text = rules::wireName(result.outcome);
    if (result.error)
        text += QStringLiteral(" (%1: %2)").arg(base::name(result.error->kind), result.error->what);
    return text;
}

FaultClient::FaultClient(const store::ServerTarget& target, const store::ServerOptions& options, int resolveMs,
                         std::unique_ptr<store::Counters> usedCounters)
    : store(openedStore(target, options)),
      counters(std::move(usedCounters)),
      service(*store, *counters, draw, serviceOptions(resolveMs)) {
}

} // namespace affinity::test
