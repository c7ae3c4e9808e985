// ProductionStore: a database that Django made, on a real server, with the rows of one test in it.
#pragma once

#include "engine/store/memorydatabase.h"
#include "engine/store/open.h"
#include "engine/store/sqlconnection.h"
#include "tests/production/servers.h"
#include "tests/production/storerows.h"

#include <functional>

namespace affinity::test {

/// Noon of 1 March 2026, UTC.
inline constexpr qint64 noonUs = 1'772'366'400 * qint64{1'000'000};
inline constexpr qint64 secondUs = 1'000'000;

/// Its local day in Shanghai.
inline const QDate today(2026, 3, 1);
inline constexpr base::DeviceId firstDevice{1};
inline constexpr base::DeviceId secondDevice{2};

inline const QString chat = QStringLiteral("chat");   ///< 2 points, cooldown 60 s, 40 a day
inline const QString gift = QStringLiteral("gift");   ///< 10 points, no cooldown, 40 a day
inline const QString wave = QStringLiteral("wave");   ///< 10 points, no cooldown, 40 a day
inline const QString decay = QStringLiteral("decay"); ///< −5 points, 40 a day
/// Staff.
inline constexpr base::OperatorId admin{1};

/// The rules above, levels 1 to 3 from 0, 50 and 120 points, at most 1,000 points and 100 gained a day, Shanghai's
/// days.
rules::RuleSet raceRuleSet();
/// Users 1 to 3, an operator, and one device for each value: ids from 1 on, the users in turn.
void fillGame(store::MemoryDatabase& database, const rules::RuleSet& ruleSet, const std::vector<int>& values);
base::UserId userOf(base::DeviceId device);

/// Tables with an id of the server's making, in an order in which rows may go.
const QStringList& tablesWithIds();

enum class StoreTime {
    Given, ///< of clock(), which stands
    Servers
};

/// Made and removed on the main thread; open() and connect() on any.
class ProductionStore {
public:
    using Filling = std::function<void(store::MemoryDatabase&)>;
    /// Prepared: with the console's tables, so that a row of ours is known by its note.
    ProductionStore(ServerKind kind, const Filling& filling, StoreTime time = StoreTime::Given, bool isPrepared = true);
    /// With raceRuleSet() and devices of these values.
    ProductionStore(ServerKind kind, const std::vector<int>& values);
    ~ProductionStore();
    ProductionStore(const ProductionStore&) = delete;
    ProductionStore& operator=(const ProductionStore&) = delete;

    base::Result<std::unique_ptr<store::Store>> open() const;
    /// Another application's connection, whose transaction may take its time.
    std::unique_ptr<store::SqlConnection> connect() const;
    /// Runs a statement behind the store's back.
    void runSql(const QString& sql) const;
    base::VirtualClock& clock() { return m_clock; }
    /// What counts as time there, for counters of this process.
    const base::Clock& storeClock() const {
        return m_time == StoreTime::Given ? static_cast<const base::Clock&>(m_clock) : m_systemClock;
    }
    ServerKind kind() const { return m_kind; }
    QString database() const { return DatabaseServer::databaseName(m_address); }
    int waitingSessions() const { return test::waitingSessions(m_kind, database()); }
    StoreRows rows() const;

private:
    store::OpenOptions openOptions() const;

    ServerKind m_kind;
    StoreTime m_time;
    base::VirtualClock m_clock{noonUs};
    base::SystemClock m_systemClock; ///< a server on this machine has the same
    QString m_address;
};

} // namespace affinity::test
