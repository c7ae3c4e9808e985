// Waiting for a socket by its descriptor, where Qt's own waiting gives the connection up at its time limit.
#pragma once

#include <QtGlobal>

namespace affinity::redis {

enum class SocketEvent { Readable, Writable };

/// True when the socket is ready, was closed or has an error; false after `timeoutMs` (0: looks only). Any thread.
bool waitForSocket(qintptr descriptor, SocketEvent event, int timeoutMs);

} // namespace affinity::redis
