// PostgresServer: a real PostgreSQL for tests, with password logins (SCRAM-SHA-256).
#pragma once

#include "tests/support/databaseserver.h"

namespace affinity::test {

/// A DatabaseServer whose content "django" is a template: made once, then copied by the server.
class PostgresServer final : public DatabaseServer {
public:
    explicit PostgresServer(DatabaseServerOptions options = {});
    ~PostgresServer() override;

    /// The path of one of its programs ("pgbench").
    QString program(const QString& name) const { return m_programFolder + QLatin1Char('/') + name; }

protected:
    bool makeDataFolder() override;
    Program serverProgram() const override;
    QByteArray readyText() const override;
    Program clientProgram(Login login, const QString& database) const override;
    bool createDatabase(const QString& name, const QString& content) override;
    QString dropStatement(const QString& name) const override;
    QString scheme() const override { return QStringLiteral("postgresql"); }
    int stopSignal() const override;
    int endSignal() const override;

private:
    bool makeTemplate(const QString& content);

    QString m_programFolder;
    QStringList m_templates; ///< contents that are there to be copied
};

} // namespace affinity::test
