// The SQL texts of the stores, by name: the only place where they are written down.
#pragma once

#include "engine/store/dialect.h"

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
    bool isPrepared = false;       ///< the console's notes exist
    bool hasOutbox = false;        ///< its outbox and reward deliveries, too
    bool hasDecay = true;          ///< the setting has the decay columns
    bool mayWrite = true;          ///< the signed-in database user may change values, by itself or through the function
    bool mayRelay = true;          ///< it may send what the outbox holds
    bool writesByFunction = false; ///< it commits adjustments through affinity_console_commit_adjustment alone
    bool signsInByFunction = false; ///< it reads its own password hash through affinity_console_operator alone

    friend bool operator==(const SchemaShape&, const SchemaShape&) = default;
};

QString text(Statement statement, const SchemaShape& shape);
/// Those of the outbox and the reward deliveries; empty for all others.
QString outboxText(Statement statement, Dialect dialect);
/// Those about rights, and those of a role that writes through functions; empty for all others. On servers only.
QString rightsText(Statement statement, Dialect dialect);

// Parts of the statements that are put together for a question (devicestatement.h, SqlStore::log).
QString deviceColumns();                      ///< of d (binding) and u (user), as readDeviceRow takes them
QString logColumns(const SchemaShape& shape); ///< of l and n, as readLogEntry takes them
QString logTables(const SchemaShape& shape);  ///< FROM … for logColumns

} // namespace affinity::store
