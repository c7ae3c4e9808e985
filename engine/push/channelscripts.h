// The Lua scripts of a group_send: one reads a group, the other fills queues. Both name all their keys.
#pragma once

#include "engine/redis/command.h"

namespace affinity::push {

/// Drops the members that joined too long ago and reads the others. Key: the group. Arguments: seconds a member counts,
/// the most to read. Answers {how many there are, {those that joined last, in the order of joining}}.
const redis::Script& listenersScript();

/// Puts messages into queues, in order, as many as there is room for. Keys: the queues. Arguments: the most messages a
/// queue holds, seconds a message counts, messages per queue, then the first queue's messages, the second's, and so on.
/// Answers for each queue how many were put in, from the first on; -1 where Redis would not write. An error when it
/// wrote to none: then nothing was put in anywhere.
const redis::Script& fillScript();

} // namespace affinity::push
