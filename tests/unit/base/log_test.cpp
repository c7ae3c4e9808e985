#include "tests/unit/base/log_test.h"

#include "engine/base/log.h"
#include "tests/support/property.h"

#include <QLoggingCategory>
#include <QSet>
#include <QTest>
#include <QUrl>

#include <thread>

namespace affinity::test {

using base::LogLine;
using base::logLines;
using base::maskSecrets;

namespace {

Q_LOGGING_CATEGORY(ownLog, "affinity.test", QtInfoMsg)
Q_LOGGING_CATEGORY(otherLog, "elsewhere", QtInfoMsg)

const QString mask = QStringLiteral("•••");

/// What reached the handler that was in force before the log.
struct Printed {
    std::mutex mutex;
    QStringList lines;

    void add(const QString& text) {
        const std::lock_guard lock(mutex);
        lines << text;
    }
    bool contains(const QString& text) {
        const std::lock_guard lock(mutex);
        return lines.contains(text);
    }
};

Printed& printed() {
    static Printed one;
    return one;
}

QtMessageHandler testHandler = nullptr;

qint64 lastNumber() {
    const auto lines = logLines();
    return lines.empty() ? 0 : lines.back().number;
}

/// A text of `size` printable ASCII characters.
rc::Gen<std::string> printable(int least, int most) {
    return rc::gen::mapcat(rc::gen::inRange(least, most + 1), [](int size) {
        return rc::gen::container<std::string>(static_cast<std::size_t>(size), rc::gen::inRange<char>(0x21, 0x7f));
    });
}

} // namespace

void LogTest::initTestCase() {
    // In the middle between Qt Test's handler, which the log must find, and the log.
    testHandler = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
        printed().add(text);
        if (QLatin1String(context.category).startsWith(QLatin1String("default")))
            testHandler(type, context, text);
    });
    base::installLog(5000);
}

void LogTest::cleanup() {
    base::installLog(5000);
}

void LogTest::secretsAreMasked_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    const auto row = [](const char* name, const char* text, const char* masked) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(masked);
    };
    row("url", "open postgresql://lin:s3cret@db.internal:5432/app now",
        "open postgresql://lin:•••@db.internal:5432/app now");
    row("url without user", "redis://:s3cret@cache:6379/0", "redis://:•••@cache:6379/0");
    row("url with @ in the password", "mysql://u:a@b@host/db", "mysql://u:•••@host/db");
    row("url with / in the password", "mysql://u:a/b@host/db", "mysql://u:•••@host/db");
    row("password=", "host=db password=s3cret user=lin", "host=db password=••• user=lin");
    row("environment", "AFFINITY_OPERATOR_PASSWORD=s3cret", "AFFINITY_OPERATOR_PASSWORD=•••");
    row("quoted", "password=\"two words\" rest", "password=\"•••\" rest");
    row("query", "https://h/x?token=abc123&page=2", "https://h/x?token=•••&page=2");
    row("colon", "Password: s3cret", "Password: •••");
    row("auth", "sent AUTH s3cret", "sent AUTH •••");
    row("auth with user", "sent AUTH default s3cret", "sent AUTH •••");
    row("requirepass", "CONFIG SET requirepass s3cret", "CONFIG SET requirepass •••");
    row("bearer", "Authorization: Bearer abc.def-ghi", "Authorization: Bearer •••");
    row("basic", "Authorization: Basic bGluOnMzY3JldA==", "Authorization: Basic •••");
    row("signature", "X-Hub-Signature-256: sha256=9f86d081884c7d65", "X-Hub-Signature-256: sha256=•••");
    row("json", "{\"user\": \"lin\", \"password\": \"s3 \\\"cret\", \"n\": 1}",
        "{\"user\": \"lin\", \"password\": \"•••\", \"n\": 1}");
    row("json in json", "\"{\\\"password\\\": \\\"s3cret\\\"}\"", "\"{\\\"password\\\": \\\"•••\\\"}\"");
    row("django", "hash pbkdf2_sha256$260000$salt$aGFzaA== stored", "hash pbkdf2_sha256$••• stored");
    row("django argon2", "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA", "argon2$•••");
}

