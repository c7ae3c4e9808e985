// Subscriber: listens to channels on a connection of its own, comes back by itself and says when messages may be
// missing.
#pragma once

#include "engine/redis/failure.h"
#include "engine/redis/replyreader.h"
#include "engine/redis/target.h"

#include <QObject>

#include <functional>
#include <memory>

namespace affinity::redis {

struct SubscriberOptions {
    ReplyLimits limits{.bytes = 1024 * 1024, .elements = 16, .depth = 2}; ///< of one message
    int openMs = 5000;              ///< for connecting, TLS, sign-in and the confirmed subscriptions together
    int pingMs = 1000;              ///< a silent connection is asked this often
    int silentMs = 4000;            ///< without a byte for this long, in whole pingMs, it counts as dead
    std::function<double()> random; ///< [0, 1), spreads the back-off; empty: the system's generator
};

/// SUBSCRIBE and PSUBSCRIBE with reconnecting. Lives on a thread with an event loop; every function is called there and
/// every signal comes from there. A slot may call stop()
/// or deleteLater(), not delete. A dead link is noticed within silentMs + pingMs (5 s); time in which the thread itself
/// is held up does not count. The target's database does not matter: Redis' channels belong to the whole server.
class Subscriber : public QObject {
    Q_OBJECT

public:
    explicit Subscriber(const Target& target, SubscriberOptions options = {}, QObject* parent = nullptr);
    ~Subscriber() override;

    /// Adds a channel or a glob pattern ("affinity_user_*"), now or before start(). A name that is there already stays.
    void subscribe(const QByteArray& channel);
    void subscribePattern(const QByteArray& pattern);
    /// Takes it away; messages that are under way are still told.
    void unsubscribe(const QByteArray& channel);
    void unsubscribePattern(const QByteArray& pattern);

    /// Connects, and again after each loss, until stop().
    void start();
    /// Closes at once; no lost() is told.
    void stop();
    /// Whether every subscription is confirmed and the link is not known to be dead.
    bool isConnected() const;
    /// Why the last try or connection ended.
    Failure lastFailure() const;

Q_SIGNALS:
    /// All subscriptions are confirmed: from here on no message is missed until lost().
    void connected();
    /// The connection, or a try to connect, failed; it is tried again by itself. The reason is a sentence for people.
    void lost(const QString& reason);
    /// Told right after connected() when there was an earlier connection: messages of the last `withoutMs` milliseconds
    /// may be missing. Redis keeps none.
    void gap(qint64 withoutMs);
    /// A message. A channel that matches several subscriptions is told once for each.
    void message(const QByteArray& channel, const QByteArray& payload);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::redis
