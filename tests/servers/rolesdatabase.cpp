#include "tests/servers/rolesdatabase.h"

#include "engine/service/roleterms.h"
#include "tests/production/must.h"

namespace affinity::test {

namespace {

const QString personPassword = QStringLiteral("a-persons-password");

/// Logins belong to the server, not to one database.
QString postgresLogin(const QString& login, const QString& role) {
    return QStringLiteral("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1') THEN "
                          "CREATE ROLE \"%1\" LOGIN PASSWORD '%2' IN ROLE %3; END IF; END $$;\n")
        .arg(login, personPassword, role);
}

QString mariaDbLogin(const QString& login, const QString& role) {
    return QStringLiteral("CREATE USER IF NOT EXISTS `%1`@'127.0.0.1' IDENTIFIED BY '%2';\n"
                          "GRANT %3 TO `%1`@'127.0.0.1';\nSET DEFAULT ROLE %3 FOR `%1`@'127.0.0.1';\n")
        .arg(login, personPassword, role);
}

} // namespace

RolesDatabase::RolesDatabase(DatabaseServer& server, const QString& before)
    : m_server(server), m_url(server.makeDatabase(QStringLiteral("django"))) {
    if (!before.isEmpty() && !query(before).isEmpty())
        qFatal("what comes before failed");
    must(store::prepare(url(ownerLogin), options(ownerLogin), m_clock));
    QString sql =
        must(store::roleSql(url(ownerLogin), options(ownerLogin), service::roleTerms())).join(QStringLiteral(";\n\n")) +
        QStringLiteral(";\n");
    const auto loginSql = isPostgres() ? postgresLogin : mariaDbLogin;
    for (const auto& [login, role] : {std::pair(viewerLogin, "affinity_viewer"),
                                      {supportLogin, "affinity_support"},
                                      {designerLogin, "affinity_designer"},
                                      {engineLogin, "affinity_engine"}})
        sql += loginSql(login, QString::fromLatin1(role));
    sql += QStringLiteral("INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, "
                          "is_staff, is_active, date_joined) SELECT 4, password, is_superuser, 'dora', '', '', '', "
                          "is_staff, is_active, date_joined FROM auth_user WHERE id = 2;\n"
                          "INSERT INTO auth_group (id, name) VALUES (1, 'affinity_designers');\n"
                          "INSERT INTO auth_user_groups (user_id, group_id) VALUES (4, 1);\n");
    if (const QByteArray answer = query(sql); answer.contains("ERROR"))
        qFatal("%s", answer.constData());
}

RolesDatabase::~RolesDatabase() {
    m_server.dropDatabase(DatabaseServer::databaseName(m_url));
}

bool RolesDatabase::isPostgres() const {
    return m_url.startsWith(QLatin1String("postgresql"));
}

QString RolesDatabase::url(const QString& login) const {
    return QString(m_url).replace(QStringLiteral("affinity@"), login + QLatin1Char('@'));
}

store::OpenOptions RolesDatabase::options(const QString& login) const {
    return {.password = (login == ownerLogin ? m_server.password() : personPassword).toUtf8()};
}

std::unique_ptr<store::Store> RolesDatabase::open(const QString& login) const {
    return must(store::open(url(login), options(login), m_clock));
}

std::unique_ptr<store::SqlConnection> RolesDatabase::connect(const QString& login) const {
    return must(store::connectTo(url(login), options(login)));
}

QByteArray RolesDatabase::query(const QString& sql) const {
    return m_server.query(DatabaseServer::databaseName(m_url), sql);
}

} // namespace affinity::test
