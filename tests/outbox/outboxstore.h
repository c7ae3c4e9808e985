// OutboxStore: a store with an outbox for one test, embedded or on a real server, with devices and rules in it.
#pragma once

#include "engine/store/open.h"
#include "tests/production/productionstore.h"

#include <QTemporaryDir>

namespace affinity::test {

enum class Backend { Embedded, PostgreSql, MariaDb };

/// Adds a data row for each kind of store to the column "backend" of a test class's global data.
void addBackends();
/// The same without the embedded one, which has no connection.
void addServerBackends();
Backend currentBackend();

inline const QString pat = QStringLiteral("pat");           ///< 1 point, no cooldown, no cap that a test reaches
inline const QString festival = QStringLiteral("festival"); ///< 150 points, no cooldown: over levels 2, 3 and 4

/// The rules of the races and those above; levels 2 (50 points) and 3 (120) have rewards, 4 (140) has none.
rules::RuleSet outboxRuleSet();

/// Made, opened and removed on the main thread or another; one at a time.
class OutboxStore {
public:
    /// Devices 1, 2 … have these values; their users are 1 to 3 in turn.
    explicit OutboxStore(Backend backend, StoreTime time = StoreTime::Given,
                         const std::vector<int>& values = {0, 0, 0});
    ~OutboxStore();
    OutboxStore(const OutboxStore&) = delete;
    OutboxStore& operator=(const OutboxStore&) = delete;

    /// `port`: of a proxy before the server.
    std::unique_ptr<store::Store> open(store::Access access = store::Access::Write, quint16 port = 0) const;
    quint16 serverPort() const;
    /// The first column of the first row of a question behind the store's back; runs any other statement, too.
    QString query(const QString& sql) const;
    void passTime(qint64 us) { m_clock.setNowUs(m_clock.nowUs() + us); }
    /// The given time; the store's when its time is given.
    base::VirtualClock& clock() { return m_clock; }
    const base::VirtualClock& clock() const { return m_clock; }
    const base::Clock& storeClock() const {
        return m_time == StoreTime::Given ? static_cast<const base::Clock&>(m_clock) : m_systemClock;
    }
    bool isTimeGiven() const { return m_time == StoreTime::Given; }
    QString url() const { return m_url; }
    QByteArray password() const;

    store::OutboxFigures figures() const;
    std::vector<store::RewardDelivery> deliveries() const; ///< oldest first

private:
    store::OpenOptions openOptions() const;

    Backend m_backend;
    StoreTime m_time;
    base::VirtualClock m_clock{noonUs};
    base::SystemClock m_systemClock;
    QTemporaryDir m_folder;
    QString m_url;
};

} // namespace affinity::test

Q_DECLARE_METATYPE(affinity::test::Backend)
