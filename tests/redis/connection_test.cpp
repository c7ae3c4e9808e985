#include "tests/redis/connection_test.h"

#include "engine/base/lane.h"
#include "tests/redis/redistest.h"
#include "tests/support/property.h"

namespace affinity::test {

using base::ErrorKind;
using redis::Cause;
using redis::Command;
using redis::Connection;
using redis::Effect;
using redis::Reply;
using redis::ReplyKind;
using redis::Step;

void ConnectionTest::initTestCase() {
    QVERIFY(m_server.start());
}

void ConnectionTest::init() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.command({"FLUSHALL"}, Effect::Repeatable, soon()));
}

void ConnectionTest::firstCallOpensTheConnection() {
    Connection connection(m_server.target());
    QVERIFY(!connection.isOpen());
    TAKE(reply, connection.command({"PING"}, Effect::None, soon()));
    QVERIFY(reply == status("PONG"));
    QVERIFY(connection.isOpen());
    QVERIFY(!connection.lastOpening().failure);
    std::vector<Step> steps;
    for (const redis::StepTime& time : connection.lastOpening().steps)
        steps.push_back(time.step);
    QVERIFY((steps == std::vector{Step::LookUp, Step::Connect, Step::Greet}));
    QVERIFY(connection.lastOpening().steps.back().us > 0);
}

void ConnectionTest::connectionWorksOnALane() {
    std::unique_ptr<Connection> connection;
    base::Lane lane(QStringLiteral("redis"));
    const auto future = lane.run<Reply>([&] {
        connection = std::make_unique<Connection>(m_server.target());
        return connection->command({"ECHO", "x"}, Effect::None, soon());
    });
    TAKE(reply, future.result());
    QVERIFY(reply == text("x"));
    lane.end([&] { connection.reset(); });
}

void ConnectionTest::hostNamesAreLookedUp() {
    auto target = m_server.target();
    target.host = QStringLiteral("localhost"); // may be ::1 first, where nobody listens
    Connection connection(target);
    SUCCEEDS(connection.open(soon()));
}

void ConnectionTest::unknownHostIsNamed() {
    auto target = m_server.target();
    target.host = QStringLiteral("no-such-host.invalid");
    Connection connection(target);
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::HostUnknown);
    QVERIFY(error.what.contains(QStringLiteral("no-such-host.invalid")));
}

void ConnectionTest::repliesOfEveryKindArrive() {
    Connection connection(m_server.target());
    const std::vector<Command> commands{{"SET", "k", "v"},        {"GET", "k"},
                                        {"GET", "none"},          {"INCR", "n"},
                                        {"RPUSH", "l", "a", "b"}, {"LRANGE", "l", "0", "-1"}};
    TAKE(replies, connection.pipeline(commands, Effect::Once, soon()));
    const std::vector<Reply> expected{status("OK"), text("v"),  Reply{},
                                      integer(1),   integer(2), array({text("a"), text("b")})};
    QVERIFY(replies == expected);
}

void ConnectionTest::errorReplyOfACommandIsAnError() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.command({"SET", "k", "v"}, Effect::Repeatable, soon()));
    FAILS(error, ErrorKind::Damaged, connection.command({"LPUSH", "k", "v"}, Effect::Once, soon()));
    QVERIFY2(error.what.contains(QStringLiteral("LPUSH (WRONGTYPE)")), qPrintable(error.what));
    QCOMPARE(connection.lastCause(), Cause::None);
    QVERIFY(connection.isOpen());
}

void ConnectionTest::repliesOfAPipelineKeepTheirOrderAroundAnError() {
    Connection connection(m_server.target());
    const std::vector<Command> commands{{"SET", "k", "v"}, {"INCR", "k"}, {"GET", "k"}, {"NOSUCH"}, {"ECHO", "end"}};
    TAKE(replies, connection.pipeline(commands, Effect::Once, soon()));
    QCOMPARE(replies.size(), commands.size());
    QVERIFY(replies[0] == status("OK"));
    QCOMPARE(replies[1].kind, ReplyKind::Error);
    QVERIFY(replies[1].text.startsWith("ERR value is not an integer"));
    QVERIFY(replies[2] == text("v"));
    QCOMPARE(replies[3].kind, ReplyKind::Error);
    QVERIFY(replies[4] == text("end"));
}

void ConnectionTest::emptyPipelineSendsNothing() {
    Connection connection({.port = 1});
    TAKE(replies, connection.pipeline({}, Effect::Once, soon()));
    QVERIFY(replies.empty());
    QVERIFY(!connection.isOpen());
}

