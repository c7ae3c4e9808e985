// Error replies of Redis by name, each with a plain sentence of what to do.
#pragma once

#include "engine/base/result.h"
#include "engine/redis/reply.h"

namespace affinity::redis {

enum class ReplyErrorCode {
    WrongType,      ///< the key holds another type
    NoAuth,         ///< the server wants a password and was told none
    WrongPassword,  ///< user or password is wrong, or the user is switched off
    NoPermission,   ///< the ACL user may not do this
    ReadOnly,       ///< a replica, or a master that was replaced
    Loading,        ///< the server reads its data
    Busy,           ///< a script runs too long
    OutOfMemory,    ///< maxmemory reached
    Misconfigured,  ///< the server cannot save and refuses writes, or has too few replicas to write
    Cluster,        ///< MOVED, ASK, CROSSSLOT …: this is a cluster
    MasterDown,     ///< a replica without its master
    TooManyClients, ///< maxclients reached: said instead of a greeting
    Protected,      ///< DENIED: the server takes connections of its own machine only
    NoScript,       ///< EVALSHA of a script that the server does not hold
    Other
};

/// The name of an error reply; Other for what is none.
ReplyErrorCode errorCode(const Reply& reply);

/// An error reply as an Error; `what` names what was asked ("EVALSHA"). Kinds: Damaged (WrongType), Refused (NoAuth,
/// WrongPassword, NoPermission, Cluster, Protected), ReadOnly, Busy (Loading, Busy, MasterDown, TooManyClients),
/// StorageFull (OutOfMemory, Misconfigured), NotFound (NoScript), Internal (Other). The server's own words are shown
/// for Other only, without the arguments that Redis repeats.
base::Error explained(const Reply& reply, const QString& what);

} // namespace affinity::redis
