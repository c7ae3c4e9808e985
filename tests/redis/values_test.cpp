#include "tests/redis/values_test.h"

#include "engine/redis/backoff.h"
#include "engine/redis/replyerror.h"
#include "engine/redis/tls.h"
#include "tests/redis/redistest.h"
#include "tests/support/property.h"

#include <QUrl>

Q_DECLARE_METATYPE(affinity::redis::Target)
Q_DECLARE_METATYPE(affinity::base::ErrorKind)

namespace affinity::test {

using base::ErrorKind;
using redis::BackOff;
using redis::Cause;
using redis::Reply;
using redis::ReplyKind;
using redis::Target;

void ValuesTest::addressesAreRead_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<Target>("expected");
    QTest::newRow("host") << QStringLiteral("redis://cache") << Target{.host = QStringLiteral("cache")};
    QTest::newRow("all") << QStringLiteral("redis://alice:s%40cret@cache.example:7000/3")
                         << Target{.host = QStringLiteral("cache.example"),
                                   .port = 7000,
                                   .database = 3,
                                   .user = "alice",
                                   .password = "s@cret"};
    QTest::newRow("password alone") << QStringLiteral("redis://:secret@cache/")
                                    << Target{.host = QStringLiteral("cache"), .password = "secret"};
    QTest::newRow("TLS") << QStringLiteral("rediss://cache:6380")
                         << Target{.host = QStringLiteral("cache"), .port = 6380, .usesTls = true};
    QTest::newRow("IPv6") << QStringLiteral("redis://[::1]:6379/1")
                          << Target{.host = QStringLiteral("::1"), .database = 1};
    QTest::newRow("bytes") << QStringLiteral("redis://:%00%FF@cache")
                           << Target{.host = QStringLiteral("cache"), .password = QByteArray("\0\xff", 2)};
}

void ValuesTest::addressesAreRead() {
    QFETCH(QString, url);
    QFETCH(Target, expected);
    TAKE(target, redis::targetFromUrl(url));
    QVERIFY(target == expected);
}

void ValuesTest::wrongAddressesAreRefusedWithoutTheirPassword_data() {
    QTest::addColumn<QString>("url");
    QTest::newRow("empty") << QString();
    QTest::newRow("other scheme") << QStringLiteral("http://:canary@cache");
    QTest::newRow("no host") << QStringLiteral("redis://:canary@/0");
    QTest::newRow("database") << QStringLiteral("redis://:canary@cache/one");
    QTest::newRow("negative database") << QStringLiteral("redis://:canary@cache/-1");
    QTest::newRow("database too large") << QStringLiteral("redis://:canary@cache/99999999999");
    QTest::newRow("port") << QStringLiteral("redis://:canary@cache:70000");
    QTest::newRow("port 0") << QStringLiteral("redis://:canary@cache:0");
    QTest::newRow("query") << QStringLiteral("redis://:canary@cache/0?password=canary");
    QTest::newRow("slash in the password") << QStringLiteral("redis://:can/ary@cache/0");
    QTest::newRow("user alone") << QStringLiteral("redis://canary@cache/0");
    QTest::newRow("space") << QStringLiteral("redis://:canary @ cache/0");
}

void ValuesTest::wrongAddressesAreRefusedWithoutTheirPassword() {
    QFETCH(QString, url);
    FAILS(error, ErrorKind::InvalidInput, redis::targetFromUrl(url));
    QVERIFY2(!error.what.contains(QStringLiteral("canary")) && !error.what.contains(QStringLiteral("ary@")),
             qPrintable(error.what));
    QVERIFY(error.what.startsWith(QStringLiteral("The Redis address ")));
}

void ValuesTest::anyUserAndPasswordAreReadFromAnAddress() {
    AFFINITY_PROPERTY("percent-encoded users and passwords are read back", [](const std::string& user) {
        Target expected;
        expected.user = QByteArray::fromStdString(user);
        expected.password = QByteArray::fromStdString(*rc::gen::nonEmpty(rc::gen::arbitrary<std::string>()));
        const QByteArray url =
            "redis://" + expected.user.toPercentEncoding() + ':' + expected.password.toPercentEncoding() + "@127.0.0.1";
        const auto target = redis::targetFromUrl(QString::fromLatin1(url));
        RC_ASSERT(target.isOk());
        RC_ASSERT(*target == expected);
    });
}

