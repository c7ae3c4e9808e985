// CrashOrder: what a client process is to do on a real server, and at which step of it something goes wrong.
#pragma once

#include "engine/base/json.h"
#include "engine/store/dialect.h"
#include "tests/faults/faultclient.h"

namespace affinity::test {

/// Steps of an operation, in their order; each is over when the fault comes. An adjustment has no event id and no
/// counters.
enum class CrashStep {
    CountersRead,
    Begun,
    EventLocked,
    DeviceLocked,
    Rechecked,
    ValueWritten, ///< with the log row, the day's counter and the level
    NoteWritten,
    GrantWritten, ///< the first of two
    CommitSent,   ///< and not answered
    CommitAnswered,
    Confirmed, ///< to the counters
};

enum class CrashFault {
    KillClient,    ///< kill -9
    StopClient,    ///< SIGSTOP until its transaction's time is over and another client has done the same operation
    RestartServer, ///< its fast shutdown, and a new start
    KillServer,    ///< kill -9, and a new start with its recovery
    KillRedis      ///< kill -9, and a new start with nothing in it
};

QString name(CrashStep step);
QString name(CrashFault fault);
std::vector<CrashStep> stepsOf(Operation operation);

struct CrashOrder {
    store::ServerTarget target;
    quint16 redisPort = 0;
    Operation operation = Operation::Apply;
    base::DeviceId device;
    QString id; ///< of the event or operation
    CrashStep step = CrashStep::Begun;
    CrashFault fault = CrashFault::KillClient;
};

base::Json toJson(const CrashOrder& order);
CrashOrder crashOrderFrom(const base::Json& json);

/// What the client says when it is at the step, before the fault; it then waits for a line unless it is its own fault.
inline const QByteArray atStep = "at the step\n";

/// The client process, `fault_tests --child`: reads an order from its input, carries it out and prints the result as a
/// line of JSON.
int runCrashChild();

} // namespace affinity::test
