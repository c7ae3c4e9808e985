// What the window's banners say of counters and rewards, and who is said to hand rewards out.
#pragma once

#include <QObject>

namespace affinity::test {

class StoreNoticesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countersThatAnswerHaveNoBanner();
    void awayCountersRefuseEventsUnlessNobodyElseWrites();
    void lostCountersAreLeftToTheLog();
    void rewardsThatWereGivenUpAreCounted();
    void whoHandsRewardsOutFollowsTheConnection();
};

} // namespace affinity::test
