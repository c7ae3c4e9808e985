#include "tests/redis/signin_test.h"

#include "tests/redis/redistest.h"

namespace affinity::test {

using base::ErrorKind;
using redis::Cause;
using redis::Command;
using redis::Connection;
using redis::Effect;
using redis::Step;
using redis::Target;

namespace {

std::unique_ptr<RedisServer> tlsServer(const TestAuthority& authority, const QString& name) {
    return std::make_unique<RedisServer>(RedisServerOptions{.certificateFile = authority.certificateFile(name),
                                                            .keyFile = authority.keyFile(name),
                                                            .caFile = authority.caFile()});
}

/// Why the server, which does not answer what it is asked, cannot be opened; at `step`, unless something is wrong.
base::Error openingError(Connection& connection, Step step) {
    return givenUp([&](const redis::Deadline& deadline) { return connection.open(deadline); },
                   [&](const base::Error&) { return isLastStep(connection, step); })
        .error;
}

} // namespace

void SignInTest::initTestCase() {
    QVERIFY(m_open.start());
    m_guarded = std::make_unique<RedisServer>(
        RedisServerOptions{.lines = {QStringLiteral("requirepass canary-default"),
                                     QStringLiteral("user alice on >canary-alice ~affinity:* &* +@all -@dangerous"),
                                     QStringLiteral("user narrow on >canary-narrow ~affinity:* -@all +get +auth"),
                                     QStringLiteral("user gone off >canary-gone ~* +@all")}});
    QVERIFY(m_guarded->start());
    QVERIFY(m_authority.isValid() && m_otherAuthority.isValid());
    QVERIFY(m_authority.sign(QStringLiteral("server"), QStringLiteral("DNS:localhost,IP:127.0.0.1")));
    QVERIFY(m_authority.sign(QStringLiteral("wrong"), QStringLiteral("DNS:cache.example")));
    QVERIFY(m_authority.sign(QStringLiteral("expired"), QStringLiteral("DNS:localhost,IP:127.0.0.1"), -1));
    m_tls = tlsServer(m_authority, QStringLiteral("server"));
    m_wrongName = tlsServer(m_authority, QStringLiteral("wrong"));
    m_expired = tlsServer(m_authority, QStringLiteral("expired"));
    QVERIFY(m_tls->start() && m_wrongName->start() && m_expired->start());
}

Target SignInTest::signedIn(const QByteArray& user, const QByteArray& password) const {
    Target target = m_guarded->target();
    target.user = user;
    target.password = password;
    return target;
}

void SignInTest::passwordOpensTheDoor() {
    Connection connection(signedIn({}, "canary-default"));
    TAKE(who, connection.command({"ACL", "WHOAMI"}, Effect::None, soon()));
    QVERIFY(who == text("default"));
    QCOMPARE(connection.lastOpening().steps[2].step, Step::SignIn);
}

void SignInTest::wrongPasswordIsNamedAndNotShown() {
    Connection connection(signedIn("alice", "canary-wrong"));
    FAILS(error, ErrorKind::CannotConnect, connection.command({"PING"}, Effect::None, soon()));
    QCOMPARE(connection.lastCause(), Cause::SignInRefused);
    QCOMPARE(connection.lastOpening().steps.back().step, Step::SignIn);
    QVERIFY2(!error.what.contains(QStringLiteral("canary")), qPrintable(error.what));
    QVERIFY(error.what.contains(QStringLiteral("does not accept this user and password")));
    const base::Error again = errorWhileLeftAlone(connection);
    QCOMPARE(connection.lastCause(), Cause::BackOff);
    QCOMPARE(again.kind, ErrorKind::CannotConnect);
    QVERIFY2(again.what.contains(error.what) && !again.what.contains(QStringLiteral("canary")), qPrintable(again.what));
}

void SignInTest::missingPasswordIsNamed() {
    Connection connection(m_guarded->target());
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::SignInRefused);
    QVERIFY2(error.what.contains(QStringLiteral("wants a password")), qPrintable(error.what));
}

void SignInTest::passwordForAServerWithoutOneIsNamed() {
    Target target = m_open.target();
    target.password = "canary";
    Connection connection(target);
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::SignInRefused);
    QVERIFY2(error.what.contains(QStringLiteral("may have no password set")), qPrintable(error.what));
    QVERIFY(!error.what.contains(QStringLiteral("canary")));
}

void SignInTest::userOfTheAccessListSignsIn() {
    Connection connection(signedIn("alice", "canary-alice"));
    SUCCEEDS(connection.command({"SET", "affinity:k", "v"}, Effect::Repeatable, soon()));
    TAKE(who, connection.command({"ACL", "WHOAMI"}, Effect::None, soon()));
    QVERIFY(who == text("alice"));
}

void SignInTest::userWithoutARightIsNamed() {
    Connection connection(signedIn("alice", "canary-alice"));
    FAILS(command, ErrorKind::Refused, connection.command({"FLUSHALL"}, Effect::Repeatable, soon()));
    QVERIFY2(command.what.contains(QStringLiteral("FLUSHALL (NOPERM)")), qPrintable(command.what));
    FAILS(key, ErrorKind::Refused, connection.command({"SET", "other", "v"}, Effect::Repeatable, soon()));
    QVERIFY(key.what.contains(QStringLiteral("no right")));
}

void SignInTest::userWithoutTheRightToPingSignsIn() {
    Connection connection(signedIn("narrow", "canary-narrow"));
    SUCCEEDS(connection.command({"GET", "affinity:none"}, Effect::None, soon()));
}

void SignInTest::switchedOffUserIsRefused() {
    Connection connection(signedIn("gone", "canary-gone"));
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QVERIFY(error.what.contains(QStringLiteral("switched off")));
}

