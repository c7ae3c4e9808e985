#include "tests/faults/wiremessages_test.h"

#include "tests/support/wiremessages.h"

#include <QByteArrayList>
#include <QTest>

namespace affinity::test {

namespace {

/// A message of PostgreSQL after the start: type, length with itself, content.
QByteArray typed(char type, const QByteArray& content) {
    const auto length = static_cast<char>(content.size() + 4);
    return QByteArray(1, type) + QByteArray("\0\0\0", 3) + length + content;
}

QByteArray start(const QByteArray& code) {
    return QByteArray("\0\0\0\x08", 4) + code;
}

const QByteArray encryptionCode("\x04\xd2\x16\x2f", 4);
const QByteArray versionThree("\0\x03\0\0", 4);

} // namespace

void WireMessagesTest::messagesEndWhereTheyShould_data() {
    QTest::addColumn<int>("wire");
    QTest::addColumn<int>("direction");
    QTest::addColumn<QByteArrayList>("messages");
    const auto row = [](const char* name, Wire wire, Direction direction, const QByteArrayList& messages) {
        QTest::newRow(name) << static_cast<int>(wire) << static_cast<int>(direction) << messages;
    };
    row("a PostgreSQL client", Wire::PostgreSql, Direction::ToServer,
        {start(encryptionCode), start(versionThree), typed('p', "secret"), typed('S', {})});
    row("a PostgreSQL server", Wire::PostgreSql, Direction::ToClient, {typed('R', "1234"), typed('Z', "I")});
    row("MariaDB", Wire::MariaDb, Direction::ToClient,
        {QByteArray("\x02\0\0\0ok", 6), QByteArray("\0\0\0\x01", 4),
         QByteArray("\x04\x01\0\0", 4) + QByteArray(260, 'x')});
    row("a Redis client", Wire::Redis, Direction::ToServer, {"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "*1\r\n$4\r\nPING\r\n"});
    row("a Redis server", Wire::Redis, Direction::ToClient,
        {"+PONG\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n", ":12\r\n", "-ERR no\r\n", "$4\r\n\r\n\r\n\r\n",
         "*3\r\n:1\r\n*2\r\n$1\r\na\r\n$0\r\n\r\n+x\r\n", "%1\r\n+a\r\n:1\r\n"});
}

/// However the bytes come: whole messages only, one after the other.
void WireMessagesTest::messagesEndWhereTheyShould() {
    QFETCH(int, wire);
    QFETCH(int, direction);
    QFETCH(QByteArrayList, messages);
    WireMessages split(static_cast<Wire>(wire));
    const QByteArray stream = messages.join();
    QByteArrayList found;
    qsizetype begin = 0;
    for (qsizetype end = 0; end <= stream.size(); ++end) {
        const qsizetype length =
            split.take(static_cast<Direction>(direction), QByteArrayView(stream).sliced(begin, end - begin));
        if (length > 0)
            found << stream.mid(begin, length);
        begin += length;
    }
    QCOMPARE(found, messages);
}

void WireMessagesTest::requestsForEncryptionAreAnsweredByOneByte() {
    WireMessages split(Wire::PostgreSql);
    QCOMPARE(split.take(Direction::ToServer, start(encryptionCode)), 8);
    QCOMPARE(split.take(Direction::ToClient, "N"), 1);
    QCOMPARE(split.take(Direction::ToServer, start(versionThree)), 8);
    QCOMPARE(split.take(Direction::ToClient, typed('R', "1234")), 9);
}

} // namespace affinity::test
