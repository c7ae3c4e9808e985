// Tests of compare(): pairs devices as two separate runs would, and its band is narrow and honest.
#pragma once

#include <QObject>

namespace affinity::test {

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comparisonIsTwoRunsPairedByDevice();
    void everyDayIsItsPairedDifference();
    void threadsAndChunksChangeNothing();
    void sameScenarioDiffersNowhere();
    void differentRulesAndPersonasAreCompared();
    void gainersAreTheBiggestAndInOrder();
    void unequalPopulationsAreRefused_data();
    void unequalPopulationsAreRefused();
    void wrongScenarioIsNamed();
    void cancelEndsTheComparison();
    void progressRisesToOne();
    void commonRandomNumbersNarrowTheBand();
    void bandsCoverTheirExpectation_data();
    void bandsCoverTheirExpectation();
};

} // namespace affinity::test
