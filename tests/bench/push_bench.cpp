// One event to a user's channels, each of a process of its own: two round trips on one connection.
#include "engine/push/channelspublisher.h"
#include "tests/support/channelslistener.h"
#include "tests/support/redisserver.h"

#include <QElapsedTimer>

#include <benchmark/benchmark.h>

using namespace affinity;

namespace {

/// counters: events_per_s; deliveries_per_s is that times the channels.
void pushToChannels(benchmark::State& state) {
    test::RedisServer server;
    if (!server.start())
        return state.SkipWithError("redis-server did not start");
    const auto channels = static_cast<qint64>(state.range(0));
    for (qint64 i = 0; i < channels; ++i)
        if (test::ChannelsListener(server.target()).join("affinity_user_1").isEmpty())
            return state.SkipWithError("a channel did not join");
    push::ChannelsPublisher publisher(server.target(), {.capacity = 1'000'000}); // nobody takes the messages
    const std::vector<push::LevelEvent> events{
        push::AffinityUpdate{base::DeviceId{2}, 1, 28, 29, QStringLiteral("chat"), QStringLiteral("device_event")}};
    QElapsedTimer timer;
    timer.start();
    for (auto unused : state) {
        (void)unused;
        const auto receipt = publisher.publish(base::UserId{1}, events);
        if (!receipt || receipt->received != channels)
            return state.SkipWithError("a push failed");
    }
    const double eventsPerS = static_cast<double>(state.iterations()) * 1e9 / static_cast<double>(timer.nsecsElapsed());
    state.counters["events_per_s"] = eventsPerS;
    state.counters["deliveries_per_s"] = eventsPerS * static_cast<double>(channels);
}
BENCHMARK(pushToChannels)->Arg(1)->Arg(10)->UseRealTime()->Iterations(5'000)->Repetitions(3);

} // namespace
