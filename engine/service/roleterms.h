// What the database's own check of an adjustment has to know of this program: limits and reason codes.
#pragma once

#include "engine/service/adjustments.h"
#include "engine/store/roles.h"

namespace affinity::service {

store::RoleTerms roleTerms(const AdjustmentLimits& limits = {});

} // namespace affinity::service
