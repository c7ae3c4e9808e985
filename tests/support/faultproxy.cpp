#include "tests/support/faultproxy.h"

#include <QtEndian>

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace affinity::test {

namespace {

constexpr int proxyBufferBytes = 65'536;

sockaddr_in loopback(quint16 port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = qToBigEndian(port);
    address.sin_addr.s_addr = qToBigEndian<quint32>(INADDR_LOOPBACK);
    return address;
}

/// Each message leaves when it is written.
void sendAtOnce(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connectedTo(quint16 port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        sendAtOnce(socket);
        return socket;
    }
    ::close(socket);
    return -1;
}

/// What a peer that has gone does not take is lost, as on any connection.
void sendAll(int socket, QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return;
        bytes = bytes.sliced(std::max<ssize_t>(sent, 0));
    }
}

} // namespace

FaultProxy::FaultProxy(Wire wire, quint16 serverPort) : m_wire(wire), m_serverPort(serverPort) {
    m_wakeup = ::eventfd(0, EFD_CLOEXEC);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        qFatal("The fault proxy cannot listen.");
    m_port = qFromBigEndian(address.sin_port);
    m_thread.reset(QThread::create([this] { run(); }));
    m_thread->start();
}

FaultProxy::~FaultProxy() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    wake();
    m_thread->wait();
    for (auto& [id, link] : m_links)
        reset(link);
    ::close(m_listener);
    ::close(m_wakeup);
}

void FaultProxy::wake() const {
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wakeup, &one, sizeof one);
}

void FaultProxy::arm(const WireFault& fault) {
    count();
    const std::lock_guard lock(m_mutex);
    m_fault = fault;
}

void FaultProxy::count() {
    heal();
    const std::lock_guard lock(m_mutex);
    m_hasFired = false;
    m_toServer = {};
    m_toClient = {};
}

bool FaultProxy::hasFired() const {
    const std::lock_guard lock(m_mutex);
    return m_hasFired;
}

qint64 FaultProxy::messages(Direction direction) const {
    const std::lock_guard lock(m_mutex);
    return (direction == Direction::ToServer ? m_toServer : m_toClient).messages;
}

qint64 FaultProxy::bytes(Direction direction) const {
    const std::lock_guard lock(m_mutex);
    return (direction == Direction::ToServer ? m_toServer : m_toClient).bytes;
}

void FaultProxy::heal() {
    const std::lock_guard lock(m_mutex);
    m_fault.reset();
    m_isAway = false;
    for (auto& [id, link] : m_links) {
        if (link.state == State::Swallowing)
            reset(link);
    }
    wake();
}

void FaultProxy::cutAll() {
    const std::lock_guard lock(m_mutex);
    for (auto& [id, link] : m_links)
        end(link);
    wake();
}

void FaultProxy::run() {
    for (;;) {
        std::vector<pollfd> waits{{m_wakeup, POLLIN, 0}, {m_listener, POLLIN, 0}};
        std::vector<std::pair<qint64, bool>> whose(waits.size());
        {
            const std::lock_guard lock(m_mutex);
            if (m_isEnding)
                return;
            removeClosed();
            for (const auto& [id, link] : m_links) {
                waits.push_back({link.client.socket, POLLIN, 0});
                waits.push_back({link.server.socket, POLLIN, 0});
                whose.insert(whose.end(), {{id, true}, {id, false}});
            }
        }
        ::poll(waits.data(), waits.size(), -1);
        const std::lock_guard lock(m_mutex);
        if (waits[0].revents != 0) {
            quint64 wakeups = 0;
            [[maybe_unused]] const ssize_t taken = ::read(m_wakeup, &wakeups, sizeof wakeups);
        }
        if (waits[1].revents != 0)
            accept();
        for (size_t i = 2; i < waits.size(); ++i) {
            if (waits[i].revents != 0)
                read(whose[i].first, whose[i].second);
        }
    }
}

void FaultProxy::accept() {
    Link link{{::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC), {}}, {}, WireMessages(m_wire), State::Open};
    if (link.client.socket < 0)
        return;
    sendAtOnce(link.client.socket);
    const bool isSwallowed = m_isAway && m_fault && m_fault->kind == WireFault::Kind::Blackhole;
    if (isSwallowed)
        link.state = State::Swallowing;
    else if (!m_isAway)
        link.server.socket = connectedTo(m_serverPort);
    if (!isSwallowed && link.server.socket < 0)
        reset(link);
    else
        m_links.emplace(m_nextId++, std::move(link));
}

