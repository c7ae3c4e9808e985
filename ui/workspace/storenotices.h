// What the window says of a store's servers: who hands rewards out, and the banners while something is lost or stuck.
#pragma once

#include "engine/engine.h"
#include "ui/shared/banner.h"

#include <QString>

#include <optional>

namespace affinity::ui {

/// Who gives the users what a level's rewards promise.
enum class RewardHandler {
    None,      ///< the store keeps no deliveries
    Reader,    ///< this connection only reads; others send
    Ledger,    ///< the delivery's row in the store is the reward
    Webhook,   ///< they are sent to an address
    Unassigned ///< nobody is named yet, and they wait
};

/// Of what is open. GUI thread, as all here.
RewardHandler rewardHandler(const Connection& connection, const store::StoreInfo& info);
/// The host that rewards are sent to, as the connection names it; empty without a webhook.
QString rewardHost(const Connection& connection);

/// The banner while the counters are away, lost or being rebuilt, with the reason; nothing: all is well, or none are
/// outside. Its action shows the Overview.
std::optional<BannerText> countersNotice(const CounterStatus& status, const Connection& connection);

/// The banner while rewards are given up; nothing: none is.
std::optional<BannerText> rewardsNotice(const OutboxStatus& status);

} // namespace affinity::ui
