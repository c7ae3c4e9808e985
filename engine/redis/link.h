// Link: one socket to a Redis server with its reply reader; sends a request and waits for its answers in order.
#pragma once

#include "engine/redis/deadline.h"
#include "engine/redis/failure.h"
#include "engine/redis/replyreader.h"
#include "engine/redis/target.h"

#include <QHostAddress>

#include <memory>
#include <optional>
#include <vector>

class QTcpSocket;

namespace affinity::redis {

/// Why a call may go on no longer: cancelled, or past its deadline. `doing` begins the sentence ("Asking").
std::optional<Failure> expiry(const Deadline& deadline, const Target& target, const QString& doing);

/// Opened once, used until its first failure. Lives on the thread that made it, which needs no event loop but must be a
/// QThread or the main thread. Every function keeps the deadline and returns why it could not do its work.
class Link {
public:
    Link(const Target& target, const ReplyLimits& limits);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    std::optional<Failure> connectTo(const QHostAddress& address, const Deadline& deadline);
    std::optional<Failure> encrypt(const Deadline& deadline);

    /// Sends the request and adds `count` replies to `replies`, error replies in their places.
    std::optional<Failure> exchange(const QByteArray& request, size_t count, const Deadline& deadline,
                                    std::vector<Reply>& replies);

    /// How many bytes of the last request may have left this process.
    qint64 sentBytes() const { return m_sentBytes; }

    /// Whether the server has closed the connection, or sent something that nobody asked for, since the last exchange.
    bool isStale();

private:
    std::optional<Failure> receive(size_t count, const Deadline& deadline, std::vector<Reply>& replies);
    std::optional<Failure> readArrived(size_t count, std::vector<Reply>& replies);
    Failure lost(const QString& doing) const;
    void noteSent(qint64 requestSize);

    Target m_target;
    std::unique_ptr<QTcpSocket> m_socket;
    ReplyReader m_reader;
    qint64 m_sentBytes = 0;
};

} // namespace affinity::redis
