// FaultProxy: stands between a client and a real server and breaks their connection at a chosen message.
#pragma once

#include "tests/support/wiremessages.h"

#include <QByteArray>
#include <QThread>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace affinity::test {

/// What goes wrong, once.
struct WireFault {
    enum class Kind {
        Fin,       ///< both ends see the other close
        Reset,     ///< both ends see a reset
        Blackhole, ///< nothing arrives any more in either direction, and nobody is told
        Half,      ///< half of the message's bytes arrive, then both ends see the other close
        Call       ///< nothing breaks: only `action` runs
    };
    enum class Moment { Before, After }; ///< of forwarding the message; Half has none
    enum class Unit { Message, Byte };

    Kind kind = Kind::Fin;
    Direction direction = Direction::ToServer;
    qint64 at = 1; ///< counted from 1, over all connections since arm()
    Moment moment = Moment::After;
    Unit unit = Unit::Message;     ///< Byte: `at` bytes arrive; the moment does not count
    bool isAwayAfterwards = false; ///< who connects after it meets the same, until heal()
    /// Runs first, on the proxy's thread; nothing is forwarded meanwhile, and no function of the proxy may be called.
    std::function<void()> action = {};
};

/// Listens on a port of 127.0.0.1 and forwards to another one, on a thread of its own. Every function on any thread;
/// what it asks for has happened when it returns.
class FaultProxy {
public:
    FaultProxy(Wire wire, quint16 serverPort);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    quint16 port() const { return m_port; }

    /// Counts from here, and breaks what it is told to.
    void arm(const WireFault& fault);
    /// Counts from here without any fault.
    void count();
    bool hasFired() const;
    qint64 messages(Direction direction) const;
    qint64 bytes(Direction direction) const;

    /// Ends the fault: swallowing connections are closed, new ones reach the server.
    void heal();
    /// Both ends of every connection see the other close.
    void cutAll();

private:
    enum class State { Open, Swallowing, Ending };
    struct End {
        int socket = -1;
        QByteArray waiting; ///< bytes of a message that is not whole
    };
    struct Link {
        End client;
        End server;
        WireMessages messages;
        State state = State::Open;
    };
    struct Counts {
        qint64 messages = 0;
        qint64 bytes = 0;
    };

    void run();
    void accept();
    void read(qint64 id, bool isClient);
    void forward(Link& link, Direction direction, QByteArrayView bytes);
    qint64 reach(const WireFault& fault, qsizetype length) const;
    void strike(Link& link);
    void end(Link& link);
    static void reset(Link& link);
    static void close(End& end);
    void removeClosed();
    void wake() const;
    Counts& countsOf(Direction direction) { return direction == Direction::ToServer ? m_toServer : m_toClient; }

    Wire m_wire;
    quint16 m_serverPort;
    quint16 m_port = 0;
    int m_listener = -1;
    int m_wakeup = -1; ///< an eventfd: the thread waits on it too

    mutable std::mutex m_mutex; ///< of everything below
    std::map<qint64, Link> m_links;
    qint64 m_nextId = 1;
    std::optional<WireFault> m_fault;
    bool m_hasFired = false;
    bool m_isAway = false;
    bool m_isEnding = false;
    Counts m_toServer;
    Counts m_toClient;
    std::unique_ptr<QThread> m_thread;
};

} // namespace affinity::test
