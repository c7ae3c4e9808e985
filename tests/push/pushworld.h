// What the tests of the push share: events, and questions to the server behind the publisher's back.
#pragma once

#include "engine/push/channelspublisher.h"
#include "tests/redis/redistest.h"

namespace affinity::test {

inline const base::UserId user{1};
inline const QByteArray groupOfUser = "affinity_user_1";
inline const QByteArray keyOfGroup = "asgi:group:affinity_user_1";

/// An update that is told from others by its change.
inline push::LevelEvent update(int change) {
    return push::AffinityUpdate{
        base::DeviceId{2}, change, 0, change, QStringLiteral("chat"), QStringLiteral("device_event")};
}

/// With time enough for a busy machine.
inline push::ChannelsPublisherOptions patient() {
    return {.callMs = 10'000};
}

/// A command that must work; nil when it does not, which the comparison that follows shows.
inline redis::Reply ask(redis::Connection& connection, const redis::Command& command) {
    const auto reply = connection.command(command, redis::Effect::Repeatable, soon());
    if (!reply)
        qWarning("%s", qPrintable(reply.error().what));
    return reply ? *reply : redis::Reply();
}

/// The server's time in seconds, moved.
inline QByteArray secondsFromNow(redis::Connection& connection, double seconds) {
    const redis::Reply time = ask(connection, {"TIME"});
    return time.items.size() == 2 ? QByteArray::number(time.items[0].text.toDouble() + seconds, 'f', 6) : QByteArray();
}

} // namespace affinity::test
