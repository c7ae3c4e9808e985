#include "tests/rewards/secrecy_test.h"

#include "engine/base/log.h"
#include "engine/rewards/signature.h"
#include "tests/rewards/rewardsworld.h"

#include <QLoggingCategory>
#include <QTest>

namespace affinity::test {

using namespace rewards;
using Manner = HttpAnswer::Manner;

namespace {

struct Messages {
    std::mutex mutex;
    QString text;
};

Messages& heard() {
    static Messages messages;
    return messages;
}

void hear(QtMsgType, const QMessageLogContext&, const QString& text) {
    const std::lock_guard lock(heard().mutex);
    heard().text += text + QLatin1Char('\n');
}

/// Hears everything that Qt and the program say, debug messages of the network included, until it goes.
class Hearing {
public:
    Hearing() : m_before(qInstallMessageHandler(hear)) {
        QLoggingCategory::setFilterRules(QStringLiteral("*=true\nqt.core.*=false"));
    }
    ~Hearing() {
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(m_before);
    }
    Hearing(const Hearing&) = delete;
    Hearing& operator=(const Hearing&) = delete;

private:
    QtMessageHandler m_before;
};

const QByteArray canaryKey = "canary-key/with+signs=Zk81Lq0v7Wm2";

/// Repeats all that it was sent, and the key, which it knows as well.
HttpAnswer everything(const HttpRequest& request, int status) {
    QByteArray body = request.headers.value("x-affinity-signature").split('=').last() + "\n" + request.line + "\n" +
                      canaryKey + "\n" + canaryKey.toBase64() + "\n";
    for (auto header = request.headers.begin(); header != request.headers.end(); ++header)
        body += header.key() + "=" + header.value() + "\n";
    return {.status = status, .body = body.replace("canary-path", "canary path")};
}

} // namespace

void SecrecyTest::keyIsInNoErrorAndNoMessage() {
    QStringList errors;
    QStringList signatures;
    {
        const Hearing hearing;
        for (int turn = 0; turn < 7; ++turn) {
            const HttpServer server([turn](const HttpRequest& request) {
                switch (turn) {
                case 0:
                    return everything(request, 422);
                case 1:
                    return everything(request, 503);
                case 2:
                    return everything(request, 302);
                case 3:
                    return HttpAnswer{.body = {}, .manner = Manner::Raw};
                case 4:
                    return HttpAnswer{.status = 401, .headers = {"WWW-Authenticate: Basic realm=\"x\""}};
                case 5:
                    return HttpAnswer{.body = "no HTTP\r\n\r\n", .manner = Manner::Raw};
                default:
                    return HttpAnswer{.manner = Manner::Never};
                }
            });
            WebhookTarget target = targetAt(server.port());
            target.key = canaryKey;
            target.url.setPath(QStringLiteral("/canary-path"));
            target.url.setScheme(turn == 6 ? QStringLiteral("https") : QStringLiteral("http"));
            target.connectMs = turn == 6 ? growingMs.front() : farMs;
            errors << deliveredTo(target).error;
            for (const HttpRequest& request : server.requests())
                signatures << QString::fromLatin1(request.headers.value("x-affinity-signature").split('=').last());
        }
    }
    QCOMPARE(errors.size(), 7);
    QVERIFY(signatures.size() >= 6);
    const QString all = errors.join(QLatin1Char('\n')) + heard().text;
    QVERIFY2(errors[0].contains(QLatin1String("422")) && errors[0].contains(QStringLiteral("•••")),
             qPrintable(errors[0]));
    for (const QString& error : std::as_const(errors))
        QVERIFY(!error.isEmpty());
    for (const QByteArray& form : {canaryKey, canaryKey.toBase64(), canaryKey.toHex(), canaryKey.toPercentEncoding(),
                                   QByteArray("Zk81Lq0v7Wm2"), QByteArray("canary-path")})
        QVERIFY2(!all.contains(QString::fromLatin1(form)), form.constData());
    for (const QString& signature : std::as_const(signatures))
        QVERIFY2(signature.size() == 64 && !all.contains(signature), qPrintable(signature));
}

void SecrecyTest::keyIsMaskedInTheLogOnceAWebhookHasIt() {
    const QByteArray key = "another-canary-Jq83ks02Lm";
    const QString text = QStringLiteral("key ") + QString::fromLatin1(key);
    QCOMPARE(base::maskSecrets(text), text);
    WebhookTarget target = targetAt(1);
    target.key = key;
    const Webhook webhook(target);
    QCOMPARE(base::maskSecrets(text), QStringLiteral("key •••"));
}

} // namespace affinity::test
