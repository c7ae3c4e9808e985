// Restarts: several consoles write on the same few devices while their server dies again and again.
#pragma once

#include "tests/faults/faultclient.h"

#include <QElapsedTimer>
#include <QStringList>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

namespace affinity::test {

struct RestartsPlan {
    int writers = 4;
    int devices = 6;
    int kills = 3;
    int operationsBetween = 600; ///< that succeed between two kills
};

/// Made and run on the thread that made the server.
class Restarts {
public:
    Restarts(FaultServer& server, const RestartsPlan& plan) : m_server(server), m_plan(plan) {}

    void run();

    int succeeded() const { return m_succeeded; }
    /// Operations that were told to have failed or to be in doubt; each was sent again under its id.
    int disturbed() const { return m_failed + m_inDoubt; }
    const QStringList& violations() const { return m_violations; }
    QStringList lines() const;

private:
    void makeRoom();
    void write(int writer);
    void kill();
    void waitForServer();
    void noteSuccess(const QString& id, const service::ApplyResult& result, bool isAgain);
    void check();
    void checkRows(store::SqlConnection& connection);
    void checkDevices(store::SqlConnection& connection);

    FaultServer& m_server;
    RestartsPlan m_plan;
    std::vector<base::DeviceId> m_devices;
    std::atomic<bool> m_isEnding = false;
    std::atomic<int> m_succeeded = 0;
    std::atomic<int> m_failed = 0;
    std::atomic<int> m_inDoubt = 0;
    std::atomic<int> m_foundStanding = 0; ///< by the repetition, after a failure or a doubt

    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    bool m_isServerUp = true;
    QElapsedTimer m_sinceUp;
    qint64 m_longestReturnMs = 0;     ///< from the server's start to a disturbed operation's success
    std::map<QString, qint64> m_told; ///< id of each operation that stands, and the log row it was told; 0: none
    QStringList m_violations;
};

} // namespace affinity::test
