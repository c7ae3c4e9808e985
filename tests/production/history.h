// The history of a store as its callers saw it, and whether one caller after the other could have seen the same.
#pragma once

#include "engine/service/applyresult.h"
#include "engine/service/requests.h"
#include "tests/production/storerows.h"

#include <QByteArrayList>

#include <map>
#include <variant>

namespace affinity::test {

/// Binding a device again, or unbinding it.
struct BindRequest {
    base::DeviceId deviceId;
    bool isBound = true;
};

/// One call with what became of it (nothing for a BindRequest), and when by the store's clock it began and ended.
struct Recorded {
    std::variant<service::ApplyRequest, service::AdjustRequest, BindRequest> request;
    service::ApplyResult result;
    qint64 startUs = 0;
    qint64 endUs = 0;
};

/// What no order of the calls explains, a sentence each; empty: nothing.
///
/// Every row is one call's and as its result says. The rows of each device, in the order of their ids, are what the
/// straight-line model answers to the same calls with the same draws at the same times. Every refusal has its reason at
/// some time while the call lasted: a row within the cooldown or the event's window, a day's sum at its cap, a value at
/// its bound, an unbound device. `openings`: the value each device began with. The rows need their notes.
QByteArrayList inexplicable(const std::vector<Recorded>& history, const StoreRows& rows,
                            const std::map<qint64, int>& openings);

} // namespace affinity::test
