#include "engine/redis/replyerror.h"

#include <QLatin1String>

#include <algorithm>
#include <iterator>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;

namespace {

struct Meaning {
    const char* word; ///< the error reply's beginning, up to its end or a space
    ReplyErrorCode code;
    ErrorKind kind;
    const char* sentence; ///< English, what it means and what to do
};

constexpr Meaning meanings[] = {
    {"WRONGTYPE", ReplyErrorCode::WrongType, ErrorKind::Damaged,
     "the key holds another type of value. Another program writes under this name: check the key prefix, or delete the "
     "key."},
    {"NOAUTH", ReplyErrorCode::NoAuth, ErrorKind::Refused,
     "the server wants a password. Enter user and password in the connection."},
    {"WRONGPASS", ReplyErrorCode::WrongPassword, ErrorKind::Refused,
     "user or password is wrong, or the user is switched off. Check both in the connection."},
    {"NOPERM", ReplyErrorCode::NoPermission, ErrorKind::Refused,
     "this Redis user has no right to the command or the key. Ask for the right (ACL SETUSER), or use another user."},
    {"READONLY", ReplyErrorCode::ReadOnly, ErrorKind::ReadOnly,
     "this server is a read-only replica; after a failover the master is another one. The connection is opened anew; "
     "name "
     "the master's address if this stays."},
    {"LOADING", ReplyErrorCode::Loading, ErrorKind::Busy,
     "the server is still loading its data. Try again in a moment."},
    {"BUSY", ReplyErrorCode::Busy, ErrorKind::Busy,
     "the server is held up by a script. Try again; if it stays, an administrator ends it with SCRIPT KILL."},
    {"OOM", ReplyErrorCode::OutOfMemory, ErrorKind::StorageFull,
     "the server's memory is full (maxmemory). Raise maxmemory or free keys; nothing was written."},
    {"MISCONF", ReplyErrorCode::Misconfigured, ErrorKind::StorageFull,
     "the server cannot save its data to disk and takes no writes. Free its disk and check its log."},
    {"NOREPLICAS", ReplyErrorCode::Misconfigured, ErrorKind::StorageFull,
     "the server has fewer replicas than min-replicas-to-write and takes no writes. Bring the replicas back."},
    {"MOVED", ReplyErrorCode::Cluster, ErrorKind::Refused,
     "this is a node of a Redis Cluster and the key is on another one. Name a server that is not a cluster."},
    {"ASK", ReplyErrorCode::Cluster, ErrorKind::Refused,
     "this is a node of a Redis Cluster and the key is moving to another one. Name a server that is not a cluster."},
    {"CROSSSLOT", ReplyErrorCode::Cluster, ErrorKind::Refused,
     "this is a Redis Cluster and the keys are on different nodes. Name a server that is not a cluster."},
    {"CLUSTERDOWN", ReplyErrorCode::Cluster, ErrorKind::Refused,
     "this is a Redis Cluster and it is down. Name a server that is not a cluster."},
    {"TRYAGAIN", ReplyErrorCode::Cluster, ErrorKind::Refused,
     "this is a Redis Cluster and its keys are moving. Name a server that is not a cluster."},
    {"MASTERDOWN", ReplyErrorCode::MasterDown, ErrorKind::Busy,
     "this replica has lost its master and gives no old data. Try again, or name the master's address."},
    {"ERR max number of clients reached", ReplyErrorCode::TooManyClients, ErrorKind::Busy,
     "the server has as many connections as it takes. Try again; if it stays, raise maxclients."},
    {"DENIED", ReplyErrorCode::Protected, ErrorKind::Refused,
     "the server runs in protected mode and takes connections of its own machine only. Set a password there."},
    {"NOSCRIPT", ReplyErrorCode::NoScript, ErrorKind::NotFound,
     "the server does not hold this script (it was restarted). It is sent whole with EVAL."},
};

const Meaning* meaningOf(const Reply& reply) {
    if (!reply.isError())
        return nullptr;
    const auto* found = std::find_if(std::begin(meanings), std::end(meanings), [&reply](const Meaning& meaning) {
        const QByteArrayView word(meaning.word);
        return reply.text.startsWith(word) && (reply.text.size() == word.size() || reply.text.at(word.size()) == ' ');
    });
    return found == std::end(meanings) ? nullptr : found;
}

/// The server's words, short, in one line and without arguments: those may hold values.
QString ownWords(const QByteArray& text) {
    const qsizetype arguments = text.indexOf(", with args beginning");
    QString words = QString::fromUtf8(arguments < 0 ? text : text.left(arguments)).left(200);
    for (QChar& character : words)
        if (!character.isPrint())
            character = QLatin1Char(' ');
    return words;
}

} // namespace

ReplyErrorCode errorCode(const Reply& reply) {
    const Meaning* meaning = meaningOf(reply);
    return meaning ? meaning->code : ReplyErrorCode::Other;
}

Error explained(const Reply& reply, const QString& what) {
    if (const Meaning* meaning = meaningOf(reply))
        return {meaning->kind,
                QStringLiteral("Redis refused %1 (%2): %3")
                    .arg(what, QString::fromLatin1(meaning->word), QString::fromLatin1(meaning->sentence))};
    return {ErrorKind::Internal, QStringLiteral("Redis refused %1: \"%2\".").arg(what, ownWords(reply.text))};
}

} // namespace affinity::redis