void ValuesTest::targetIsNamedWithoutItsPassword() {
    const Target target{
        .host = QStringLiteral("::1"), .port = 7000, .database = 2, .user = "canary", .password = "canary"};
    QCOMPARE(redis::where(target), QStringLiteral("[::1]:7000, database 2"));
}

void ValuesTest::commandIsWrittenAsRedisReadsIt() {
    QByteArray request;
    SUCCEEDS(redis::appendCommand(request, {"SET", "k", QByteArray("\0\r\n", 3)}));
    SUCCEEDS(redis::appendCommand(request, {"PING"}));
    QCOMPARE(request, QByteArray("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n\0\r\n\r\n*1\r\n$4\r\nPING\r\n", 43));
}

void ValuesTest::commandWithoutANameIsRefused() {
    QByteArray request;
    FAILS(none, ErrorKind::InvalidInput, redis::appendCommand(request, {}));
    FAILS(empty, ErrorKind::InvalidInput, redis::appendCommand(request, {"", "x"}));
    QVERIFY(request.isEmpty());
}

void ValuesTest::requestOverTheLimitIsRefused() {
    const QByteArray large(redis::mostRequestBytes / 2, 'x');
    QByteArray request;
    SUCCEEDS(redis::appendCommand(request, {"ECHO", large}));
    FAILS(error, ErrorKind::InvalidInput, redis::appendCommand(request, {"ECHO", large}));
    QVERIFY(error.what.contains(QStringLiteral("64 MiB")));
}

void ValuesTest::scriptKnowsItsHash() {
    const redis::Script script("return 1");
    QCOMPARE(script.sha1(), QByteArray("e0e1f9fabfc9d4800c877a703b823ac0578ff8db")); // redis-cli SCRIPT LOAD "return 1"
    const redis::Command expected{"EVALSHA", script.sha1(), "2", "a", "b", "c"};
    QVERIFY(redis::evalShaCommand(script, {"a", "b"}, {"c"}) == expected);
}

void ValuesTest::backOffDoublesUpToFiveSeconds() {
    BackOff backOff([] { return 0.0; });
    QCOMPARE(backOff.leftMs(0), 0);
    for (const qint64 expectedMs : {50, 100, 200, 400, 800, 1600, 3200, 5000, 5000}) {
        backOff.failed(1000);
        QCOMPARE(backOff.leftMs(1000), expectedMs);
        QCOMPARE(backOff.leftMs(1000 + expectedMs - 1), 1);
        QCOMPARE(backOff.leftMs(1000 + expectedMs), 0);
    }
    for (int i = 0; i < 100; ++i)
        backOff.failed(0);
    QCOMPARE(backOff.leftMs(0), BackOff::mostMs);
}

void ValuesTest::backOffIsCutByUpToHalf() {
    AFFINITY_PROPERTY("a wait is between half and all of its step", [] {
        const double random = *rc::gen::inRange(0, 1'000'000) / 1e6;
        const int failures = *rc::gen::inRange(1, 12);
        BackOff backOff([random] { return random; });
        for (int i = 0; i < failures; ++i)
            backOff.failed(0);
        const qint64 stepMs = std::min<qint64>(5000, 50ll << (failures - 1));
        RC_ASSERT(backOff.leftMs(0) >= stepMs / 2);
        RC_ASSERT(backOff.leftMs(0) <= stepMs);
    });
}

void ValuesTest::backOffEndsWithAnAnswer() {
    BackOff backOff([] { return 0.0; });
    backOff.failed(0);
    backOff.failed(0);
    backOff.succeeded();
    QCOMPARE(backOff.leftMs(0), 0);
    backOff.failed(0);
    QCOMPARE(backOff.leftMs(0), 50);
}

