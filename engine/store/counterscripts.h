// The Lua scripts that change counters in Redis; each checks everything before it writes anything.
#pragma once

#include "engine/redis/command.h"

namespace affinity::store {

// A script that meets a sum it cannot add to writes nothing and answers {"value", index of the key from 1, its bytes},
// or {"error", index, Redis' error text} when the key holds another type. Otherwise the answer is {"done"}.

/// Counts one log row once. Keys: marker, cooldown, event, rule's day, global day. Arguments: milliseconds of the
/// marker, the cooldown and the event (0: not set), points for the rule's and the global day (0: not touched),
/// milliseconds of a day's sum. Answers {"done"} too when the marker says that the row was counted.
const redis::Script& confirmScript();

/// Raises sums and lives, never lowers. Keys: sums, then lives, then markers. Arguments: milliseconds of a day's sum
/// and of markers, how many sums, how many lives, each sum's number, each life's milliseconds.
const redis::Script& raiseScript();

/// Puts a number into its plain form, with its life. Key: the sum. Arguments: the bytes that were read (when others are
/// there by now, nothing happens), the number, milliseconds for a sum that has no end.
const redis::Script& plainNumberScript();

/// Sets the epoch unless the counters were lost since the rebuild began. Keys: rebuild, epoch. Arguments: the rebuild's
/// id, the epoch's value. Answers 1 when it is set, 0 when they were lost.
const redis::Script& endRebuildScript();

} // namespace affinity::store
