#include "engine/rules/trace.h"

#include <array>

namespace affinity::rules {

QString name(Step step) {
    static constexpr std::array names{
        QLatin1String("event_id"),         QLatin1String("rule"),   QLatin1String("cooldown"),
        QLatin1String("binding"),          QLatin1String("change"), QLatin1String("rule_daily_cap"),
        QLatin1String("global_daily_cap"), QLatin1String("bounds"), QLatin1String("level"),
    };
    return names.at(static_cast<size_t>(step));
}

QString name(Verdict verdict) {
    static constexpr std::array names{QLatin1String("passed"), QLatin1String("cut"), QLatin1String("stopped")};
    return names.at(static_cast<size_t>(verdict));
}

} // namespace affinity::rules
