// DeviceFilter: what the list panel asks for; how its chips say it and which query it becomes.
#pragma once

#include "engine/engine.h"

#include <QString>

namespace affinity::ui {

enum class Activity { Any, ActiveIn7Days, IdleFor7Days };

struct DeviceFilter {
    QString text;
    std::optional<base::UserId> userId; ///< only bindings of this user
    std::optional<int> levelAtLeast;
    Activity activity = Activity::Any;
    std::optional<int> valueAtLeast;
    std::optional<int> valueAtMost;
    bool withUnbound = false;

    friend bool operator==(const DeviceFilter&, const DeviceFilter&) = default;
};

/// True when something narrows the list: then an empty list is "no match", not an empty store.
bool isNarrowing(const DeviceFilter& filter);

/// The query of a filter; `nowUs` is what the 7 days are counted from. Sort order and page are left as they are by
/// default.
store::DeviceQuery deviceQuery(const DeviceFilter& filter, qint64 nowUs);

/// The words of each chip while its filter is in force; empty when it is not.
QString userWords(const DeviceFilter& filter);
QString levelWords(const DeviceFilter& filter);
QString activityWords(const DeviceFilter& filter);
QString valueWords(const DeviceFilter& filter);
QString unboundWords(const DeviceFilter& filter);

} // namespace affinity::ui
