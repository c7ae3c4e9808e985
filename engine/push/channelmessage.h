// Channel messages: what channels_redis 4 puts into a queue, which is 12 random bytes and the packed event.
#pragma once

#include "engine/push/levelevent.h"

#include <functional>

namespace affinity::push {

/// 32 random bits a call. They need not be secret: they keep equal messages of one queue apart.
using RandomBits = std::function<quint32()>;

/// The largest packed event: a level_up with hundreds of rewards.
inline constexpr qsizetype mostEventBytes = 256 * 1024;

/// The event's members in MessagePack. Errors: InvalidInput over mostEventBytes, and as pythonMessagePack() says.
base::Result<QByteArray> packedEvent(const LevelEvent& event);

/// The message for one process: 12 random bytes (three draws, each from its lowest byte on), then the packed event with
/// one member more, `__asgi_channel__`: the process' channels that are to get it.
QByteArray channelMessage(const QByteArray& packedEvent, const std::vector<QByteArray>& channels,
                          const RandomBits& random);

} // namespace affinity::push
