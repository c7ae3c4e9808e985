// CrashChild: a relay in a process of its own that dies at one step of its work.
#pragma once

#include "engine/base/json.h"
#include "tests/outbox/outboxstore.h"

namespace affinity::test {

/// What is over when it dies.
enum class RelayStep {
    Claimed,   ///< the pushes; none was sent
    Pushed,    ///< one of them was sent
    Confirmed, ///< the counters have a confirm, and its row is still there
    Delivered  ///< the receiver has a reward, and nobody has noted it
};

struct RelayOrder {
    QString url;
    QByteArray password;
    qint64 nowUs = 0;
    quint16 redisPort = 0;
    quint16 receiverPort = 0;
    RelayStep step = RelayStep::Claimed;
};

/// What the receiver's signatures are made with.
inline const QByteArray receiverKey = "0123456789abcdef0123456789abcdef";

base::Json toJson(const RelayOrder& order);

/// `outbox_tests --child`: reads an order from its input and makes passes until it dies by SIGKILL; 1 when it did not.
int runRelayChild();

} // namespace affinity::test
