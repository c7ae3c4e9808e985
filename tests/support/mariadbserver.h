// MariaDbServer: a real MariaDB for tests, with password logins.
#pragma once

#include "tests/support/databaseserver.h"

namespace affinity::test {

/// A DatabaseServer that loads its dump for each database: MariaDB knows no templates. The content "empty" has the
/// server's default collation, utf8mb4_general_ci, as a database made by hand has; "django" has utf8mb4_bin.
class MariaDbServer final : public DatabaseServer {
public:
    explicit MariaDbServer(DatabaseServerOptions options = {});
    ~MariaDbServer() override;

protected:
    bool makeDataFolder() override;
    Program serverProgram() const override;
    QByteArray readyText() const override;
    Program clientProgram(Login login, const QString& database) const override;
    bool createDatabase(const QString& name, const QString& content) override;
    QString dropStatement(const QString& name) const override;
    QString scheme() const override { return QStringLiteral("mysql"); }
    int stopSignal() const override;
    int endSignal() const override;
};

} // namespace affinity::test
