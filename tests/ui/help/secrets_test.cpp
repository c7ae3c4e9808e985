#include "tests/ui/help/secrets_test.h"

#include "app/commandline.h"
#include "app/console.h"
#include "app/headless.h"
#include "tests/ui/adjustments/djangostore.h"
#include "ui/adjustments/signindialog.h"
#include "ui/help/helpdesk.h"
#include "ui/help/logview.h"
#include "ui/shared/buttons.h"
#include "ui/shared/settings.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

namespace affinity::test {

namespace {

Q_LOGGING_CATEGORY(testLog, "affinity.test", QtInfoMsg)

/// The secret as it is, in a URL, in Base64.
QStringList formsOf(const QString& secret) {
    const QByteArray bytes = secret.toUtf8();
    return {secret, QString::fromLatin1(bytes.toPercentEncoding()), QString::fromLatin1(bytes.toBase64()),
            QString::fromLatin1(bytes.toHex())};
}

/// Everything the program keeps or gives away, by where it was found.
QMap<QString, QString> everything(const ui::Workspace* workspace, const QString& folder) {
    QMap<QString, QString> texts;
    ui::Settings settings(folder + QStringLiteral("/settings.json"));
    settings.setValue(QStringLiteral("window/theme"), QStringLiteral("dark"));
    settings.flush();
    QWidget window;
    ui::HelpDesk desk(settings, &window);
    desk.setWorkspace(workspace);
    texts.insert(QStringLiteral("diagnostics"), desk.diagnostics());
    desk.copyDiagnostics();
    texts.insert(QStringLiteral("clipboard"), QApplication::clipboard()->text());
    for (const base::LogLine& line : base::logLines())
        texts[QStringLiteral("log")] += line.category + line.text + QLatin1Char('\n');
    ui::LogView view;
    QString error;
    if (!view.saveText(folder + QStringLiteral("/saved.log"), &error))
        qFatal("%s", qPrintable(error));
    for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            texts.insert(file.fileName(), QString::fromUtf8(file.readAll()));
    }
    return texts;
}

/// Says where the secret was found; empty: nowhere.
QString foundIn(const QMap<QString, QString>& texts, const QString& secret) {
    for (auto text = texts.begin(); text != texts.end(); ++text)
        for (const QString& form : formsOf(secret))
            if (text->contains(form))
                return text.key() + QStringLiteral(": ") +
                       text->mid(std::max<qsizetype>(0, text->indexOf(form) - 60), 160);
    return {};
}

/// What careless code might log.
void logCarelessly(const QString& secret) {
    qCInfo(testLog) << secret;
    qCInfo(testLog).noquote() << QStringLiteral("connecting as lin with %1.").arg(secret);
    qCInfo(testLog).noquote()
        << QStringLiteral("GET /x?q=%1").arg(QString::fromLatin1(secret.toUtf8().toPercentEncoding()));
    qCInfo(testLog).noquote() << QStringLiteral("header %1").arg(QString::fromLatin1(secret.toUtf8().toBase64()));
}

QString textsOf(const QWidget& root) {
    QString text = root.windowTitle();
    for (const QWidget* widget : root.findChildren<QWidget*>())
        text += widget->accessibleName() + widget->toolTip() + widget->accessibleDescription();
    for (const QLabel* label : root.findChildren<QLabel*>())
        text += label->text() + QLatin1Char('\n');
    return text;
}

} // namespace

void SecretsTest::initTestCase() {
    base::installLog(); // Qt Test took the messages over
}

void SecretsTest::cleanup() {
    qunsetenv("AFFINITY_OPERATOR_PASSWORD");
    QApplication::clipboard()->clear();
}

void SecretsTest::aTypedPasswordIsFoundNowhere_data() {
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("right") << QStringLiteral("open sesame") << true;
    QTest::newRow("wrong") << QStringLiteral("planted/Wrong%7 pa\"ss") << false;
    QTest::newRow("wrong, Chinese") << QStringLiteral("芝麻开门吧你") << false;
}

