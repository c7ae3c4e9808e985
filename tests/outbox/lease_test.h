// Tests of several relays on one store: one works at a time, and none sends what another may have overtaken.
#pragma once

#include <QObject>

namespace affinity::test {

class LeaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void twoRelaysSendEachPushOnce();
    void theLeaseMovesWhenItsHolderIsStopped();
    void aRelayThatWasHeldUpDropsWhatItClaimed();
    void aRelayThatWasHeldUpPutsNothingBack();
    void aSlowPassKeepsItsLease();
    void aRelayGivesWayToOneThatSendsTheRest();
    void anIdleLaneGivesTheLeaseBack();
    void anEndingLaneLeavesWhatItDidNotSend();
};

} // namespace affinity::test
