#include "engine/store/schema.h"

#include "engine/store/sqlrows.h"

#include <QFileInfo>
#include <QSet>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

struct TableNeed {
    const char* table;
    std::vector<const char*> columns;
};

const std::vector<TableNeed>& productionTables() {
    static const std::vector<TableNeed> needs{
        {"userapp_paradiseuser", {"id", "username", "nickname", "is_active", "created_at"}},
        {"device_interaction_userdevice",
         {"id", "user_id", "device_serial", "nickname", "favorability", "affinity_level", "last_active_at", "bound_at",
          "unbound_at"}},
        {"userapp_affinitysetting",
         {"id", "max_affinity", "global_daily_cap", "timezone", "enable_notify", "updated_at"}},
        {"userapp_affinityrule",
         {"id", "rule_key", "name", "min_change", "max_change", "single_cap", "daily_cap", "cooldown_seconds",
          "is_enabled", "is_deleted", "created_at", "updated_at"}},
        {"userapp_affinitylevel", {"id", "level", "min_value", "name", "rewards"}},
        {"userapp_affinitylog",
         {"id", "user_id", "device_id", "rule_id", "rule_key", "change_value", "before_value", "after_value", "source",
          "event_id", "reason", "metadata", "operator_admin_id", "created_at"}},
        {"userapp_useraffinitydailycounter",
         {"id", "device_id", "rule_id", "date", "accumulated_change", "trigger_count"}},
        {"userapp_userlevelrewardgrant", {"id", "device_id", "level", "rewards", "granted_at"}},
        {"auth_user", {"id", "username", "password", "is_active", "is_staff", "is_superuser"}},
        {"auth_group", {"id", "name"}},
        {"auth_user_groups", {"user_id", "group_id"}},
    };
    return needs;
}

const QString versionTable = QStringLiteral("affinity_console_schema_version");
const QString settingTable = QStringLiteral("userapp_affinitysetting");

using Columns = QSet<std::pair<QString, QString>>;

Error missing(const QString& fileName, const QString& what) {
    return {ErrorKind::Damaged, QStringLiteral("%1 is not a store of the affinity service: %2 is missing. Check that "
                                               "this is the right file.")
                                    .arg(fileName, what)};
}

Result<void> checkTables(const QString& fileName, const Columns& columns) {
    for (const TableNeed& need : productionTables()) {
        const QString table = QString::fromLatin1(need.table);
        if (!columns.contains({table, QStringLiteral("id")}))
            return missing(fileName, QStringLiteral("table %1").arg(table));
        for (const char* name : need.columns) {
            const QString column = QString::fromLatin1(name);
            if (!columns.contains({table, column}))
                return missing(fileName, QStringLiteral("column %1 of table %2").arg(column, table));
        }
    }
    return {};
}

/// A file that lost its end shows only when one of the lost pages is read. Its header still knows its size; a
/// write-ahead log beside it may hold the newest pages, so then nothing can be said.
Result<void> checkLength(SqlConnection& connection) {
    const QString& fileName = connection.name();
    if (QFileInfo(fileName + QStringLiteral("-wal")).size() > 0)
        return {};
    const auto size = connection.selectOne(Statement::SelectFileSize, {}, readNumber);
    if (!size)
        return size.error();
    if (size->value_or(0) > QFileInfo(fileName).size())
        return Error{ErrorKind::Damaged,
                     QStringLiteral("%1 is damaged: it has %2 bytes and should have %3. Keep the file and restore a "
                                    "backup.")
                         .arg(fileName)
                         .arg(QFileInfo(fileName).size())
                         .arg(**size)};
    return {};
}

} // namespace

Result<SchemaFacts> inspectSchema(SqlConnection& connection) {
    const auto rows = connection.select(Statement::SelectColumns, {}, [](const SqlRow& row) {
        return std::pair(row.value(0).toString(), row.value(1).toString());
    });
    if (!rows)
        return rows.error();
    const Columns columns(rows->begin(), rows->end());
    if (connection.shape().dialect == Dialect::Sqlite) {
        if (const Result<void> done = checkLength(connection); !done)
            return done.error();
    }
    if (const Result<void> done = checkTables(connection.name(), columns); !done)
        return done.error();

    SchemaFacts facts;
    facts.shape.dialect = connection.shape().dialect;
    facts.shape.hasDecay = columns.contains({settingTable, QStringLiteral("decay_enabled")}) &&
                           columns.contains({settingTable, QStringLiteral("decay_idle_days")}) &&
                           columns.contains({settingTable, QStringLiteral("decay_rule_key")});
    if (!columns.contains({versionTable, QStringLiteral("version")}))
        return facts;
    const auto versions = connection.select(Statement::SelectSchemaVersions, {}, readNumber);
    if (!versions)
        return versions.error();
    for (const qint64 version : *versions)
        facts.versions.push_back(static_cast<int>(version));
    if (!facts.versions.empty() && facts.versions.back() > newestSchemaVersion)
        return Error{ErrorKind::CannotConnect,
                     QStringLiteral("%1 has the console's tables in version %2; this program knows versions up to %3. "
                                    "Update Affinity Console to open it.")
                         .arg(connection.name())
                         .arg(facts.versions.back())
                         .arg(newestSchemaVersion)};
    facts.isEmbedded = !facts.versions.empty() && facts.versions.front() == 1;
    facts.shape.isPrepared = !facts.versions.empty() && facts.versions.back() >= 2;
    facts.shape.hasOutbox = !facts.versions.empty() && facts.versions.back() >= 3;
    if (facts.shape.isPrepared &&
        !columns.contains({QStringLiteral("affinity_console_log_note"), QStringLiteral("log_id")}))
        return missing(connection.name(), QStringLiteral("table affinity_console_log_note"));
    for (const char* table :
         {"affinity_console_outbox", "affinity_console_reward_delivery", "affinity_console_relay_lease"}) {
        const QString name = QString::fromLatin1(table);
        if (facts.shape.hasOutbox && !columns.contains({name, QStringLiteral("id")}))
            return missing(connection.name(), QStringLiteral("table %1").arg(name));
    }
    return facts;
}

} // namespace affinity::store
