#include "engine/store/statements.h"

#include "engine/store/productionschema.h"

namespace affinity::store {

namespace {

QString bindingColumns() {
    return QStringLiteral("d.id, d.user_id, d.device_serial, d.nickname, d.favorability, d.affinity_level, "
                          "d.last_active_at, d.bound_at, d.unbound_at");
}

QString bindingText() {
    return QStringLiteral("SELECT %1 FROM device_interaction_userdevice d WHERE d.id = ?").arg(bindingColumns());
}

QString ruleColumns() {
    return QStringLiteral("id, rule_key, name, min_change, max_change, single_cap, daily_cap, cooldown_seconds, "
                          "is_enabled, is_deleted, updated_at");
}

QString settingText(const SchemaShape& shape) {
    const QString decay = shape.hasDecay ? QStringLiteral("decay_enabled, decay_idle_days, decay_rule_key")
                                         : QStringLiteral("NULL, NULL, NULL");
    return QStringLiteral("SELECT max_affinity, global_daily_cap, timezone, enable_notify, updated_at, %1 "
                          "FROM userapp_affinitysetting WHERE id = 1")
        .arg(decay);
}

QString editSettingText(const SchemaShape& shape) {
    const QString decay = shape.hasDecay ? QStringLiteral(", decay_enabled = coalesce(?, decay_enabled), "
                                                          "decay_idle_days = coalesce(?, decay_idle_days), "
                                                          "decay_rule_key = coalesce(?, decay_rule_key)")
                                         : QString();
    return QStringLiteral("UPDATE userapp_affinitysetting SET max_affinity = coalesce(?, max_affinity), "
                          "global_daily_cap = coalesce(?, global_daily_cap), timezone = coalesce(?, timezone), "
                          "enable_notify = coalesce(?, enable_notify), updated_at = ?%1 WHERE id = 1")
        .arg(decay);
}

/// One log entry by a condition.
QString entryText(const SchemaShape& shape, const QString& condition) {
    return QStringLiteral("SELECT %1 %2 WHERE %3 ORDER BY l.id LIMIT 1")
        .arg(logColumns(shape), logTables(shape), condition);
}

/// One log entry by a condition on its note, which comes first so that the note's own index is used.
QString entryByNoteText(const SchemaShape& shape, const QString& condition) {
    return QStringLiteral("SELECT %1 FROM affinity_console_log_note n %2 WHERE %3")
        .arg(logColumns(shape),
             joined(shape.dialect, QStringLiteral("userapp_affinitylog l"), QStringLiteral("l.id = n.log_id")),
             condition);
}

/// One adjustment by a member of its metadata.
QString entryByMetadataText(const SchemaShape& shape, const QString& member) {
    return entryText(shape, QStringLiteral("l.rule_key = 'admin' AND l.rule_id IS NULL AND %1 = ?")
                                .arg(jsonMember(shape.dialect, QStringLiteral("l.metadata"), member)));
}

/// By the index on the operator: of the others SQLite would choose the one on the time.
QString adjustedPointsText(Dialect dialect, bool isOfDevice) {
    QString text = QStringLiteral("SELECT coalesce(sum(abs(change_value)), 0) FROM userapp_affinitylog "
                                  "WHERE operator_admin_id = ? AND rule_id IS NULL AND %1 >= ? AND %1 < ?")
                       .arg(withoutIndex(dialect, QStringLiteral("created_at")));
    if (isOfDevice)
        text += QStringLiteral(" AND %1 = ?").arg(withoutIndex(dialect, QStringLiteral("device_id")));
    return text;
}

/// Devices that a text names exactly, each way by its own index. The text is bound as id, user id (NULL when it is no
/// number), serial, username and event id.
QString namedDevicesText(Dialect dialect) {
    return QStringLiteral("SELECT id FROM device_interaction_userdevice WHERE id = ? "
                          "UNION SELECT id FROM device_interaction_userdevice WHERE user_id = ? "
                          "UNION SELECT id FROM device_interaction_userdevice WHERE device_serial = ? "
                          "UNION SELECT d.id FROM userapp_paradiseuser u %1 WHERE u.username = ? "
                          "UNION SELECT device_id FROM userapp_affinitylog WHERE event_id = ?")
        .arg(joined(dialect, QStringLiteral("device_interaction_userdevice d"), QStringLiteral("d.user_id = u.id")));
}

QString beginWriteText(Dialect dialect) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("BEGIN IMMEDIATE");
    case Dialect::PostgreSql:
        return QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    case Dialect::MariaDb: // its isolation level is the session's
        return QStringLiteral("START TRANSACTION READ WRITE");
    }
    return {};
}

