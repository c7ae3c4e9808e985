#include "engine/store/devicepages.h"

#include <algorithm>

namespace affinity::store {

using base::Result;

DeviceCursor cursorOf(const DeviceRow& row, DeviceSort sort) {
    DeviceCursor cursor;
    cursor.id = row.binding.id;
    switch (sort) {
    case DeviceSort::Id:
        break;
    case DeviceSort::Serial:
        cursor.key = row.binding.serial;
        break;
    case DeviceSort::User:
        cursor.key = row.user.username;
        break;
    case DeviceSort::Value:
        cursor.key = QString::number(row.binding.favorability);
        break;
    case DeviceSort::LastActive:
        cursor.isNull = !row.binding.lastActiveAtUs;
        cursor.key = cursor.isNull ? QString() : QString::number(*row.binding.lastActiveAtUs);
        break;
    }
    return cursor;
}

int compare(const DeviceCursor& left, const DeviceCursor& right, DeviceSort sort) {
    if (left.isNull != right.isNull)
        return left.isNull ? -1 : 1;
    if (sort == DeviceSort::Serial || sort == DeviceSort::User) {
        if (left.key != right.key)
            return left.key.toUtf8().compare(right.key.toUtf8()) < 0 ? -1 : 1;
    } else if (sort != DeviceSort::Id && !left.isNull) {
        const qint64 leftNumber = left.key.toLongLong();
        const qint64 rightNumber = right.key.toLongLong();
        if (leftNumber != rightNumber)
            return leftNumber < rightNumber ? -1 : 1;
    }
    return left.id == right.id ? 0 : left.id < right.id ? -1 : 1;
}

namespace {

/// A place just past the cursor's own row in the query's order (or just before it), so that the row itself counts as
/// before (after) it.
DeviceCursor beside(const DeviceQuery& query, bool isAfter) {
    DeviceCursor cursor = *query.cursor;
    cursor.id.value += isAfter != query.isDescending ? 1 : -1;
    return cursor;
}

} // namespace

Result<DevicePage> devicePage(const DeviceQuery& query, const DeviceFetch& fetch) {
    if (query.limit < 1 || query.limit > 1000)
        return base::Error{base::ErrorKind::InvalidInput,
                           QStringLiteral("A page of devices has 1 to 1,000 rows, not %1.").arg(query.limit)};
    // One row more than asked for tells whether the walk goes on.
    Result<std::vector<DeviceRow>> fetched = fetch(query.cursor, query.isBackwards, query.limit + 1);
    if (!fetched)
        return fetched.error();
    DevicePage page;
    page.rows = std::move(fetched).value();
    const bool goesOn = page.rows.size() > static_cast<size_t>(query.limit);
    if (goesOn)
        page.rows.pop_back();
    if (query.isBackwards)
        std::reverse(page.rows.begin(), page.rows.end());

    std::optional<DeviceCursor> first;
    std::optional<DeviceCursor> last;
    if (!page.rows.empty()) {
        first = cursorOf(page.rows.front(), query.sort);
        last = cursorOf(page.rows.back(), query.sort);
    } else if (query.cursor) {
        first = query.isBackwards ? query.cursor : beside(query, true);
        last = query.isBackwards ? beside(query, false) : query.cursor;
    }
    bool isMoreBehind = false;
    if (query.cursor) {
        const Result<std::vector<DeviceRow>> behind = fetch(query.isBackwards ? last : first, !query.isBackwards, 1);
        if (!behind)
            return behind.error();
        isMoreBehind = !behind->empty();
    }
    if (query.isBackwards ? goesOn : isMoreBehind)
        page.previous = first;
    if (query.isBackwards ? isMoreBehind : goesOn)
        page.next = last;
    return page;
}

std::optional<qint64> idFromText(const QString& text) {
    const auto isDigit = [](QChar character) { return character >= u'0' && character <= u'9'; };
    if (!std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && number > 0 ? std::optional(number) : std::nullopt;
}

} // namespace affinity::store
