#include "tests/unit/service/access_test.h"

#include "engine/access/djangopassword.h"
#include "tests/unit/service/world.h"

#include <QFile>
#include <QRegularExpression>

namespace affinity::test {

using access::PasswordVerdict;
using access::Secret;

namespace {

/// The hash that Django's dump keeps of a member of staff.
QString recordedHash(const QString& username) {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/django/django-sqlite.sql"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString dump = QString::fromUtf8(file.readAll());
    const QRegularExpression row(
        QStringLiteral("INSERT INTO auth_user VALUES\\(\\d+,'([^']+)',NULL,\\d,'%1'").arg(username));
    return row.match(dump).captured(1);
}

Secret secret(const char* text) {
    return Secret(QByteArray(text));
}

/// A fast hash of "right".
QString quickHash() {
    return access::makeDjangoPassword(secret("right"), "salt", 3);
}

store::OperatorRecord record(const char* name, bool isStaff, bool isSuperuser, bool isActive, const QString& hash) {
    store::OperatorRecord made;
    made.person.username = QString::fromLatin1(name);
    made.person.isStaff = isStaff;
    made.person.isSuperuser = isSuperuser;
    made.person.isActive = isActive;
    made.passwordHash = hash;
    return made;
}

void fillStaff(store::MemoryDatabase& database) {
    QVERIFY(database.add(record("boss", true, true, true, quickHash())).isOk());
    QVERIFY(database.add(record("helper", true, false, true, quickHash())).isOk());
    QVERIFY(database.add(record("guest", false, false, true, quickHash())).isOk());
    QVERIFY(database.add(record("gone", true, false, false, quickHash())).isOk());
    QVERIFY(database.add(record("bare", true, false, true, QStringLiteral("!x"))).isOk());
    QVERIFY(database.add(record("argon", true, false, true, QStringLiteral("argon2$argon2id$v=19"))).isOk());
    store::OperatorRecord designer = record("artist", true, false, true, quickHash());
    designer.person.isDesigner = true;
    QVERIFY(database.add(designer).isOk());
}

} // namespace

void AccessTest::recordedHashesAreChecked_data() {
    QTest::addColumn<QString>("username");
    for (const char* name : {"admin", "operator", "viewer"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void AccessTest::recordedHashesAreChecked() {
    QFETCH(const QString, username);
    const QString hash = recordedHash(username);
    QVERIFY(hash.startsWith(QStringLiteral("pbkdf2_sha256$260000$")));
    const QByteArray password = "oracle-" + username.toLatin1() + "-pw";
    QCOMPARE(access::checkDjangoPassword(Secret(password), hash), PasswordVerdict::Right);
    QCOMPARE(access::checkDjangoPassword(Secret(password + ' '), hash), PasswordVerdict::Wrong);
    QCOMPARE(access::checkDjangoPassword(Secret(), hash), PasswordVerdict::Wrong);
}

void AccessTest::hashesMadeHereAreOfDjangosForm() {
    // RFC 7914 section 11: PBKDF2-HMAC-SHA-256 of "passwd", "salt", one round; its first 32 bytes.
    QCOMPARE(
        access::makeDjangoPassword(secret("passwd"), "salt", 1),
        QStringLiteral("pbkdf2_sha256$1$salt$") +
            QString::fromLatin1(
                QByteArray::fromHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc").toBase64()));
    QCOMPARE(access::checkDjangoPassword(secret("right"), quickHash()), PasswordVerdict::Right);
    const QString strange = access::makeDjangoPassword(secret("密码\xF0\x9F\x98\x80"), "%1%2%4", 2);
    QCOMPARE(access::checkDjangoPassword(secret("密码\xF0\x9F\x98\x80"), strange), PasswordVerdict::Right);
}

void AccessTest::hostileHashesAreUnsupported_data() {
    QTest::addColumn<QString>("hash");
    const QString good = quickHash();
    const QString key = good.section(QLatin1Char('$'), 3);
    const auto add = [](const char* name, const QString& hash) { QTest::newRow(name) << hash; };
    add("empty", QString());
    add("plain text", QStringLiteral("right"));
    add("another algorithm", QStringLiteral("pbkdf2_sha1$3$salt$") + key);
    add("too few parts", QStringLiteral("pbkdf2_sha256$3$salt"));
    add("too many parts", good + QStringLiteral("$more"));
    add("no rounds", QStringLiteral("pbkdf2_sha256$$salt$") + key);
    add("zero rounds", QStringLiteral("pbkdf2_sha256$0$salt$") + key);
    add("negative rounds", QStringLiteral("pbkdf2_sha256$-3$salt$") + key);
    add("rounds for ever", QStringLiteral("pbkdf2_sha256$10000001$salt$") + key);
    add("rounds above int", QStringLiteral("pbkdf2_sha256$99999999999999999999$salt$") + key);
    add("rounds no number", QStringLiteral("pbkdf2_sha256$3e0$salt$") + key);
    add("key cut short", good.chopped(4));
    add("key no base64", QStringLiteral("pbkdf2_sha256$3$salt$") + QString(44, QLatin1Char('*')));
    add("key not ASCII", QStringLiteral("pbkdf2_sha256$3$salt$") + QString(44, QChar(0x5bc6)));
    add("no key", QStringLiteral("pbkdf2_sha256$3$salt$"));
    add("a very long text", QString(1 << 20, QLatin1Char('$')));
}

void AccessTest::hostileHashesAreUnsupported() {
    QFETCH(const QString, hash);
    QCOMPARE(access::checkDjangoPassword(secret("right"), hash), PasswordVerdict::Unsupported);
    QCOMPARE(access::checkDjangoPassword(secret("right"), QLatin1Char('!') + hash), PasswordVerdict::Unusable);
}

void AccessTest::rolesComeFromStaffSuperuserAndGroup() {
    rules::Operator person;
    QCOMPARE(access::roleOf(person), access::Role::Viewer);
    person.isDesigner = true; // of the group, but no staff
    QCOMPARE(access::roleOf(person), access::Role::Viewer);
    person.isStaff = true;
    QCOMPARE(access::roleOf(person), access::Role::Designer);
    person.isDesigner = false;
    QCOMPARE(access::roleOf(person), access::Role::Support);
    person.isSuperuser = true;
    QCOMPARE(access::roleOf(person), access::Role::Designer);
}

void AccessTest::signInNamesThePersonAndTheRole() {
    for (const Backend backend : {Backend::Memory, Backend::Embedded}) {
        const ContractStore rows(backend, fillStaff);
        TAKE(store, rows.open(store::Access::Read));
        const std::vector<std::pair<const char*, access::Role>> people{{"boss", access::Role::Designer},
                                                                       {"helper", access::Role::Support},
                                                                       {"guest", access::Role::Viewer},
                                                                       {"artist", access::Role::Designer}};
        for (const auto& [name, role] : people) {
            TAKE(session, access::signIn(*store, QString::fromLatin1(name), secret("right")));
            QCOMPARE(session.person.username, QString::fromLatin1(name));
            QVERIFY(session.person.id.isValid());
            QCOMPARE(session.role, role);
        }
    }
}

void AccessTest::unknownNameAndWrongPasswordGetTheSameText() {
    const ContractStore rows(Backend::Memory, fillStaff);
    TAKE(store, rows.open(store::Access::Read));
    const auto unknown = access::signIn(*store, QStringLiteral("nobody"), secret("right"));
    const auto wrong = access::signIn(*store, QStringLiteral("boss"), secret("wrong"));
    QVERIFY(!unknown.isOk());
    QVERIFY(!wrong.isOk());
    QCOMPARE(unknown.error(), wrong.error());
    QCOMPARE(unknown.error().kind, base::ErrorKind::Refused);
    FAILS_WITH(Refused, access::signIn(*store, QStringLiteral("Boss"), secret("right"))); // names are exact
    FAILS_WITH(Refused, access::signIn(*store, QString(), Secret()));
}

void AccessTest::inactiveAndPasswordlessAccountsAreRefused() {
    const ContractStore rows(Backend::Memory, fillStaff);
    TAKE(store, rows.open(store::Access::Read));
    for (const char* name : {"gone", "bare", "argon"})
        FAILS_WITH(Refused, access::signIn(*store, QString::fromLatin1(name), secret("right")));
    // That an account is switched off is told only to who knows its password.
    const auto wrong = access::signIn(*store, QStringLiteral("gone"), secret("wrong"));
    QVERIFY(!wrong.isOk());
    QVERIFY(!wrong.error().what.contains(QStringLiteral("gone")));
}

} // namespace affinity::test