QString beginReadText(Dialect dialect) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("BEGIN");
    case Dialect::PostgreSql:
        return QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    case Dialect::MariaDb:
        return QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
    return {};
}

/// Answers 1 when the name is locked. SQLite has no such statement and needs none.
QString lockNameText(Dialect dialect) {
    if (dialect == Dialect::PostgreSql)
        return QStringLiteral("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))");
    // A lock's name has at most 64 characters, an event id may have as many with a prefix still to come.
    return QStringLiteral("SELECT get_lock(concat('affinity:', sha1(?)), @@lock_wait_timeout)");
}

QString transactionText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::BeginWrite:
        return beginWriteText(dialect);
    case Statement::BeginRead:
        return beginReadText(dialect);
    case Statement::Commit:
        return QStringLiteral("COMMIT");
    case Statement::Rollback:
        return QStringLiteral("ROLLBACK");
    case Statement::SavepointGrant:
        return QStringLiteral("SAVEPOINT affinity_grant");
    case Statement::ReleaseGrant:
        return QStringLiteral("RELEASE SAVEPOINT affinity_grant");
    case Statement::RollbackToGrant:
        return QStringLiteral("ROLLBACK TO SAVEPOINT affinity_grant");
    case Statement::LockName:
        return lockNameText(dialect);
    case Statement::SelectNow:
        return dialect == Dialect::PostgreSql ? QStringLiteral("SELECT clock_timestamp()")
                                              : QStringLiteral("SELECT utc_timestamp(6)");
    default:
        return {};
    }
}

QString insertLogText(Dialect dialect) {
    return QStringLiteral("INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, "
                          "event_id, reason, metadata, created_at, device_id, operator_admin_id, rule_id, user_id) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)%1")
        .arg(dialect == Dialect::PostgreSql ? QStringLiteral(" RETURNING id") : QString());
}

QString addCounterText(Dialect dialect) {
    const QString insert = QStringLiteral("INSERT INTO userapp_useraffinitydailycounter (date, accumulated_change, "
                                          "trigger_count, device_id, rule_id) VALUES (?, ?, ?, ?, ?) ");
    if (dialect == Dialect::MariaDb)
        return insert + QStringLiteral("ON DUPLICATE KEY UPDATE "
                                       "accumulated_change = accumulated_change + VALUES(accumulated_change), "
                                       "trigger_count = trigger_count + VALUES(trigger_count)");
    return insert + QStringLiteral("ON CONFLICT (device_id, rule_id, date) DO UPDATE SET accumulated_change = "
                                   "userapp_useraffinitydailycounter.accumulated_change + excluded.accumulated_change, "
                                   "trigger_count = userapp_useraffinitydailycounter.trigger_count + "
                                   "excluded.trigger_count");
}

/// Changes no row when the level was granted before. MariaDB may still refuse the row as a duplicate of one that was
/// not committed yet; SqlTransaction::writeGrant looks again then.
QString insertGrantText(Dialect dialect) {
    const QString insert = QStringLiteral("INSERT INTO userapp_userlevelrewardgrant (level, rewards, granted_at, "
                                          "device_id) ");
    if (dialect == Dialect::MariaDb) // IGNORE would pass over every other fault, too
        return insert + QStringLiteral("SELECT v.level, v.rewards, v.granted_at, v.device_id FROM (SELECT ? AS level, "
                                       "? AS rewards, CAST(? AS datetime(6)) AS granted_at, ? AS device_id) v "
                                       "WHERE NOT EXISTS (SELECT 1 FROM userapp_userlevelrewardgrant g "
                                       "WHERE g.device_id = v.device_id AND g.level = v.level)");
    return insert + QStringLiteral("VALUES (?, ?, ?, ?) ON CONFLICT (device_id, level) DO NOTHING");
}

