#include "engine/store/statements.h"

namespace affinity::store {

namespace {

QString selectTablesText(Dialect dialect) {
    if (dialect == Dialect::PostgreSql) // of the schema in which a bare name means the service's log
        return QStringLiteral(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = (SELECT l.relnamespace "
            "FROM pg_class l WHERE l.oid = to_regclass('userapp_affinitylog')) ORDER BY c.relname");
    return QStringLiteral("SELECT table_schema, table_name FROM information_schema.tables "
                          "WHERE table_schema = database() ORDER BY table_name");
}

/// Rights on single columns count, as those that the roles have.
QString selectRightsText(Dialect dialect) {
    if (dialect == Dialect::PostgreSql)
        return QStringLiteral(
            "SELECT has_column_privilege('device_interaction_userdevice', 'favorability', 'UPDATE'), "
            "coalesce(has_function_privilege(to_regprocedure('affinity_console_commit_adjustment(jsonb)'), "
            "'EXECUTE'), false), "
            "coalesce(has_table_privilege(to_regclass('affinity_console_relay_lease'), 'UPDATE'), false), "
            "coalesce(has_function_privilege(to_regprocedure('affinity_console_operator(text)'), 'EXECUTE'), false) "
            "AND NOT has_column_privilege('auth_user', 'password', 'SELECT')");
    const QString rights = QStringLiteral("(SELECT privileges FROM information_schema.columns WHERE table_schema = "
                                          "database() AND table_name = '%1' AND column_name = '%2')");
    return QStringLiteral("SELECT %1, %2")
        .arg(rights.arg(QLatin1String("device_interaction_userdevice"), QLatin1String("favorability")),
             rights.arg(QLatin1String("affinity_console_relay_lease"), QLatin1String("lease_until")));
}

} // namespace

QString rightsText(Statement statement, Dialect dialect) {
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
        return selectTablesText(dialect);
    case Statement::SelectRights:
        return selectRightsText(dialect);
    default:
        return {};
    }
}

} // namespace affinity::store
