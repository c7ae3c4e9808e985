// Tests of horizon: days, hours, calendar and the checks before a run.
#pragma once

#include <QObject>

namespace affinity::test {

class HorizonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dayOfSpringChangeHas23Hours();
    void dayOfAutumnChangeHas25Hours();
    void skippedDateHasNoSeconds();
    void startOnSkippedDateIsRefused();
    void clocksTurnedBackOverMidnightAreRefused();
    void calendarEntriesGiveOneRegimeForEachCombination();
    void laterCalendarEntryWins();
    void rateFactorMovesTheRuleChoice();
    void deletedRulesAreLeftOut();
    void levelZeroIsAlwaysCounted();
    void wideValuesShareHistogramBins();
    void wrongMembersAreNamed_data();
    void wrongMembersAreNamed();
};

} // namespace affinity::test
