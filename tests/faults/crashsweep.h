// CrashSweep: client processes, servers and Redis die at each step of an operation; what is left must be one effect.
#pragma once

#include "tests/faults/crashorder.h"
#include "tests/support/redisserver.h"

#include <QStringList>

#include <map>
#include <mutex>

class QProcess;

namespace affinity::test {

struct CrashCase {
    Operation operation = Operation::Apply;
    CrashStep step = CrashStep::Begun;
    CrashFault fault = CrashFault::KillClient;
};

/// Every step of every operation with every fault that can matter to it.
std::vector<CrashCase> allCrashCases();
/// Sixty of them: each step with a client that dies or stops, and an even choice of servers and Redis that die.
std::vector<CrashCase> chosenCrashCases();
/// The client dies or stops by itself; what it is connected to goes on.
bool isFaultOfTheClient(CrashFault fault);

/// Cases whose fault is the client's own may run at once on several threads; the others one after the other on the
/// thread that made the servers.
class CrashSweep {
public:
    CrashSweep(FaultServer& server, RedisServer& redis) : m_server(server), m_redis(redis) {}

    void run(const CrashCase& wanted);

    int cases() const;
    QStringList violations() const;
    /// A line for each kind of fault: cases, what the client was told, what stood then; then the later operations.
    QStringList lines() const;

private:
    struct Course;
    bool reachesStep(Course& course);
    void strike(Course& course);
    void readResult(Course& course);
    void waitForLocks(Course& course);
    void judge(Course& course);
    void repeat(Course& course);
    void exhaustTheDay(Course& course);
    void addViolation(const Course& course, const QString& text);

    FaultServer& m_server;
    RedisServer& m_redis;
    mutable std::mutex m_mutex;
    std::map<QString, std::map<QString, int>> m_figures;
    int m_cases = 0;
    int m_laterOperations = 0;
    QStringList m_violations;
};

} // namespace affinity::test
