#include "tests/integration/djangofile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>

namespace affinity::test {

namespace {

QByteArray runSqlite(const QString& fileName, const QStringList& arguments, const QString& input = {}) {
    QProcess sqlite;
    if (!input.isEmpty())
        sqlite.setStandardInputFile(input);
    sqlite.start(QStringLiteral("sqlite3"), QStringList{fileName} + arguments);
    if (!sqlite.waitForFinished() || sqlite.exitCode() != 0)
        qFatal("sqlite3 failed: %s", sqlite.readAllStandardError().constData());
    return sqlite.readAllStandardOutput();
}

} // namespace

QString makeDjangoFile(const QString& folder, const QString& name) {
    const QString fileName = folder + QLatin1Char('/') + name;
    runSqlite(fileName, {}, QStringLiteral(AFFINITY_TEST_DATA "/django/django-sqlite.sql"));
    return fileName;
}

QByteArray fileHash(const QString& fileName) {
    QFile file(fileName);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result().toHex();
}

QString queryFile(const QString& fileName, const QString& sql) {
    return QString::fromUtf8(runSqlite(fileName, {sql}).trimmed());
}

} // namespace affinity::test
