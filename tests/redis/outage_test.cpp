#include "tests/redis/outage_test.h"

#include "engine/base/lane.h"
#include "tests/redis/fakeserver.h"
#include "tests/redis/redistest.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>

#include <array>

namespace affinity::test {

using base::ErrorKind;
using redis::Cause;
using redis::Connection;
using redis::Deadline;
using redis::Effect;
using redis::Reply;

namespace {

constexpr qint64 secondMs = 1000;
constexpr int tries = 5; ///< a busy machine may hold up one of them for longer than a second, not all

/// Sends a command that the server holds (BLPOP) from a lane, kills the server when it holds it, and gives the answer.
/// `cause` is set to the connection's.
base::Result<Reply> killedUnder(RedisServer& server, Effect effect, Cause& cause) {
    std::unique_ptr<Connection> connection;
    base::Lane lane(QStringLiteral("redis"));
    const auto future = lane.run<Reply>([&] {
        connection = std::make_unique<Connection>(server.target());
        return connection->command({"BLPOP", "none", "0"}, effect, soon());
    });
    Connection watching(server.target());
    const auto isHeld = [&watching] {
        const auto clients = watching.command({"CLIENT", "LIST"}, Effect::None, soon());
        return clients && clients->text.contains("cmd=blpop");
    };
    for (const redis::Deadline deadline = soon(); !isHeld() && !deadline.hasPassed();) {
    }
    server.killNow();
    auto result = future.result();
    lane.end([&] {
        cause = connection->lastCause();
        connection.reset();
    });
    return result;
}

/// A port whose queue of connections is full: the system drops every further try, as a dead host would.
class SilentHost {
public:
    SilentHost() {
        m_server.setListenBacklogSize(0);
        m_server.listen(QHostAddress::LocalHost);
        m_server.pauseAccepting();
        for (QTcpSocket& socket : m_waiting)
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server.serverPort());
    }
    quint16 port() const { return m_server.serverPort(); }

private:
    QTcpServer m_server;
    std::array<QTcpSocket, 4> m_waiting;
};

} // namespace

void OutageTest::init() {
    QVERIFY(m_server.start());
}

void OutageTest::stoppedServerIsGivenUpAtTheDeadline() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.open(soon()));
    m_server.pause();
    const GivenUp write = givenUp(
        [&](const Deadline& deadline) {
            return connection.command({"INCR", "n"}, Effect::Once, deadline);
        },
        isInDoubt);
    QVERIFY2(write.isOnTime(), qPrintable(QString::number(write.tookMs)));
    QCOMPARE(write.error.kind, ErrorKind::CommitUnknown);
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    QVERIFY2(write.error.what.contains(QStringLiteral("is not known")), qPrintable(write.error.what));
    QVERIFY(!connection.isOpen());
    const auto isGreeting = [&](const base::Error&) { return isLastStep(connection, redis::Step::Greet); };
    const GivenUp greeting = givenUp([&](const Deadline& deadline) { return connection.open(deadline); }, isGreeting);
    m_server.resume();
    QVERIFY(isGreeting({})); // connecting works while it is stopped, greeting does not
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    QVERIFY2(greeting.isOnTime(), qPrintable(QString::number(greeting.tookMs)));
}

void OutageTest::lateReplyIsNeverTheNextCommands() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.open(soon()));
    m_server.pause();
    const GivenUp late = givenUp(
        [&](const Deadline& deadline) {
            return connection.command({"ECHO", "late"}, Effect::Once, deadline);
        },
        isInDoubt);
    m_server.resume();
    QCOMPARE(late.error.kind, ErrorKind::CommitUnknown); // so it was sent
    base::Result<Reply> reply = base::Error{};
    QTRY_VERIFY((reply = connection.command({"ECHO", "mine"}, Effect::None, soon())).isOk());
    QVERIFY(*reply == text("mine"));
    for (int i = 0; i < 100; ++i) {
        TAKE(next, connection.command({"ECHO", QByteArray::number(i)}, Effect::None, soon()));
        QVERIFY(next == text(QByteArray::number(i)));
    }
}

void OutageTest::deadServerIsLeftAloneWithTheReason() {
    Connection connection(m_server.target(), {.random = [] { return 0.0; }});
    m_server.killNow();
    FAILS(first, ErrorKind::CannotConnect, connection.command({"PING"}, Effect::None, soon()));
    QCOMPARE(connection.lastCause(), Cause::Unreachable);
    const base::Error second = errorWhileLeftAlone(connection);
    QCOMPARE(connection.lastCause(), Cause::BackOff);
    QCOMPARE(second.kind, ErrorKind::CannotConnect);
    QVERIFY2(second.what.contains(first.what), qPrintable(second.what));
    FAILS(asked, ErrorKind::CannotConnect, connection.open(soon())); // a person's try does not wait
    QCOMPARE(connection.lastCause(), Cause::Unreachable);
}

void OutageTest::restartedServerIsFoundAgain() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.open(soon()));
    m_server.killNow();
    QVERIFY(!connection.command({"PING"}, Effect::None, soon()));
    QVERIFY(m_server.start());
    QTRY_VERIFY(connection.command({"PING"}, Effect::None, soon()).isOk());
    SUCCEEDS(connection.command({"PING"}, Effect::None, soon()));
}

