// Why, in words: each outcome, cut and refusal has its sentence and its deciding step.
#pragma once

#include <QObject>

namespace affinity::test {

class WhyTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeChangeSaysNothingStoodInTheWay();
    void lossAndDecaySayWhatWasTaken();
    void eachCutNamesItsCause_data();
    void eachCutNamesItsCause();
    void eachRefusalNamesWhatStoodInTheWay_data();
    void eachRefusalNamesWhatStoodInTheWay();
    void openMomentSaysThatNothingStoodInTheWay();
    void momentThatWouldBeCutSaysByWhat();
    void unknownDrawIsSaidNotGuessed();
    void editedRuleIsSaid();
    void rowThatTodaysRulesDoNotGiveIsSaid();
    void rowOfAVanishedRuleIsSaid();
    void adjustmentNamesOperatorReasonAndTicket();
    void adjustmentCutByTheCeilingIsSaid();
    void reversalAndReversedRowNameEachOther();
    void timesAreInTheZone();
    void textFromDataIsMadeVisible();
    void stepsAreAlwaysEight();
};

} // namespace affinity::test
