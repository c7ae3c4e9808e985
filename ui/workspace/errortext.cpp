#include "ui/workspace/errortext.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace affinity::ui {
namespace {

constexpr int mostNesting = 3; // a message within a message within a message

// Messages that end in another whole message. They are tried first: the one inside may have more fixed words.
const char* const carriers[] = {
    QT_TRANSLATE_NOOP("EngineText", "Some of the user's channels were told, others may not have been: %1"),
    QT_TRANSLATE_NOOP("EngineText", "Log row %1 is committed, but the counters were not updated: %2"),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 is tried again in %2 ms, after %3 failures. Last: %4"),
    QT_TRANSLATE_NOOP("EngineText", "The export cannot be written: %1"),
    QT_TRANSLATE_NOOP("EngineText", "scenario %1: %2"),
};

// Every other message of the engine that a user of the window can meet, word for word; `translations` tests it.
const char* const templates[] = {
    QT_TRANSLATE_NOOP("EngineText", "The user name or the password is wrong."),
    QT_TRANSLATE_NOOP("EngineText", "The account \"%1\" has no password. Set one in Django's admin."),
    QT_TRANSLATE_NOOP("EngineText", "The password of \"%1\" is stored in a form this program does not check. Sign in "
                                    "on the web once, or have it set again."),
    QT_TRANSLATE_NOOP("EngineText", "The account \"%1\" is switched off."),
    QT_TRANSLATE_NOOP("EngineText", "an object"),
    QT_TRANSLATE_NOOP("EngineText", "a list"),
    QT_TRANSLATE_NOOP("EngineText", "%1 to %2 characters"),
    QT_TRANSLATE_NOOP("EngineText", "%1 characters"),
    QT_TRANSLATE_NOOP("EngineText", "1 character"),
    QT_TRANSLATE_NOOP("EngineText", "%1 to %2 items"),
    QT_TRANSLATE_NOOP("EngineText", "%1 items"),
    QT_TRANSLATE_NOOP("EngineText", "is missing. Add it."),
    QT_TRANSLATE_NOOP("EngineText", "must be %1, not %2."),
    QT_TRANSLATE_NOOP("EngineText", "a whole number from %1 to %2"),
    QT_TRANSLATE_NOOP("EngineText", "a whole number from 0 to 18446744073709551615"),
    QT_TRANSLATE_NOOP("EngineText", "a number from %1 to %2"),
    QT_TRANSLATE_NOOP("EngineText", "true or false"),
    QT_TRANSLATE_NOOP("EngineText", "a text of %1"),
    QT_TRANSLATE_NOOP("EngineText", "holds a line break or another control character. Remove it."),
    QT_TRANSLATE_NOOP("EngineText", "a date from \"1970-01-01\" to \"2199-12-31\""),
    QT_TRANSLATE_NOOP("EngineText", "a list of %1"),
    QT_TRANSLATE_NOOP("EngineText", "must have %1, not %2."),
    QT_TRANSLATE_NOOP("EngineText", "an object in braces"),
    QT_TRANSLATE_NOOP("EngineText",
                      "is not a member that this format has here. Correct its name or remove it; known are %1."),
    QT_TRANSLATE_NOOP("EngineText", "is missing. If this is the right file, add \"format\": \"%1\"."),
    QT_TRANSLATE_NOOP("EngineText", "must be \"%1\", not \"%2\". This is another kind of file."),
    QT_TRANSLATE_NOOP("EngineText", "is %1, but this program reads only versions up to %2. Update the program."),
    QT_TRANSLATE_NOOP("EngineText", "the file is empty. It must hold one JSON object."),
    QT_TRANSLATE_NOOP("EngineText", "there is more text after the end of the document, beginning with %1. Remove it."),
    QT_TRANSLATE_NOOP("EngineText", "the end of the file"),
    QT_TRANSLATE_NOOP("EngineText", "the byte 0x%1"),
    QT_TRANSLATE_NOOP("EngineText", "a value"),
    QT_TRANSLATE_NOOP("EngineText", "a colon after the member name"),
    QT_TRANSLATE_NOOP("EngineText", "a comma or } after the member"),
    QT_TRANSLATE_NOOP("EngineText", "a comma or ] after the list's item"),
    QT_TRANSLATE_NOOP("EngineText", "%1 was expected, but %2 was found."),
    QT_TRANSLATE_NOOP("EngineText", "nested more than %1 levels deep."),
    QT_TRANSLATE_NOOP("EngineText", "is given twice in the same object. Remove one of the two."),
    QT_TRANSLATE_NOOP("EngineText", "is one member too many: an object may have at most %1."),
    QT_TRANSLATE_NOOP("EngineText", "a text holds a line break or control character. Write it as an escape such as "
                                    "\\n, or close the text with a double quote."),
    QT_TRANSLATE_NOOP("EngineText", "a text is not valid UTF-8. Save the file with the encoding UTF-8."),
    QT_TRANSLATE_NOOP("EngineText", "the text %1 holds a NUL character, which no database stores. Remove it."),
    QT_TRANSLATE_NOOP("EngineText", "there is a comma before }. Remove it."),
    QT_TRANSLATE_NOOP("EngineText", "there is a comma before ]. Remove it."),
    QT_TRANSLATE_NOOP("EngineText", "a number begins with a zero. Remove the zero."),
    QT_TRANSLATE_NOOP("EngineText", "%1: the file has %2 bytes; at most %3 are read. Check that it is the right file."),
    QT_TRANSLATE_NOOP("EngineText", "%1: the file cannot be read as JSON."),
    QT_TRANSLATE_NOOP("EngineText", "%1, line %2, %3"),
    QT_TRANSLATE_NOOP("EngineText", "%1, line %2"),
    QT_TRANSLATE_NOOP("EngineText", "The queue \"%1\" is full (%2 requests wait). Try again when it has caught up."),
    QT_TRANSLATE_NOOP("EngineText", "There is no file \"%1\"."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" cannot be read: %2"),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is larger than 16 MiB."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" cannot be written: %2"),
    QT_TRANSLATE_NOOP("EngineText", "The store is not open."),
    // Redis: whole messages,
    QT_TRANSLATE_NOOP("EngineText", "A Redis command has no name."),
    QT_TRANSLATE_NOOP("EngineText", "A request to Redis is larger than %1 MiB; send it in parts."),
    QT_TRANSLATE_NOOP("EngineText", "A Redis command could not be formatted: out of memory."),
    QT_TRANSLATE_NOOP("EngineText", "Whether the server has done it is not known."),
    QT_TRANSLATE_NOOP("EngineText",
                      "Of %1 commands %2 were answered; whether the server has done the others is not known."),
    QT_TRANSLATE_NOOP("EngineText", "%1 Whether the server has done it is not known."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 Of %2 commands %3 were answered; whether the server has done the others is not known."),
    QT_TRANSLATE_NOOP("EngineText", "%1 Redis at %2 was cancelled."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 Redis at %2 took longer than it may; the server or the network does not answer."),
    QT_TRANSLATE_NOOP("EngineText", "%1 Redis at %2 failed: the connection was cut (%3)."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 cannot be reached (%2). Check host, port and that the server runs."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 sent a reply that nobody asked for. The connection is closed."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 wants a password. Enter user and password in the connection."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 does not accept this user and password, or the user is switched off. "
                                    "Check both in the connection."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 refused to sign in. The server may have no password set, or no users "
                                    "(before Redis 6): check user and password in the connection."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "Redis at %1: this user may not select a database. Give it the command SELECT, or use database 0."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1: there is no database of that number."),
    QT_TRANSLATE_NOOP("EngineText",
                      "Redis refused %1: \"%2\"."), // before the next, as long: the server's words may hold brackets
    QT_TRANSLATE_NOOP("EngineText", "Redis refused %1 (%2): %3"),
    QT_TRANSLATE_NOOP("EngineText", "The Redis server sent %1. The connection is closed; ask for less at once."),
    QT_TRANSLATE_NOOP("EngineText", "What answers is not a Redis server or its answer is damaged (%1). The connection "
                                    "is closed; check host and port."),
    QT_TRANSLATE_NOOP("EngineText", "Looking up the host \"%1\" was cancelled."),
    QT_TRANSLATE_NOOP("EngineText", "The name server did not answer for the host \"%1\" in time."),
    QT_TRANSLATE_NOOP("EngineText", "There is no host \"%1\"; check its spelling and the network."),
    QT_TRANSLATE_NOOP("EngineText", "Listening to Redis at %1 ended: the connection was cut (%2)."),
    QT_TRANSLATE_NOOP("EngineText",
                      "Redis at %1 did not let us listen within %2 ms; the server or the network does not answer."),
    QT_TRANSLATE_NOOP("EngineText", "Redis at %1 has been silent for %2 ms; the server or the network is down."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The Redis address %1. It is written redis://user:password@host:6379/0, or rediss:// for TLS."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The file \"%1\" holds no %2 that can be read (PEM). Name another file in the connection."),
    QT_TRANSLATE_NOOP("EngineText", "The certificate of Redis at %1 is signed by an authority that is not trusted "
                                    "here. Name the authority's file (CA) in the connection."),
    QT_TRANSLATE_NOOP("EngineText", "The certificate of Redis at %1 is not for \"%2\". Somebody else may answer there; "
                                    "check the host, or name the certificate's server name in the connection."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "The certificate of Redis at %1 is expired or not valid yet. Have it renewed, or check this machine's clock."),
    QT_TRANSLATE_NOOP("EngineText",
                      "Redis at %1 and this program found no TLS connection (%2). Check that the port is a TLS port."),
    // why it refused a command,
    QT_TRANSLATE_NOOP("EngineText", "the key holds another type of value. Another program writes under this name: "
                                    "check the key prefix, or delete the key."),
    QT_TRANSLATE_NOOP("EngineText", "the server wants a password. Enter user and password in the connection."),
    QT_TRANSLATE_NOOP("EngineText",
                      "user or password is wrong, or the user is switched off. Check both in the connection."),
    QT_TRANSLATE_NOOP("EngineText", "this Redis user has no right to the command or the key. Ask for the right (ACL "
                                    "SETUSER), or use another user."),
    QT_TRANSLATE_NOOP("EngineText", "this server is a read-only replica; after a failover the master is another one. "
                                    "The connection is opened anew; name the master's address if this stays."),
    QT_TRANSLATE_NOOP("EngineText", "the server is still loading its data. Try again in a moment."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "the server is held up by a script. Try again; if it stays, an administrator ends it with SCRIPT KILL."),
    QT_TRANSLATE_NOOP("EngineText",
                      "the server's memory is full (maxmemory). Raise maxmemory or free keys; nothing was written."),
    QT_TRANSLATE_NOOP("EngineText",
                      "the server cannot save its data to disk and takes no writes. Free its disk and check its log."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "the server has fewer replicas than min-replicas-to-write and takes no writes. Bring the replicas back."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "this is a node of a Redis Cluster and the key is on another one. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "this is a node of a Redis Cluster and the key is moving to another one. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "this is a Redis Cluster and the keys are on different nodes. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP("EngineText", "this is a Redis Cluster and it is down. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP("EngineText",
                      "this is a Redis Cluster and its keys are moving. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "this replica has lost its master and gives no old data. Try again, or name the master's address."),
    QT_TRANSLATE_NOOP("EngineText",
                      "the server has as many connections as it takes. Try again; if it stays, raise maxclients."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "the server runs in protected mode and takes connections of its own machine only. Set a password there."),
    QT_TRANSLATE_NOOP("EngineText",
                      "the server does not hold this script (it was restarted). It is sent whole with EVAL."),
    // and what stands in the places of these messages.
    QT_TRANSLATE_NOOP("EngineText", "%1:%2, database %3"),
    QT_TRANSLATE_NOOP("EngineText", "Connecting to"),
    QT_TRANSLATE_NOOP("EngineText", "Starting TLS with"),
    QT_TRANSLATE_NOOP("EngineText", "Asking"),
    QT_TRANSLATE_NOOP("EngineText", "the connection at %1"),
    QT_TRANSLATE_NOOP("EngineText", "to listen at %1"),
    QT_TRANSLATE_NOOP("EngineText", "a reply of more than %1 bytes"),
    QT_TRANSLATE_NOOP("EngineText", "a reply of more than %1 elements"),
    QT_TRANSLATE_NOOP("EngineText", "a reply of arrays nested deeper than %1"),
    QT_TRANSLATE_NOOP("EngineText", "a line of more than %1 bytes"),
    QT_TRANSLATE_NOOP("EngineText", "certificate of an authority"),
    QT_TRANSLATE_NOOP("EngineText", "certificate"),
    QT_TRANSLATE_NOOP("EngineText", "private key"),
    QT_TRANSLATE_NOOP("EngineText", "cannot be read; characters such as @ / # % in a password are percent-encoded"),
    QT_TRANSLATE_NOOP("EngineText", "does not start with redis:// or rediss://"),
    QT_TRANSLATE_NOOP("EngineText", "names no host"),
    QT_TRANSLATE_NOOP("EngineText", "has a ? or # part, which is not known"),
    QT_TRANSLATE_NOOP("EngineText", "has a port that is not 1 to 65535"),
    QT_TRANSLATE_NOOP("EngineText", "has a user without a password"),
    QT_TRANSLATE_NOOP("EngineText", "has a database that is not a number from 0"),
    // The rules and what is done with them.
    QT_TRANSLATE_NOOP("EngineText",
                      "must not hold a colon: counters in Redis part their names with it. Choose another key."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is reserved by the engine. Choose another key."),
    QT_TRANSLATE_NOOP("EngineText",
                      "\"%1\" is not a time zone that this machine knows. Use an IANA name such as \"Asia/Shanghai\"."),
    QT_TRANSLATE_NOOP("EngineText", "must not be above max_change, but %1 is above %2."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is the key of rules[%2] too. Give each rule a key of its own."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is the number of another level too. Give each level a number of its own."),
    QT_TRANSLATE_NOOP("EngineText", "must be above the %1 of level %3, not %2."),
    QT_TRANSLATE_NOOP("EngineText", "must be above the %1 of level %2, not %3."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "\"%1\" is not the key of a rule. Decay is on and needs one: add the rule or turn decay_enabled off."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is not staff and may only look."),
    QT_TRANSLATE_NOOP("EngineText", "Unknown reason code \"%1\". Known codes: %2."),
    QT_TRANSLATE_NOOP("EngineText", "The reason is empty. Write why this adjustment is made."),
    QT_TRANSLATE_NOOP("EngineText", "The ticket number is longer than %1 characters."),
    QT_TRANSLATE_NOOP("EngineText", "The operation id must have 1 to %1 characters."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is more than a value can hold."),
    QT_TRANSLATE_NOOP("EngineText", "%1 Above it a second person has to agree, which this version cannot ask for yet."),
    QT_TRANSLATE_NOOP("EngineText", "%1 points are over your limit of %2 for one adjustment."),
    QT_TRANSLATE_NOOP("EngineText", "You adjusted this device by %1 points today; with %2 more it would be over your "
                                    "limit of %3 a device and day."),
    QT_TRANSLATE_NOOP("EngineText",
                      "You adjusted %1 points today; with %2 more it would be over your limit of %3 a day."),
    QT_TRANSLATE_NOOP("EngineText", "There is no log row %1 in this store."),
    QT_TRANSLATE_NOOP("EngineText", "The operation id %1 was used for another adjustment (log row %2)."),
    QT_TRANSLATE_NOOP("EngineText", "Log row %1 was reversed before, by log row %2."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "The device or its levels changed since the preview. Nothing was written; look at the new preview."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is %2 characters long; production's column takes %3."),
    QT_TRANSLATE_NOOP("EngineText", "UserDevice not found or unbound"),
    QT_TRANSLATE_NOOP("EngineText", "Unknown source \"%1\". Known sources: %2."),
    QT_TRANSLATE_NOOP("EngineText", "The setting's time zone \"%1\" is not in this machine's time-zone data. Correct "
                                    "the setting, or install tzdata."),
    QT_TRANSLATE_NOOP("EngineText", "The connection broke during the commit, and the change is not in the store: "
                                    "nothing was written. It can be sent again."),
    QT_TRANSLATE_NOOP("EngineText", "Courses are asked for 1 to %1 days of at most %2 devices."),
    QT_TRANSLATE_NOOP("EngineText", "This store's setting has no decay columns, so there is no decay."),
    QT_TRANSLATE_NOOP("EngineText", "There is no binding %1 in this store."),
    QT_TRANSLATE_NOOP("EngineText", "The export was cancelled. No file was written."),
    QT_TRANSLATE_NOOP("EngineText", "A date of the export is not a date."),
    QT_TRANSLATE_NOOP("EngineText", "The export's last date is before its first. Exchange them."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The list of devices cannot be narrowed by a device or by dates. Use its own filters."),
    QT_TRANSLATE_NOOP("EngineText", "An overview shows 1 to %1 days, not %2."),
    QT_TRANSLATE_NOOP("EngineText", "A histogram has 1 to %1 bins, not %2."),
    QT_TRANSLATE_NOOP("EngineText", "The date of the overview is not a date."),
    QT_TRANSLATE_NOOP("EngineText", "Log row %1 says %2 %3 %4 = %5."),
    QT_TRANSLATE_NOOP("EngineText", "Log row %1 starts at %2, but row %3 before it ended at %4."),
    QT_TRANSLATE_NOOP("EngineText", "The value is %1, but the last log row (%2) left it at %3."),
    QT_TRANSLATE_NOOP("EngineText", "The stored level is %1, but a value of %2 is level %3."),
    QT_TRANSLATE_NOOP("EngineText", "Log row %1 reached level %2, but its rewards were never granted."),
    QT_TRANSLATE_NOOP("EngineText", "The daily counter of rule %1 on %2 is %3, but the log's changes add up to %4."),
    QT_TRANSLATE_NOOP("EngineText", "%1: both scenarios must have the same, but A has %2 and B has %3"),
    QT_TRANSLATE_NOOP("EngineText", "calendar[%1]: there is no rule of the key %2"),
    QT_TRANSLATE_NOOP("EngineText", "calendar[%1]: with this entry in force, %2"),
    QT_TRANSLATE_NOOP("EngineText", "rule_set.setting.decay_rule_key: decay is on, but there is no rule of the key %1"),
    QT_TRANSLATE_NOOP("EngineText", "there is no rule of the key %1"),
    QT_TRANSLATE_NOOP("EngineText", "with this entry in force, %1"),
    QT_TRANSLATE_NOOP("EngineText", "decay is on, but there is no rule of the key %1"),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "the time zone turned its clocks back over midnight around %1; choose other dates or another time zone"),
    QT_TRANSLATE_NOOP("EngineText", "the time zone skipped this date; choose the day after"),
    QT_TRANSLATE_NOOP("EngineText", "must be from %1 to %2"),
    QT_TRANSLATE_NOOP("EngineText", "must be from %1 to %2, not %3"),
    QT_TRANSLATE_NOOP("EngineText", "two rules have the key %1"),
    QT_TRANSLATE_NOOP("EngineText", "must be above 0"),
    QT_TRANSLATE_NOOP("EngineText", "must not be below 0"),
    QT_TRANSLATE_NOOP("EngineText", "there is no rule"),
    QT_TRANSLATE_NOOP("EngineText", "levels must be sorted, and no two may have the same number"),
    QT_TRANSLATE_NOOP("EngineText", "%1 is not a time zone this machine knows"),
    QT_TRANSLATE_NOOP("EngineText", "the snapshot file %1 has not been loaded"),
    QT_TRANSLATE_NOOP("EngineText", "there is no start value"),
    QT_TRANSLATE_NOOP("EngineText", "a weight must not be below 0"),
    QT_TRANSLATE_NOOP("EngineText", "at least one weight must be above 0"),
    QT_TRANSLATE_NOOP("EngineText", "the weights are too large to add up"),
    QT_TRANSLATE_NOOP("EngineText", "there is no rule of this key"),
    QT_TRANSLATE_NOOP("EngineText", "at least one hour must have a weight above 0"),
    QT_TRANSLATE_NOOP("EngineText", "the shares add up to %1; they must add up to 1"),
    QT_TRANSLATE_NOOP("EngineText", "is not a date"),
    QT_TRANSLATE_NOOP("EngineText", "must have a date in `from` and the same or a later one in `to`"),
    QT_TRANSLATE_NOOP("EngineText", "is not the key of a rule in rule_set.rules. Correct it or add the rule."),
    QT_TRANSLATE_NOOP("EngineText", "must have at least one hour above 0, or no event could ever have a time."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is the name of another persona too. Give each a name of its own."),
    QT_TRANSLATE_NOOP("EngineText", "the shares add up to %1; they must add up to 1."),
    QT_TRANSLATE_NOOP("EngineText", "must have at least one weight above 0."),
    QT_TRANSLATE_NOOP("EngineText", "must have exactly one of value, histogram and snapshot."),
    QT_TRANSLATE_NOOP("EngineText", "\"%1\" is not the key of a rule in rule_set.rules. Correct it or add the rule."),
    QT_TRANSLATE_NOOP("EngineText", "must not be before from, but %1 is before %2."),
    QT_TRANSLATE_NOOP("EngineText",
                      "on %1 min_change would be %2, above max_change %3. Set both, or change the dates."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "on %1 decay would be on, but its rule \"%2\" is not in rule_set.rules. Add the rule or set decay_rule_key."),
    QT_TRANSLATE_NOOP("EngineText", "The storyline was cancelled."),
    QT_TRANSLATE_NOOP("EngineText", "end values are kept for at most %1 devices; simulate fewer"),
    QT_TRANSLATE_NOOP("EngineText", "The simulation was cancelled."),
    QT_TRANSLATE_NOOP("EngineText", "The memory database is in use. Nothing was copied; try again."),
    QT_TRANSLATE_NOOP("EngineText", "Writing the store was cancelled. Its file is of no use."),
    QT_TRANSLATE_NOOP("EngineText", "There is no binding %1 to write a change of."),
    QT_TRANSLATE_NOOP("EngineText", "A page of devices has 1 to 1,000 rows, not %1."),
    QT_TRANSLATE_NOOP("EngineText", "Level %1 of binding %2 was granted before."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The memory store is in use and was not free in time. Nothing was written; try again."),
    QT_TRANSLATE_NOOP("EngineText", "The memory store refuses the row: %1."),
    QT_TRANSLATE_NOOP("EngineText", "The store \"%1\" names no file. Write sqlite:FILE, relative or absolute."),
    QT_TRANSLATE_NOOP("EngineText", "The store \"%1\" cannot be opened: postgresql and mysql come with the production "
                                    "stores; this build opens sqlite and memory."),
    QT_TRANSLATE_NOOP("EngineText", "%1 cannot be created (%2). Check that its folder exists and is writable."),
    QT_TRANSLATE_NOOP("EngineText", "%1 exists already. Choose another name, or open it."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 cannot be given its name; %2 was made instead and removed. Check the folder's rights."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 is not a store of the affinity service: %2 is missing. Check that this is the right file."),
    QT_TRANSLATE_NOOP("EngineText", "table %1"),
    QT_TRANSLATE_NOOP("EngineText", "column %1 of table %2"),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 is damaged: it has %2 bytes and should have %3. Keep the file and restore a backup."),
    QT_TRANSLATE_NOOP("EngineText", "%1 has the console's tables in version %2; this program knows versions up to %3. "
                                    "Update Affinity Console to open it."),
    QT_TRANSLATE_NOOP("EngineText", "%1 does not exist. Check the name, or create a new store."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is not a file."),
    QT_TRANSLATE_NOOP("EngineText", "%1 cannot be read. Give this account the right to read it."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 or its folder is read-only. Make both writable, or open the store for reading only."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 cannot be opened: Qt's SQLite driver is missing. Install it (Debian: libqt6sql6-sqlite)."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 is locked by another program and was not free in time (%2). Nothing was written; try again."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 cannot be written (%2). Make the file and its folder writable, or open the store for reading only."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 cannot grow: the disk or the database is full (%2). Nothing was written; free some space and try again."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 is damaged or is not an SQLite database (%2). Keep the file and restore a backup."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 cannot be opened, read or written (%2). The file and its folder must be readable, and "
                      "writable too unless the store is opened for reading only without unfinished changes beside it."),
    QT_TRANSLATE_NOOP("EngineText", "%1 refuses the row: %2. Nothing was written."),
    QT_TRANSLATE_NOOP("EngineText", "%1 gave an answer that nobody expects: %2."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 has no decay columns in its setting, so decay cannot be set there. Migrate the service first."),
    QT_TRANSLATE_NOOP("EngineText", "The Redis server's maxmemory-policy is \"%1\", which this program does not know. "
                                    "Set it to noeviction, so that no counter is dropped."),
    QT_TRANSLATE_NOOP("EngineText",
                      "Set maxmemory-policy to noeviction, or give the counters a Redis of their own; the limits hold "
                      "through SQL meanwhile, but a Django service beside this one sees only Redis."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The Redis server is a replica of %1:%2 and takes no writes. Name the master's address."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The Redis server is a node of a cluster, where the counters of one device lie on different "
                      "nodes and cannot be written together. Name a server that is not a cluster."),
    QT_TRANSLATE_NOOP("EngineText", "The Redis server was restarted or replaced since its counters were last rebuilt, "
                                    "and may have lost its last writes. The counters are rebuilt from the log."),
    QT_TRANSLATE_NOOP("EngineText", "The Redis server's clock is %1 s %2 the store's. No limit depends on it, but one "
                                    "of the two is wrong: check the time service on both machines."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The counter %1 in Redis holds \"%2\", which is no whole number; a Django service fails on it "
                      "too. Find out what wrote it, then delete the key: the log still has the sum."),
    QT_TRANSLATE_NOOP("EngineText", "Another program keeps writing the counters of this device in a form that cannot "
                                    "be added to. Nothing was counted; try again."),
    QT_TRANSLATE_NOOP("EngineText", "ahead of"),
    QT_TRANSLATE_NOOP("EngineText", "behind"),
    QT_TRANSLATE_NOOP("EngineText", "%1 asked to do the whole unit again: %2. Nothing was written."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1: somebody else holds the row and did not give it back in time (%2). Nothing was written; try again."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 took too long and the statement was ended (%2). Nothing was written; narrow the question or try again."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 takes no changes: it is a standby or was opened for reading only (%2). Connect to the primary server."),
    QT_TRANSLATE_NOOP("EngineText", "%1 does not allow this to the signed-in database user (%2). Ask for a role that "
                                    "may, or open the store for reading only."),
    QT_TRANSLATE_NOOP("EngineText", "%1 did not let us in: %2. Check user and password."),
    QT_TRANSLATE_NOOP("EngineText", "%1 does not exist on that server (%2). Check the name."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 has no room left: %2. Nothing was written; free some space on the server and try again."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 ended the connection: %2. Nothing was written; try again when the server is back."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is damaged: %2. Ask the database's administrator."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 cannot be reached: %2. Check address, user and password, and that the server runs."),
    QT_TRANSLATE_NOOP("EngineText", "no answer within the time allowed"),
    QT_TRANSLATE_NOOP("EngineText", "the server closed it"),
    QT_TRANSLATE_NOOP("EngineText", "the server offers no encryption"),
    QT_TRANSLATE_NOOP("EngineText",
                      "The connection to %1 broke: %2. Nothing was written; try again when the server is back."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The connection to %1 broke during the transaction. Nothing was written; try again."),
    QT_TRANSLATE_NOOP("EngineText", "The connection to %1 broke during the commit, so it is not known whether the "
                                    "change stands. It is looked up when the server is back."),
    QT_TRANSLATE_NOOP("EngineText", "The question to %1 was cancelled."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 is behind a connection pooler, where locks and transactions may reach another's session. "
                      "Give the address of the server itself, or open the store for reading only."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "%1 is a standby and takes no changes. Connect to the primary server, or open the store for reading only."),
    QT_TRANSLATE_NOOP("EngineText", "There is no memory for a connection to %1."),
    QT_TRANSLATE_NOOP("EngineText", "%1 answered rows that nobody asked for."),
    QT_TRANSLATE_NOOP("EngineText", "A statement for %1 has %2 values instead of %3."),
    QT_TRANSLATE_NOOP("EngineText", "%1 rolled the transaction back instead of committing it."),
    QT_TRANSLATE_NOOP("EngineText",
                      "%1 refuses the row: the serial of binding %2 is bound already. Nothing was written."),
    QT_TRANSLATE_NOOP("EngineText", "The store's URL is not understood: %1. Write postgresql://USER@HOST:PORT/DATABASE "
                                    "or mysql://USER@HOST:PORT/DATABASE."),
    QT_TRANSLATE_NOOP("EngineText", "it is no URL of a database server"),
    QT_TRANSLATE_NOOP("EngineText", "sslmode is prefer, require, verify-ca or verify-full"),
    QT_TRANSLATE_NOOP("EngineText", "the option \"%1\" is not known"),
    QT_TRANSLATE_NOOP("EngineText", "the host is missing"),
    QT_TRANSLATE_NOOP("EngineText", "the user is missing"),
    QT_TRANSLATE_NOOP("EngineText", "the database is missing"),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "Event \"%1\" is being applied by somebody else and was not finished in time. Nothing was written; try again."),
    QT_TRANSLATE_NOOP("EngineText",
                      "\"%1\" is not the URL of a store. Write sqlite:FILE, postgresql://USER@HOST:PORT/DATABASE, "
                      "mysql://USER@HOST:PORT/DATABASE or memory:."),
    QT_TRANSLATE_NOOP("EngineText", "The event's lists and objects lie more than %1 deep in one another."),
    QT_TRANSLATE_NOOP("EngineText", "The event holds a value that JSON does not have."),
    QT_TRANSLATE_NOOP("EngineText", "The pushed event's member \"%1\" is missing or has a wrong value."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "The event is too large to be pushed: it has %1 bytes of at most %2. Shorten the rewards of its levels."),
    QT_TRANSLATE_NOOP("EngineText", "%1 is no user's id."),
    QT_TRANSLATE_NOOP("EngineText", "The push group \"%1\" lacks {user_id}: every user would be told of everybody's "
                                    "devices. Write for example affinity_user_{user_id}."),
    QT_TRANSLATE_NOOP("EngineText", "The push group \"%1\" makes a name that Django's channels refuse: use ASCII "
                                    "letters, digits, \"-\", \"_\" and \".\", fewer than 100 in all."),
    QT_TRANSLATE_NOOP("EngineText",
                      "A setting of the push is out of range: prefix up to 200 bytes, capacity 1 to 1000000, expiry 1 "
                      "to 86400 s, group expiry 1 to 31536000 s, time limit above 0 ms."),
    QT_TRANSLATE_NOOP("EngineText", "%1 events are too many for one push; send at most %2."),
    QT_TRANSLATE_NOOP("EngineText", "A counter that this event needs cannot be read; nothing was written. %1"),
    QT_TRANSLATE_NOOP("EngineText", "The counter store cannot be asked, and another writer goes by it; nothing was "
                                    "written. Send the event again when it answers. (%1)"),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "Nobody knows yet whether log row %1 was written: the answer to its commit was lost, and the store could not "
        "be asked. Look for the row, or send the same event id or operation id again. (%2)"),
    QT_TRANSLATE_NOOP("EngineText", "The version of the counters' keys is a number from 0 on, Django's VERSION."),
    QT_TRANSLATE_NOOP("EngineText", "Redis has no counter %1, but the log's changes of today add up to %2."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "The counter %1 in Redis holds \"%2\", which is no whole number; the log's changes of today add up to %3."),
    QT_TRANSLATE_NOOP("EngineText", "The counter %1 in Redis is %2, but the log's changes of today add up to %3."),
    QT_TRANSLATE_NOOP("EngineText", "Redis has no cooldown %1, but by the log it runs for another %2 s."),
    QT_TRANSLATE_NOOP("EngineText", "The cooldown %1 in Redis runs for another %2 s, but by the log for %3 s."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "The cooldown %1 in Redis has no end: the rule never fires again for this device. Delete the key."),
    QT_TRANSLATE_NOOP("EngineText",
                      "The counter %1 in Redis has no end and stays for ever. Delete the key once its day is over."),
    QT_TRANSLATE_NOOP("EngineText", "The counter %1 holds \"%2\", which is no whole number; it will be left alone."),
    QT_TRANSLATE_NOOP(
        "EngineText",
        "Too many log rows wait for the counters: row %1 waits no longer. A rebuild of the counters makes up for it."),
};

/// A template as a pattern: the fixed words, and what stands for %1, %2 … in the order they come.
struct Pattern {
    const char* source;
    QRegularExpression words;
    std::vector<int> numbers; // of the captures
    qsizetype fixedLength = 0;
};

Pattern patternOf(const char* source) {
    Pattern pattern{source, {}, {}, 0};
    const QString text = QString::fromUtf8(source);
    QString words;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('%') && i + 1 < text.size() && text.at(i + 1).isDigit()) {
            pattern.numbers.push_back(text.at(++i).digitValue());
            words += QStringLiteral("(.+?)");
        } else {
            words += QRegularExpression::escape(QString(text.at(i)));
            ++pattern.fixedLength;
        }
    }
    pattern.words =
        QRegularExpression(QRegularExpression::anchoredPattern(words), QRegularExpression::DotMatchesEverythingOption);
    return pattern;
}

/// The carriers, then those with the most fixed words first, so that a general template never takes a special message.
const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> made = [] {
        std::vector<Pattern> all;
        for (const char* source : templates)
            all.push_back(patternOf(source));
        std::stable_sort(all.begin(), all.end(),
                         [](const Pattern& a, const Pattern& b) { return a.fixedLength > b.fixedLength; });
        std::vector<Pattern> carrying;
        for (const char* source : carriers)
            carrying.push_back(patternOf(source));
        all.insert(all.begin(), carrying.begin(), carrying.end());
        return all;
    }();
    return made;
}

QString translated(const QString& message, int depth);

/// The message by its template; null when none fits.
QString byTemplate(const QString& message, int depth) {
    for (const Pattern& pattern : patterns()) {
        const QRegularExpressionMatch match = pattern.words.match(message);
        if (!match.hasMatch())
            continue;
        QStringList parts(9);
        for (size_t i = 0; i < pattern.numbers.size(); ++i)
            parts[pattern.numbers[i] - 1] = translated(match.captured(static_cast<int>(i) + 1), depth + 1);
        QString words = QCoreApplication::translate("EngineText", pattern.source);
        // Not by arg(): a part may hold "%1" itself.
        QString text;
        for (qsizetype i = 0; i < words.size(); ++i) {
            const bool isPlace = words.at(i) == QLatin1Char('%') && i + 1 < words.size() && words.at(i + 1).isDigit();
            if (isPlace)
                text += parts[words.at(++i).digitValue() - 1];
            else
                text += words.at(i);
        }
        return text;
    }
    return {};
}

QString translated(const QString& message, int depth) {
    if (depth > mostNesting)
        return message;
    if (const QString known = byTemplate(message, depth); !known.isNull())
        return known;
    const QString colon = QStringLiteral(": ");
    for (qsizetype at = message.indexOf(colon); at > 0; at = message.indexOf(colon, at + 1)) {
        const QString reason = byTemplate(message.mid(at + colon.size()), depth);
        if (!reason.isNull())
            return QCoreApplication::translate("EngineText", "%1: %2", "place in a file and what is wrong there")
                .arg(translated(message.left(at), depth + 1), reason);
    }
    return message;
}

} // namespace

QString engineText(const QString& message) {
    return translated(message, 0);
}

QString errorText(const base::Error& error) {
    return engineText(error.what);
}

} // namespace affinity::ui
