#include "engine/store/counterserver.h"

#include <cstdlib>

namespace affinity::store {

namespace {

/// Redis evicts only once maxmemory is set.
void checkPolicy(CounterServer& server) {
    const QString& policy = server.evictionPolicy;
    if (policy.isEmpty() || policy == QLatin1String("noeviction"))
        return;
    const bool takesAny = policy.startsWith(QLatin1String("allkeys-"));
    const bool takesEnding = policy.startsWith(QLatin1String("volatile-"));
    if (!takesAny && !takesEnding) {
        server.findings.push_back(
            {ServerFault::UnknownPolicy, Severity::Warning,
             QStringLiteral(
                 "The Redis server's maxmemory-policy is \"%1\", which this program does not know. Set it to "
                 "noeviction, so that no counter is dropped.")
                 .arg(policy)});
        return;
    }
    const QString remedy = QStringLiteral("Set maxmemory-policy to noeviction, or give the counters a Redis of their "
                                          "own; the limits hold through SQL meanwhile, but a Django service beside "
                                          "this one sees only Redis.");
    if (server.maxMemoryBytes == 0)
        server.findings.push_back(
            {ServerFault::MayEvictCounters, Severity::Warning,
             QStringLiteral(
                 "The Redis server's maxmemory-policy is %1: it will drop counters when maxmemory is set and "
                 "full (it is not set now). %2")
                 .arg(policy, remedy)});
    else if (takesAny)
        server.findings.push_back({ServerFault::EvictsCounters, Severity::Fault,
                                   QStringLiteral("The Redis server drops any key when its %1 bytes of memory are full "
                                                  "(maxmemory-policy %2), so cooldowns and sums vanish unnoticed. %3")
                                       .arg(QString::number(server.maxMemoryBytes), policy, remedy)});
    else
        server.findings.push_back(
            {ServerFault::MayEvictCounters, Severity::Warning,
             QStringLiteral("The Redis server drops keys that have an end when its %1 bytes of memory are full "
                            "(maxmemory-policy %2), and every counter has one. %3")
                 .arg(QString::number(server.maxMemoryBytes), policy, remedy)});
}

void checkKind(CounterServer& server, const QByteArray& info) {
    if (infoField(info, "role") == QLatin1String("slave"))
        server.findings.push_back(
            {ServerFault::IsReplica, Severity::Fault,
             QStringLiteral("The Redis server is a replica of %1:%2 and takes no writes. Name the "
                            "master's address.")
                 .arg(infoField(info, "master_host"), infoField(info, "master_port"))});
    if (infoField(info, "redis_mode") == QLatin1String("cluster"))
        server.findings.push_back({ServerFault::IsCluster, Severity::Fault,
                                   QStringLiteral("The Redis server is a node of a cluster, where the counters of one "
                                                  "device lie on different nodes and cannot be written together. Name "
                                                  "a server that is not a cluster.")});
}

} // namespace

QString infoField(const QByteArray& info, QByteArrayView field) {
    for (const QByteArray& line : info.split('\n'))
        if (line.startsWith(field) && line.size() > field.size() && line.at(field.size()) == ':')
            return QString::fromUtf8(line.mid(field.size() + 1).trimmed());
    return {};
}

CounterServer counterServerFrom(const QByteArray& info, const QByteArray& epoch) {
    CounterServer server;
    server.version = infoField(info, "redis_version");
    server.runId = infoField(info, "run_id");
    server.evictionPolicy = infoField(info, "maxmemory_policy");
    server.maxMemoryBytes = infoField(info, "maxmemory").toLongLong();
    checkPolicy(server);
    checkKind(server, info);
    server.needsRebuild = epoch.isEmpty();
    if (!epoch.isEmpty() && !server.runId.isEmpty() && epoch != server.runId.toUtf8()) {
        server.needsRebuild = true;
        server.findings.push_back(
            {ServerFault::Restarted, Severity::Warning,
             QStringLiteral("The Redis server was restarted or replaced since its counters were last rebuilt, and may "
                            "have lost its last writes. The counters are rebuilt from the log.")});
    }
    return server;
}

void addSkew(CounterServer& server, qint64 serverUs, qint64 storeBeforeUs, qint64 storeAfterUs) {
    server.skewErrorUs = std::abs(storeAfterUs - storeBeforeUs) / 2;
    server.skewUs = serverUs - (storeBeforeUs + (storeAfterUs - storeBeforeUs) / 2);
    if (std::abs(server.skewUs) <= mostSkewUs + server.skewErrorUs)
        return;
    const QString seconds = QString::number(static_cast<double>(std::abs(server.skewUs)) / 1e6, 'f', 1);
    server.findings.push_back(
        {ServerFault::ClockIsOff, Severity::Warning,
         QStringLiteral(
             "The Redis server's clock is %1 s %2 the store's. No limit depends on it, but one of the two is "
             "wrong: check the time service on both machines.")
             .arg(seconds, server.skewUs > 0 ? QStringLiteral("ahead of") : QStringLiteral("behind"))});
}

void addNotShown(CounterServer& server, const base::Error& reason) {
    server.findings.push_back(
        {ServerFault::NotShown, Severity::Warning,
         QStringLiteral("Not everything about the Redis server could be checked: %1").arg(reason.what)});
}

} // namespace affinity::store