void ConnectionTest::hundredThousandCommandsGoThroughOnePipeline() {
    Connection connection(m_server.target());
    const std::vector<Command> commands(100'000, Command{"INCR", "n"});
    TAKE(replies, connection.pipeline(commands, Effect::Once, soon()));
    QCOMPARE(replies.size(), commands.size());
    for (size_t i = 0; i < replies.size(); ++i)
        if (replies[i] != integer(static_cast<qint64>(i) + 1))
            QFAIL(qPrintable(QStringLiteral("reply %1 is another's").arg(i)));
}

void ConnectionTest::pipelineLargerThanAllBuffersGoesThrough() {
    Connection connection(m_server.target());
    const QByteArray large(1'000'000, 'x');
    const std::vector<Command> commands(30, Command{"ECHO", large}); // 30 MB out, 30 MB back, at the same time
    TAKE(replies, connection.pipeline(commands, Effect::None, soon()));
    QVERIFY(replies == std::vector<Reply>(30, text(large)));
}

void ConnectionTest::anyBytesAreEchoed() {
    Connection connection(m_server.target());
    AFFINITY_PROPERTY("bytes come back from ECHO as they were", [&connection](const std::string& bytes) {
        const auto sent = QByteArray::fromStdString(bytes);
        const auto reply = connection.command({"ECHO", sent}, Effect::None, soon());
        RC_ASSERT(reply.isOk());
        RC_ASSERT(*reply == text(sent));
    });
}

void ConnectionTest::anyListIsReadBack() {
    Connection connection(m_server.target());
    AFFINITY_PROPERTY("a list comes back in the order it was pushed",
                      [&connection](const std::vector<std::string>& texts) {
                          Command push{"RPUSH", "l"};
                          std::vector<Reply> items;
                          for (const std::string& bytes : texts) {
                              push.push_back(QByteArray::fromStdString(bytes));
                              items.push_back(text(push.back()));
                          }
                          std::vector<Command> commands{{"DEL", "l"}};
                          if (!texts.empty())
                              commands.push_back(push);
                          commands.push_back({"LRANGE", "l", "0", "-1"});
                          const auto replies = connection.pipeline(commands, Effect::Once, soon());
                          RC_ASSERT(replies.isOk());
                          RC_ASSERT(replies->back() == array(items));
                      });
}

void ConnectionTest::scriptIsSentWholeWhenTheServerForgotIt() {
    Connection connection(m_server.target());
    const redis::Script script("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    for (const qint64 expected : {5, 10}) {
        SUCCEEDS(connection.command({"SCRIPT", "FLUSH"}, Effect::Repeatable, soon()));
        TAKE(reply, connection.eval(script, {"n"}, {"5"}, Effect::Once, soon()));
        QVERIFY(reply == integer(expected));
    }
    TAKE(known, connection.command({"SCRIPT", "EXISTS", script.sha1()}, Effect::None, soon()));
    QVERIFY(known == array({integer(1)}));
    TAKE(byHash,
         connection.pipeline(std::vector<Command>{redis::evalShaCommand(script, {"n"}, {"1"})}, Effect::Once, soon()));
    QVERIFY(byHash.front() == integer(11));
}

void ConnectionTest::errorInsideAScriptIsAnError() {
    Connection connection(m_server.target());
    const redis::Script script("redis.call('SET', KEYS[1], 'x') return redis.call('LPUSH', KEYS[1], 'y')");
    FAILS(error, ErrorKind::Damaged, connection.eval(script, {"k"}, {}, Effect::Once, soon()));
    QVERIFY2(error.what.contains(QStringLiteral("WRONGTYPE")), qPrintable(error.what));
}

void ConnectionTest::fullServerIsNamed() {
    Connection connection(m_server.target());
    SUCCEEDS(connection.command({"CONFIG", "SET", "maxmemory", "1"}, Effect::Repeatable, soon()));
    const auto full = connection.command({"SET", "k", "v"}, Effect::Repeatable, soon());
    SUCCEEDS(connection.command({"CONFIG", "SET", "maxmemory", "0"}, Effect::Repeatable, soon()));
    FAILS(error, ErrorKind::StorageFull, full);
    QVERIFY(error.what.contains(QStringLiteral("maxmemory")));
}

void ConnectionTest::replicaIsNamedAndLeft() {
    RedisServer replica({.lines = {QStringLiteral("replicaof 127.0.0.1 %1").arg(m_server.port())}});
    QVERIFY(replica.start());
    Connection connection(replica.target());
    FAILS(error, ErrorKind::ReadOnly, connection.command({"SET", "k", "v"}, Effect::Repeatable, soon()));
    QVERIFY(error.what.contains(QStringLiteral("replica")));
    QVERIFY(!connection.isOpen()); // the next call looks the name up again
    SUCCEEDS(connection.command({"REPLICAOF", "NO", "ONE"}, Effect::Repeatable, soon()));
    SUCCEEDS(connection.command({"SET", "k", "v"}, Effect::Repeatable, soon()));
}

void ConnectionTest::replyOverTheLimitClosesTheConnection() {
    Connection connection(m_server.target(), {.limits = {.elements = 3}});
    SUCCEEDS(connection.command({"RPUSH", "l", "a", "b", "c", "d"}, Effect::Once, soon()));
    FAILS(error, ErrorKind::Refused, connection.command({"LRANGE", "l", "0", "-1"}, Effect::None, soon()));
    QCOMPARE(connection.lastCause(), Cause::TooLarge);
    QVERIFY(!connection.isOpen());
    TAKE(length, connection.command({"LLEN", "l"}, Effect::None, soon()));
    QVERIFY(length == integer(4));
}

void ConnectionTest::commandInATransactionIsQueued() {
    Connection connection(m_server.target());
    TAKE(replies, connection.pipeline(std::vector<Command>{{"MULTI"}, {"INCR", "n"}, {"EXEC"}}, Effect::Once, soon()));
    QVERIFY((replies == std::vector<Reply>{status("OK"), status("QUEUED"), array({integer(1)})}));
}

} // namespace affinity::test
