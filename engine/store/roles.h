// Roles with no more rights than their work needs, on a database server: their SQL, to show or to run.
#pragma once

#include "engine/store/dialect.h"
#include "engine/store/open.h"

#include <QStringList>

namespace affinity::store {

/// What the support role's function checks by number: it knows no rules and no settings of this program.
struct RoleTerms {
    qint64 singlePoints = 0;         ///< at most, in one adjustment
    qint64 devicePointsPerDay = 0;   ///< at most, of one operator on one device and local day
    qint64 operatorPointsPerDay = 0; ///< at most, of one operator in a local day
    QStringList reasonCodes;         ///< one of them stands on each adjustment; letters and _ only

    friend bool operator==(const RoleTerms&, const RoleTerms&) = default;
};

/// Which roles stand where, and what is there.
struct RolePlace {
    Dialect dialect = Dialect::PostgreSql;
    QString schema;     ///< PostgreSQL's schema, MariaDB's database; unquoted
    QStringList tables; ///< of that schema

    friend bool operator==(const RolePlace&, const RolePlace&) = default;
};

/// The statements in order, each to run by itself. They may run any number of times. Nothing for a schema whose name
/// has other characters than letters, digits, spaces, _ and -.
std::optional<QStringList> roleStatements(const RolePlace& place, const RoleTerms& terms);

/// What prepareRoles() would run on the prepared store of that URL. Errors: InvalidInput (it is on no server), Refused
/// (it is not prepared), and those of open().
base::Result<QStringList> roleSql(const QString& url, const OpenOptions& options, const RoleTerms& terms);

/// Makes the roles. PostgreSQL: all of it or nothing. ReadOnly: the database user may not do this; it has to own
/// Django's tables and to be allowed to make roles.
base::Result<void> prepareRoles(const QString& url, const OpenOptions& options, const RoleTerms& terms);

} // namespace affinity::store
