// The statement of one page of devices: put together from the sort, the cursor and the filters that are given.
#pragma once

#include "engine/store/dialect.h"
#include "engine/store/queries.h"

#include <QVariantList>

namespace affinity::store {

/// A text with its values, in the order of its question marks.
struct BoundStatement {
    QString text;
    QVariantList values;
};

/// The statements whose rows, one after the other, follow the cursor in the query's order (against it when
/// `isReversed`): one, or two where devices that were never active stand apart. `named`: the devices that the query's
/// text names; without any the text is a fragment of a nickname.
std::vector<BoundStatement> deviceStatements(const DeviceQuery& query, const std::vector<qint64>& named,
                                             const std::optional<DeviceCursor>& cursor, bool isReversed, int limit,
                                             Dialect dialect);

} // namespace affinity::store
