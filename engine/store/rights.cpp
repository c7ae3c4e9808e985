#include "engine/store/rights.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

struct Rights {
    bool isUpdating = false;   ///< the value of a binding
    bool isCommitting = false; ///< through the function
    bool isRelaying = false;   ///< takes the outbox's lease
    bool isSigningIn = false;  ///< through the function, and not by reading the password's column
};

/// MariaDB lists a column's rights by their names.
Rights readMariaDbRights(const SqlRow& row) {
    const auto mayUpdate = [&row](int column) {
        return row.value(column).toString().contains(QLatin1String("update"), Qt::CaseInsensitive);
    };
    return {mayUpdate(0), false, mayUpdate(1), false};
}

Rights readPostgresRights(const SqlRow& row) {
    return {row.value(0).toBool(), row.value(1).toBool(), row.value(2).toBool(), row.value(3).toBool()};
}

} // namespace

Result<void> readRights(SqlConnection& connection, SchemaShape& shape) {
    if (shape.dialect == Dialect::Sqlite)
        return {};
    const auto read = shape.dialect == Dialect::PostgreSql ? readPostgresRights : readMariaDbRights;
    const auto found = connection.selectOne(Statement::SelectRights, {}, read);
    if (!found)
        return found.error();
    const Rights rights = found->value_or(Rights{});
    shape.writesByFunction = !rights.isUpdating && rights.isCommitting;
    shape.mayWrite = rights.isUpdating || rights.isCommitting;
    shape.mayRelay = rights.isRelaying;
    shape.signsInByFunction = rights.isSigningIn;
    return {};
}

Error roleMayOnlyRead(const QString& name) {
    return {ErrorKind::ReadOnly,
            QStringLiteral("%1: the signed-in database user may only read. Sign in to the database as somebody who may "
                           "adjust.")
                .arg(name)};
}

Error roleMayOnlyAdjust(const QString& name) {
    return {ErrorKind::ReadOnly,
            QStringLiteral("%1: the signed-in database user may only adjust. Nothing was touched; events are applied "
                           "by a user with the role affinity_engine.")
                .arg(name)};
}

} // namespace affinity::store
