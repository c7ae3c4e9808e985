#include "engine/store/mariadberror.h"

#include "engine/store/databasefault.h"

#include <algorithm>
#include <initializer_list>

namespace affinity::store {

using base::Error;

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

DatabaseFault faultOf(unsigned number, const QString& message) {
    if (isOneOf(number, {1020, 1213, 3058}))
        return DatabaseFault::UnitAgain;
    if (isOneOf(number, {1205, 3572}))
        return DatabaseFault::LockHeld;
    if (isOneOf(number, {1317, 1969, 3024}))
        return DatabaseFault::TookTooLong;
    if (isOneOf(number, {1290, 1792, 1836}))
        return DatabaseFault::TakesNoChanges;
    if (isDenied(number))
        return DatabaseFault::NotAllowed;
    if (isSignIn(number))
        return DatabaseFault::NotLetIn;
    if (number == 1049)
        return DatabaseFault::NoSuchDatabase;
    if (isFull(number, message))
        return DatabaseFault::Full;
    if (isEndOfConnection(number))
        return DatabaseFault::EndedConnection;
    if (isAboutTheRow(number))
        return DatabaseFault::RowRefused;
    return isDamage(number) ? DatabaseFault::Damaged : DatabaseFault::Unexpected;
}

} // namespace

Error errorFromMariaDb(unsigned number, const QString& message, const QString& name) {
    return errorOf(faultOf(number, message), name, message);
}

} // namespace affinity::store
