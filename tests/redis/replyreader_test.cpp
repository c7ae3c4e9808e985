#include "tests/redis/replyreader_test.h"

#include "tests/redis/redistest.h"
#include "tests/support/property.h"

Q_DECLARE_METATYPE(affinity::redis::Reply)

namespace affinity::test {

using base::ErrorKind;
using redis::Reply;
using redis::ReplyKind;
using redis::ReplyLimits;
using redis::ReplyReader;

namespace {

/// A reply as a server sends it.
QByteArray encoded(const Reply& reply) {
    switch (reply.kind) {
    case ReplyKind::Nil:
        return "$-1\r\n";
    case ReplyKind::Integer:
        return ':' + QByteArray::number(reply.integer) + "\r\n";
    case ReplyKind::Text:
        return '$' + QByteArray::number(reply.text.size()) + "\r\n" + reply.text + "\r\n";
    case ReplyKind::Status:
        return '+' + reply.text + "\r\n";
    case ReplyKind::Error:
        return '-' + reply.text + "\r\n";
    case ReplyKind::Array:
        break;
    }
    QByteArray bytes = '*' + QByteArray::number(static_cast<qint64>(reply.items.size())) + "\r\n";
    for (const Reply& item : reply.items)
        bytes += encoded(item);
    return bytes;
}

QByteArray anyBytes() {
    const auto bytes = *rc::gen::arbitrary<std::string>();
    return QByteArray::fromStdString(bytes);
}

QByteArray anyLine() {
    QByteArray line = anyBytes();
    line.replace('\r', ' ').replace('\n', ' ');
    return line;
}

Reply anyReply(int depth) {
    Reply reply;
    reply.kind = static_cast<ReplyKind>(*rc::gen::inRange(0, depth < 7 ? 6 : 5));
    if (reply.kind == ReplyKind::Integer)
        reply.integer = *rc::gen::arbitrary<qint64>();
    if (reply.kind == ReplyKind::Text)
        reply.text = anyBytes();
    if (reply.kind == ReplyKind::Status || reply.kind == ReplyKind::Error)
        reply.text = anyLine();
    if (reply.kind == ReplyKind::Array)
        for (int left = *rc::gen::inRange(0, 4); left > 0; --left)
            reply.items.push_back(anyReply(depth + 1));
    return reply;
}

base::Result<std::optional<Reply>> readAll(const QByteArray& bytes, const ReplyLimits& limits = {}) {
    ReplyReader reader(limits);
    reader.feed(bytes);
    return reader.next();
}

} // namespace

void ReplyReaderTest::everyKindIsRead_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reply>("expected");
    QTest::newRow("status") << QByteArray("+OK\r\n") << status("OK");
    QTest::newRow("error") << QByteArray("-ERR no\r\n") << Reply{.kind = ReplyKind::Error, .text = "ERR no"};
    QTest::newRow("integer") << QByteArray(":-9223372036854775808\r\n") << integer(std::numeric_limits<qint64>::min());
    QTest::newRow("text") << QByteArray("$4\r\na\r\nb\r\n") << text("a\r\nb");
    QTest::newRow("empty text") << QByteArray("$0\r\n\r\n") << text("");
    QTest::newRow("nil text") << QByteArray("$-1\r\n") << Reply{};
    QTest::newRow("nil array") << QByteArray("*-1\r\n") << Reply{};
    QTest::newRow("empty array") << QByteArray("*0\r\n") << array({});
    QTest::newRow("array") << QByteArray("*3\r\n:1\r\n$-1\r\n*1\r\n+a\r\n")
                           << array({integer(1), Reply{}, array({status("a")})});
}

void ReplyReaderTest::everyKindIsRead() {
    QFETCH(QByteArray, bytes);
    QFETCH(Reply, expected);
    TAKE(reply, readAll(bytes));
    QVERIFY(reply.has_value());
    QVERIFY(*reply == expected);
}

void ReplyReaderTest::anyReplyIsReadBackHoweverItsBytesAreSplit() {
    AFFINITY_PROPERTY("replies are read back however their bytes are split", [] {
        std::vector<Reply> sent;
        QByteArray bytes;
        for (int left = *rc::gen::inRange(1, 5); left > 0; --left) {
            sent.push_back(anyReply(1));
            bytes += encoded(sent.back());
        }
        const int most = *rc::gen::inRange(1, 40);
        ReplyReader reader;
        std::vector<Reply> read;
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype size = std::min<qsizetype>(*rc::gen::inRange(1, most + 1), bytes.size() - at);
            reader.feed(QByteArrayView(bytes).sliced(at, size));
            at += size;
            for (;;) {
                auto reply = reader.next();
                RC_ASSERT(reply.isOk());
                if (!*reply)
                    break;
                read.push_back(**reply);
            }
        }
        RC_ASSERT(read == sent);
        RC_ASSERT(!reader.hasPart());
    });
}

void ReplyReaderTest::bytesThatAreNoRepliesAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("web page") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("zeroes") << QByteArray(16, '\0');
    QTest::newRow("no length") << QByteArray("$abc\r\n");
    QTest::newRow("negative length") << QByteArray("$-2\r\n");
    QTest::newRow("no number") << QByteArray(":12a\r\n");
    QTest::newRow("number too large") << QByteArray(":9223372036854775808\r\n");
    QTest::newRow("RESP3 map") << QByteArray("%1\r\n+a\r\n+b\r\n");
}

