// RolesDatabase: a prepared Django database on a real server with the console's roles and a login for each of them.
#pragma once

#include "engine/store/open.h"
#include "engine/store/sqlconnection.h"
#include "tests/support/databaseserver.h"

namespace affinity::test {

// Logins, each of its role. The support person is "operator" of Django's admin, the designer a new account.
inline const QString viewerLogin = QStringLiteral("viewer");
inline const QString supportLogin = QStringLiteral("operator");
inline const QString designerLogin = QStringLiteral("dora");
inline const QString engineLogin = QStringLiteral("service");
inline const QString ownerLogin = QStringLiteral("affinity"); ///< of Django's tables
inline constexpr base::OperatorId supportPerson{2};

/// Removed with this object. Used on the main thread, open() and connect() on any.
class RolesDatabase {
public:
    /// `before` is run as superuser before anything is made.
    explicit RolesDatabase(DatabaseServer& server, const QString& before = {});
    ~RolesDatabase();
    RolesDatabase(const RolesDatabase&) = delete;
    RolesDatabase& operator=(const RolesDatabase&) = delete;

    QString url(const QString& login) const;
    store::OpenOptions options(const QString& login) const;
    std::unique_ptr<store::Store> open(const QString& login) const;
    std::unique_ptr<store::SqlConnection> connect(const QString& login) const;
    /// As superuser.
    QByteArray query(const QString& sql) const;
    bool isPostgres() const;

private:
    DatabaseServer& m_server;
    QString m_url;
    base::SystemClock m_clock;
};

} // namespace affinity::test
