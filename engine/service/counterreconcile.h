// Reconcile's look at the counters: what Redis holds of a device beside what the log says of today.
#pragma once

#include "engine/service/counterrebuild.h"
#include "engine/service/reconcile.h"

namespace affinity::service {

/// How the counters of one device differ from the log, by sentence. Looks twice, since an event may be on its way from
/// the log to the counters. Reads only. Errors: of the store, of the counters.
base::Result<std::vector<Finding>> counterFindings(store::Store& store, store::Counters& counters,
                                                   const RaiseScope& scope, base::DeviceId id);

} // namespace affinity::service
