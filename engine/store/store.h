// Store: where production's rows live. One interface; memory and SQL implementations pass one contract suite.
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/rules/localday.h"
#include "engine/rules/records.h"
#include "engine/rules/ruleset.h"
#include "engine/store/figures.h"
#include "engine/store/outbox.h"
#include "engine/store/queries.h"

#include <memory>
#include <optional>

namespace affinity::store {

/// What a store can do without.
enum class Feature { Decay, DesignerGroups, UserNicknames, DeviceNicknames };

/// A feature that is off because the database lacks something.
struct MissingFeature {
    Feature feature = Feature::Decay;
    QString lookedFor; ///< in the database's words: "userapp_affinitysetting.decay_enabled", "auth_group"; with commas

    friend bool operator==(const MissingFeature&, const MissingFeature&) = default;
};

/// What a store is and can, found out when it was opened.
struct StoreInfo {
    QString name; ///< what people see: a file name, "memory"
    QString kind; ///< "memory", "sqlite"
    bool isReadOnly = false;
    bool isPrepared = false; ///< has the console's own tables (affinity_console_*)
    bool hasOutbox = false;  ///< what is still to be sent for a change is written with it (Store::outbox)
    bool mayRelay = false;   ///< and this connection may send it
    bool isEmbedded = false; ///< made by this console, with no Django service beside it
    bool hasDecay = true;    ///< the setting table has the decay columns
    /// What is off, and what was looked for.
    std::vector<MissingFeature> missingFeatures = {};

    friend bool operator==(const StoreInfo&, const StoreInfo&) = default;
};

/// What a unit locks and then reads.
struct SituationQuery {
    base::DeviceId deviceId;
    QString eventId; ///< empty: no event to lock
    QString ruleKey; ///< empty: no rule is read
};

/// What stands in the store once the locks are held.
struct StoredSituation {
    std::optional<rules::Binding> binding; ///< whoever's it is
    qint64 nowUs = 0;
    rules::Setting setting;
    std::vector<rules::Level> levels;
    std::optional<rules::Rule> rule; ///< live
};

/// What the fence asks of the device's own log rows, under the lock.
struct FenceQuery {
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId;            ///< empty: no event to look for
    qint64 eventAfterUs = 0;    ///< rows of this event id strictly newer than this count
    qint64 cooldownAfterUs = 0; ///< applied rows of the rule strictly newer than this count
    qint64 dayStartUs = 0;      ///< rows from here (inclusive) …
    qint64 dayEndUs = 0;        ///< … to here (exclusive) are returned in `changes`
};

/// What the log says.
struct FenceFacts {
    std::optional<rules::LogRow> event;       ///< the newest row of any device that carries the event id
    std::optional<qint64> lastAppliedAtUs;    ///< newest row of (device, rule) within the cooldown's reach
    std::vector<rules::RecentChange> changes; ///< the device's rows of the day, oldest first
};

/// The rows of one applied change, as values: what preview shows is what commit writes.
struct WritePlan {
    rules::LogRow log;                          ///< its id is 0 until written
    rules::LogNote note;                        ///< written on a prepared store
    bool refreshesActivity = false;             ///< last_active_at becomes log.createdAtUs
    std::optional<int> newLevel;                ///< affinity_level to save
    std::optional<rules::DailyCounter> counter; ///< to add: accumulatedChange and triggerCount are increments
    std::vector<rules::Level> grants;           ///< crossed levels, ascending; those that exist are skipped
};

/// What became of a level's grant.
struct GrantOutcome {
    enum class Kind { Granted, AlreadyGranted, Failed };
    int level = 0;
    Kind kind = Kind::Granted;
    QString error; ///< of Failed

    friend bool operator==(const GrantOutcome&, const GrantOutcome&) = default;
};

struct WriteReceipt {
    base::LogId logId;
    std::vector<GrantOutcome> grants; ///< one for each planned level, in order
};

enum class Access {
    Read, ///< takes no write lock and cannot write: preview, explain, reconcile
    Write
};

/// One transaction on a store: the only thing that writes. Ends by commit(); its destruction without one rolls back.
/// After any error only destruction is meaningful. Used on the thread that began it; one at a time per Store.
class Transaction {
public:
    virtual ~Transaction() = default;

    /// Takes the event id's lock, so that one id is decided once at a time. No-op for Access::Read.
    virtual base::Result<void> lockEventId(const QString& eventId) = 0;
    /// Locks (Access::Write) and reads the binding, in a statement of its own.
    virtual base::Result<std::optional<rules::Binding>> lockBinding(base::DeviceId id) = 0;
    /// The store's time, read now: call it after the locks are held.
    virtual base::Result<qint64> nowUs() = 0;
    virtual base::Result<rules::Setting> setting() = 0;
    virtual base::Result<std::vector<rules::Level>> levels() = 0;
    /// The live rule (enabled, not deleted) of the key.
    virtual base::Result<std::optional<rules::Rule>> liveRule(const QString& key) = 0;
    /// All of these in this order, each a statement of its own: read together, a new value would come with an old sum.
    /// A server gets them in one piece.
    virtual base::Result<StoredSituation> lockAndLoad(const SituationQuery& query);
    virtual base::Result<FenceFacts> fence(const FenceQuery& query) = 0;
    /// Levels of this device whose rewards were granted, ascending.
    virtual base::Result<std::vector<int>> grantedLevels(base::DeviceId id) = 0;
    /// A log row with its note, if there is one.
    virtual base::Result<std::optional<LogEntry>> logEntry(base::LogId id) = 0;
    /// The row an adjustment's operation id stands for, on bare stores by the row's metadata.
    virtual base::Result<std::optional<LogEntry>> operation(const QString& operationId) = 0;
    /// The row that reverses `id`, if one does.
    virtual base::Result<std::optional<LogEntry>> reversalOf(base::LogId id) = 0;
    /// Sum of |change| of adjustments by an operator within [fromUs, toUs), of one device (valid id) or all.
    virtual base::Result<qint64> adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                                qint64 toUs) = 0;

