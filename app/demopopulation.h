// The demo store's population: which devices there are, who binds them when, and the simulations that move them.
#pragma once

#include "app/demostore.h"
#include "engine/rules/records.h"
#include "engine/service/requests.h"
#include "engine/sim/plainkernel.h"

#include <vector>

namespace affinity::app {

/// Devices that were bound on the same local day, as one simulation: a device that comes later is simulated from its
/// day on. The first cohort was bound before the history begins and has start values; the others start at nothing.
struct DemoCohort {
    sim::Horizon horizon;
    qint64 firstDevice = 0; ///< of the population; numbers go on from cohort to cohort
    qint64 devices = 0;
    bool isNew = true; ///< bound within the history
};

struct DemoPlan {
    rules::RuleSet ruleSet; ///< ids and times given
    quint64 seed = 0;
    qint64 startUs = 0; ///< of the history: a local midnight
    qint64 endUs = 0;   ///< of the history: the last local midnight
    std::vector<DemoCohort> cohorts;
};

/// The demo scenario on the store's dates, cut into cohorts. Its calendar is left out: rules that change meanwhile
/// would have to be edited meanwhile, and nothing keeps their earlier versions to explain rows by.
base::Result<DemoPlan> demoPlan(const DemoOptions& options);

/// What the simulator knows of a device.
struct DemoCourse {
    qint64 device = 0; ///< of the population
    bool isNew = false;
    int startValue = 0;
    qint64 cohortStartUs = 0;
    std::optional<qint64> firstEventUs; ///< of any outcome
};

/// Bindings and users as they are before the first event (an unbinding's time stands there already), by id, which is
/// the order of binding. A serial's number is the device's of the population + 1. Courses are by device.
struct DemoPeople {
    std::vector<rules::User> users;
    std::vector<rules::Binding> bindings;
};
DemoPeople demoPeople(const DemoPlan& plan, const std::vector<DemoCourse>& courses);

/// The number in a binding's serial that names its device of the population.
qint64 demoDevice(const rules::Binding& binding);

/// The instant of a simulated event, and the call that it stands for.
qint64 eventTimeUs(const DemoCohort& cohort, const sim::ObservedEvent& event);
service::ApplyRequest demoRequest(const rules::Binding& binding, const DemoCohort& cohort,
                                  const sim::ObservedEvent& event);

/// Grants of the levels that devices had reached before the history, oldest first.
std::vector<rules::Grant> earlierGrants(const DemoPlan& plan, const std::vector<rules::Binding>& bindings);

} // namespace affinity::app
