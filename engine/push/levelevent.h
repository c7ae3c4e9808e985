// LevelEvent: what a user's clients are told after a device's value changed, as production's frames have it.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"
#include "engine/base/result.h"

#include <variant>
#include <vector>

namespace affinity::push {

/// A value changed: `affinity_update`.
struct AffinityUpdate {
    base::DeviceId deviceId;
    int change = 0; ///< after − before
    int before = 0;
    int after = 0;
    QString ruleKey; ///< "admin" for an adjustment
    QString source;

    friend bool operator==(const AffinityUpdate&, const AffinityUpdate&) = default;
};

/// What a level gave when it was reached.
struct LevelReward {
    int level = 0;
    QString name;
    base::Json rewards = base::Json::array(); ///< passed on as it is stored

    friend bool operator==(const LevelReward&, const LevelReward&) = default;
};

/// The level rose: `level_up`.
struct LevelUp {
    base::DeviceId deviceId;
    int oldLevel = 0;
    int newLevel = 0;
    std::vector<LevelReward> rewards; ///< those granted, by level, ascending

    friend bool operator==(const LevelUp&, const LevelUp&) = default;
};

/// The level fell: `level_down`.
struct LevelDown {
    base::DeviceId deviceId;
    int oldLevel = 0;
    int newLevel = 0;

    friend bool operator==(const LevelDown&, const LevelDown&) = default;
};

using LevelEvent = std::variant<AffinityUpdate, LevelUp, LevelDown>;

/// The event's name in its frame: "affinity_update", "level_up" or "level_down".
QString typeName(const LevelEvent& event);

/// The event as an object, `type` first, members in production's order: the text frame of a WebSocket client, a row's
/// payload, and what channelmessage.h packs.
base::Json toJson(const LevelEvent& event);

/// The event of such an object. Other members (`__asgi_channel__`) are passed over; the order does not matter. Errors:
/// InvalidInput names the first member that is missing or wrong, or a type that is none of the three.
base::Result<LevelEvent> levelEventFromJson(const base::Json& object);

} // namespace affinity::push
