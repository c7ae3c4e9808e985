// FakeServer: says PONG to PING and then whatever a test wants, to show what the client does with it.
#pragma once

#include <QByteArray>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;

namespace affinity::test {

/// Answers on a thread of its own until it goes. One connection at a time.
class FakeServer {
public:
    struct Script {
        std::vector<QByteArray> pieces; ///< the answer to anything but PING, each piece sent by itself
        bool closesAfterwards = false;
        bool greets = true;              ///< answers PING
        std::function<void()> whenAsked; ///< told on the server's thread, before the answer
        int answersBeforeCut = -1;       ///< so many requests are answered, then each cuts its connection; -1: never
        bool trickles = false; ///< after the pieces an element of an array comes now and then, until the client goes
    };

    explicit FakeServer(Script script);
    ~FakeServer();
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    quint16 port() const { return m_port; }
    /// How many requests other than PING came.
    int requests() const { return m_requests; }
    /// How many of them are answered to the last piece.
    int answers() const { return m_answers; }
    /// How many connections came.
    int connections() const { return m_connections; }

private:
    bool answer(QTcpSocket& socket, const QByteArray& request);

    Script m_script;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_requests = 0;
    std::atomic<int> m_answers = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<bool> m_isEnding = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace affinity::test
