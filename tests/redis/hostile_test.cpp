#include "tests/redis/hostile_test.h"

#include "tests/redis/fakeserver.h"
#include "tests/redis/redistest.h"

Q_DECLARE_METATYPE(affinity::redis::Cause)

namespace affinity::test {

using base::ErrorKind;
using redis::Cause;
using redis::Command;
using redis::Connection;
using redis::Effect;
using redis::Reply;

namespace {

std::vector<QByteArray> singleBytes(const QByteArray& bytes) {
    std::vector<QByteArray> pieces;
    for (const char byte : bytes)
        pieces.push_back(QByteArray(1, byte));
    return pieces;
}

GivenUp incrementUntilGivenUp(Connection& connection) {
    return givenUp(
        [&connection](const redis::Deadline& deadline) {
            return connection.command({"INCR", "k"}, Effect::Once, deadline);
        },
        isInDoubt);
}

} // namespace

void HostileTest::wrongAnswersCloseTheConnection_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("600 MB announced") << QByteArray("$629145600\r\n") << Cause::TooLarge;
    QTest::newRow("a billion elements announced") << QByteArray("*1000000000\r\n") << Cause::TooLarge;
    QTest::newRow("nested a thousand deep") << QByteArray("*1\r\n").repeated(1000) << Cause::TooLarge;
    QTest::newRow("line without end") << QByteArray(200'000, 'x').prepend('+') << Cause::TooLarge;
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00 garbage") << Cause::NotRedis;
    QTest::newRow("web server") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << Cause::NotRedis;
    QTest::newRow("two answers at once") << QByteArray("+A\r\n+B\r\n") << Cause::NotRedis;
}

void HostileTest::wrongAnswersCloseTheConnection() {
    QFETCH(QByteArray, answer);
    QFETCH(Cause, cause);
    FakeServer server({.pieces = {answer}});
    Connection connection({.port = server.port()});
    const auto reply = connection.command({"GET", "k"}, Effect::None, soon());
    QVERIFY(!reply);
    QVERIFY2(connection.lastCause() == cause, qPrintable(reply.error().what));
    QVERIFY(!connection.isOpen());
    QCOMPARE(server.requests(), 1);
}

void HostileTest::answerInSingleBytesIsRead() {
    FakeServer server({.pieces = singleBytes("*3\r\n$5\r\nab\r\nc\r\n:-42\r\n*-1\r\n")});
    Connection connection({.port = server.port()});
    TAKE(reply, connection.command({"GET", "k"}, Effect::None, soon()));
    QVERIFY(reply == array({text("ab\r\nc"), integer(-42), Reply{}}));
}

void HostileTest::secondAnswerIsNeverTheNextCommands() {
    FakeServer server({.pieces = {"+first\r\n", "+second\r\n"}});
    Connection connection({.port = server.port()});
    for (const redis::Deadline deadline = soon(); server.connections() < 3 && !deadline.hasPassed();) {
        const auto reply = connection.command({"GET", "k"}, Effect::None, soon());
        QVERIFY(!reply || *reply == status("first"));
        QTRY_COMPARE(server.answers(), server.requests());
    }
    QCOMPARE(server.connections(), 3); // each is given up once the second answer is seen
}

void HostileTest::answerThatStopsHalfWayIsGivenUpAtTheDeadline() {
    FakeServer server({.pieces = {"$10\r\nabc"}});
    Connection connection({.port = server.port()});
    SUCCEEDS(connection.open(soon()));
    const GivenUp call = incrementUntilGivenUp(connection);
    QCOMPARE(call.error.kind, ErrorKind::CommitUnknown);
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    QVERIFY2(call.isOnTime(), qPrintable(QString::number(call.tookMs)));
}

void HostileTest::answerThatTricklesForEverIsGivenUpAtTheDeadline() {
    std::vector<QByteArray> pieces{"*9999\r\n"};
    FakeServer server({.pieces = pieces, .whenAsked = {}, .trickles = true});
    Connection connection({.port = server.port()});
    SUCCEEDS(connection.open(soon()));
    const GivenUp call = incrementUntilGivenUp(connection);
    QCOMPARE(call.error.kind, ErrorKind::CommitUnknown);
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    QVERIFY2(call.isOnTime(), qPrintable(QString::number(call.tookMs)));
}

void HostileTest::cutReadIsSentOnceMore() {
    FakeServer server({.closesAfterwards = true});
    Connection connection({.port = server.port()});
    FAILS(error, ErrorKind::CannotConnect, connection.command({"GET", "k"}, Effect::None, soon()));
    QCOMPARE(connection.lastCause(), Cause::Lost);
    QCOMPARE(server.requests(), 2);
    int calls = 1; // a busy machine may let the first waits pass; each further failure makes the next one longer
    while (connection.lastCause() == Cause::Lost && calls < 10) {
        QCOMPARE(server.requests(), 2 * calls);
        QVERIFY(!connection.command({"GET", "k"}, Effect::None, soon()));
        calls += connection.lastCause() == Cause::Lost ? 1 : 0;
    }
    QCOMPARE(connection.lastCause(), Cause::BackOff); // it cuts fresh connections: it is left alone
    QCOMPARE(server.requests(), 2 * calls);
}

void HostileTest::cutRepeatableWriteIsSentOnceMoreAndInDoubt() {
    FakeServer server({.pieces = {"+OK\r\n"}, .answersBeforeCut = 1});
    Connection connection({.port = server.port()});
    SUCCEEDS(connection.command({"SET", "k", "v"}, Effect::Repeatable, soon()));
    QCOMPARE(server.requests(), 1);
    FAILS(error, ErrorKind::CommitUnknown, connection.command({"SET", "k", "v"}, Effect::Repeatable, soon()));
    QCOMPARE(server.requests(), 3);
    QCOMPARE(server.connections(), 2);
}

void HostileTest::cutWriteIsNeverSentAgain() {
    FakeServer server({.pieces = {"+OK\r\n"}, .answersBeforeCut = 1});
    Connection connection({.port = server.port()});
    SUCCEEDS(connection.command({"INCR", "k"}, Effect::Once, soon()));
    FAILS(error, ErrorKind::CommitUnknown, connection.command({"INCR", "k"}, Effect::Once, soon()));
    QCOMPARE(connection.lastCause(), Cause::Lost);
    QCOMPARE(server.requests(), 2);
}

void HostileTest::pipelineCutHalfWaySaysHowMuchWasAnswered() {
    FakeServer server({.pieces = {":1\r\n:2\r\n:"}, .closesAfterwards = true});
    Connection connection({.port = server.port()});
    FAILS(error, ErrorKind::CommitUnknown,
          connection.pipeline(std::vector<Command>(5, Command{"INCR", "n"}), Effect::Once, soon()));
    QVERIFY2(error.what.contains(QStringLiteral("Of 5 commands 2 were answered")), qPrintable(error.what));
}

void HostileTest::serverThatNeverGreetsIsGivenUpAtTheDeadline() {
    FakeServer server({.greets = false});
    Connection connection({.port = server.port()});
    FAILS(error, ErrorKind::CannotConnect, connection.command({"INCR", "k"}, Effect::Once, redis::within(200)));
    QCOMPARE(connection.lastCause(), Cause::TimedOut);
    QCOMPARE(server.requests(), 0);
}

} // namespace affinity::test
