// RelayLane: the thread that sends what the store's outbox holds, with connections of its own.
#pragma once

#include "engine/engine.h"
#include "engine/redis/target.h"
#include "engine/rewards/webhooktarget.h"
#include "engine/service/outboxentries.h"
#include "engine/store/outbox.h"
#include "engine/store/rediscounters.h"
#include "engine/store/store.h"

#include <functional>
#include <memory>
#include <optional>

namespace affinity {

/// What the lane's connections are made of. The functions are called on the lane.
struct RelaySetup {
    std::function<base::Result<std::unique_ptr<store::Store>>()> openStore; ///< to write; the store must have an outbox
    std::function<base::Result<std::unique_ptr<store::RedisCounters>>()> openCounters; ///< empty: none outside
    std::optional<redis::Target> pushes;                                               ///< empty: nobody is told
    std::optional<rewards::WebhookTarget> webhook; ///< empty: rewards wait, or the ledger has them
    /// Called on the lane when what waits has changed since the last pass; may be empty, must not block.
    std::function<void(const store::OutboxFigures&, const std::optional<base::Error>&)> changed;
};

/// What a service on that store has its outbox hold for the connection's ends; its `written` is left empty.
service::OutboxUse outboxUseOf(const Connection& connection, const store::StoreInfo& info);

/// Whether rewards can be sent where the connection says. Errors: InvalidInput.
base::Result<void> checkRewardUrl(const Connection& connection);

/// The connection's ends; `clock` and `connection` outlive the lane. Errors: InvalidInput, of a URL.
base::Result<RelaySetup> relaySetupOf(const Connection& connection, const base::Clock& clock);

/// Redis of the connection's channel layer; nothing when it names none. Errors: InvalidInput.
base::Result<std::optional<redis::Target>> pushTargetOf(const Connection& connection);

/// Sends after each commit that written() tells of, and whenever wake() says that something may have become due. Any
/// thread.
class RelayLane {
public:
    /// How long finish() waits at most.
    static constexpr int finishMs = 5000;

    explicit RelayLane(RelaySetup setup);
    /// Breaks off what is being sent; what was not sent stays in the outbox.
    ~RelayLane();
    RelayLane(const RelayLane&) = delete;
    RelayLane& operator=(const RelayLane&) = delete;

    /// What a service's OutboxUse::written calls. Never blocks.
    void written(base::LogId logId, bool isCounted);
    /// Has a pass made soon, unless one is about to be. Never blocks.
    void wake();
    /// Sends until nothing is left that can be sent, at most for finishMs; answers what still waits. For the end of a
    /// command.
    base::Result<store::OutboxFigures> finish();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity
