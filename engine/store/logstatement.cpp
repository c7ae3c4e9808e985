#include "engine/store/logstatement.h"

#include "engine/store/sqlrows.h"

namespace affinity::store {

BoundStatement logStatement(const LogQuery& query, const SchemaShape& shape) {
    QStringList conditions;
    BoundStatement made;
    const auto where = [&](const QString& condition, const QVariant& value) {
        conditions << condition;
        made.values << value;
    };
    if (query.deviceId)
        where(QStringLiteral("l.device_id = ?"), query.deviceId->value);
    if (query.userId)
        where(QStringLiteral("l.user_id = ?"), query.userId->value);
    if (!query.eventId.isEmpty())
        where(QStringLiteral("l.event_id = ?"), query.eventId);
    if (query.beforeId)
        where(QStringLiteral("l.id < ?"), query.beforeId->value);
    if (query.afterId)
        where(QStringLiteral("l.id > ?"), query.afterId->value);
    if (query.fromUs)
        where(QStringLiteral("l.created_at >= ?"), timeValue(*query.fromUs));
    if (query.toUs)
        where(QStringLiteral("l.created_at < ?"), timeValue(*query.toUs));
    made.text = QStringLiteral("SELECT %1 %2 WHERE %3 ORDER BY l.id%4 LIMIT ?")
                    .arg(logColumns(shape), logTables(shape),
                         conditions.isEmpty() ? QStringLiteral("TRUE") : conditions.join(QStringLiteral(" AND ")),
                         query.isOldestFirst ? QString() : QStringLiteral(" DESC"));
    made.values << query.limit + 1;
    return made;
}

} // namespace affinity::store
