#include "engine/store/devicestatement.h"

#include "engine/store/sqlrows.h"
#include "engine/store/statements.h"

namespace affinity::store {

namespace {

/// Which devices one statement lists, of those sorted by last activity.
enum class Segment { All, NeverActive, Active };

QString sortColumn(DeviceSort sort) {
    switch (sort) {
    case DeviceSort::Id:
        return QStringLiteral("d.id");
    case DeviceSort::Serial:
        return QStringLiteral("d.device_serial");
    case DeviceSort::User:
        return QStringLiteral("u.username");
    case DeviceSort::Value:
        return QStringLiteral("d.favorability");
    case DeviceSort::LastActive:
        return QStringLiteral("d.last_active_at");
    }
    return {};
}

QVariant sortValue(const DeviceCursor& cursor, DeviceSort sort) {
    if (sort == DeviceSort::Value)
        return cursor.key.toLongLong();
    if (sort == DeviceSort::LastActive)
        return timeValue(cursor.key.toLongLong());
    return textValue(cursor.key);
}

/// A nickname's fragment as a LIKE pattern; its own wildcards mean themselves.
QString likePattern(QString fragment) {
    for (const QChar special : {QLatin1Char('!'), QLatin1Char('%'), QLatin1Char('_')}) // '!' first: it is the escape
        fragment.replace(special, QString(QLatin1Char('!')) + special);
    return QLatin1Char('%') + fragment + QLatin1Char('%');
}

class Builder {
public:
    void where(const QString& condition, const QVariantList& values = {}) {
        m_conditions << condition;
        m_values << values;
    }

    void addFilters(const DeviceQuery& query) {
        if (!query.withUnbound)
            where(QStringLiteral("d.unbound_at IS NULL"));
        if (query.userId)
            where(QStringLiteral("d.user_id = ?"), {query.userId->value});
        if (query.level)
            where(QStringLiteral("d.affinity_level = ?"), {*query.level});
        if (query.levelAtLeast)
            where(QStringLiteral("d.affinity_level >= ?"), {*query.levelAtLeast});
        if (query.valueAtLeast)
            where(QStringLiteral("d.favorability >= ?"), {*query.valueAtLeast});
        if (query.valueAtMost)
            where(QStringLiteral("d.favorability <= ?"), {*query.valueAtMost});
        if (query.activeSinceUs)
            where(QStringLiteral("d.last_active_at >= ?"), {timeValue(*query.activeSinceUs)});
        if (query.inactiveSinceUs)
            where(QStringLiteral("(d.last_active_at IS NULL OR d.last_active_at < ?)"),
                  {timeValue(*query.inactiveSinceUs)});
    }

    /// Rows after the cursor. The first condition alone bounds the index; the second cuts off equal keys.
    void addCursor(const DeviceCursor& cursor, DeviceSort sort, Segment segment, bool isDescending) {
        const QString sign = isDescending ? QStringLiteral("<") : QStringLiteral(">");
        if (sort == DeviceSort::Id || segment == Segment::NeverActive) {
            where(QStringLiteral("d.id %1 ?").arg(sign), {cursor.id.value});
            return;
        }
        const QString column = sortColumn(sort);
        const QVariant key = sortValue(cursor, sort);
        where(QStringLiteral("%1 %2= ?").arg(column, sign), {key});
        where(QStringLiteral("(%1 %2 ? OR d.id %2 ?)").arg(column, sign), {key, cursor.id.value});
    }

    BoundStatement statement(const QString& tables, const QString& order, int limit) const {
        BoundStatement made;
        made.text =
            QStringLiteral("SELECT %1 FROM %2 WHERE %3 ORDER BY %4 LIMIT ?")
                .arg(deviceColumns(), tables,
                     m_conditions.isEmpty() ? QStringLiteral("TRUE") : m_conditions.join(QStringLiteral(" AND ")),
                     order);
        made.values = m_values;
        made.values << limit;
        return made;
    }

private:
    QStringList m_conditions;
    QVariantList m_values;
};

/// The table that is walked comes first (CROSS JOIN keeps SQLite from turning it round).
QString tablesOf(const DeviceQuery& query, bool hasNamed, Dialect dialect) {
    const QString devices = QStringLiteral("device_interaction_userdevice d");
    const QString users = QStringLiteral("userapp_paradiseuser u");
    const auto chain = [](const QString& first, const QString& second) { return first + QLatin1Char(' ') + second; };
    const QString userOfDevice = joined(dialect, users, QStringLiteral("u.id = d.user_id"));
    if (hasNamed) {
        const QString named = chain(listTable(dialect, QStringLiteral("named"), ListOf::Numbers),
                                    joined(dialect, devices, QStringLiteral("d.id = named.value")));
        return chain(named, userOfDevice);
    }
    if (query.sort == DeviceSort::User && !query.userId)
        return chain(users, joined(dialect, devices, QStringLiteral("d.user_id = u.id")));
    return chain(devices, userOfDevice);
}

QString orderOf(DeviceSort sort, Segment segment, bool isDescending) {
    const QString direction = isDescending ? QStringLiteral(" DESC") : QString();
    const QString byId = QStringLiteral("d.id") + direction;
    if (sort == DeviceSort::Id || segment == Segment::NeverActive)
        return byId;
    return sortColumn(sort) + direction + QStringLiteral(", ") + byId;
}

BoundStatement segmentStatement(const DeviceQuery& query, const std::vector<qint64>& named, Segment segment,
                                const std::optional<DeviceCursor>& cursor, bool isDescending, int limit,
                                Dialect dialect) {
    Builder builder;
    if (!named.empty())
        builder.where(QStringLiteral("TRUE"), {QString::fromLatin1(base::pythonJson(base::Json(named)))});
    else if (const QString fragment = query.text.trimmed(); !fragment.isEmpty())
        builder.where(QStringLiteral("(lower(d.nickname) LIKE lower(?) ESCAPE '!' "
                                     "OR lower(u.nickname) LIKE lower(?) ESCAPE '!')"),
                      {likePattern(fragment), likePattern(fragment)});
    if (segment != Segment::All)
        builder.where(segment == Segment::NeverActive ? QStringLiteral("d.last_active_at IS NULL")
                                                      : QStringLiteral("d.last_active_at IS NOT NULL"));
    if (cursor)
        builder.addCursor(*cursor, query.sort, segment, isDescending);
    builder.addFilters(query);
    return builder.statement(tablesOf(query, !named.empty(), dialect), orderOf(query.sort, segment, isDescending),
                             limit);
}

} // namespace

std::vector<BoundStatement> deviceStatements(const DeviceQuery& query, const std::vector<qint64>& named,
                                             const std::optional<DeviceCursor>& cursor, bool isReversed, int limit,
                                             Dialect dialect) {
    const bool isDescending = query.isDescending != isReversed;
    const auto made = [&](Segment segment, const std::optional<DeviceCursor>& from) {
        return segmentStatement(query, named, segment, from, isDescending, limit, dialect);
    };
    if (query.sort != DeviceSort::LastActive)
        return {made(Segment::All, cursor)};
    // Devices that were never active come first when ascending and last when descending. A cursor among the later
    // ones has passed the first segment.
    const Segment first = isDescending ? Segment::Active : Segment::NeverActive;
    const Segment second = isDescending ? Segment::NeverActive : Segment::Active;
    const bool isInSecond = cursor && cursor->isNull == isDescending;
    if (isInSecond)
        return {made(second, cursor)};
    return {made(first, cursor), made(second, std::nullopt)};
}

} // namespace affinity::store
