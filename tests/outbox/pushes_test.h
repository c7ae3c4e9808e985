// Tests of what clients are told: each change at most once, in the order of a device's commits.
#pragma once

#include <QObject>

namespace affinity::test {

class PushesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void eachChangeIsToldOnceInOrder();
    void pushesWaitForAChannelLayerThatIsAway();
    void aCutPushIsNeverSentTwice_data();
    void aCutPushIsNeverSentTwice();
    void aDamagedRowIsPassedOver();
    void aRelayWithoutTheRightDropsNothing();
};

} // namespace affinity::test
