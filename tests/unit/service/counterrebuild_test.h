// Tests of the rebuild of lost counters: all devices, raised only, previewed, cancelled, lost again meanwhile.
#pragma once

#include <QObject>

namespace affinity::test {

class CounterRebuildTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void rebuildRestoresWhatTheEventsHadCounted();
    void rebuildNeverLowers();
    void longCooldownFromYesterdayIsRaised();
    void previewListsWhatWouldBeRaisedAndWritesNothing();
    void rebuildBeginsAnewWhenCountersAreLostMeanwhile();
    void cancelledRebuildIsNotWhole();
    void garbageIsNamedAndLeftAlone();
    void conflictIsTriedAgainAndOtherErrorsEndIt();
    void rowThatWaitsForItsConfirmCountsOnce();
};

} // namespace affinity::test
