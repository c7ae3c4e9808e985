// Tests of RecentItems.
#pragma once

#include <QObject>

namespace affinity::test {

class RecentItemsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNewestComesFirstAndOnce();
    void onlyTheLastTwelveOfAKindAreKept();
    void eachStoreHasItsOwn();
    void theyAreThereAtTheNextStart();
    void whatIsNoItemIsLeftOut();
    void clearingForgetsAllStoresAndCanBeUndone();
};

} // namespace affinity::test
