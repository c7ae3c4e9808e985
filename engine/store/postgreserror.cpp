#include "engine/store/postgreserror.h"

#include "engine/store/databasefault.h"
#include "engine/store/functionrefusal.h"

namespace affinity::store {

namespace {

DatabaseFault faultOfState(const QByteArray& state) {
    const QByteArray group = state.left(2);
    if (state == "40P01" || state == "40001")
        return DatabaseFault::UnitAgain;
    if (state == "55P03")
        return DatabaseFault::LockHeld;
    if (state == "57014")
        return DatabaseFault::TookTooLong;
    if (state == "25006")
        return DatabaseFault::TakesNoChanges;
    if (state == "42501")
        return DatabaseFault::NotAllowed;
    if (group == "28")
        return DatabaseFault::NotLetIn;
    if (state == "3D000")
        return DatabaseFault::NoSuchDatabase;
    if (group == "53" && state != "53300") // 53300: too many sessions
        return DatabaseFault::Full;
    // 25P03: it ended a transaction that did nothing for too long (a console that was stopped), with its connection.
    if (group == "08" || group == "57" || state == "53300" || state == "25P03")
        return DatabaseFault::EndedConnection;
    if (group == "23" || group == "22")
        return DatabaseFault::RowRefused;
    return group == "XX" ? DatabaseFault::Damaged : DatabaseFault::Unexpected;
}

} // namespace

base::Error errorFromPostgres(const QByteArray& state, const QString& message, const QString& name) {
    if (const auto refusal = functionRefusalOf(state))
        return errorOf(*refusal, name, message);
    return errorOf(faultOfState(state), name, message);
}

} // namespace affinity::store