QString writingText(Statement statement, const SchemaShape& shape) {
    switch (statement) {
    case Statement::UpdateBinding:
        return QStringLiteral("UPDATE device_interaction_userdevice SET favorability = ?, "
                              "last_active_at = coalesce(?, last_active_at) WHERE id = ? AND favorability = ?");
    case Statement::InsertLog:
        return insertLogText(shape.dialect);
    case Statement::InsertNote:
        return QStringLiteral("INSERT INTO affinity_console_log_note (log_id, operation_id, reason_code, ticket, "
                              "drawn_change, reverses_log_id) VALUES (?, ?, ?, ?, ?, ?)");
    case Statement::AddCounter:
        return addCounterText(shape.dialect);
    case Statement::UpdateLevel:
        return QStringLiteral("UPDATE device_interaction_userdevice SET affinity_level = ? WHERE id = ?");
    case Statement::InsertGrant:
        return insertGrantText(shape.dialect);
    case Statement::EditRule:
        return QStringLiteral("UPDATE userapp_affinityrule SET min_change = coalesce(?, min_change), "
                              "max_change = coalesce(?, max_change), single_cap = coalesce(?, single_cap), "
                              "daily_cap = coalesce(?, daily_cap), cooldown_seconds = coalesce(?, cooldown_seconds), "
                              "is_enabled = coalesce(?, is_enabled), is_deleted = coalesce(?, is_deleted), "
                              "updated_at = ? WHERE rule_key = ? AND NOT is_deleted");
    case Statement::EditSetting:
        return editSettingText(shape);
    case Statement::SetUnbound:
        return QStringLiteral("UPDATE device_interaction_userdevice SET unbound_at = ? WHERE id = ?");
    default:
        return {};
    }
}

QString fencingText(Statement statement, const SchemaShape& shape) {
    switch (statement) {
    case Statement::LockBinding:
        return bindingText() + (shape.dialect == Dialect::Sqlite ? QString() : QStringLiteral(" FOR UPDATE"));
    case Statement::SelectBinding:
        return bindingText();
    case Statement::LockOthersOfSerial: // MariaDB alone; whether each is active, which locks those that are not, too
        return QStringLiteral("SELECT o.unbound_at IS NULL FROM device_interaction_userdevice d "
                              "JOIN device_interaction_userdevice o ON o.device_serial = d.device_serial "
                              "WHERE d.id = ? AND o.id <> d.id FOR UPDATE");
    case Statement::SelectSetting:
        return settingText(shape);
    case Statement::SelectLevels:
        return QStringLiteral("SELECT level, min_value, name, rewards FROM userapp_affinitylevel ORDER BY level");
    case Statement::SelectLiveRule:
        return QStringLiteral("SELECT %1 FROM userapp_affinityrule WHERE rule_key = ? AND NOT is_deleted "
                              "AND is_enabled")
            .arg(ruleColumns());
    case Statement::SelectEventRow:
        return QStringLiteral("SELECT %1 FROM userapp_affinitylog l WHERE l.event_id = ? AND %2 > ? "
                              "ORDER BY l.id DESC LIMIT 1")
            .arg(logColumns({}), withoutIndex(shape.dialect, QStringLiteral("l.created_at")));
    case Statement::SelectRecentChanges:
        // The device's rows of the day and, from before it, those of the rule that a cooldown reaches.
        return QStringLiteral("SELECT id, rule_key, change_value, created_at, rule_id IS NULL "
                              "FROM userapp_affinitylog WHERE device_id = ? AND created_at >= ? "
                              "AND (created_at >= ? OR (rule_key = ? AND rule_id IS NOT NULL))");
    case Statement::SelectGrantedLevels:
        return QStringLiteral("SELECT level FROM userapp_userlevelrewardgrant WHERE device_id = ? ORDER BY level");
    case Statement::SelectLogEntry:
        return entryText(shape, QStringLiteral("l.id = ?"));
    case Statement::SelectOperationByNote:
        return entryByNoteText(shape, QStringLiteral("n.operation_id = ? AND n.operation_id <> ''"));
    case Statement::SelectReversalByNote:
        return entryByNoteText(shape, QStringLiteral("n.reverses_log_id = ?"));
    case Statement::SelectOperationByMetadata: // adjustments alone are looked at, by the index on the rule key
        return entryByMetadataText(shape, QStringLiteral("operation_id"));
    case Statement::SelectReversalByMetadata:
        return entryByMetadataText(shape, QStringLiteral("reverses_log_id"));
    case Statement::SelectAdjustedPoints:
        return adjustedPointsText(shape.dialect, false);
    case Statement::SelectAdjustedPointsOfDevice:
        return adjustedPointsText(shape.dialect, true);
    default:
        return {};
    }
}

