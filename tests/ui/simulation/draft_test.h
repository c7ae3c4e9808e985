// Tests of the draft: undo and redo, steps that merge, findings at their fields, what differs from the baseline.
#pragma once

#include <QObject>

namespace affinity::test {

class DraftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoingAllGivesTheOriginalAndRedoingAllTheEdited();
    void movesOfOneKnobAreOneStep();
    void movingBackToTheStartLeavesNoStep();
    void fieldsReadBackWhatTheyWrite();
    void findingNamesTheMemberAndStandsAtItsField();
    void everyFindingIsListedNotOnlyTheFirst();
    void unreadableTextIsAFindingUntilItIsMended();
    void whatOnlyAFileRefusesIsFoundToo();
    void resetPutsTheBaselineBack();
    void renamedRuleIsRenamedEverywhere();
    void removedRuleLeavesNoTrace();
    void movedRuleIsNotAChangeOfItsNumbers();
    void savedStepIsClean();
};

} // namespace affinity::test
