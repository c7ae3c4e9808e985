#include "engine/store/statements.h"

namespace affinity::store {

namespace {

/// A table as a text that the server reads as its name.
QString quotedTable(const SchemaShape& shape, const QString& table) {
    const QStringList parts = physicalTable(shape.mapping, table).split(QLatin1Char('.'));
    return QStringLiteral("'\"%1\"'").arg(parts.join(QStringLiteral("\".\"")));
}

QString quotedColumn(const SchemaShape& shape, const QString& table, const QString& column) {
    return QStringLiteral("'%1'").arg(physicalColumn(shape.mapping, table, column));
}

const QString devices = QStringLiteral("device_interaction_userdevice");
const QString value = QStringLiteral("favorability");
const QString staff = QStringLiteral("auth_user");

QString selectTablesText(const SchemaShape& shape) {
    if (shape.dialect == Dialect::PostgreSql) // of the schema in which a bare name means the service's log
        return QStringLiteral(
                   "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                   "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = (SELECT l.relnamespace "
                   "FROM pg_class l WHERE l.oid = to_regclass(%1)) ORDER BY c.relname")
            .arg(quotedTable(shape, QStringLiteral("userapp_affinitylog")));
    return QStringLiteral("SELECT table_schema, table_name FROM information_schema.tables "
                          "WHERE table_schema = database() ORDER BY table_name");
}

/// Rights on single columns count, as those that the roles have.
QString postgresRightsText(const SchemaShape& shape) {
    return QStringLiteral(
               "SELECT has_column_privilege(%1, %2, 'UPDATE'), "
               "coalesce(has_function_privilege(to_regprocedure('affinity_console_commit_adjustment(jsonb)'), "
               "'EXECUTE'), false), "
               "coalesce(has_table_privilege(to_regclass('affinity_console_relay_lease'), 'UPDATE'), false), "
               "coalesce(has_function_privilege(to_regprocedure('affinity_console_operator(text)'), 'EXECUTE'), "
               "false) AND NOT has_column_privilege(%3, %4, 'SELECT')")
        .arg(quotedTable(shape, devices), quotedColumn(shape, devices, value), quotedTable(shape, staff),
             quotedColumn(shape, staff, QStringLiteral("password")));
}

QString mariaDbRightsText(const SchemaShape& shape) {
    const auto rights = [](const QString& table, const QString& quotedName) {
        const QString schema = schemaOf(table);
        return QStringLiteral("(SELECT privileges FROM information_schema.columns WHERE table_schema = %1 AND "
                              "table_name = '%2' AND column_name = %3)")
            .arg(schema.isEmpty() ? QStringLiteral("database()") : QStringLiteral("'%1'").arg(schema),
                 table.mid(schema.isEmpty() ? 0 : schema.size() + 1), quotedName);
    };
    return QStringLiteral("SELECT %1, %2")
        .arg(rights(physicalTable(shape.mapping, devices), quotedColumn(shape, devices, value)),
             rights(QStringLiteral("affinity_console_relay_lease"), QStringLiteral("'lease_until'")));
}

} // namespace

QString rightsText(Statement statement, const SchemaShape& shape) {
    switch (statement) {
    case Statement::LockBindingByFunction:
        return QStringLiteral("SELECT d.id, d.user_id, d.device_serial, d.nickname, d.favorability, d.affinity_level, "
                              "d.last_active_at, d.bound_at, d.unbound_at FROM affinity_console_lock_device(?) d");
    case Statement::SelectOperatorByFunction:
        return QStringLiteral("SELECT o.id, o.username, o.is_active, o.is_staff, o.is_superuser, o.is_designer, "
                              "o.password FROM affinity_console_operator(?) o");
    case Statement::CommitAdjustment:
        return QStringLiteral("SELECT affinity_console_commit_adjustment(?)");
    case Statement::WriteOutboxByFunction:
        return QStringLiteral("SELECT affinity_console_write_outbox(?, ?)");
    case Statement::SelectTables:
        return selectTablesText(shape);
    case Statement::SelectRights:
        return shape.dialect == Dialect::PostgreSql ? postgresRightsText(shape) : mariaDbRightsText(shape);
    default:
        return {};
    }
}

} // namespace affinity::store
