#include "engine/service/pushes.h"

namespace affinity::service {

std::vector<push::LevelEvent> pushEventsOf(const Action& action, const rules::Decision& decision,
                                           const ApplyResult& result) {
    std::vector<push::LevelEvent> events;
    if (!decision.effects.pushes)
        return events;
    events.push_back(push::AffinityUpdate{action.deviceId, decision.change, decision.before, decision.after,
                                          action.ruleKey, action.source});
    if (decision.newLevel > decision.oldLevel) {
        push::LevelUp levelUp{action.deviceId, decision.oldLevel, decision.newLevel, {}};
        for (const RewardResult& reward : result.rewardsGranted)
            levelUp.rewards.push_back({reward.level, reward.name, reward.rewards});
        events.push_back(std::move(levelUp));
    } else if (decision.newLevel < decision.oldLevel) {
        events.push_back(push::LevelDown{action.deviceId, decision.oldLevel, decision.newLevel});
    }
    return events;
}

} // namespace affinity::service
