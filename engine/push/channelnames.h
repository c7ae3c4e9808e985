// Names and keys of Django's channel layer in Redis (channels_redis 4), by its rules.
#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace affinity::push {

/// The group of a user: the template with the user's id for each "{user_id}" ("affinity_user_{user_id}"). Errors:
/// InvalidInput when the template lacks "{user_id}" (every user would be told of everybody's devices), or when the name
/// would be none for Channels: ASCII letters, digits, "-", "_", "."; fewer than 100 characters.
base::Result<QByteArray> groupName(const QString& groupTemplate, base::UserId userId);

/// "{prefix}:group:{group}": the zset of a group's channels, each with its join time in seconds.
QByteArray groupKey(const QByteArray& prefix, const QByteArray& group);

/// Whether Channels would take a channel of this name: as a group's, or "specific.<hex>!<hex>".
bool isChannelName(QByteArrayView channel);

/// "{prefix}{channel up to and with !}": the zset that is the queue of a channel's process; a channel without "!" has
/// one of its own.
QByteArray queueKey(const QByteArray& prefix, QByteArrayView channel);

} // namespace affinity::push
