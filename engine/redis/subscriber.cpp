#include "engine/redis/subscriber.h"

#include "engine/redis/backoff.h"
#include "engine/redis/command.h"
#include "engine/redis/opening.h"
#include "engine/redis/replyerror.h"
#include "engine/redis/tls.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QPointer>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <array>
#include <utility>

namespace affinity::redis {

namespace {

constexpr qint64 readBytes = 16 * 1024;
constexpr qint64 bufferBytes =
    1024 * 1024; ///< read ahead; beyond it Redis keeps the messages, and cuts us off in the end

bool isWord(const Reply& reply, const char* word) {
    return reply.kind == ReplyKind::Text && reply.text == word;
}

} // namespace

struct Subscriber::Private {
    Subscriber* q;
    Target target;
    SubscriberOptions options;
    BackOff backOff;
    QElapsedTimer clock;
    std::vector<QByteArray> channels;
    std::vector<QByteArray> patterns;

    std::unique_ptr<QTcpSocket> socket;
    std::unique_ptr<ReplyReader> reader;
    QTimer retryTimer;
    QTimer watchTimer;
    bool isStarted = false;
    bool isSigningIn = false;
    bool hasAsked = false; ///< subscribeAll() has run on this connection
    bool isConfirmed = false;
    bool wasConfirmed = false;
    size_t missingConfirmations = 0;
    qint64 heardMs = 0;
    qint64 lostMs = 0;
    bool hasHeard = false; ///< since watch() looked
    int looks = 0;         ///< of watch(): before the confirmation all of them, then those since a byte came
    Failure failure;

    Private(Subscriber* subscriber, const Target& newTarget, SubscriberOptions newOptions)
        : q(subscriber), target(newTarget), options(std::move(newOptions)), backOff(options.random) {
        clock.start();
        retryTimer.setSingleShot(true);
        QObject::connect(&retryTimer, &QTimer::timeout, q, [this] { open(); });
        QObject::connect(&watchTimer, &QTimer::timeout, q, [this] { watch(); });
    }

    void open() {
        drop();
        heardMs = clock.elapsed();
        hasHeard = false;
        looks = 0;
        reader = std::make_unique<ReplyReader>(options.limits);
        watchTimer.start(lookMs());
        if (target.usesTls && !openTls())
            return;
        if (!target.usesTls) {
            socket = std::make_unique<QTcpSocket>();
            QObject::connect(socket.get(), &QAbstractSocket::connected, q, [this] { greet(); });
        }
        socket->setProxy(QNetworkProxy::NoProxy);
        socket->setReadBufferSize(bufferBytes);
        QObject::connect(socket.get(), &QAbstractSocket::readyRead, q, [this] { read(); });
        QObject::connect(socket.get(), &QAbstractSocket::errorOccurred, q, [this] { socketFailed(); });
        if (auto* tls = qobject_cast<QSslSocket*>(socket.get()))
            tls->connectToHostEncrypted(target.host, target.port, certificateName(target));
        else
            socket->connectToHost(target.host, target.port);
    }

    bool openTls() {
        const auto configuration = tlsConfiguration(target);
        if (!configuration) {
            fail({Cause::TlsFiles, configuration.error().what});
            return false;
        }
        auto tls = std::make_unique<QSslSocket>();
        tls->setSslConfiguration(*configuration);
        QObject::connect(tls.get(), &QSslSocket::encrypted, q, [this] { greet(); });
        socket = std::move(tls);
        return true;
    }

    /// Ends the socket without a word to anybody. It may be telling a signal just now, so it goes later.
    void drop() {
        watchTimer.stop();
        isConfirmed = isSigningIn = hasAsked = false;
        missingConfirmations = 0;
        if (!socket)
            return;
        socket->disconnect(q);
        socket->abort();
        socket->setParent(q); // so that it ends with us when no event loop runs any more
        socket.release()->deleteLater();
    }

    void fail(const Failure& newFailure) {
        if (isConfirmed)
            lostMs = heardMs; // nothing after the last byte heard is sure
        drop();
        failure = newFailure;
        backOff.failed(clock.elapsed());
        retryTimer.start(static_cast<int>(backOff.leftMs(clock.elapsed())));
        Q_EMIT q->lost(failure.what);
    }

    void socketFailed() {
        const QString text = socket->errorString();
        const auto* tls = qobject_cast<QSslSocket*>(socket.get());
        if (isConfirmed)
            return fail({Cause::Lost, QStringLiteral("Listening to Redis at %1 ended: the connection was cut (%2).")
                                          .arg(where(target), text)});
        if (tls &&
            (socket->error() == QAbstractSocket::SslHandshakeFailedError || !tls->sslHandshakeErrors().isEmpty()))
            return fail(tlsFailure(target, tls->sslHandshakeErrors(), text));
        const Cause cause =
            socket->error() == QAbstractSocket::HostNotFoundError ? Cause::HostUnknown : Cause::Unreachable;
        fail({cause, QStringLiteral("Redis at %1 cannot be reached (%2). Check host, port and that the server runs.")
                         .arg(where(target), text)});
    }

    void send(const Command& command) {
        QByteArray request;
        if (const auto formatted = appendCommand(request, command); !formatted)
            return fail({Cause::NotRedis, formatted.error().what});
        socket->write(request);
    }

    void greet() {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
        const Command signIn = signInCommand(target);
        isSigningIn = !signIn.empty();
        if (isSigningIn)
            return send(signIn);
        subscribeAll();
    }

