#include "ui/workspace/errortemplates.h"

#include <QtGlobal>

namespace affinity::ui {

std::vector<const char*> carryingTemplates() {
    return {
        QT_TRANSLATE_NOOP("EngineText", "Some of the user's channels were told, others may not have been: %1"),
        QT_TRANSLATE_NOOP("EngineText", "Log row %1 is committed, but the counters were not updated: %2"),
        QT_TRANSLATE_NOOP("EngineText", "Redis at %1 is tried again in %2 ms, after %3 failures. Last: %4"),
        QT_TRANSLATE_NOOP("EngineText", "The export cannot be written: %1"),
        QT_TRANSLATE_NOOP("EngineText", "scenario %1: %2"),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 answered with status %2: %3"),
    };
}

std::vector<const char*> serverTemplates() {
    return {
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
        QT_TRANSLATE_NOOP("EngineText",
                          "Redis at %1 cannot be reached (%2). Check host, port and that the server runs."),
        QT_TRANSLATE_NOOP("EngineText", "Redis at %1 sent a reply that nobody asked for. The connection is closed."),
        QT_TRANSLATE_NOOP("EngineText", "Redis at %1 wants a password. Enter user and password in the connection."),
        QT_TRANSLATE_NOOP("EngineText",
                          "Redis at %1 does not accept this user and password, or the user is switched off. "
                          "Check both in the connection."),
        QT_TRANSLATE_NOOP("EngineText",
                          "Redis at %1 refused to sign in. The server may have no password set, or no users "
                          "(before Redis 6): check user and password in the connection."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "Redis at %1: this user may not select a database. Give it the command SELECT, or use database 0."),
        QT_TRANSLATE_NOOP("EngineText", "Redis at %1: there is no database of that number."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "Redis refused %1: \"%2\"."), // before the next, as long: the server's words may hold brackets
        QT_TRANSLATE_NOOP("EngineText", "Redis refused %1 (%2): %3"),
        QT_TRANSLATE_NOOP("EngineText", "The Redis server sent %1. The connection is closed; ask for less at once."),
        QT_TRANSLATE_NOOP("EngineText",
                          "What answers is not a Redis server or its answer is damaged (%1). The connection "
                          "is closed; check host and port."),
        QT_TRANSLATE_NOOP("EngineText", "Looking up the host \"%1\" was cancelled."),
        QT_TRANSLATE_NOOP("EngineText", "The name server did not answer for the host \"%1\" in time."),
        QT_TRANSLATE_NOOP("EngineText", "There is no host \"%1\"; check its spelling and the network."),
        QT_TRANSLATE_NOOP("EngineText", "Listening to Redis at %1 ended: the connection was cut (%2)."),
        QT_TRANSLATE_NOOP("EngineText",
                          "Redis at %1 did not let us listen within %2 ms; the server or the network does not answer."),
        QT_TRANSLATE_NOOP("EngineText", "Redis at %1 has been silent for %2 ms; the server or the network is down."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "The Redis address %1. It is written redis://user:password@host:6379/0, or rediss:// for TLS."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The file \"%1\" holds no %2 that can be read (PEM). Name another file in the connection."),
        QT_TRANSLATE_NOOP("EngineText", "The certificate of Redis at %1 is signed by an authority that is not trusted "
                                        "here. Name the authority's file (CA) in the connection."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The certificate of Redis at %1 is not for \"%2\". Somebody else may answer there; "
                          "check the host, or name the certificate's server name in the connection."),
        QT_TRANSLATE_NOOP("EngineText", "The certificate of Redis at %1 is expired or not valid yet. Have it renewed, "
                                        "or check this machine's clock."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "Redis at %1 and this program found no TLS connection (%2). Check that the port is a TLS port."),
        // why it refused a command,
        QT_TRANSLATE_NOOP("EngineText", "the key holds another type of value. Another program writes under this name: "
                                        "check the key prefix, or delete the key."),
        QT_TRANSLATE_NOOP("EngineText", "the server wants a password. Enter user and password in the connection."),
        QT_TRANSLATE_NOOP("EngineText",
                          "user or password is wrong, or the user is switched off. Check both in the connection."),
        QT_TRANSLATE_NOOP("EngineText",
                          "this Redis user has no right to the command or the key. Ask for the right (ACL "
                          "SETUSER), or use another user."),
        QT_TRANSLATE_NOOP("EngineText",
                          "this server is a read-only replica; after a failover the master is another one. "
                          "The connection is opened anew; name the master's address if this stays."),
        QT_TRANSLATE_NOOP("EngineText", "the server is still loading its data. Try again in a moment."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "the server is held up by a script. Try again; if it stays, an administrator ends it with SCRIPT KILL."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "the server's memory is full (maxmemory). Raise maxmemory or free keys; nothing was written."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "the server cannot save its data to disk and takes no writes. Free its disk and check its log."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "the server has fewer replicas than min-replicas-to-write and takes no writes. Bring the replicas back."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "this is a node of a Redis Cluster and the key is on another one. Name a server that is not a cluster."),
        QT_TRANSLATE_NOOP("EngineText", "this is a node of a Redis Cluster and the key is moving to another one. Name "
                                        "a server that is not a cluster."),
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
        // Stores.
        QT_TRANSLATE_NOOP("EngineText", "The memory database is in use. Nothing was copied; try again."),
        QT_TRANSLATE_NOOP("EngineText", "Writing the store was cancelled. Its file is of no use."),
        QT_TRANSLATE_NOOP("EngineText", "There is no binding %1 to write a change of."),
        QT_TRANSLATE_NOOP("EngineText", "A page of devices has 1 to 1,000 rows, not %1."),
        QT_TRANSLATE_NOOP("EngineText", "Level %1 of binding %2 was granted before."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The memory store is in use and was not free in time. Nothing was written; try again."),
        QT_TRANSLATE_NOOP("EngineText", "The memory store refuses the row: %1."),
        QT_TRANSLATE_NOOP("EngineText", "The store \"%1\" names no file. Write sqlite:FILE, relative or absolute."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The store \"%1\" cannot be opened: postgresql and mysql come with the production "
                          "stores; this build opens sqlite and memory."),
        QT_TRANSLATE_NOOP("EngineText", "%1 cannot be created (%2). Check that its folder exists and is writable."),
        QT_TRANSLATE_NOOP("EngineText", "%1 exists already. Choose another name, or open it."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 cannot be given its name; %2 was made instead and removed. Check the folder's rights."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 is not a store of the affinity service: %2 is missing. Check that this is the right file."),
        QT_TRANSLATE_NOOP("EngineText", "table %1"),
        QT_TRANSLATE_NOOP("EngineText", "column %1 of table %2"),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 is damaged: it has %2 bytes and should have %3. Keep the file and restore a backup."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 has the console's tables in version %2; this program knows versions up to %3. "
                          "Update Affinity Console to open it."),
        QT_TRANSLATE_NOOP("EngineText", "%1 does not exist. Check the name, or create a new store."),
        QT_TRANSLATE_NOOP("EngineText", "%1 is not a file."),
        QT_TRANSLATE_NOOP("EngineText", "%1 cannot be read. Give this account the right to read it."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 or its folder is read-only. Make both writable, or open the store for reading only."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 cannot be opened: Qt's SQLite driver is missing. Install it (Debian: libqt6sql6-sqlite)."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 is locked by another program and was not free in time (%2). Nothing was written; try again."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 cannot be written (%2). Make the file and its folder writable, or open the store for reading only."),
        QT_TRANSLATE_NOOP("EngineText", "%1 cannot grow: the disk or the database is full (%2). Nothing was written; "
                                        "free some space and try again."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 is damaged or is not an SQLite database (%2). Keep the file and restore a backup."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 cannot be opened, read or written (%2). The file and its folder must be readable, and "
            "writable too unless the store is opened for reading only without unfinished changes beside it."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the row: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 gave an answer that nobody expects: %2."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 has no decay columns in its setting, so decay cannot be set there. Migrate the service first."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The Redis server's maxmemory-policy is \"%1\", which this program does not know. "
                          "Set it to noeviction, so that no counter is dropped."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "Set maxmemory-policy to noeviction, or give the counters a Redis of their own; the limits hold "
            "through SQL meanwhile, but a Django service beside this one sees only Redis."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The Redis server is a replica of %1:%2 and takes no writes. Name the master's address."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The Redis server is a node of a cluster, where the counters of one device lie on different "
                          "nodes and cannot be written together. Name a server that is not a cluster."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The Redis server was restarted or replaced since its counters were last rebuilt, "
                          "and may have lost its last writes. The counters are rebuilt from the log."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The Redis server's clock is %1 s %2 the store's. No limit depends on it, but one "
                          "of the two is wrong: check the time service on both machines."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "The counter %1 in Redis holds \"%2\", which is no whole number; a Django service fails on it "
            "too. Find out what wrote it, then delete the key: the log still has the sum."),
        QT_TRANSLATE_NOOP("EngineText",
                          "Another program keeps writing the counters of this device in a form that cannot "
                          "be added to. Nothing was counted; try again."),
        QT_TRANSLATE_NOOP("EngineText", "ahead of"),
        QT_TRANSLATE_NOOP("EngineText", "behind"),
        QT_TRANSLATE_NOOP("EngineText", "%1 asked to do the whole unit again: %2. Nothing was written."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1: somebody else holds the row and did not give it back in time (%2). Nothing was written; try again."),
        QT_TRANSLATE_NOOP("EngineText", "%1 took too long and the statement was ended (%2). Nothing was written; "
                                        "narrow the question or try again."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 takes no changes: it is a standby or was opened for reading only (%2). Connect to the primary server."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 does not allow this to the signed-in database user (%2). Ask for a role that "
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
        QT_TRANSLATE_NOOP("EngineText",
                          "The store's URL is not understood: %1. Write postgresql://USER@HOST:PORT/DATABASE "
                          "or mysql://USER@HOST:PORT/DATABASE."),
        QT_TRANSLATE_NOOP("EngineText", "it is no URL of a database server"),
        QT_TRANSLATE_NOOP("EngineText", "sslmode is prefer, require, verify-ca or verify-full"),
        QT_TRANSLATE_NOOP("EngineText", "the option \"%1\" is not known"),
        QT_TRANSLATE_NOOP("EngineText", "the host is missing"),
        QT_TRANSLATE_NOOP("EngineText", "the user is missing"),
        QT_TRANSLATE_NOOP("EngineText", "the database is missing"),
        QT_TRANSLATE_NOOP("EngineText", "Event \"%1\" is being applied by somebody else and was not finished in time. "
                                        "Nothing was written; try again."),
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
        QT_TRANSLATE_NOOP("EngineText",
                          "The push group \"%1\" lacks {user_id}: every user would be told of everybody's "
                          "devices. Write for example affinity_user_{user_id}."),
        QT_TRANSLATE_NOOP("EngineText", "The push group \"%1\" makes a name that Django's channels refuse: use ASCII "
                                        "letters, digits, \"-\", \"_\" and \".\", fewer than 100 in all."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "A setting of the push is out of range: prefix up to 200 bytes, capacity 1 to 1000000, expiry 1 "
            "to 86400 s, group expiry 1 to 31536000 s, time limit above 0 ms."),
        QT_TRANSLATE_NOOP("EngineText", "%1 events are too many for one push; send at most %2."),
        QT_TRANSLATE_NOOP("EngineText", "A counter that this event needs cannot be read; nothing was written. %1"),
        QT_TRANSLATE_NOOP("EngineText", "The counter store cannot be asked, and another writer goes by it; nothing was "
                                        "written. Send the event again when it answers. (%1)"),
        QT_TRANSLATE_NOOP("EngineText",
                          "Nobody knows yet whether log row %1 was written: the answer to its commit was lost, and the "
                          "store could not "
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
        QT_TRANSLATE_NOOP(
            "EngineText",
            "The counter %1 in Redis has no end and stays for ever. Delete the key once its day is over."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The counter %1 holds \"%2\", which is no whole number; it will be left alone."),
        QT_TRANSLATE_NOOP("EngineText", "Too many log rows wait for the counters: row %1 waits no longer. A rebuild of "
                                        "the counters makes up for it."),
        // Rewards and the outbox.
        QT_TRANSLATE_NOOP("EngineText", "The certificate of the webhook at %1 is not for that host. Somebody else may "
                                        "answer there; check the address."),
        QT_TRANSLATE_NOOP("EngineText", "The certificate of the webhook at %1 is expired or not valid yet. Have it "
                                        "renewed, or check this machine's clock."),
        QT_TRANSLATE_NOOP("EngineText", "The certificate of the webhook at %1 is not trusted here (%2). Name the "
                                        "authority's file (CA) for the webhook."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "The webhook at %1 and this program found no TLS connection. Check that the port is a TLS port."),
        QT_TRANSLATE_NOOP("EngineText", "Nothing listens at %1, where the webhook should be."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook's host at %1 has no address."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 closed the connection before its answer was whole."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 gave no answer that is HTTP, or the network failed (%2)."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 answered with a redirect (status %2), which is not "
                                        "followed. Enter the address that it leads to."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 answered with status %2."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 took no connection within %2 ms."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook at %1 gave no whole answer within %2 ms."),
        QT_TRANSLATE_NOOP("EngineText", "The delivery to the webhook at %1 was cancelled; it may have arrived."),
        QT_TRANSLATE_NOOP("EngineText",
                          "The webhook's address cannot be read or names no host. It is written https://host/path."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook's address does not start with https://."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook's address holds a user or password. Leave them out; the receiver "
                                        "knows this program by the signature."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook's address is http:// on another machine, where everybody on the "
                                        "way can read and change what is sent. Use https://."),
        QT_TRANSLATE_NOOP("EngineText", "The webhook's key is shorter than %1 bytes. Make one of 32 random bytes, and "
                                        "give it to the receiver too."),
        QT_TRANSLATE_NOOP("EngineText", "The file \"%1\" holds no certificate of an authority that can be read (PEM). "
                                        "Name another file for the webhook."),
        QT_TRANSLATE_NOOP("EngineText", "Row %1 of affinity_console_outbox, for log row %2, is not what this program "
                                        "writes. It is passed over; look at it and delete it."),
        QT_TRANSLATE_NOOP("EngineText", "%1 keeps no reward deliveries. Prepare the store to have them kept and sent."),
        QT_TRANSLATE_NOOP("EngineText", "%1 may look only. Having a reward sent again takes a member of staff."),
        QT_TRANSLATE_NOOP("EngineText", "%1 has lost the row of its table affinity_console_relay_lease. Insert it "
                                        "again: id 1, an empty holder, a time in the past."),
        QT_TRANSLATE_NOOP("EngineText", "A page of reward deliveries has 1 to 1,000 rows, not %1."),
        QT_TRANSLATE_NOOP("EngineText", "The store has no outbox, and one was written to."),
        // Roles in the database, and names that are not Django's.
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment: %2. An account of that name has to be active staff "
                                        "in Django's admin. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 knows you by your database user: %2. Sign in under that name. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses a row that is no adjustment: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses an adjustment without a reason: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment's operation id: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment's device: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment's time: %2. Nothing was written; try again."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment: %2. Nothing was written; look at the new preview."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment's numbers: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText", "%1 refuses the adjustment, which is over a limit: %2. Nothing was written."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 refuses the adjustment's level: %2. Nothing was written; look at the new preview."),
        QT_TRANSLATE_NOOP("EngineText",
                          "%1 takes adjustments in transactions that are read committed: %2. Nothing was written."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1: the signed-in database user may only read. Sign in to the database as somebody who may adjust."),
        QT_TRANSLATE_NOOP("EngineText", "%1: the signed-in database user may only adjust. Nothing was touched; events "
                                        "are applied by a user with the role affinity_engine."),
        QT_TRANSLATE_NOOP("EngineText", "Roles are a database server's, and this store is on none: give the URL of a "
                                        "PostgreSQL or MariaDB database."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "%1 has not the console's own tables yet, which the roles are about. Run prepare without --roles first."),
        QT_TRANSLATE_NOOP("EngineText", "%1: the schema \"%2\" has a name that the roles' statements cannot hold. Only "
                                        "letters, digits, spaces, _ and - are taken."),
        QT_TRANSLATE_NOOP("EngineText", "Nothing was changed."),
        QT_TRANSLATE_NOOP("EngineText", "Part of it may have been done."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "The schema mapping names the schema %1, and an SQLite file has none. Name its tables without a dot."),
        QT_TRANSLATE_NOOP("EngineText", "is no table that the console reads. These are: %1."),
        QT_TRANSLATE_NOOP("EngineText", "\"%1\" is no name of a table. It may have letters without accents, digits, _ "
                                        "and $, up to 63 of them, and a schema with a dot in front."),
        QT_TRANSLATE_NOOP("EngineText", "\"%1\" is a name of the console's own tables."),
        QT_TRANSLATE_NOOP("EngineText", "is no column of %1 that the console reads. These are: %2."),
        QT_TRANSLATE_NOOP(
            "EngineText",
            "\"%1\" is no name of a column. It may have letters without accents, digits, _ and $, up to 63 of them."),
        QT_TRANSLATE_NOOP("EngineText", "\"%1\" is the name of %2, too. Give each a name of its own."),
    };
}

} // namespace affinity::ui
