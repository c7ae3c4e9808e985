// DjangoRequest: one event as the Django service beside us applies it: counters first, then SQL, statement by
// statement.
#pragma once

#include "engine/store/counters.h"
#include "engine/store/sqlconnection.h"
#include "tests/production/productionstore.h"

namespace affinity::test {

/// Checks in Redis and writes later, so that two of them at once can both pass a cap: what we live beside. Each on a
/// connection of its own, in the order: checks(), lock(), write(), commit(), confirm(). Uses no lock but the device's
/// row, and writes no note. When the server undoes its transaction (a deadlock), the request has failed, as with a 500
/// of Django's: nothing more of it runs, and commit() says so.
class DjangoRequest {
public:
    DjangoRequest(const ProductionStore& rows, base::DeviceId device, const rules::Rule& rule,
                  const QString& eventId = {});

    /// Asks the counters; false: refused.
    bool checks(store::Counters& counters, const rules::Setting& setting, QDate date);
    /// BEGIN and SELECT … FOR UPDATE; waits for whoever holds the row.
    void lock();
    /// The change that was checked: value, log, daily counter, level.
    void write(qint64 nowUs, QDate date, const std::vector<rules::Level>& levels);
    /// COMMIT, then the grants of levels crossed, each on its own; false: the server had undone it, nothing stands.
    [[nodiscard]] bool commit();
    /// After a commit.
    void confirm(store::Counters& counters, QDate date);

    base::LogId logId() const { return m_logId; }

private:
    void run(const QString& sql, const QVariantList& values = {}, const store::RowVisitor& visit = {});
    QVariantList row(const QString& sql, const QVariantList& values, int columns);

    std::unique_ptr<store::SqlConnection> m_connection;
    base::DeviceId m_device;
    rules::Rule m_rule;
    QString m_eventId;
    bool m_isUndone = false;
    int m_change = 0;
    int m_value = 0;
    int m_level = 0;
    base::LogId m_logId;
    qint64 m_nowUs = 0;
    std::vector<rules::Level> m_crossed;
};

} // namespace affinity::test
