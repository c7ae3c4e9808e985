#include "engine/service/roleterms.h"

namespace affinity::service {

store::RoleTerms roleTerms(const AdjustmentLimits& limits) {
    return {limits.singlePoints, limits.devicePointsPerDay, limits.operatorPointsPerDay, reasonCodes()};
}

} // namespace affinity::service
