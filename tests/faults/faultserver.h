// FaultServer: a real database server with Django's tables and the console's, and what stands in them for one device.
#pragma once

#include "engine/store/serveroptions.h"
#include "engine/store/servertarget.h"
#include "engine/store/sqlconnection.h"
#include "tests/support/databaseserver.h"
#include "tests/support/wiremessages.h"

#include <memory>

namespace affinity::test {

/// Far more than anything of a healthy server takes, on a busy machine too.
inline constexpr int longestMs = 60'000;

/// Stops the program when test data cannot be made.
template<typename T> T required(base::Result<T> result) {
    if (!result)
        qFatal("%s", qPrintable(result.error().what));
    return std::move(result).value();
}

/// Limits that only a broken server reaches.
store::ServerOptions patientOptions();

/// Adds a data row for each kind of server to the column "dialect".
void addServers();

/// Opens a connection of the target's kind.
base::Result<std::unique_ptr<store::SqlConnection>> connectTo(const store::ServerTarget& target,
                                                              const store::ServerOptions& options);

/// A server that runs, with one prepared database. Made on the main thread; the target is for any.
class FaultServer {
public:
    explicit FaultServer(store::Dialect dialect);

    DatabaseServer& server() { return *m_server; }
    /// As the application signs in, without TLS; `port` is a proxy's, 0 the server's own.
    store::ServerTarget target(quint16 port = 0) const;
    Wire wire() const;

private:
    store::Dialect m_dialect;
    std::unique_ptr<DatabaseServer> m_server;
    store::ServerTarget m_target;
};

/// What a device's rows say; the operations of this folder start from DeviceTruth{} of makeDevice().
struct DeviceTruth {
    qint64 value = 48;
    qint64 level = 1;
    qint64 logRows = 0;
    qint64 logSum = 0;      ///< points
    qint64 lastLogId = 0;   ///< 0: none
    qint64 triggers = 0;    ///< of the daily counters
    qint64 accumulated = 0; ///< of the daily counters, points
    qint64 grants = 0;
    qint64 notes = 0;

    friend bool operator==(const DeviceTruth&, const DeviceTruth&) = default;
};

QString textOf(const DeviceTruth& truth);

/// A device of user 1 that nobody has used: 48 points, level 1. Ids are never given twice in a process.
base::DeviceId makeDevice(store::SqlConnection& connection);
DeviceTruth truthOf(store::SqlConnection& connection, base::DeviceId device);

} // namespace affinity::test
