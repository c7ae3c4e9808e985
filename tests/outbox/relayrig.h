// What the outbox tests do it with: writers and relays, each with the connections of a process of its own.
#pragma once

#include "engine/relaylane.h"
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/service/relay.h"
#include "tests/outbox/outboxstore.h"
#include "tests/production/callers.h"

#include <QStringList>

#include <set>

namespace affinity::test {

/// Sums of the counters' server are asked for with time enough for a busy machine.
std::unique_ptr<store::RedisCounters> redisCounters(quint16 port, const QByteArray& user = {});
redis::Target redisAt(quint16 port, const QByteArray& user = {});

/// Counters that know nothing and cannot be told anything: each confirm waits in the outbox.
class DeafCounters final : public store::Counters {
public:
    base::Result<store::CounterFacts> read(const store::CounterQuery&) override { return store::CounterFacts{}; }
    base::Result<void> confirm(const store::CounterConfirm&) override {
        return base::Error{base::ErrorKind::CannotConnect, QStringLiteral("These counters hear nothing.")};
    }
    base::Result<std::vector<store::CounterEntry>> entries() override { return std::vector<store::CounterEntry>(); }
};

/// All that an outbox may hold; rewards wait for a connector.
service::OutboxUse everything();

/// A process that writes. Made and used on one thread.
struct Writer {
    explicit Writer(const OutboxStore& rows, const service::OutboxUse& use = everything(),
                    std::unique_ptr<store::Counters> usedCounters = std::make_unique<DeafCounters>());

    service::ApplyResult apply(base::DeviceId device, const QString& ruleKey, const QString& eventId = {});
    service::Preview preview(base::DeviceId device, const QString& ruleKey, const QString& eventId = {});

    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Counters> counters;
    service::SystemDraw draw;
    service::AffinityService service;
};

/// Where a relay sends; 0 and null: nowhere.
struct RigEnds {
    quint16 counters = 0;
    quint16 channels = 0;
    rewards::RewardConnector* connector = nullptr;
    push::RandomBits random = {};
    QByteArray redisUser = {}; ///< its password is its name
    quint16 storePort = 0;     ///< of a proxy before the store's server
};

/// A relay with connections of its own, whose time is the store's given one. Made and used on one thread.
struct RelayRig {
    RelayRig(OutboxStore& rows, const QString& holder, const RigEnds& ends);

    service::RelayPass pass() { return relay->pass(); }
    /// Lets time pass and makes passes until nothing waits that can be sent, or far longer than that takes.
    bool sendsAll();

    OutboxStore& rows;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::RedisCounters> counters;
    std::unique_ptr<push::ChannelsPublisher> publisher;
    std::unique_ptr<service::Relay> relay;
};

/// A lane as a program has it; `pushes` and `counters` are ports, 0: none.
RelaySetup laneSetup(const OutboxStore& rows, quint16 counters, quint16 pushes);

/// The changes of a device's log in the order of their commits: "0>1".
QStringList changesInLog(const OutboxStore& rows, base::DeviceId device);

/// Each of `some` is in `all`, in that order, once.
bool isPartInOrder(const QStringList& some, const QStringList& all);

/// The sums of Redis are the log's; nothing when they are, else what is not.
QByteArray counterViolations(const OutboxStore& rows, const std::set<qint64>& unconfirmed = {});

} // namespace affinity::test