void LogTest::secretsAreMasked() {
    QFETCH(QString, text);
    QTEST(maskSecrets(text), "masked");
}

void LogTest::plainTextStaysAsItIs_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "Opened a store of kind sqlite to read and write", "sqlite:/home/lin/demo.sqlite",
          "https://www.qt.io:443/page and lin@example.org", "The password is wrong.",
          "Operator \"lin\" signed in as designer",
          "Adjustment of device 12 by operator 3: applied, 30 points, operation 6f1c", "author=lin", "12:30:05 a@b"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void LogTest::plainTextStaysAsItIs() {
    QFETCH(QString, text);
    QCOMPARE(maskSecrets(text), text);
}

void LogTest::aRememberedSecretIsFoundInEveryForm_data() {
    QTest::addColumn<QString>("form");
    const QByteArray secret = "k\xc3\xb6 n/g\"%+x9";
    const QString text = QString::fromUtf8(secret);
    QTest::newRow("plain") << text;
    QTest::newRow("percent-encoded") << QString::fromLatin1(secret.toPercentEncoding());
    QTest::newRow("percent-encoded, small") << QString::fromLatin1(secret.toPercentEncoding())
                                                   .replace(QStringLiteral("%C3%B6"), QStringLiteral("%c3%b6"))
                                                   .replace(QStringLiteral("%2F"), QStringLiteral("%2f"))
                                                   .replace(QStringLiteral("%2B"), QStringLiteral("%2b"));
    QTest::newRow("in a form")
        << QString::fromLatin1(secret.toPercentEncoding()).replace(QStringLiteral("%20"), QStringLiteral("+"));
    QUrl url(QStringLiteral("x://h"));
    url.setPassword(text);
    QTest::newRow("in a QUrl") << url.password(QUrl::FullyEncoded);
    QTest::newRow("Base64") << QString::fromLatin1(secret.toBase64());
    QTest::newRow("Base64 after one") << QString::fromLatin1(("a" + secret).toBase64());
    QTest::newRow("Base64 after two") << QString::fromLatin1(("ab" + secret).toBase64());
    QTest::newRow("Base64 of user and password") << QString::fromLatin1(("lin:" + secret + "\n").toBase64());
    QTest::newRow("Base64 of URLs") << QString::fromLatin1(secret.toBase64(QByteArray::Base64UrlEncoding));
    QTest::newRow("JSON") << QString(text).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    QTest::newRow("HTML") << text.toHtmlEscaped();
    QTest::newRow("hexadecimal") << QString::fromLatin1(secret.toHex());
    QTest::newRow("as Latin-1") << QString::fromLatin1(secret);
}

void LogTest::aRememberedSecretIsFoundInEveryForm() {
    QFETCH(QString, form);
    base::rememberSecret("k\xc3\xb6 n/g\"%+x9");
    const QString masked = maskSecrets(QStringLiteral("before ") + form + QStringLiteral(" after"));
    QVERIFY2(!masked.contains(form), qPrintable(masked));
    QVERIFY2(masked.contains(mask), qPrintable(masked));
    QVERIFY(masked.startsWith(QStringLiteral("before ")) && masked.endsWith(QStringLiteral(" after")));
    // At most a character or two at the edges of a Base64 group can say something of the secret.
    QVERIFY2(masked.size() <= 28, qPrintable(masked));
}

void LogTest::shortTextsAreNotRemembered() {
    base::rememberSecret("abc");
    base::rememberSecret("");
    base::rememberSecret("\xe5\xaf\x86\xe7\xa0\x81"); // two characters in six bytes
    QCOMPARE(maskSecrets(QStringLiteral("abc 密码")), QStringLiteral("abc 密码"));
}

void LogTest::maskingTwiceChangesNothing() {
    for (const char* text : {"redis://:x1y2z3@h", "password=abc", "AUTH a b", "Bearer abcdef", "\"token\": \"abc\""}) {
        const QString once = maskSecrets(QString::fromLatin1(text));
        QCOMPARE(maskSecrets(once), once);
    }
}

