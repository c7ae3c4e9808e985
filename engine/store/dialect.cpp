#include "engine/store/dialect.h"

namespace affinity::store {

QString withoutIndex(Dialect dialect, const QString& column) {
    return dialect == Dialect::Sqlite ? QLatin1Char('+') + column : column;
}

QString greatest(Dialect dialect, const QString& left, const QString& right) {
    const QString function = dialect == Dialect::Sqlite ? QStringLiteral("max") : QStringLiteral("greatest");
    return QStringLiteral("%1(%2, %3)").arg(function, left, right);
}

QString joined(Dialect dialect, const QString& table, const QString& condition) {
    const QString join = dialect == Dialect::Sqlite ? QStringLiteral("CROSS JOIN") : QStringLiteral("JOIN");
    return QStringLiteral("%1 %2 ON %3").arg(join, table, condition);
}

QString jsonMember(Dialect dialect, const QString& column, const QString& member) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("CAST(json_extract(%1, '$.%2') AS TEXT)").arg(column, member);
    case Dialect::PostgreSql:
        return QStringLiteral("(%1 ->> '%2')").arg(column, member);
    case Dialect::MariaDb:
        return QStringLiteral("json_value(%1, '$.%2')").arg(column, member);
    }
    return {};
}

QString listTable(Dialect dialect, const QString& alias, ListOf kind) {
    const bool isNumbers = kind == ListOf::Numbers;
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("json_each(?) %1").arg(alias);
    case Dialect::PostgreSql:
        return QStringLiteral("(SELECT CAST(e.value AS %1) AS value, e.place FROM "
                              "jsonb_array_elements_text(CAST(? AS jsonb)) WITH ORDINALITY AS e(value, place)) %2")
            .arg(isNumbers ? QStringLiteral("bigint") : QStringLiteral("timestamptz"), alias);
    case Dialect::MariaDb:
        return QStringLiteral("json_table(?, '$[*]' COLUMNS (place FOR ORDINALITY, value %1 PATH '$')) %2")
            .arg(isNumbers ? QStringLiteral("bigint") : QStringLiteral("datetime(6)"), alias);
    }
    return {};
}

QString listPlace(Dialect dialect, const QString& alias) {
    return alias + (dialect == Dialect::Sqlite ? QStringLiteral(".key") : QStringLiteral(".place"));
}

QString name(Dialect dialect) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("sqlite");
    case Dialect::PostgreSql:
        return QStringLiteral("postgresql");
    case Dialect::MariaDb:
        return QStringLiteral("mariadb");
    }
    return {};
}

} // namespace affinity::store
