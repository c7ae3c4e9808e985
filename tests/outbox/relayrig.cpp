#include "tests/outbox/relayrig.h"

#include "tests/production/invariants.h"
#include "tests/production/must.h"

#include <QDeadlineTimer>
#include <QTest>

namespace affinity::test {

redis::Target redisAt(quint16 port, const QByteArray& user) {
    redis::Target target;
    target.port = port;
    target.user = user;
    target.password = user;
    return target;
}

std::unique_ptr<store::RedisCounters> redisCounters(quint16 port, const QByteArray& user) {
    return std::make_unique<store::RedisCounters>(redisAt(port, user),
                                                  store::RedisCountersOptions{.callMs = farMs, .listMs = farMs});
}

service::OutboxUse everything() {
    return {.holdsConfirms = true, .holdsPushes = true, .rewards = service::RewardUse::Wait, .written = {}};
}

namespace {

service::ServiceOptions writerOptions(const service::OutboxUse& use) {
    service::ServiceOptions options;
    options.withoutCounters = service::WithoutCounters::GoOn;
    options.outbox = use;
    return options;
}

} // namespace

Writer::Writer(const OutboxStore& rows, const service::OutboxUse& use, std::unique_ptr<store::Counters> usedCounters)
    : store(rows.open()), counters(std::move(usedCounters)), service(*store, *counters, draw, writerOptions(use)) {
}

service::ApplyResult Writer::apply(base::DeviceId device, const QString& ruleKey, const QString& eventId) {
    constexpr int mostTries = 100;
    service::ApplyResult result;
    for (int i = 0; i < mostTries; ++i) { // on a busy machine a store may say so
        result = service.apply(eventOn(device, ruleKey, eventId));
        if (!result.error ||
            (result.error->kind != base::ErrorKind::Busy && result.error->kind != base::ErrorKind::Conflict))
            break;
    }
    return result;
}

service::Preview Writer::preview(base::DeviceId device, const QString& ruleKey, const QString& eventId) {
    return service.previewApply(eventOn(device, ruleKey, eventId));
}

RelayRig::RelayRig(OutboxStore& usedRows, const QString& holder, const RigEnds& ends)
    : rows(usedRows), store(rows.open(store::Access::Write, ends.storePort)) {
    if (ends.counters != 0)
        counters = redisCounters(ends.counters, ends.redisUser);
    if (ends.channels != 0)
        publisher = std::make_unique<push::ChannelsPublisher>(
            redisAt(ends.channels, ends.redisUser),
            push::ChannelsPublisherOptions{.callMs = farMs, .random = ends.random});
    service::RelayOptions options;
    options.holder = holder;
    options.pace.nowUs = [this] { return rows.clock().nowUs(); };
    relay = std::make_unique<service::Relay>(
        *store, service::RelayEnds{counters.get(), publisher.get(), ends.connector}, options);
}

bool RelayRig::sendsAll() {
    const QDeadlineTimer deadline(farMs);
    do {
        const store::OutboxFigures left = must(store->outbox()->figures());
        if ((!counters || left.confirms == 0) && (!publisher || left.pushes == 0))
            return true;
        rows.passTime(secondUs);
        if (pass().error)
            QTest::qWait(1); // whoever is away is left alone for a moment of real time
    } while (!deadline.hasExpired());
    return false;
}

RelaySetup laneSetup(const OutboxStore& rows, quint16 counters, quint16 pushes) {
    RelaySetup setup;
    setup.openStore = [&rows] { return base::Result<std::unique_ptr<store::Store>>(rows.open()); };
    if (counters != 0)
        setup.openCounters = [counters] {
            return base::Result<std::unique_ptr<store::RedisCounters>>(redisCounters(counters));
        };
    if (pushes != 0)
        setup.pushes = redisAt(pushes);
    return setup;
}

QStringList changesInLog(const OutboxStore& rows, base::DeviceId device) {
    QStringList changes;
    const auto page = must(rows.open()->log({.deviceId = device, .isOldestFirst = true, .limit = 10'000}));
    for (const store::LogEntry& entry : page.entries)
        changes << QStringLiteral("%1>%2").arg(entry.row.beforeValue).arg(entry.row.afterValue);
    return changes;
}

bool isPartInOrder(const QStringList& some, const QStringList& all) {
    qsizetype next = 0;
    for (const QString& each : some) {
        next = all.indexOf(each, next) + 1;
        if (next == 0)
            return false;
    }
    return true;
}

QByteArray counterViolations(const OutboxStore& rows, const std::set<qint64>& unconfirmed) {
    const auto store = rows.open();
    return described(violationsOfCounters(must(readRows(*store)), must(redisCounters(redisServer().port())->entries()),
                                          unconfirmed));
}

} // namespace affinity::test
