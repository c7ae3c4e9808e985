// The SQL texts of the stores, by name: the only place where they are written down.
#pragma once

#include "engine/store/dialect.h"
#include "engine/store/schemamapping.h"
#include "engine/store/sqlrenaming.h"
#include "engine/store/store.h"

#include <QString>

namespace affinity::store {

/// Every statement with a fixed text. Values are bound to the question marks, in order.
enum class Statement {
    BeginWrite,
    BeginRead,
    Commit,
    Rollback,
    SavepointGrant,
    ReleaseGrant,
    RollbackToGrant,
    LockName,
    SelectNow,
    LockBinding,
    SelectBinding,
    LockOthersOfSerial,
    SelectSetting,
    SelectLevels,
    SelectLiveRule,
    SelectEventRow,
    SelectRecentChanges,
    SelectGrantedLevels,
    SelectLogEntry,
    SelectOperationByNote,
    SelectOperationByMetadata,
    SelectReversalByNote,
    SelectReversalByMetadata,
    SelectAdjustedPoints,
    SelectAdjustedPointsOfDevice,
    UpdateBinding,
    InsertLog,
    InsertNote,
    AddCounter,
    UpdateLevel,
    InsertGrant,
    SelectRules,
    SelectDevice,
    SelectNamedDevices,
    SelectNamedUsers,
    SelectValuesAt,
    SelectGrants,
    SelectCounters,
    SelectBindingsAfter,
    SelectActiveBindingsAfter,
    SelectLogOfSource,
    SelectOperator,
    CountValues,
    SelectLogExtent,
    CountBindingsMade,
    SelectGrantTimes,
    SumLog,
    SumDay,
    SumDevicesAndRules,
    SelectDeviceStarts,
    SelectLevelCrossings,
    CountGrants,
    EditRule,
    EditSetting,
    SetUnbound,
    CopyUser,
    CopyBinding,
    CopySetting,
    CopyRule,
    CopyLevel,
    CopyOperator,
    CopyDesignerGroup,
    CopyDesigner,
    CopyLog,
    CopyCounter,
    CopyGrant,
    SelectColumns,
    SelectColumnsOfSchema,
    SelectSchemaVersions,
    SelectIndexes,
    SelectFileSize,
    InsertOutboxRow,
    InsertDelivery,
    LockLease,
    UpdateLease,
    SelectOutboxRows,
    ClaimOutboxRow,
    UnclaimOutboxRow,
    DeleteOutboxRow,
    DeleteConfirmOfLog,
    DeleteStaleClaims,
    SelectDueDeliveries,
    SettleDelivery,
    SendDeliveryAgain,
    SelectDeliveries,
    CountOutboxRows,
    CountDeliveries,
    LockBindingByFunction,
    SelectOperatorByFunction,
    CommitAdjustment,
    WriteOutboxByFunction,
    SelectTables,
    SelectRights,
    Count
};

/// What the opened schema has; some texts depend on it.
struct SchemaShape {
    Dialect dialect = Dialect::Sqlite;
    bool isPrepared = false;        ///< the console's notes exist
    bool hasOutbox = false;         ///< its outbox and reward deliveries, too
    bool hasDecay = true;           ///< the setting has the decay columns
    bool hasDesignerGroups = true;  ///< groups of staff exist; else only superusers are designers
    bool hasUserNicknames = true;   ///< else each reads as ''
    bool hasDeviceNicknames = true; ///< the same
    bool mayWrite = true;          ///< the signed-in database user may change values, by itself or through the function
    bool mayRelay = true;          ///< it may send what the outbox holds
    bool writesByFunction = false; ///< it commits adjustments through affinity_console_commit_adjustment alone
    bool signsInByFunction = false; ///< it reads its own password hash through affinity_console_operator alone
    /// What was looked for in vain where a flag is off.
    std::vector<MissingFeature> missing = {};
    /// What the database calls tables and columns.
    SchemaMapping mapping = {};

    friend bool operator==(const SchemaShape&, const SchemaShape&) = default;
};

/// In the names of the database.
QString text(Statement statement, const SchemaShape& shape);
/// Those of the outbox and the reward deliveries; empty for all others.
QString outboxText(Statement statement, Dialect dialect);
/// Those about rights, and those of a role that writes through functions; empty for all others. On servers only.
QString rightsText(Statement statement, const SchemaShape& shape);

/// A text that was written in Django's names, in those of the database. Without a mapping and with all columns there
/// it is the same.
QString inNamesOf(const SchemaShape& shape, const QString& sql);
/// False when the database uses Django's names, and has all columns.
bool hasOtherNames(const SchemaShape& shape);
/// The names that it puts in.
Renaming renamingOf(const SchemaShape& shape);

// Parts of the statements that are put together for a question (devicestatement.h, SqlStore::log).
QString deviceColumns();                      ///< of d (binding) and u (user), as readDeviceRow takes them
QString logColumns(const SchemaShape& shape); ///< of l and n, as readLogEntry takes them
QString logTables(const SchemaShape& shape);  ///< FROM … for logColumns

} // namespace affinity::store
