// ContractStore: the same rows in every kind of store, so that one suite can ask all of them the same questions.
#pragma once

#include "engine/store/bulkcopy.h"
#include "engine/store/memorydatabase.h"
#include "engine/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

/// Declares `name` as the value of a Result, or fails the test with its error.
#define TAKE(name, expression)                                                                                         \
    auto name##Result = (expression);                                                                                  \
    QVERIFY2(name##Result.isOk(), qPrintable(affinity::test::errorText(name##Result)));                                \
    auto name = std::move(name##Result).value()

/// Fails the test unless the expression is an ok Result<void>.
#define SUCCEEDS(expression)                                                                                           \
    do {                                                                                                               \
        const auto checkedOutcome = (expression);                                                                      \
        QVERIFY2(checkedOutcome.isOk(), qPrintable(affinity::test::errorText(checkedOutcome)));                        \
    } while (false)

/// Fails the test unless the expression is an error of that kind.
#define FAILS_WITH(kindName, expression)                                                                               \
    do {                                                                                                               \
        const auto checkedOutcome = (expression);                                                                      \
        QVERIFY2(!checkedOutcome.isOk(), "it succeeded");                                                              \
        QVERIFY2(checkedOutcome.error().kind == affinity::base::ErrorKind::kindName,                                   \
                 qPrintable(affinity::test::errorText(checkedOutcome)));                                               \
    } while (false)

namespace affinity::test {

template<typename T> QString errorText(const base::Result<T>& result) {
    return result.isOk() ? QString() : name(result.error().kind) + QStringLiteral(": ") + result.error().what;
}

/// Stops the program when test data cannot be made.
template<typename T> T must(base::Result<T> result) {
    if (!result)
        qFatal("%s", qPrintable(errorText(result)));
    return std::move(result).value();
}

inline void must(const base::Result<void>& result) {
    if (!result)
        qFatal("%s", qPrintable(errorText(result)));
}

struct ServerDatabase;

enum class Backend {
    Memory,
    BareMemory,
    Embedded,
    DjangoBare,
    DjangoPrepared,
    PostgresBare,
    PostgresPrepared,
    MariaDbBare,
    MariaDbPrepared,
    RenamedSqlite,   ///< Django's tables and columns under other names (renamedschema.h); prepared
    RenamedPostgres, ///< the same
    RenamedMariaDb   ///< the same, bare
};

/// Adds a data row for each backend, or for each that is wanted, to the column "backend" of a test class's global data.
void addBackends(const std::function<bool(Backend)>& isWanted = [](Backend) { return true; });
Backend currentBackend();
bool isSqlite(Backend backend);
bool isServer(Backend backend);
bool isMariaDb(Backend backend);
bool isRenamed(Backend backend);
QString kindOf(Backend backend); ///< as StoreInfo has it
bool isPrepared(Backend backend);

/// Noon of 1 March 2026, UTC.
inline constexpr qint64 noonUs = 1'772'366'400 * qint64{1'000'000};
inline constexpr qint64 secondUs = 1'000'000;
inline constexpr qint64 dayUs = 86'400 * secondUs; // where no clock is put forward or back

/// Three users, six bindings (5 unbound; 6 never active), rules chat, gift, decay, a disabled and a deleted one, levels
/// 1 to 3 from 0, 50 and 120 points, operators admin (superuser), designer (of the group), support, viewer.
void fill(store::MemoryDatabase& database);

/// A log row of binding 1 under rule chat, from 10 to 12 points, at noon; tests change what they are about.
rules::LogRow chatRow();
/// The plan that writes chatRow() with its counter.
store::WritePlan chatPlan();

/// A plan of binding 1 that goes on from the value it has after `number` others of two points each.
store::WritePlan chatPlanAfter(int number, qint64 atUs);

/// Writes plans in one transaction each; the last one's receipt.
base::Result<store::WriteReceipt> written(store::Store& store, const std::vector<store::WritePlan>& plans);

/// One filled store of a kind; its files live as long as it does.
class ContractStore {
public:
    using Filling = std::function<void(store::MemoryDatabase&)>;
    explicit ContractStore(Backend backend, const Filling& filling = fill);
    ~ContractStore();

    /// A further handle on the same rows.
    base::Result<std::unique_ptr<store::Store>> open(store::Access access = store::Access::Write,
                                                     int timeoutMs = 5000) const;
    const QString& fileName() const { return m_fileName; }
    Backend backend() const { return m_backend; }
    base::VirtualClock& clock() { return m_clock; }
    /// Runs SQL on the database behind the store's back.
    void runSql(const QString& sql) const;
    /// Runs SQL the same way; whether the database refused it.
    bool isSqlRefused(const QString& sql) const;

private:
    base::VirtualClock m_clock{noonUs};
    QTemporaryDir m_folder;
    Backend m_backend;
    QString m_fileName;                               ///< of an SQLite store
    std::unique_ptr<ServerDatabase> m_serverDatabase; ///< of a store on a server
    std::shared_ptr<store::MemoryDatabase> m_database;
};

/// Makes `fileName` from tests/data/django/django-sqlite.sql.
void loadDjango(const QString& fileName);
/// Runs SQL on an SQLite file, on a connection of its own.
void runSqlOn(const QString& fileName, const QStringList& statements);
/// First column of a select's rows.
QStringList selectFrom(const QString& fileName, const QString& sql);

} // namespace affinity::test