void FaultProxy::read(qint64 id, bool isClient) {
    const auto found = m_links.find(id);
    if (found == m_links.end())
        return;
    Link& link = found->second;
    End& from = isClient ? link.client : link.server;
    if (from.socket < 0)
        return;
    std::array<char, proxyBufferBytes> buffer;
    const ssize_t size = ::recv(from.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size > 0) {
        if (link.state == State::Open)
            forward(link, isClient ? Direction::ToServer : Direction::ToClient, {buffer.data(), qsizetype(size)});
        return;
    }
    if (link.state == State::Open) { // the other end learns it in the same way
        End& to = isClient ? link.server : link.client;
        sendAll(to.socket, from.waiting);
        close(link.client);
        close(link.server);
    } else {
        close(from);
    }
}

/// How many bytes of the message that comes next still arrive when the fault strikes at it; -1: it does not.
qint64 FaultProxy::reach(const WireFault& fault, qsizetype length) const {
    const Counts& counts = fault.direction == Direction::ToServer ? m_toServer : m_toClient;
    if (fault.unit == WireFault::Unit::Byte)
        return counts.bytes + length >= fault.at ? fault.at - counts.bytes : -1;
    if (counts.messages + 1 != fault.at)
        return -1;
    if (fault.kind == WireFault::Kind::Half)
        return length / 2;
    return fault.moment == WireFault::Moment::After ? length : 0;
}

void FaultProxy::forward(Link& link, Direction direction, QByteArrayView bytes) {
    End& from = direction == Direction::ToServer ? link.client : link.server;
    const End& to = direction == Direction::ToServer ? link.server : link.client;
    from.waiting.append(bytes);
    qsizetype done = 0;
    for (;;) {
        const QByteArrayView rest = QByteArrayView(from.waiting).sliced(done);
        const qsizetype length = link.messages.take(direction, rest);
        if (length == 0)
            break;
        if (m_fault && !m_hasFired && m_fault->direction == direction) {
            if (const qint64 arriving = reach(*m_fault, length); arriving >= 0) {
                sendAll(to.socket, QByteArrayView(from.waiting).first(done + arriving));
                strike(link);
                if (m_fault->kind != WireFault::Kind::Call)
                    return;
                from.waiting.remove(0, done + arriving);
                done = 0;
                if (arriving > 0)
                    continue;
            }
        }
        Counts& counts = countsOf(direction);
        ++counts.messages;
        counts.bytes += length;
        done += length;
    }
    sendAll(to.socket, QByteArrayView(from.waiting).first(done));
    from.waiting.remove(0, done);
}

void FaultProxy::strike(Link& link) {
    m_hasFired = true;
    m_isAway = m_fault->isAwayAfterwards;
    if (m_fault->action)
        m_fault->action();
    switch (m_fault->kind) {
    case WireFault::Kind::Fin:
    case WireFault::Kind::Half:
        end(link);
        break;
    case WireFault::Kind::Reset:
        reset(link);
        break;
    case WireFault::Kind::Blackhole:
        link.state = State::Swallowing;
        break;
    case WireFault::Kind::Call:
        break;
    }
}

/// Sends a FIN to both; a plain close() with bytes unread would send a reset instead.
void FaultProxy::end(Link& link) {
    link.state = State::Ending;
    for (const End* each : {&link.client, &link.server}) {
        if (each->socket >= 0)
            ::shutdown(each->socket, SHUT_WR);
    }
}

void FaultProxy::reset(Link& link) {
    const linger atOnce{1, 0};
    for (End* each : {&link.client, &link.server}) {
        if (each->socket >= 0)
            ::setsockopt(each->socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        close(*each);
    }
}

void FaultProxy::close(End& end) {
    if (end.socket >= 0)
        ::close(end.socket);
    end.socket = -1;
}

void FaultProxy::removeClosed() {
    std::erase_if(m_links,
                  [](const auto& entry) { return entry.second.client.socket < 0 && entry.second.server.socket < 0; });
}

} // namespace affinity::test
