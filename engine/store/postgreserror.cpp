#include "engine/store/postgreserror.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;

Error errorFromPostgres(const QByteArray& state, const QString& message, const QString& name) {
    const auto made = [&](ErrorKind kind, const QString& sentence) { return Error{kind, sentence.arg(name, message)}; };
    const QByteArray group = state.left(2);
    if (state == "40P01" || state == "40001")
        return made(ErrorKind::Conflict,
                    QStringLiteral("%1 asked to do the whole unit again: %2. Nothing was written."));
    if (state == "55P03")
        return made(ErrorKind::Busy, QStringLiteral("%1: somebody else holds the row and did not give it back in time "
                                                    "(%2). Nothing was written; try again."));
    if (state == "57014")
        return made(ErrorKind::Busy, QStringLiteral("%1 took too long and the statement was ended (%2). Nothing was "
                                                    "written; narrow the question or try again."));
    if (state == "25006")
        return made(ErrorKind::ReadOnly,
                    QStringLiteral("%1 takes no changes: it is a standby or was opened for reading "
                                   "only (%2). Connect to the primary server."));
    if (state == "42501")
        return made(ErrorKind::ReadOnly,
                    QStringLiteral("%1 does not allow this to the signed-in database user (%2). "
                                   "Ask for a role that may, or open the store for reading only."));
    if (group == "28")
        return made(ErrorKind::CannotConnect, QStringLiteral("%1 did not let us in: %2. Check user and password."));
    if (state == "3D000")
        return made(ErrorKind::NotFound, QStringLiteral("%1 does not exist on that server (%2). Check the name."));
    if (group == "53" && state != "53300")
        return made(ErrorKind::StorageFull, QStringLiteral("%1 has no room left: %2. Nothing was written; free some "
                                                           "space on the server and try again."));
    if (group == "08" || group == "57" || state == "53300")
        return made(ErrorKind::CannotConnect, QStringLiteral("%1 ended the connection: %2. Nothing was written; try "
                                                             "again when the server is back."));
    if (group == "23" || group == "22")
        return made(ErrorKind::Refused, QStringLiteral("%1 refuses the row: %2. Nothing was written."));
    if (group == "XX")
        return made(ErrorKind::Damaged, QStringLiteral("%1 is damaged: %2. Ask the database's administrator."));
    return made(ErrorKind::Internal, QStringLiteral("%1 gave an answer that nobody expects: %2."));
}

} // namespace affinity::store
