// Tests of the outbox that every prepared SQL store has.
#pragma once

#include <QObject>

namespace affinity::test {

class OutboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void entriesStandOnlyWithTheirTransaction();
    void oneRelayHoldsTheLeaseAtATime();
    void aClaimTakesPushesInOrderAndOnce();
    void aClaimWithoutTheLeaseTakesNothing();
    void unclaimedPushesComeAgainInTheirPlace();
    void pushesOfARelayThatLostTheLeaseDoNotComeAgain();
    void claimsOfTheDeadAreForgotten();
    void confirmsAreListedByAgeAndRemovedByLogRow();
    void aDeliveryIsWrittenOnceForALevel();
    void deliveriesAreDueWhenTheyAre();
    void aSettledDeliveryIsNotSettledAgain();
    void aDeadDeliveryIsSentAgain();
    void deliveriesAreListedByPages();
    void figuresCountWhatWaits();
    void readersCannotChangeIt();
    void deliveriesCannotBeDeleted();
};

} // namespace affinity::test
