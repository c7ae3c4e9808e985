// FaultClient: the engine's service on a real server, and the two operations whose faults are tested.
#pragma once

#include "engine/service/adjustments.h"
#include "engine/service/random.h"
#include "tests/faults/faultserver.h"

namespace affinity::test {

/// Both move a new device from 48 to 128 points, over levels 2 and 3, whose rewards are granted.
enum class Operation { Apply, Adjust };

inline constexpr Operation allOperations[]{Operation::Apply, Operation::Adjust};

QString name(Operation operation);

/// What stands after `effects` operations of one kind on a new device, 0 or 1. `logId` is the row's.
DeviceTruth truthAfter(Operation operation, int effects, qint64 logId);

/// Nothing when the rows are those after 0 or 1 effects; else what they are instead.
std::optional<QString> brokenUnit(Operation operation, const DeviceTruth& truth);

/// Counters that know nothing, so that the log alone must hold everything.
class NoCounters final : public store::Counters {
public:
    base::Result<store::CounterFacts> read(const store::CounterQuery&) override { return store::CounterFacts{}; }
    base::Result<void> confirm(const store::CounterConfirm&) override { return {}; }
    base::Result<std::vector<store::CounterEntry>> entries() override { return std::vector<store::CounterEntry>(); }
};

/// A service that gives a commit in doubt up after `resolveMs`, where the service waits for it at all.
service::ServiceOptions serviceOptions(int resolveMs);

/// The event of Operation::Apply: 80 points of the 100 that a device may get in a day.
service::ApplyRequest festivalEvent(base::DeviceId device, const QString& id);

/// Carries the operation out; the same id again is a retry of the caller. Ids have at most 64 characters.
service::ApplyResult perform(service::AffinityService& service, Operation operation, base::DeviceId device,
                             const QString& id);

/// True when the result says that the operation's effect stands: by this call or by an earlier one.
bool saysItStands(const service::ApplyResult& result);
/// The outcome's wire name; "applied earlier" of adjustments is "applied".
QString textOf(const service::ApplyResult& result);

/// Made, used and destroyed on one thread.
struct FaultClient {
    FaultClient(const store::ServerTarget& target, const store::ServerOptions& options, int resolveMs,
                std::unique_ptr<store::Counters> usedCounters = std::make_unique<NoCounters>());

    service::ApplyResult perform(Operation operation, base::DeviceId device, const QString& id) {
        return test::perform(service, operation, device, id);
    }

    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Counters> counters;
    service::SystemDraw draw;
    service::AffinityService service;
};

} // namespace affinity::test