/// Whoever is a designer: a superuser, or a member of the group where there are groups.
QString operatorText(const SchemaShape& shape) {
    const QString isMember =
        shape.hasDesignerGroups
            ? QStringLiteral(" OR EXISTS (SELECT 1 FROM auth_user_groups m JOIN auth_group g ON g.id = m.group_id "
                             "WHERE m.user_id = o.id AND g.name = 'affinity_designers')")
            : QString();
    return QStringLiteral("SELECT o.id, o.username, o.is_active, o.is_staff, o.is_superuser, o.is_superuser%1, "
                          "o.password FROM auth_user o WHERE o.username = ?")
        .arg(isMember);
}

QString readingText(Statement statement, const SchemaShape& shape) {
    const Dialect dialect = shape.dialect;
    switch (statement) {
    case Statement::SelectRules:
        return QStringLiteral("SELECT %1 FROM userapp_affinityrule ORDER BY id").arg(ruleColumns());
    case Statement::SelectDevice:
        return QStringLiteral("SELECT %1 FROM device_interaction_userdevice d %2 WHERE d.id = ?")
            .arg(deviceColumns(),
                 joined(dialect, QStringLiteral("userapp_paradiseuser u"), QStringLiteral("u.id = d.user_id")));
    case Statement::SelectNamedDevices:
        return namedDevicesText(dialect);
    case Statement::SelectNamedUsers: // the text as id (NULL when it is no number) and as username
        return QStringLiteral("SELECT id, username, nickname, is_active, created_at FROM userapp_paradiseuser "
                              "WHERE id = ? OR username = ? ORDER BY id");
    case Statement::SelectValuesAt: // devices and times as JSON lists; each cell is one step in affinitylog_dev_time
        return QStringLiteral(
                   "SELECT coalesce((SELECT l.after_value FROM userapp_affinitylog l WHERE l.device_id = d.value "
                   "AND l.created_at < t.value ORDER BY l.created_at DESC, l.id DESC LIMIT 1), "
                   "(SELECT l.before_value FROM userapp_affinitylog l WHERE l.device_id = d.value "
                   "AND l.created_at >= t.value ORDER BY l.created_at, l.id LIMIT 1)) "
                   "FROM %1 CROSS JOIN %2 ORDER BY %3, %4")
            .arg(listTable(dialect, QStringLiteral("d"), ListOf::Numbers),
                 listTable(dialect, QStringLiteral("t"), ListOf::Times), listPlace(dialect, QStringLiteral("d")),
                 listPlace(dialect, QStringLiteral("t")));
    case Statement::SelectGrants:
        return QStringLiteral("SELECT id, device_id, level, rewards, granted_at FROM userapp_userlevelrewardgrant "
                              "WHERE device_id = ? ORDER BY level");
    case Statement::SelectCounters:
        return QStringLiteral("SELECT id, device_id, rule_id, date, accumulated_change, trigger_count "
                              "FROM userapp_useraffinitydailycounter WHERE device_id = ? AND date >= ? "
                              "ORDER BY date DESC, rule_id");
    case Statement::SelectBindingsAfter:
        return QStringLiteral("SELECT %1 FROM device_interaction_userdevice d WHERE d.id > ? ORDER BY d.id LIMIT ?")
            .arg(bindingColumns());
    case Statement::SelectActiveBindingsAfter:
        return QStringLiteral("SELECT %1 FROM device_interaction_userdevice d WHERE d.id > ? AND d.unbound_at IS NULL "
                              "ORDER BY d.id LIMIT ?")
            .arg(bindingColumns());
    case Statement::SelectLogOfSource:
        return QStringLiteral("SELECT 1 FROM userapp_affinitylog WHERE device_id = ? AND created_at >= ? "
                              "AND created_at < ? AND source = ? LIMIT 1");
    case Statement::SelectOperator:
        return operatorText(shape);
    default:
        return {};
    }
}