void SignInTest::fullServerIsNotReady() {
    RedisServer server({.lines = {QStringLiteral("maxclients 1")}});
    QVERIFY(server.start());
    Connection first(server.target());
    SUCCEEDS(first.open(soon()));
    Connection second(server.target());
    FAILS(error, ErrorKind::Busy, second.open(soon()));
    QCOMPARE(second.lastCause(), Cause::NotReady);
    QVERIFY2(error.what.contains(QStringLiteral("maxclients")), qPrintable(error.what));
}

void SignInTest::databasesAreApart() {
    Target third = m_open.target();
    third.database = 3;
    Connection inThird(third);
    Connection inFirst(m_open.target());
    SUCCEEDS(inThird.command({"SET", "k", "three"}, Effect::Repeatable, soon()));
    TAKE(first, inFirst.command({"GET", "k"}, Effect::None, soon()));
    QVERIFY(first.isNil());
    inThird.close(); // the next call selects it again
    TAKE(reply, inThird.command({"GET", "k"}, Effect::None, soon()));
    QVERIFY(reply == text("three"));
}

void SignInTest::databaseThatDoesNotExistIsNamed() {
    Target target = m_open.target();
    target.database = 99;
    Connection connection(target);
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::DatabaseRefused);
    QVERIFY2(error.what.contains(QStringLiteral("database 99")), qPrintable(error.what));
}

void SignInTest::tlsServerIsReached() {
    for (const QString& host : {QStringLiteral("127.0.0.1"), QStringLiteral("localhost")}) {
        Target target = m_tls->target();
        target.host = host;
        Connection connection(target);
        TAKE(reply, connection.command({"ECHO", "x"}, Effect::None, soon()));
        QVERIFY(reply == text("x"));
        QCOMPARE(connection.lastOpening().steps[2].step, Step::Encrypt);
    }
}

void SignInTest::tlsPipelineLargerThanAllBuffersGoesThrough() {
    Connection connection(m_tls->target());
    const QByteArray large(1'000'000, 'x');
    TAKE(replies, connection.pipeline(std::vector<Command>(5, Command{"ECHO", large}), Effect::None, soon()));
    QVERIFY(replies == std::vector<redis::Reply>(5, text(large)));
    TAKE(many, connection.pipeline(std::vector<Command>(10'000, Command{"INCR", "n"}), Effect::Once, soon()));
    QVERIFY(many.back() == integer(10'000));
}

void SignInTest::certificateForAnotherHostIsRefused() {
    Connection connection(m_wrongName->target());
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::TlsWrongHost);
    QVERIFY2(error.what.contains(QStringLiteral("not for \"127.0.0.1\"")), qPrintable(error.what));
    QCOMPARE(connection.lastOpening().steps.back().step, Step::Encrypt);
}

void SignInTest::certificateForTheNamedServerIsTaken() {
    Target target = m_wrongName->target();
    target.serverName = QStringLiteral("cache.example");
    Connection connection(target);
    SUCCEEDS(connection.open(soon()));
}

void SignInTest::certificateOfAnUnknownAuthorityIsRefused() {
    for (const QString& caFile : {m_otherAuthority.caFile(), QString()}) {
        Target target = m_tls->target();
        target.caFile = caFile;
        Connection connection(target);
        FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
        QCOMPARE(connection.lastCause(), Cause::TlsUnknownAuthority);
    }
}

void SignInTest::expiredCertificateIsRefused() {
    Connection connection(m_expired->target());
    FAILS(error, ErrorKind::CannotConnect, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::TlsExpired);
}

void SignInTest::plainServerOnATlsTargetIsNamed() {
    Target target = m_open.target();
    target.usesTls = true;
    Connection connection(target);
    const base::Error error = openingError(connection, Step::Encrypt);
    QVERIFY2(isLastStep(connection, Step::Encrypt), qPrintable(error.what));
    QCOMPARE(error.kind, ErrorKind::CannotConnect);
    QVERIFY(connection.lastCause() == Cause::TlsFailed || connection.lastCause() == Cause::TimedOut);
}

void SignInTest::tlsServerOnAPlainTargetIsNoAnswer() {
    Target target = m_tls->target();
    target.usesTls = false;
    Connection connection(target);
    const base::Error error = openingError(connection, Step::Greet);
    QVERIFY2(isLastStep(connection, Step::Greet), qPrintable(error.what));
}

void SignInTest::missingAuthorityFileIsNamed() {
    Target target = m_tls->target();
    target.caFile = QStringLiteral("/no/such/authority.pem");
    Connection connection(target);
    FAILS(error, ErrorKind::InvalidInput, connection.open(soon()));
    QCOMPARE(connection.lastCause(), Cause::TlsFiles);
    QVERIFY(error.what.contains(target.caFile));
}

void SignInTest::ownCertificateIsShownToTheServer() {
    RedisServer server({.certificateFile = m_authority.certificateFile(QStringLiteral("server")),
                        .keyFile = m_authority.keyFile(QStringLiteral("server")),
                        .caFile = m_authority.caFile(),
                        .asksForCertificate = true});
    QVERIFY(server.start());
    Target target = server.target();
    Connection without(target);
    QVERIFY(!without.open(soon()));
    QVERIFY2(without.lastCause() != Cause::TimedOut, "the server says no at once");
    QVERIFY(m_authority.sign(QStringLiteral("client"), QStringLiteral("DNS:console")));
    target.certificateFile = m_authority.certificateFile(QStringLiteral("client"));
    target.keyFile = m_authority.keyFile(QStringLiteral("client"));
    Connection with(target);
    SUCCEEDS(with.open(soon()));
}

} // namespace affinity::test
