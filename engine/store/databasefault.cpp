#include "engine/store/databasefault.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;

namespace {

struct Sentence {
    ErrorKind kind;
    QString text; ///< %1 the database, %2 the server's own text
};

Sentence sentenceOf(DatabaseFault fault) {
    switch (fault) {
    case DatabaseFault::UnitAgain:
        return {ErrorKind::Conflict, QStringLiteral("%1 asked to do the whole unit again: %2. Nothing was written.")};
    case DatabaseFault::LockHeld:
        return {ErrorKind::Busy,
                QStringLiteral("%1: somebody else holds the row and did not give it back in time (%2). "
                               "Nothing was written; try again.")};
    case DatabaseFault::TookTooLong:
        return {ErrorKind::Busy, QStringLiteral("%1 took too long and the statement was ended (%2). Nothing was "
                                                "written; narrow the question or try again.")};
    case DatabaseFault::TakesNoChanges:
        return {ErrorKind::ReadOnly, QStringLiteral("%1 takes no changes: it is a standby or was opened for reading "
                                                    "only (%2). Connect to the primary server.")};
    case DatabaseFault::NotAllowed:
        return {ErrorKind::ReadOnly, QStringLiteral("%1 does not allow this to the signed-in database user (%2). Ask "
                                                    "for a role that may, or open the store for reading only.")};
    case DatabaseFault::NotLetIn:
        return {ErrorKind::CannotConnect, QStringLiteral("%1 did not let us in: %2. Check user and password.")};
    case DatabaseFault::NoSuchDatabase:
        return {ErrorKind::NotFound, QStringLiteral("%1 does not exist on that server (%2). Check the name.")};
    case DatabaseFault::Full:
        return {ErrorKind::StorageFull, QStringLiteral("%1 has no room left: %2. Nothing was written; free some space "
                                                       "on the server and try again.")};
    case DatabaseFault::EndedConnection:
        return {ErrorKind::CannotConnect, QStringLiteral("%1 ended the connection: %2. Nothing was written; try again "
                                                         "when the server is back.")};
    case DatabaseFault::RowRefused:
        return {ErrorKind::Refused, QStringLiteral("%1 refuses the row: %2. Nothing was written.")};
    case DatabaseFault::Damaged:
        return {ErrorKind::Damaged, QStringLiteral("%1 is damaged: %2. Ask the database's administrator.")};
    case DatabaseFault::Unexpected:
        break;
    }
    return {ErrorKind::Internal, QStringLiteral("%1 gave an answer that nobody expects: %2.")};
}

} // namespace

Error errorOf(DatabaseFault fault, const QString& name, const QString& message) {
    const Sentence sentence = sentenceOf(fault);
    return {sentence.kind, sentence.text.arg(name, message)};
}

Error cannotReach(const QString& name, const QString& why) {
    return {ErrorKind::CannotConnect,
            QStringLiteral("%1 cannot be reached: %2. Check address, user and password, and that the server runs.")
                .arg(name, why)};
}

Error connectionBroke(const QString& name, const QString& why) {
    return {ErrorKind::CannotConnect,
            QStringLiteral("The connection to %1 broke: %2. Nothing was written; try again when the server is back.")
                .arg(name, why)};
}

Error connectionBrokeMeanwhile(const QString& name) {
    return {
        ErrorKind::CannotConnect,
        QStringLiteral("The connection to %1 broke during the transaction. Nothing was written; try again.").arg(name)};
}

Error commitUnknown(const QString& name) {
    return {ErrorKind::CommitUnknown,
            QStringLiteral("The connection to %1 broke during the commit, so it is not known whether the change "
                           "stands. It is looked up when the server is back.")
                .arg(name)};
}

Error questionCancelled(const QString& name) {
    return {ErrorKind::Cancelled, QStringLiteral("The question to %1 was cancelled.").arg(name)};
}

Error poolerRefused(const QString& name) {
    return {
        ErrorKind::CannotConnect,
        QStringLiteral("%1 is behind a connection pooler, where locks and transactions may reach another's session. "
                       "Give the address of the server itself, or open the store for reading only.")
            .arg(name)};
}

Error standbyRefused(const QString& name) {
    return {ErrorKind::ReadOnly, QStringLiteral("%1 is a standby and takes no changes. Connect to the primary server, "
                                                "or open the store for reading only.")
                                     .arg(name)};
}

Error noMemoryForConnection(const QString& name) {
    return {ErrorKind::Internal, QStringLiteral("There is no memory for a connection to %1.").arg(name)};
}

QString noAnswerInTime() {
    return QStringLiteral("no answer within the time allowed");
}

} // namespace affinity::store
