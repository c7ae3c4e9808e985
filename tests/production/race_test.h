// Tests of eight callers that queue on a row somebody else holds: every cap, window and grant holds when it is
// released.
#pragma once

#include <QObject>

namespace affinity::test {

class RaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void ruleCapHolds_data() { counterRows(); }
    void ruleCapHolds();
    void whatWasUsedBeforeCounts_data() { counterRows(); }
    void whatWasUsedBeforeCounts();
    void globalCapHoldsOverTwoRules_data() { counterRows(); }
    void globalCapHoldsOverTwoRules();
    void cooldownHolds_data() { counterRows(); }
    void cooldownHolds();
    void eventCountsOnce_data() { counterRows(); }
    void eventCountsOnce();
    void eventForTwoDevicesCountsOnce_data() { counterRows(); }
    void eventForTwoDevicesCountsOnce();
    void levelIsGrantedOnce_data() { counterRows(); }
    void levelIsGrantedOnce();
    void adjustmentsAndEventsDoNotDisturbEachOther_data() { counterRows(); }
    void adjustmentsAndEventsDoNotDisturbEachOther();
    void unboundDeviceTakesNothing_data() { counterRows(); }
    void unboundDeviceTakesNothing();

private:
    static void counterRows();
};

} // namespace affinity::test