void ValuesTest::errorRepliesHaveAKindAndAnAdvice_data() {
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("advice");
    const auto row = [](const char* reply, ErrorKind kind, const char* advice) {
        QTest::newRow(reply) << QByteArray(reply) << kind << QString::fromLatin1(advice);
    };
    row("WRONGTYPE Operation against a key", ErrorKind::Damaged, "check the key prefix");
    row("NOAUTH Authentication required.", ErrorKind::Refused, "Enter user and password");
    row("WRONGPASS invalid username-password pair", ErrorKind::Refused, "user or password is wrong");
    row("NOPERM this user has no permissions", ErrorKind::Refused, "ACL SETUSER");
    row("READONLY You can't write against a read only replica.", ErrorKind::ReadOnly, "replica");
    row("LOADING Redis is loading the dataset in memory", ErrorKind::Busy, "Try again in a moment");
    row("BUSY Redis is busy running a script.", ErrorKind::Busy, "SCRIPT KILL");
    row("OOM command not allowed", ErrorKind::StorageFull, "Raise maxmemory");
    row("MISCONF Redis is configured to save RDB snapshots", ErrorKind::StorageFull, "Free its disk");
    row("NOREPLICAS Not enough good replicas to write.", ErrorKind::StorageFull, "replicas back");
    row("MOVED 3999 127.0.0.1:6381", ErrorKind::Refused, "Redis Cluster");
    row("ASK 3999 127.0.0.1:6381", ErrorKind::Refused, "Redis Cluster");
    row("CROSSSLOT Keys in request", ErrorKind::Refused, "Redis Cluster");
    row("CLUSTERDOWN The cluster is down", ErrorKind::Refused, "Redis Cluster");
    row("MASTERDOWN Link with MASTER is down", ErrorKind::Busy, "master");
    row("ERR max number of clients reached", ErrorKind::Busy, "maxclients");
    row("DENIED Redis is running in protected mode", ErrorKind::Refused, "its own machine");
    row("NOSCRIPT No matching script.", ErrorKind::NotFound, "EVAL");
    row("ERR value is not an integer", ErrorKind::Internal, "value is not an integer");
    row("OOMPH", ErrorKind::Internal, "OOMPH");
}

void ValuesTest::errorRepliesHaveAKindAndAnAdvice() {
    QFETCH(QByteArray, reply);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, advice);
    const auto error = redis::explained({.kind = ReplyKind::Error, .text = reply}, QStringLiteral("GET"));
    QCOMPARE(error.kind, kind);
    QVERIFY2(error.what.startsWith(QStringLiteral("Redis refused GET")) && error.what.contains(advice),
             qPrintable(error.what));
}

void ValuesTest::argumentsThatRedisRepeatsAreNotShown() {
    const Reply reply{.kind = ReplyKind::Error,
                      .text = "ERR unknown command 'GETT', with args beginning with: 'canary' \x1b[31m"};
    const auto error = redis::explained(reply, QStringLiteral("GETT"));
    QVERIFY2(!error.what.contains(QStringLiteral("canary")), qPrintable(error.what));
}

void ValuesTest::everyCauseOfATlsFailureHasItsText() {
    const Target target{.usesTls = true, .serverName = QStringLiteral("cache.example")};
    const auto cause = [&target](QList<QSslError> errors) { return redis::tlsFailure(target, errors, {}).cause; };
    const QSslError expired(QSslError::CertificateExpired);
    const QSslError wrongHost(QSslError::HostNameMismatch);
    const QSslError selfSigned(QSslError::SelfSignedCertificateInChain);
    QCOMPARE(cause({expired}), Cause::TlsExpired);
    QCOMPARE(cause({expired, wrongHost}), Cause::TlsWrongHost);
    QCOMPARE(cause({expired, wrongHost, selfSigned}), Cause::TlsUnknownAuthority);
    QCOMPARE(cause({}), Cause::TlsFailed);
    QVERIFY(redis::tlsFailure(target, {wrongHost}, {}).what.contains(QStringLiteral("\"cache.example\"")));
}

} // namespace affinity::test
