// Replay: runs a recorded file of operations through the engine and writes what it answered, line by line.
#pragma once

#include "engine/base/clock.h"
#include "engine/service/affinityservice.h"

#include <QIODevice>

namespace affinity::service {

/// Runs operations, one JSON object a line, and writes one JSON result a line in the golden files' form.
/// `virtualClock`, if given, is set to each line's "now"; it must be the clock of the service's store and counters.
/// A bad line ends the run with InvalidInput that names the line. Returns the number of operations.
base::Result<qint64> replay(AffinityService& service, base::VirtualClock* virtualClock, QIODevice& events,
                            QIODevice& results);

/// Tables and counters as the golden states hold them: metadata and rewards are texts of PostgreSQL's jsonb form, so
/// that states of different stores compare equal.
base::Result<base::Json> replayState(store::Store& store, store::Counters& counters);

/// A JSON value as PostgreSQL's jsonb shows it: members by length of their name, then by bytes.
base::Json jsonbOrder(const base::Json& value);

} // namespace affinity::service
