#include "tests/ui/adjustments/djangostore.h"

#include "engine/access/djangopassword.h"
#include "engine/base/clock.h"
#include "engine/store/open.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace affinity::test {

namespace {

void execute(QSqlDatabase& database, const QString& statement) {
    QSqlQuery query(database);
    if (!query.exec(statement))
        qFatal("%s: %s", qPrintable(statement.left(80)), qPrintable(query.lastError().text()));
}

/// The dump ends every statement with a semicolon at the end of a line, and no text in it does so.
void load(const QString& fileName) {
    QFile dump(QStringLiteral(AFFINITY_TEST_DATA "/django/django-sqlite.sql"));
    if (!dump.open(QIODevice::ReadOnly))
        qFatal("tests/data/django/django-sqlite.sql is missing");
    const QString name = QStringLiteral("adjustments tests");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(fileName);
        if (!database.open())
            qFatal("%s cannot be made", qPrintable(fileName));
        for (const QString& statement : QString::fromUtf8(dump.readAll()).split(QStringLiteral(";\n"))) {
            if (!statement.trimmed().isEmpty())
                execute(database, statement);
        }
        const access::Secret password(QByteArrayLiteral("open sesame"));
        execute(database, QStringLiteral("UPDATE auth_user SET password = '%1' WHERE username = 'operator'")
                              .arg(access::makeDjangoPassword(password, "salt", 1000)));
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace

DjangoStore::DjangoStore(Environment environment, Tables tables) {
    load(m_folder.filePath(QStringLiteral("store.sqlite")));
    if (tables == Tables::Prepared) {
        if (const auto prepared = store::prepare(url(), {}, base::SystemClock()); !prepared)
            qFatal("%s", qPrintable(prepared.error().what));
    }
    m_engine = std::make_unique<Engine>(Connection{url(), environment});
    const auto opened = waitFor(m_engine->open());
    if (!opened || !*opened)
        qFatal("The store does not open: %s", opened ? qPrintable(opened->error().what) : "no answer");
    m_workspace = std::make_unique<ui::Workspace>(*m_engine, m_jobs, **opened);
}

void DjangoStore::signIn() {
    rules::Operator person;
    person.id = {2};
    person.username = QStringLiteral("operator");
    person.isActive = true;
    person.isStaff = true;
    m_workspace->setSession(access::Session{person, access::Role::Support});
}

service::DeviceDetail DjangoStore::detail(qint64 deviceId) {
    const auto answer = waitFor(m_engine->device({deviceId}));
    if (!answer || !*answer)
        qFatal("Device %lld cannot be read", deviceId);
    return **answer;
}

} // namespace affinity::test