void SecretsTest::aTypedPasswordIsFoundNowhere() {
    QFETCH(QString, password);
    QFETCH(bool, isRight);
    const QTemporaryDir folder;
    DjangoStore store;
    {
        QWidget window;
        ui::SignInDialog* dialog = ui::SignInDialog::open(store.workspace(), &window);
        dialog->findChild<QLineEdit*>(QStringLiteral("password"))->setText(password);
        dialog->findChild<QLineEdit*>(QStringLiteral("username"))->setText(QStringLiteral("operator"));
        dialog->deedButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(store.workspace().session().has_value() ||
                                     textsOf(*dialog).contains(QStringLiteral("The user name or the password is")),
                                 20'000);
        QCOMPARE(store.workspace().session().has_value(), isRight);
    }
    logCarelessly(password);
    const auto texts = everything(&store.workspace(), folder.path());
    QVERIFY(texts[QStringLiteral("log")].contains(QStringLiteral("•••")));
    QVERIFY(
        texts[QStringLiteral("log")].contains(isRight ? QStringLiteral("signed in as") : QStringLiteral("Sign-in of")));
    QVERIFY2(foundIn(texts, password).isEmpty(), qPrintable(foundIn(texts, password)));
}

void SecretsTest::thePasswordOfAStoresUrlIsFoundNowhere() {
    const QTemporaryDir folder;
    const QString secret = QStringLiteral("planted-url-p4ss");
    app::ConsoleOptions options;
    options.connection.url = QStringLiteral("postgresql://lin:%1@db.internal:5432/app").arg(secret);
    options.settingsFile = folder.filePath(QStringLiteral("console/settings.json"));
    {
        app::Console console(options);
        console.start();
        const QWidget& window = console.window();
        QVERIFY2(textsOf(window).contains(QStringLiteral("lin:•••@db.internal")), qPrintable(textsOf(window)));
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(window).contains(QStringLiteral("The store did not open")), 60'000);
        QVERIFY2(!textsOf(window).contains(secret), qPrintable(textsOf(window)));
    }
    const auto texts = everything(nullptr, folder.path());
    QVERIFY2(foundIn(texts, secret).isEmpty(), qPrintable(foundIn(texts, secret)));
    QVERIFY(texts[QStringLiteral("log")].contains(QStringLiteral("The store was not opened")));
}

void SecretsTest::thePasswordOfTheEnvironmentIsFoundNowhere() {
    const QTemporaryDir folder;
    DjangoStore store;
    const QString secret = QStringLiteral("planted-environment-p4ss");
    qputenv("AFFINITY_OPERATOR_PASSWORD", secret.toUtf8());
    const auto line = app::parseCommandLine(
        {QStringLiteral("--store"), store.engine().connection().url, QStringLiteral("adjust"), QStringLiteral("--user"),
         QStringLiteral("1"), QStringLiteral("--device"), QStringLiteral("1"), QStringLiteral("--delta"),
         QStringLiteral("5"), QStringLiteral("--reason-code"), QStringLiteral("test"), QStringLiteral("--reason"),
         QStringLiteral("planted"), QStringLiteral("--operator"), QStringLiteral("operator")});
    QVERIFY2(line, line ? "" : qPrintable(line.error().what));
    QCOMPARE(app::runCommand(*line), app::ExitCode::RefusedOrFindings); // the password is wrong
    logCarelessly(secret);
    const auto texts = everything(&store.workspace(), folder.path());
    QVERIFY2(foundIn(texts, secret).isEmpty(), qPrintable(foundIn(texts, secret)));
}

void SecretsTest::aStoredHashIsFoundNowhere() {
    const QTemporaryDir folder;
    const QString secret = QStringLiteral("c29tZSBoYXNoIHRleHQ");
    qCInfo(testLog).noquote() << QStringLiteral("row operator pbkdf2_sha256$260000$salz$%1= read").arg(secret);
    const auto texts = everything(nullptr, folder.path());
    QVERIFY2(foundIn(texts, secret).isEmpty(), qPrintable(foundIn(texts, secret)));
    QVERIFY(!texts[QStringLiteral("log")].contains(QStringLiteral("$salz$")));
}

/// It stands on the sign-in page, and its word is in half of the demo's names.
void SecretsTest::theDemoPasswordMasksNothing() {
    DjangoStore store;
    store.workspace().setDemoAccounts({{QStringLiteral("operator"), QStringLiteral("about"), "worldly"}});
    QWidget window;
    ui::SignInDialog* dialog = ui::SignInDialog::open(store.workspace(), &window);
    dialog->findChild<QLineEdit*>(QStringLiteral("username"))->setText(QStringLiteral("operator"));
    dialog->findChild<QLineEdit*>(QStringLiteral("password"))->setText(QStringLiteral("worldly"));
    dialog->deedButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(*dialog).contains(QStringLiteral("The user name or the password is")), 20'000);
    QCOMPARE(base::maskSecrets(QStringLiteral("worldly.sqlite")), QStringLiteral("worldly.sqlite"));
}

} // namespace affinity::test
