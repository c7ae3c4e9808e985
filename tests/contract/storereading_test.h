// Tests of what people ask every store: search, pages, rules, staff; and of the edits beside the engine.
#pragma once

#include <QObject>

namespace affinity::test {

class StoreReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void infoSaysWhatTheStoreIs();
    void ruleSetHoldsEverythingSorted();
    void deviceHasItsUser();
    void unknownDeviceIsNothing();
    void searchFindsExactlyOrByFragment_data();
    void searchFindsExactlyOrByFragment();
    void filtersNarrowTheList_data();
    void filtersNarrowTheList();
    void devicePageHasItsLimits();
    void logPagesGoBothWays();
    void logIsFoundByEventId();
    void logOfAUserHoldsAllBindings();
    void usersAreFoundByIdAndName();
    void valuesAtTimesComeFromTheNearestRow();
    void logTimesAreHalfOpen();
    void logPageHasItsLimits();
    void bindingsAfterAnIdAscend();
    void logOfSourceIsFoundWithinItsTime();
    void operatorsHaveTheirRoles();
    void ruleEditChangesTheLiveRule();
    void ruleEditThatBreaksABoundIsRefused();
    void settingEditChangesOnlyWhatIsGiven();
    void bindAndUnbindAnswerOneRowEvenWhenNothingChanges();
    void secondActiveBindingOfASerialIsRefused();
};

} // namespace affinity::test