void OutageTest::serverThatDiedUnderACommandLeavesItInDoubt() {
    Cause cause = Cause::None;
    FAILS(once, ErrorKind::CommitUnknown, killedUnder(m_server, Effect::Once, cause));
    QCOMPARE(cause, Cause::Lost);
    QVERIFY2(once.what.contains(QStringLiteral("is not known")), qPrintable(once.what));
    QVERIFY(m_server.start());
    FAILS(repeatable, ErrorKind::CommitUnknown, killedUnder(m_server, Effect::Repeatable, cause));
}

void OutageTest::readUnderWhichTheServerDiedIsNotInDoubt() {
    Cause cause = Cause::None;
    FAILS(error, ErrorKind::CannotConnect, killedUnder(m_server, Effect::None, cause));
    QVERIFY(cause == Cause::Unreachable || cause == Cause::Lost); // a dying process closes its sockets one by one
}

void OutageTest::commandAfterTheServerDiedWasNotSent() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.open(soon()));
    m_server.killNow();
    FAILS(error, ErrorKind::CannotConnect, connection.command({"INCR", "n"}, Effect::Once, soon()));
    QCOMPARE(connection.lastCause(), Cause::Unreachable);
}

void OutageTest::idleConnectionThatTheServerClosedIsReplacedUnseen() {
    Connection connection(m_server.target());
    Connection other(m_server.target());
    TAKE(id, connection.command({"CLIENT", "ID"}, Effect::None, soon()));
    SUCCEEDS(other.command({"CLIENT", "KILL", "ID", QByteArray::number(id.integer)}, Effect::Repeatable, soon()));
    TAKE(reply, connection.command({"INCR", "n"}, Effect::Once, soon()));
    QVERIFY(reply == integer(1));
    QVERIFY(m_server.start()); // restarted while nobody looked
    TAKE(again, connection.command({"INCR", "n"}, Effect::Once, soon()));
    QVERIFY(again == integer(1));
}

void OutageTest::cancelledCallEndsWithinASecond() {
    std::atomic<bool> cancelled = false;
    FakeServer server({.whenAsked = [&cancelled] {
        QSemaphore().tryAcquire(1, 50); // by then the client waits for the answer
        cancelled = true;
    }});
    Connection connection({.port = server.port()});
    qint64 tookMs = secondMs;
    for (int i = 0; i < tries && tookMs >= secondMs; ++i) {
        cancelled = false;
        QElapsedTimer timer;
        timer.start();
        FAILS(read, ErrorKind::Cancelled,
              connection.command({"GET", "k"}, Effect::None, redis::within(farMs, &cancelled)));
        tookMs = timer.elapsed();
        QCOMPARE(connection.lastCause(), Cause::Cancelled);
        QVERIFY(!connection.isOpen());
    }
    QVERIFY2(tookMs < secondMs, qPrintable(QString::number(tookMs)));
    cancelled = false;
    FAILS(write, ErrorKind::CommitUnknown,
          connection.command({"INCR", "k"}, Effect::Once, redis::within(farMs, &cancelled)));
    QCOMPARE(connection.lastCause(), Cause::Cancelled); // and no back-off: the server did nothing wrong
}

void OutageTest::connectingToASilentHostKeepsItsDeadline() {
    const SilentHost host;
    Connection connection({.port = host.port()}, {.random = [] { return 0.0; }});
    const auto isConnecting = [&](const base::Error&) { return isLastStep(connection, redis::Step::Connect); };
    const GivenUp call = givenUp(
        [&](const Deadline& deadline) {
            return connection.command({"INCR", "k"}, Effect::Once, deadline);
        },
        isConnecting);
    QVERIFY2(isConnecting({}), qPrintable(call.error.what));
    QVERIFY2(call.isOnTime(), qPrintable(QString::number(call.tookMs)));
    QCOMPARE(call.error.kind, ErrorKind::CannotConnect);
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
}

void OutageTest::cancelledConnectingEndsWithinASecond() {
    const SilentHost host;
    const std::atomic<bool> cancelled = true;
    Connection connection({.port = host.port()});
    qint64 tookMs = secondMs;
    for (int i = 0; i < tries && tookMs >= secondMs; ++i) {
        QElapsedTimer timer;
        timer.start();
        FAILS(error, ErrorKind::Cancelled, connection.open(redis::within(farMs, &cancelled)));
        tookMs = timer.elapsed();
    }
    QVERIFY2(tookMs < secondMs, qPrintable(QString::number(tookMs)));
}

void OutageTest::passedDeadlineSendsNothing() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.open(soon()));
    FAILS(error, ErrorKind::CannotConnect, connection.command({"INCR", "n"}, Effect::Once, redis::within(0)));
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    const std::atomic<bool> cancelled = true;
    FAILS(again, ErrorKind::Cancelled,
          connection.command({"INCR", "n"}, Effect::Once, redis::within(1000, &cancelled)));
    QVERIFY(connection.isOpen()); // the server did nothing wrong
    TAKE(reply, connection.command({"GET", "n"}, Effect::None, soon()));
    QVERIFY(reply.isNil());
}

} // namespace affinity::test
