#include "engine/store/mariadberror.h"

#include <algorithm>
#include <initializer_list>

namespace affinity::store {

using base::Error;
using base::ErrorKind;

namespace {

bool isOneOf(unsigned number, std::initializer_list<unsigned> numbers) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

/// A file that cannot be written has many numbers; why it cannot be stands in the text.
bool isFull(unsigned number, const QString& message) {
    return isOneOf(number, {1021, 1114}) ||
           (isOneOf(number, {3, 1005, 1026, 1030}) && message.contains(QLatin1String("No space left")));
}

// Numbers of one kind, by what the server says.
bool isDenied(unsigned number) {
    return isOneOf(number, {1142, 1143, 1227, 1370});
}

bool isSignIn(unsigned number) {
    return isOneOf(number, {1044, 1045, 1698, 1820, 1862, 3118, 4151});
}

bool isEndOfConnection(unsigned number) {
    return isOneOf(number, {1040, 1047, 1053, 1080, 1129, 1130, 1152, 1153, 1154, 1155, 1156,
                            1157, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1927, 4031});
}

bool isAboutTheRow(unsigned number) {
    return isOneOf(number, {1048, 1062, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 1451, 1452, 1586, 1644,
                            1690, 3819, 4025});
}

bool isDamage(unsigned number) {
    return isOneOf(number, {1033, 1034, 1035, 1194, 1195, 1712, 1877, 1932});
}

} // namespace

Error errorFromMariaDb(unsigned number, const QString& message, const QString& name) {
    const auto made = [&](ErrorKind kind, const QString& sentence) { return Error{kind, sentence.arg(name, message)}; };
    if (isOneOf(number, {1020, 1213, 3058}))
        return made(ErrorKind::Conflict,
                    QStringLiteral("%1 asked to do the whole unit again: %2. Nothing was written."));
    if (isOneOf(number, {1205, 3572}))
        return made(ErrorKind::Busy, QStringLiteral("%1: somebody else holds the row and did not give it back in time "
                                                    "(%2). Nothing was written; try again."));
    if (isOneOf(number, {1317, 1969, 3024}))
        return made(ErrorKind::Busy, QStringLiteral("%1 took too long and the statement was ended (%2). Nothing was "
                                                    "written; narrow the question or try again."));
    if (isOneOf(number, {1290, 1792, 1836}))
        return made(ErrorKind::ReadOnly,
                    QStringLiteral("%1 takes no changes: it is a standby or was opened for reading "
                                   "only (%2). Connect to the primary server."));
    if (isDenied(number))
        return made(ErrorKind::ReadOnly,
                    QStringLiteral("%1 does not allow this to the signed-in database user (%2). "
                                   "Ask for a role that may, or open the store for reading only."));
    if (isSignIn(number))
        return made(ErrorKind::CannotConnect, QStringLiteral("%1 did not let us in: %2. Check user and password."));
    if (number == 1049)
        return made(ErrorKind::NotFound, QStringLiteral("%1 does not exist on that server (%2). Check the name."));
    if (isFull(number, message))
        return made(ErrorKind::StorageFull, QStringLiteral("%1 has no room left: %2. Nothing was written; free some "
                                                           "space on the server and try again."));
    if (isEndOfConnection(number))
        return made(ErrorKind::CannotConnect, QStringLiteral("%1 ended the connection: %2. Nothing was written; try "
                                                             "again when the server is back."));
    if (isAboutTheRow(number))
        return made(ErrorKind::Refused, QStringLiteral("%1 refuses the row: %2. Nothing was written."));
    if (isDamage(number))
        return made(ErrorKind::Damaged, QStringLiteral("%1 is damaged: %2. Ask the database's administrator."));
    return made(ErrorKind::Internal, QStringLiteral("%1 gave an answer that nobody expects: %2."));
}

} // namespace affinity::store