/// Rows, points gained and points taken, of the log rows that a statement goes through.
QString logSumColumns(Dialect dialect) {
    const QString zero = QStringLiteral("0");
    return QStringLiteral("count(*), coalesce(sum(%1), 0), coalesce(sum(%2), 0)")
        .arg(greatest(dialect, QStringLiteral("change_value"), zero),
             greatest(dialect, QStringLiteral("-change_value"), zero));
}

/// Rows of a local day: from its start to its end, without the hole between, which is empty but where a zone once
/// turned its clocks back over midnight.
QString logOfDay(Dialect dialect) {
    return QStringLiteral("FROM userapp_affinitylog WHERE created_at >= ? AND created_at < ? "
                          "AND NOT (%1 >= ? AND %1 < ?)")
        .arg(withoutIndex(dialect, QStringLiteral("created_at")));
}

/// For each device and threshold the first row that rose over it, by the index on the levels' min_value.
QString levelCrossingsText(Dialect dialect) {
    if (dialect != Dialect::Sqlite)
        return QStringLiteral("SELECT l.device_id, v.min_value, min(l.created_at) FROM userapp_affinitylog l "
                              "JOIN userapp_affinitylevel v ON v.min_value > l.before_value "
                              "AND v.min_value <= l.after_value GROUP BY l.device_id, v.min_value");
    return QStringLiteral("SELECT +l.device_id, +v.min_value, min(l.created_at) FROM userapp_affinitylog l NOT INDEXED "
                          "CROSS JOIN userapp_affinitylevel v ON v.min_value > l.before_value "
                          "AND v.min_value <= l.after_value GROUP BY +l.device_id, +v.min_value");
}

QString figuresText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::CountValues:
        return QStringLiteral("SELECT affinity_level, favorability, count(*) FROM device_interaction_userdevice "
                              "WHERE unbound_at IS NULL GROUP BY affinity_level, favorability");
    case Statement::SelectLogExtent: // two questions, each answered by one end of the index
        return QStringLiteral("SELECT (SELECT min(created_at) FROM userapp_affinitylog), "
                              "(SELECT max(created_at) FROM userapp_affinitylog)");
    case Statement::CountBindingsMade:
        return QStringLiteral("SELECT count(*) FROM device_interaction_userdevice WHERE bound_at >= ? "
                              "AND bound_at < ?");
    case Statement::SelectGrantTimes:
        return QStringLiteral("SELECT granted_at FROM userapp_userlevelrewardgrant WHERE granted_at >= ? "
                              "AND granted_at < ?");
    case Statement::SumLog:
        return QStringLiteral("SELECT %1 FROM userapp_affinitylog WHERE created_at >= ? AND created_at < ?")
            .arg(logSumColumns(dialect));
    case Statement::SumDay:
        return QStringLiteral("SELECT %1, count(DISTINCT CASE WHEN source <> 'decay' THEN device_id END) %2")
            .arg(logSumColumns(dialect), logOfDay(dialect));
    case Statement::SumDevicesAndRules:
        return QStringLiteral("SELECT device_id, rule_key, rule_id IS NULL, %1 %2 "
                              "GROUP BY device_id, rule_key, rule_id IS NULL")
            .arg(logSumColumns(dialect), logOfDay(dialect));
    case Statement::SelectDeviceStarts:
        return QStringLiteral(
            "SELECT d.id, d.bound_at, d.unbound_at, coalesce((SELECT l.before_value FROM userapp_affinitylog l "
            "WHERE l.id = (SELECT min(f.id) FROM userapp_affinitylog f WHERE f.device_id = d.id)), d.favorability), "
            "d.favorability FROM device_interaction_userdevice d ORDER BY d.id");
    case Statement::SelectLevelCrossings:
        return levelCrossingsText(dialect);
    case Statement::CountGrants:
        return QStringLiteral("SELECT level, count(*) FROM userapp_userlevelrewardgrant GROUP BY level "
                              "ORDER BY level");
    default:
        return {};
    }
}