    void subscribeAll() {
        hasAsked = true;
        missingConfirmations = channels.size() + patterns.size();
        for (const auto& [name, topics] : {std::pair{"SUBSCRIBE", &channels}, std::pair{"PSUBSCRIBE", &patterns}}) {
            if (topics->empty())
                continue;
            Command command{name};
            command.insert(command.end(), topics->begin(), topics->end());
            send(command);
            if (!socket)
                return;
        }
        if (missingConfirmations == 0)
            send({"PING"}); // its answer shows that the server is there
    }

    void read() {
        const QPointer<QTcpSocket> current = socket.get(); // a slot may stop us, or end the connection
        std::array<char, readBytes> bytes;
        while (current && current == socket.get() && current->bytesAvailable() > 0) {
            const qint64 size = current->read(bytes.data(), readBytes);
            if (size <= 0)
                return;
            heardMs = clock.elapsed();
            hasHeard = true;
            reader->feed({bytes.data(), size});
            while (current && current == socket.get()) {
                auto reply = reader->next();
                if (!reply)
                    return fail({reply.error().kind == base::ErrorKind::Refused ? Cause::TooLarge : Cause::NotRedis,
                                 reply.error().what});
                if (!*reply)
                    break;
                take(**reply);
            }
        }
    }

    void take(const Reply& reply) {
        if (isSigningIn) {
            isSigningIn = false;
            if (const auto refused = greetingFailure(target, Step::SignIn, reply))
                return fail(*refused);
            return subscribeAll();
        }
        if (reply.isError()) {
            if (const auto refused = greetingFailure(target, Step::Greet, reply))
                return fail(*refused);
            if (!isConfirmed || missingConfirmations > 0)
                return fail({Cause::SignInRefused,
                             explained(reply, QStringLiteral("to listen at %1").arg(where(target))).what});
            return;
        }
        const std::vector<Reply>& items = reply.items;
        if (items.size() == 3 && isWord(items[0], "message"))
            Q_EMIT q->message(items[1].text, items[2].text);
        else if (items.size() == 4 && isWord(items[0], "pmessage"))
            Q_EMIT q->message(items[2].text, items[3].text);
        else if (items.size() == 3 && (isWord(items[0], "subscribe") || isWord(items[0], "psubscribe")))
            confirmOne();
        else if (!isConfirmed && missingConfirmations == 0)
            confirmAll(); // the answer to PING
    }

    void confirmOne() {
        if (missingConfirmations > 0)
            --missingConfirmations;
        if (missingConfirmations == 0 && !isConfirmed)
            confirmAll();
    }

    void confirmAll() {
        isConfirmed = true;
        looks = 0;
        backOff.succeeded();
        failure = {};
        const bool isAgain = std::exchange(wasConfirmed, true);
        const qint64 withoutMs = clock.elapsed() - lostMs;
        const QPointer<Subscriber> self = q;
        Q_EMIT q->connected();
        if (self && isAgain && isConfirmed)
            Q_EMIT q->gap(withoutMs);
    }

    int lookMs() const { return std::max(1, options.pingMs); }

    /// Waiting is counted in looks, not by the clock: what arrives while this thread is held up is heard only later,
    /// and that is no silence of the server.
    void watch() {
        ++looks;
        const qint64 waitedMs = qint64{looks} * lookMs();
        if (!isConfirmed) {
            if (waitedMs >= options.openMs)
                fail({Cause::TimedOut,
                      QStringLiteral(
                          "Redis at %1 did not let us listen within %2 ms; the server or the network does not answer.")
                          .arg(where(target))
                          .arg(options.openMs)});
            return;
        }
        if (std::exchange(hasHeard, false)) {
            looks = 0;
            return;
        }
        if (waitedMs >= options.silentMs)
            return fail(
                {Cause::TimedOut, QStringLiteral("Redis at %1 has been silent for %2 ms; the server or the network is "
                                                 "down.")
                                      .arg(where(target))
                                      .arg(clock.elapsed() - heardMs)});
        send({"PING"});
    }

    void add(std::vector<QByteArray>& topics, const QByteArray& topic, const char* commandName) {
        if (std::find(topics.begin(), topics.end(), topic) != topics.end())
            return;
        topics.push_back(topic);
        if (!hasAsked)
            return; // subscribeAll() will send it
        ++missingConfirmations;
        send({commandName, topic});
    }

    void remove(std::vector<QByteArray>& topics, const QByteArray& topic, const char* commandName) {
        if (std::erase(topics, topic) > 0 && hasAsked)
            send({commandName, topic});
    }
};

Subscriber::Subscriber(const Target& target, SubscriberOptions options, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, target, std::move(options))) {
}

Subscriber::~Subscriber() {
    stop();
}

void Subscriber::subscribe(const QByteArray& channel) {
    d->add(d->channels, channel, "SUBSCRIBE");
}

void Subscriber::subscribePattern(const QByteArray& pattern) {
    d->add(d->patterns, pattern, "PSUBSCRIBE");
}

void Subscriber::unsubscribe(const QByteArray& channel) {
    d->remove(d->channels, channel, "UNSUBSCRIBE");
}

void Subscriber::unsubscribePattern(const QByteArray& pattern) {
    d->remove(d->patterns, pattern, "PUNSUBSCRIBE");
}

void Subscriber::start() {
    if (std::exchange(d->isStarted, true))
        return;
    d->open();
}

void Subscriber::stop() {
    d->isStarted = false;
    if (d->isConfirmed)
        d->lostMs = d->heardMs;
    d->retryTimer.stop();
    d->drop();
}

bool Subscriber::isConnected() const {
    return d->isConfirmed;
}

Failure Subscriber::lastFailure() const {
    return d->failure;
}

} // namespace affinity::redis
