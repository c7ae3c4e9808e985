#include "ui/workspace/storenotices.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"

#include <QCoreApplication>
#include <QUrl>

namespace affinity::ui {
namespace {

constexpr qsizetype longestHost = 40;
constexpr qsizetype longestReason = 200;

struct StoreNoticeWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::StoreNotice)
};

/// Redis does not answer. What that means depends on who else writes.
BannerText countersAreAway(const Connection& connection) {
    BannerText notice;
    notice.tone = Tone::Danger;
    notice.what = StoreNoticeWords::tr("Redis does not answer.");
    if (connection.isReadOnly) {
        notice.tone = Tone::Warn;
        notice.meaning = StoreNoticeWords::tr("Values, levels and the log come from the store and stay right.");
    } else if (connection.isOnlyWriter) {
        notice.tone = Tone::Warn;
        notice.meaning = StoreNoticeWords::tr("Events go on: the log alone holds the limits until it answers.");
    } else {
        notice.meaning = StoreNoticeWords::tr(
            "Events are refused until it answers, since another writer goes by its counters. Adjustments still work.");
    }
    return notice;
}

} // namespace

RewardHandler rewardHandler(const Connection& connection, const store::StoreInfo& info) {
    if (!info.hasOutbox)
        return RewardHandler::None;
    if (isLedger(connection, info))
        return RewardHandler::Ledger;
    if (connection.isReadOnly)
        return RewardHandler::Reader;
    return connection.rewardUrl.isEmpty() ? RewardHandler::Unassigned : RewardHandler::Webhook;
}

QString rewardHost(const Connection& connection) {
    return visibleText(QUrl(connection.rewardUrl).host(), longestHost);
}

std::optional<BannerText> countersNotice(const CounterStatus& status, const Connection& connection) {
    BannerText notice;
    notice.tone = Tone::Warn;
    switch (status.state) {
    case CounterState::InProcess:
    case CounterState::Whole:
        return std::nullopt;
    case CounterState::Unreachable:
        notice = countersAreAway(connection);
        break;
    case CounterState::Lost:
        notice.what = StoreNoticeWords::tr("Redis lost its counters.");
        notice.meaning = StoreNoticeWords::tr(
            "The log holds the limits here. A service beside this program allows too much until the counters are "
            "raised to the log.");
        break;
    case CounterState::Rebuilding:
        notice.what = StoreNoticeWords::tr("The counters are being rebuilt.");
        notice.meaning = StoreNoticeWords::tr(
            "Redis had lost them, and they are raised to the log. The log holds the limits meanwhile.");
        break;
    }
    if (status.error)
        notice.meaning = joinedText(notice.meaning, visibleText(errorText(*status.error), longestReason));
    notice.action = StoreNoticeWords::tr("Show health");
    return notice;
}

std::optional<BannerText> rewardsNotice(const OutboxStatus& status) {
    const qint64 dead = status.waiting.rewardsDead;
    if (dead <= 0)
        return std::nullopt;
    BannerText notice;
    notice.tone = Tone::Danger;
    notice.what = StoreNoticeWords::tr("%n reward(s) were not delivered.", nullptr, static_cast<int>(dead));
    notice.meaning = StoreNoticeWords::tr("They are not tried again by themselves. The list says why.");
    notice.action = StoreNoticeWords::tr("Show them");
    notice.isDismissible = true;
    return notice;
}

} // namespace affinity::ui