QString copySettingText(Dialect dialect) {
    const QString columns = QStringLiteral(" (id, max_affinity, global_daily_cap, timezone, enable_notify, "
                                           "decay_enabled, decay_idle_days, decay_rule_key, updated_at) "
                                           "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (dialect == Dialect::PostgreSql)
        return QStringLiteral("INSERT INTO userapp_affinitysetting") + columns +
               QStringLiteral(" ON CONFLICT (id) DO UPDATE SET max_affinity = excluded.max_affinity, "
                              "global_daily_cap = excluded.global_daily_cap, timezone = excluded.timezone, "
                              "enable_notify = excluded.enable_notify, decay_enabled = excluded.decay_enabled, "
                              "decay_idle_days = excluded.decay_idle_days, decay_rule_key = excluded.decay_rule_key, "
                              "updated_at = excluded.updated_at");
    return QStringLiteral("REPLACE INTO userapp_affinitysetting") + columns;
}

/// Whole rows with their ids, for the copy of a memory database.
QString copyingText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::CopyUser:
        return QStringLiteral("INSERT INTO userapp_paradiseuser (id, username, nickname, is_active, created_at) "
                              "VALUES (?, ?, ?, ?, ?)");
    case Statement::CopyBinding:
        return QStringLiteral("INSERT INTO device_interaction_userdevice (id, user_id, device_serial, nickname, "
                              "favorability, affinity_level, last_active_at, bound_at, unbound_at) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    case Statement::CopySetting:
        return copySettingText(dialect);
    case Statement::CopyRule:
        return QStringLiteral("INSERT INTO userapp_affinityrule (id, rule_key, name, min_change, max_change, "
                              "single_cap, daily_cap, cooldown_seconds, is_enabled, is_deleted, created_at, "
                              "updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    case Statement::CopyLevel:
        return QStringLiteral("INSERT INTO userapp_affinitylevel (level, min_value, name, rewards) "
                              "VALUES (?, ?, ?, ?)");
    case Statement::CopyOperator:
        return QStringLiteral("INSERT INTO auth_user (id, password, last_login, is_superuser, username, last_name, "
                              "email, is_staff, is_active, date_joined, first_name) "
                              "VALUES (?, ?, NULL, ?, ?, '', '', ?, ?, ?, '')");
    case Statement::CopyDesignerGroup:
        return QStringLiteral("INSERT INTO auth_group (name) SELECT 'affinity_designers' WHERE NOT EXISTS "
                              "(SELECT 1 FROM auth_group WHERE name = 'affinity_designers')");
    case Statement::CopyDesigner:
        return QStringLiteral("INSERT INTO auth_user_groups (user_id, group_id) "
                              "SELECT ?, id FROM auth_group WHERE name = 'affinity_designers'");
    case Statement::CopyLog:
        return QStringLiteral("INSERT INTO userapp_affinitylog (id, rule_key, change_value, before_value, "
                              "after_value, source, event_id, reason, metadata, created_at, device_id, "
                              "operator_admin_id, rule_id, user_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    case Statement::CopyCounter:
        return QStringLiteral("INSERT INTO userapp_useraffinitydailycounter (id, date, accumulated_change, "
                              "trigger_count, device_id, rule_id) VALUES (?, ?, ?, ?, ?, ?)");
    case Statement::CopyGrant:
        return QStringLiteral("INSERT INTO userapp_userlevelrewardgrant (id, level, rewards, granted_at, device_id) "
                              "VALUES (?, ?, ?, ?, ?)");
    default:
        return {};
    }
}

QString columnsText(Dialect dialect) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
                              "WHERE m.type = 'table'");
    case Dialect::PostgreSql: // of the tables that a bare name means; by catalogue, as rights hide rows of the views
        return QStringLiteral("SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                              "WHERE c.relkind IN ('r', 'p', 'v', 'f') AND a.attnum > 0 AND NOT a.attisdropped "
                              "AND pg_table_is_visible(c.oid) AND c.relnamespace <> 'pg_catalog'::regnamespace");
    case Dialect::MariaDb:
        return QStringLiteral("SELECT table_name, column_name FROM information_schema.columns "
                              "WHERE table_schema = database()");
    }
    return {};
}

