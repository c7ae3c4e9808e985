#include "engine/rules/outcome.h"

#include <array>

namespace affinity::rules {

namespace {

struct Named {
    Outcome outcome;
    QLatin1String name;
};

constexpr std::array names{
    Named{Outcome::Applied, QLatin1String("applied")},
    Named{Outcome::NoRule, QLatin1String("noop_no_rule")},
    Named{Outcome::Cooldown, QLatin1String("noop_cooldown")},
    Named{Outcome::RuleDailyCap, QLatin1String("noop_rule_daily_cap")},
    Named{Outcome::GlobalDailyCap, QLatin1String("noop_global_daily_cap")},
    Named{Outcome::EventDuplicate, QLatin1String("noop_event_duplicate")},
    Named{Outcome::ValueBoundary, QLatin1String("noop_value_boundary")},
    Named{Outcome::Error, QLatin1String("error")},
    Named{Outcome::InDoubt, QLatin1String("in_doubt")},
};

} // namespace

QString wireName(Outcome outcome) {
    return names.at(static_cast<size_t>(outcome)).name;
}

std::optional<Outcome> outcomeFromWireName(QStringView name) {
    for (const Named& named : names) {
        if (named.name == name)
            return named.outcome;
    }
    return std::nullopt;
}

} // namespace affinity::rules
