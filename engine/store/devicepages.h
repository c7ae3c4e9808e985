// Device pages: what memory and SQL share of keyset paging over every sort, forwards and backwards.
#pragma once

#include "engine/base/result.h"
#include "engine/store/queries.h"

#include <functional>

namespace affinity::store {

/// The cursor that stands on a row.
DeviceCursor cursorOf(const DeviceRow& row, DeviceSort sort);

/// Negative when `left` comes first ascending. Text compares as UTF-8 bytes, as SQLite's BINARY collation does; devices
/// that were never active come before all others; ids break ties.
int compare(const DeviceCursor& left, const DeviceCursor& right, DeviceSort sort);

/// Fetches up to `limit` rows that follow the cursor (all rows without one), in the query's order, or against it when
/// `isReversed`.
using DeviceFetch = std::function<base::Result<std::vector<DeviceRow>>(const std::optional<DeviceCursor>& cursor,
                                                                       bool isReversed, int limit)>;

/// One page, and whether rows stand before and after it. InvalidInput for a limit outside 1 to 1,000.
base::Result<DevicePage> devicePage(const DeviceQuery& query, const DeviceFetch& fetch);

/// The number a text of ASCII digits means, if it is one above 0 that fits.
std::optional<qint64> idFromText(const QString& text);

} // namespace affinity::store