/// SQLite has no schemas; there it answers nothing.
QString columnsOfSchemaText(Dialect dialect) {
    switch (dialect) {
    case Dialect::Sqlite:
        return QStringLiteral("SELECT NULL, NULL WHERE ? IS NULL");
    case Dialect::PostgreSql:
        return QStringLiteral("SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                              "JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = ? "
                              "AND c.relkind IN ('r', 'p', 'v', 'f') AND a.attnum > 0 AND NOT a.attisdropped");
    case Dialect::MariaDb:
        return QStringLiteral("SELECT table_name, column_name FROM information_schema.columns "
                              "WHERE table_schema = ?");
    }
    return {};
}

QString schemaText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::SelectColumns:
        return columnsText(dialect);
    case Statement::SelectColumnsOfSchema:
        return columnsOfSchemaText(dialect);
    case Statement::SelectSchemaVersions:
        return QStringLiteral("SELECT version FROM affinity_console_schema_version ORDER BY version");
    case Statement::SelectIndexes: // those that a CREATE INDEX made
        return QStringLiteral("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
                              "AND sql IS NOT NULL ORDER BY rowid");
    case Statement::SelectFileSize:
        return QStringLiteral("SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s");
    default:
        return {};
    }
}

} // namespace

QString deviceColumns() {
    return bindingColumns() + QStringLiteral(", u.id, u.username, u.nickname, u.is_active, u.created_at");
}

QString logColumns(const SchemaShape& shape) {
    const QString row = QStringLiteral("l.id, l.user_id, l.device_id, l.rule_id, l.rule_key, l.change_value, "
                                       "l.before_value, l.after_value, l.source, l.event_id, l.reason, l.metadata, "
                                       "l.operator_admin_id, l.created_at");
    const QString note = QStringLiteral(", n.log_id, n.operation_id, n.reason_code, n.ticket, n.drawn_change, "
                                        "n.reverses_log_id");
    return shape.isPrepared ? row + note : row;
}

QString logTables(const SchemaShape& shape) {
    const QString log = QStringLiteral("FROM userapp_affinitylog l");
    return shape.isPrepared ? log + QStringLiteral(" LEFT JOIN affinity_console_log_note n ON n.log_id = l.id") : log;
}

Renaming renamingOf(const SchemaShape& shape) {
    Renaming renaming;
    for (const ProductionTable& table : productionTables()) {
        TableRenaming& made = renaming[table.name];
        made.name = physicalTable(shape.mapping, table.name);
        for (const ProductionColumn& column : table.columns) {
            const bool isAbsent = (column.feature == Feature::UserNicknames && !shape.hasUserNicknames) ||
                                  (column.feature == Feature::DeviceNicknames && !shape.hasDeviceNicknames);
            made.columns[column.name] = isAbsent ? QString() : physicalColumn(shape.mapping, table.name, column.name);
        }
    }
    return renaming;
}

bool hasOtherNames(const SchemaShape& shape) {
    return !(isEmpty(shape.mapping) && shape.hasUserNicknames && shape.hasDeviceNicknames);
}

QString inNamesOf(const SchemaShape& shape, const QString& sql) {
    if (!hasOtherNames(shape))
        return sql;
    const RenamedSql made = renamed(sql, renamingOf(shape), shape.dialect);
    Q_ASSERT(made.doubtful.isEmpty()); // a test asks it of all statements
    return made.text;
}

namespace {

QString djangoText(Statement statement, const SchemaShape& shape) {
    for (const QString& found :
         {transactionText(statement, shape.dialect), writingText(statement, shape), fencingText(statement, shape),
          readingText(statement, shape), figuresText(statement, shape.dialect), copyingText(statement, shape.dialect),
          schemaText(statement, shape.dialect), outboxText(statement, shape.dialect), rightsText(statement, shape)}) {
        if (!found.isEmpty())
            return found;
    }
    Q_ASSERT(false);
    return {};
}

} // namespace

QString text(Statement statement, const SchemaShape& shape) {
    return inNamesOf(shape, djangoText(statement, shape));
}

} // namespace affinity::store