    /// Carries out a plan: value, activity, log row, counter, level, grants (a savepoint each), note. Access::Write
    /// only.
    virtual base::Result<WriteReceipt> write(const WritePlan& plan) = 0;
    /// Writes what is to be sent for a change of this transaction. Only on a store with an outbox.
    virtual base::Result<void> writeOutbox(const OutboxEntries& entries);
    /// Ends the transaction. ErrorKind::CommitUnknown: it may or may not stand.
    virtual base::Result<void> commit() = 0;
};

/// Columns of a rule to change (replay's set_rule, later the workshop). Absent members stay.
struct RuleEdit {
    std::optional<int> minChange, maxChange, singleCap, dailyCap, cooldownSeconds;
    std::optional<bool> isEnabled, isDeleted;
};

/// Columns of the setting to change. Absent members stay.
struct SettingEdit {
    std::optional<int> maxAffinity, globalDailyCap, decayIdleDays;
    std::optional<bool> isNotifyEnabled, isDecayEnabled;
    std::optional<QByteArray> timeZone;
    std::optional<QString> decayRuleKey;
};

/// A store on one thread. Every call may block on I/O: never call from the GUI thread.
class Store {
public:
    virtual ~Store() = default;

    virtual StoreInfo info() const = 0;
    virtual base::Result<std::unique_ptr<Transaction>> begin(Access access) = 0;
    /// What waits to be sent; null where the store has no outbox. Lives as long as the store, on its thread.
    virtual Outbox* outbox() { return nullptr; }

    // Reading for people, each call one consistent answer.
    virtual base::Result<qint64> nowUs() = 0;
    /// All rules (disabled and deleted ones too), the setting and the levels.
    virtual base::Result<rules::RuleSet> ruleSet() = 0;
    virtual base::Result<DevicePage> devices(const DeviceQuery& query) = 0;
    virtual base::Result<std::optional<DeviceRow>> device(base::DeviceId id) = 0;
    /// Users whose id or username is exactly `text`, by id.
    virtual base::Result<std::vector<rules::User>> usersNamed(const QString& text) = 0;
    virtual base::Result<LogPage> log(const LogQuery& query) = 0;
    /// What the log says each device had at each time, in the order of `ids` and `timesUs`: the value after its last
    /// row before that time, else before its first row since; nothing for a device without rows. Rows count by their
    /// time, then by id.
    virtual base::Result<std::vector<std::vector<std::optional<int>>>> valuesAt(const std::vector<base::DeviceId>& ids,
                                                                                const std::vector<qint64>& timesUs) = 0;
    virtual base::Result<std::vector<rules::Grant>> grants(base::DeviceId id) = 0;
    /// Counters of the device from a date on, newest first.
    virtual base::Result<std::vector<rules::DailyCounter>> dailyCounters(base::DeviceId id, QDate from) = 0;
    /// Ids of active bindings above `after`, ascending, at most `limit`; with what decay needs to know of them.
    virtual base::Result<std::vector<rules::Binding>> bindingsAfter(base::DeviceId after, int limit,
                                                                    bool onlyActive) = 0;
    /// True when a row of that source stands for the device within [fromUs, toUs).
    virtual base::Result<bool> hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) = 0;
    /// A member of staff and the stored password hash.
    virtual base::Result<std::optional<OperatorRecord>> operatorByName(const QString& username) = 0;

    // Figures of the whole store. For several consistent ones, ask inside a transaction of this store.

    virtual base::Result<std::vector<ValueCount>> valueCounts() = 0;
    /// Nothing while the log is empty.
    virtual base::Result<std::optional<LogExtent>> logExtent() = 0;
    /// Bindings made within each half-open stretch, unbound ones too.
    virtual base::Result<std::vector<qint64>> bindingsMade(const std::vector<rules::UtcInterval>& stretches) = 0;
    /// Grants made within each half-open stretch.
    virtual base::Result<std::vector<qint64>> grantsMade(const std::vector<rules::UtcInterval>& stretches) = 0;
    virtual base::Result<std::vector<LogSums>> logSums(const std::vector<rules::UtcInterval>& stretches) = 0;
    /// One for each day, in order.
    virtual base::Result<std::vector<DayFigures>> dayFigures(const std::vector<rules::LocalDay>& days) = 0;
    /// By device, rule key and kind; only those with rows.
    virtual base::Result<std::vector<DeviceRuleSums>> deviceRuleSums(const rules::LocalDay& day) = 0;
    /// Reads the whole log: tenths of a second for hundreds of thousands of rows.
    virtual base::Result<LevelHistory> levelHistory() = 0;

    // Edits beside the engine. Each is a transaction of its own and answers how many rows it changed.
    virtual base::Result<int> editRule(const QString& key, const RuleEdit& edit, qint64 nowUs) = 0;
    virtual base::Result<int> editSetting(const SettingEdit& edit, qint64 nowUs) = 0;
    virtual base::Result<int> setBound(base::DeviceId id, bool isBound, qint64 nowUs) = 0;
};

} // namespace affinity::store
