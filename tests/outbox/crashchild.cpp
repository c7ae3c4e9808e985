#include "tests/outbox/crashchild.h"

#include "engine/rewards/webhook.h"
#include "engine/service/relay.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"

#include <csignal>
#include <iostream>
#include <string>
#include <unistd.h>

namespace affinity::test {

namespace {

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

class DyingCounters final : public store::Counters {
public:
    DyingCounters(std::unique_ptr<store::Counters> inner, bool isDying)
        : m_inner(std::move(inner)), m_isDying(isDying) {}

    base::Result<store::CounterFacts> read(const store::CounterQuery& query) override { return m_inner->read(query); }
    base::Result<void> confirm(const store::CounterConfirm& confirm) override {
        must(m_inner->confirm(confirm));
        if (m_isDying)
            die();
        return {};
    }
    base::Result<std::vector<store::CounterEntry>> entries() override { return m_inner->entries(); }

private:
    std::unique_ptr<store::Counters> m_inner;
    bool m_isDying;
};

class DyingConnector final : public rewards::RewardConnector {
public:
    DyingConnector(const rewards::WebhookTarget& target, bool isDying) : m_inner(target), m_isDying(isDying) {}

    rewards::DeliveryOutcome deliver(const rewards::Delivery& delivery, qint64 nowUs) override {
        const rewards::DeliveryOutcome outcome = m_inner.deliver(delivery, nowUs);
        if (m_isDying)
            die();
        return outcome;
    }

private:
    rewards::Webhook m_inner;
    bool m_isDying;
};

} // namespace

base::Json toJson(const RelayOrder& order) {
    return {{"url", order.url.toStdString()},
            {"password", order.password.toStdString()},
            {"now", order.nowUs},
            {"redis", order.redisPort},
            {"receiver", order.receiverPort},
            {"step", static_cast<int>(order.step)}};
}

int runRelayChild() {
    std::string line;
    std::getline(std::cin, line);
    const base::Json order = base::Json::parse(line);
    const auto step = static_cast<RelayStep>(order.at("step").get<int>());
    const base::VirtualClock clock(order.at("now").get<qint64>());
    const auto store = must(store::open(
        QString::fromStdString(order.at("url").get<std::string>()),
        {.password = QByteArray::fromStdString(order.at("password").get<std::string>()), .isClockGiven = true}, clock));
    const quint16 redisPort = order.at("redis").get<quint16>();
    DyingCounters counters(redisCounters(redisPort), step == RelayStep::Confirmed);
    constexpr quint32 drawsOfAMessage = 3;
    quint32 draws = 0;
    push::ChannelsPublisher publisher(redisAt(redisPort),
                                      {.callMs = farMs, .random = [&] {
                                           ++draws; // a message is made, and will be sent
                                           if (step == RelayStep::Claimed ||
                                               (step == RelayStep::Pushed && draws > drawsOfAMessage))
                                               die();
                                           return draws;
                                       }});
    DyingConnector connector({.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(order.at("receiver").get<int>())),
                              .key = receiverKey,
                              .caFile = {},
                              .connectMs = farMs,
                              .totalMs = farMs},
                             step == RelayStep::Delivered);
    service::RelayOptions options;
    options.holder = QStringLiteral("child");
    options.pace.nowUs = [&clock] { return clock.nowUs(); };
    service::Relay relay(*store, {&counters, &publisher, &connector}, options);
    relay.pass();
    return 1;
}

} // namespace affinity::test
