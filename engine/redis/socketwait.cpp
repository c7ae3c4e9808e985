#include "engine/redis/socketwait.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

namespace affinity::redis {

bool waitForSocket(qintptr descriptor, SocketEvent event, int timeoutMs) {
    const short events = event == SocketEvent::Readable ? POLLIN : POLLOUT;
#ifdef Q_OS_WIN
    WSAPOLLFD waited{static_cast<SOCKET>(descriptor), events, 0};
    return WSAPoll(&waited, 1, timeoutMs) > 0;
#else
    pollfd waited{static_cast<int>(descriptor), events, 0};
    return poll(&waited, 1, timeoutMs) > 0; // a signal (EINTR) counts as not ready: every caller asks again
#endif
}

} // namespace affinity::redis
