// Webhook: delivers rewards to an HTTP(S) address, signed, at least once.
#pragma once

#include "engine/rewards/connector.h"
#include "engine/rewards/webhooktarget.h"

#include <atomic>
#include <memory>

namespace affinity::rewards {

/// POSTs bodyOf() with the headers Idempotency-Key, X-Affinity-Attempt and X-Affinity-Signature. Certificates are
/// always checked, redirects are not followed, no proxy is used, no cookies are kept; the connection stays open between
/// deliveries. A delivery that may or may not have arrived is TryAgain, so a receiver may see a key several times,
/// within one attempt too (when the connection ends before an answer).
class Webhook final : public RewardConnector {
public:
    /// A wrong target is found by the first deliver(); settings ask checkTarget() before. `cancelled`, which any thread
    /// may set, ends a delivery within 0.1 s; it outlives this object. Any thread.
    explicit Webhook(WebhookTarget target, const std::atomic<bool>* cancelled = nullptr);
    /// On the thread that delivered, or after it has ended.
    ~Webhook() override;

    /// Blocks for at most the target's totalMs. Always on one thread, which needs no event loop; with one, its events
    /// are processed meanwhile. Nothing is sent to a target that checkTarget() finds wrong.
    DeliveryOutcome deliver(const Delivery& delivery, qint64 nowUs) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::rewards