void LogTest::linesAreKeptWithTheirLevelAndCategory() {
    const qint64 before = lastNumber();
    qCInfo(ownLog) << "first";
    qCWarning(otherLog).noquote() << "second password=abc";
    const auto lines = logLines(before);
    QCOMPARE(lines.size(), size_t(2));
    QCOMPARE(lines[0].number, before + 1);
    QCOMPARE(lines[0].type, QtInfoMsg);
    QCOMPARE(lines[0].category, QStringLiteral("affinity.test"));
    QCOMPARE(lines[0].text, QStringLiteral("first"));
    QCOMPARE(lines[1].type, QtWarningMsg);
    QCOMPARE(lines[1].text, QStringLiteral("second password=•••"));
    QVERIFY(lines[0].atUs > 0 && lines[0].atUs <= lines[1].atUs);
    QVERIFY(printed().contains(QStringLiteral("second password=•••")));
}

void LogTest::ownInfoIsKeptAndNotPrinted() {
    const qint64 before = lastNumber();
    qCInfo(ownLog).noquote() << "own info";
    qCWarning(ownLog).noquote() << "own warning";
    qCInfo(otherLog).noquote() << "others' info";
    QCOMPARE(logLines(before).size(), size_t(3));
    QVERIFY(!printed().contains(QStringLiteral("own info")));
    QVERIFY(printed().contains(QStringLiteral("own warning")));
    QVERIFY(printed().contains(QStringLiteral("others' info")));
}

void LogTest::onlyTheLastLinesAreKept() {
    base::installLog(10);
    const qint64 before = lastNumber();
    for (int i = 1; i <= 25; ++i)
        qCInfo(ownLog) << i;
    const auto lines = logLines();
    QCOMPARE(lines.size(), size_t(10));
    QCOMPARE(lines.front().number, before + 16);
    QCOMPARE(lines.back().text, QStringLiteral("25"));
    QCOMPARE(logLines(before + 20).size(), size_t(5));
    QVERIFY(logLines(before + 25).empty());
}

void LogTest::fourThreadsLogAtOnce() {
    constexpr int each = 500;
    const qint64 before = lastNumber();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] {
            for (int i = 0; i < each; ++i) {
                if (i % 50 == 0)
                    base::rememberSecret(QByteArray("thread-secret-") + QByteArray::number(t * 1000 + i));
                qCInfo(ownLog).noquote() << QStringLiteral("%1/%2 password=abc").arg(t).arg(i);
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    const auto lines = logLines(before);
    QCOMPARE(lines.size(), size_t(4 * each));
    QSet<QString> texts;
    for (size_t i = 0; i < lines.size(); ++i) {
        QCOMPARE(lines[i].number, before + 1 + static_cast<qint64>(i));
        QVERIFY(lines[i].text.endsWith(QStringLiteral("password=•••")));
        texts << lines[i].text;
    }
    QCOMPARE(texts.size(), 4 * each);
}

void LogTest::aPlantedSecretNeverSurvives() {
    AFFINITY_PROPERTY("a remembered secret is in no kept line", [] {
        const std::string secret = *printable(8, 40);
        const std::string head = *printable(0, 12);
        const std::string tail = *printable(0, 12);
        const QByteArray bytes = QByteArray::fromStdString(secret);
        base::rememberSecret(bytes);
        const QString text = QString::fromStdString(secret);
        const qint64 before = lastNumber();
        qCInfo(ownLog).noquote() << QString::fromStdString(head) + text + QString::fromStdString(tail);
        qCInfo(ownLog) << text;
        qCInfo(ownLog).noquote() << QStringLiteral("redis://user:%1@host/0").arg(text);
        qCInfo(ownLog).noquote()
            << QStringLiteral("redis://user:%1@host/0").arg(QString::fromLatin1(bytes.toPercentEncoding()));
        qCInfo(ownLog).noquote() << text + text;
        for (const LogLine& line : logLines(before)) {
            RC_ASSERT(!line.text.contains(text));
            RC_ASSERT(!QUrl::fromPercentEncoding(line.text.toUtf8()).contains(text));
        }
    });
}

} // namespace affinity::test
