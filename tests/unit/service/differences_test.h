// Tests of the deliberate differences from the straight-line service, D1 to D10, each by its number.
#pragma once

#include <QObject>

namespace affinity::test {

class DifferencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void d1DecayDoesNotCountAsActivity();
    void d2LimitsHoldWithSeveralWritersAndNoCommonCounters();
    void d3GrantsAreWrittenWithTheValueOrNotAtAll();
    void d4BindingIsCheckedAgainUnderTheLock();
    void d4CooldownIsCheckedAgainUnderTheLock();
    void d4EditOfARuleForgetsOlderRowsButNotARunningCooldown();
    void d5SameIdWithOtherContentIsNamed();
    void d5SameContentInAnotherOrderIsNoConflict();
    void d6FailingCountersNeverUndoAnAppliedChange();
    void d7SourcesAreConfigurable();
    void d8LocalDayIsTakenOnce();
    void d9PushesAreNamedInTheirOrder();
    void d10EditOfTheZoneOpensNoCap();
};

} // namespace affinity::test