void ReplyReaderTest::bytesThatAreNoRepliesAreRefused() {
    QFETCH(QByteArray, bytes);
    FAILS(error, ErrorKind::Damaged, readAll(bytes));
    QVERIFY(error.what.contains(QStringLiteral("not a Redis server")));
}

void ReplyReaderTest::announcedTextOverTheLimitIsRefusedBeforeItsBytesCome() {
    FAILS(error, ErrorKind::Refused, readAll("$629145600\r\n"));
    QVERIFY2(error.what.contains(QStringLiteral("16777216 bytes")), qPrintable(error.what));
    FAILS(inArray, ErrorKind::Refused, readAll("*2\r\n+a\r\n$629145600\r\nabc"));
    QVERIFY(inArray.what.contains(QStringLiteral("16777216 bytes")));
}

void ReplyReaderTest::textsTogetherOverTheLimitAreRefused() {
    const ReplyLimits limits{.bytes = 10};
    TAKE(whole, readAll("*2\r\n$5\r\nabcde\r\n$5\r\nabcde\r\n", limits));
    QVERIFY(whole.has_value());
    FAILS(error, ErrorKind::Refused, readAll("*2\r\n$5\r\nabcde\r\n$6\r\nabcdef\r\n", limits));
    QVERIFY(error.what.contains(QStringLiteral("10 bytes")));
}

void ReplyReaderTest::elementsTogetherOverTheLimitAreRefused() {
    SUCCEEDS(readAll("*10000\r\n"));
    FAILS(one, ErrorKind::Refused, readAll("*10001\r\n"));
    QVERIFY(one.what.contains(QStringLiteral("10000 elements")));
    FAILS(nested, ErrorKind::Refused, readAll("*5000\r\n*5000\r\n*5000\r\n"));
    QVERIFY(nested.what.contains(QStringLiteral("10000 elements")));
}

void ReplyReaderTest::elementsBeyondThirtyTwoBitsAreRefused() {
    QVERIFY(!readAll("*2147483648\r\n"));
    QVERIFY(!readAll("*4294967297\r\n"));
    QVERIFY(!readAll("*9223372036854775807\r\n"));
}

void ReplyReaderTest::arraysNestedTooDeepAreRefused() {
    TAKE(seven, readAll(QByteArray("*1\r\n").repeated(7) + ":1\r\n"));
    QVERIFY(seven.has_value());
    FAILS(eight, ErrorKind::Refused, readAll(QByteArray("*1\r\n").repeated(8) + ":1\r\n"));
    QVERIFY(eight.what.contains(QStringLiteral("nested deeper than 7")));
    QVERIFY(!readAll(QByteArray("*1\r\n").repeated(1000)));
    FAILS(two, ErrorKind::Refused, readAll("*1\r\n*1\r\n:1\r\n", {.depth = 1}));
    QVERIFY(two.what.contains(QStringLiteral("nested deeper than 1")));
}

void ReplyReaderTest::lineWithoutEndIsRefused() {
    const ReplyLimits limits{.lineBytes = 100};
    TAKE(most, readAll('+' + QByteArray(100, 'a') + "\r\n", limits));
    QVERIFY(most.has_value());
    SUCCEEDS(readAll('+' + QByteArray(100, 'a') + '\r', limits));
    FAILS(open, ErrorKind::Refused, readAll('+' + QByteArray(102, 'a'), limits));
    QVERIFY(open.what.contains(QStringLiteral("line of more than 100 bytes")));
    FAILS(whole, ErrorKind::Refused, readAll('+' + QByteArray(101, 'a') + "\r\n", limits));
    QVERIFY(whole.what.contains(QStringLiteral("line of more than 100 bytes")));
    FAILS(header, ErrorKind::Refused, readAll('$' + QByteArray(102, '1'), limits));
    QVERIFY(header.what.contains(QStringLiteral("line of more than 100 bytes")));
}

void ReplyReaderTest::limitsCountForEachReplyAnew() {
    ReplyReader reader({.bytes = 5, .elements = 2});
    for (int i = 0; i < 100; ++i) {
        reader.feed("*2\r\n$2\r\nab\r\n$3\r\ncde\r\n");
        TAKE(reply, reader.next());
        QVERIFY(reply.has_value());
        QVERIFY(*reply == array({text("ab"), text("cde")}));
    }
}

void ReplyReaderTest::readerStaysBrokenAfterAnError() {
    ReplyReader reader;
    reader.feed("?\r\n");
    FAILS(first, ErrorKind::Damaged, reader.next());
    reader.feed("+OK\r\n");
    FAILS(second, ErrorKind::Damaged, reader.next());
    QVERIFY(first == second);
}

void ReplyReaderTest::partOfAReplyIsKnown() {
    ReplyReader reader;
    QVERIFY(!reader.hasPart());
    reader.feed("*2\r\n:1\r\n");
    TAKE(none, reader.next());
    QVERIFY(!none.has_value());
    QVERIFY(reader.hasPart());
    reader.feed(":2\r\n");
    TAKE(reply, reader.next());
    QVERIFY(reply.has_value());
    QVERIFY(!reader.hasPart());
}

} // namespace affinity::test
