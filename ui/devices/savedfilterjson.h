// Saved filters as JSON: the form of their file, version 1, and what can be wrong with one.
#pragma once

#include "ui/devices/savedfilters.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace affinity::ui {

/// What a file says. `damage` is the first fault, as a part of a sentence; then there are no filters.
struct FilterFile {
    std::vector<SavedFilter> filters;
    QString damage;
    bool isOfNewerProgram = false;

    friend bool operator==(const FilterFile&, const FilterFile&) = default;
};

/// {"version": 1, "filters": [{"name": …, "text": …, "user_id": …, "level_at_least": …, "activity": "any",
/// "value_at_least": …, "value_at_most": …, "with_unbound": false, "sort": "id", "descending": false}]}. Members that
/// hold nothing are left out; unknown members are ignored.
FilterFile filtersFromJson(const QByteArray& text);
QByteArray jsonFromFilters(const std::vector<SavedFilter>& filters);

/// Filter and order of a list, in the members of a saved filter; nothing when a member means nothing.
QJsonObject jsonFromView(const DeviceView& view);
std::optional<DeviceView> viewFromJson(const QJsonObject& object);

} // namespace affinity::ui
