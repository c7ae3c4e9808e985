// Tests of the editor: forms and lists by keyboard, findings that lead to their field, files, discarding, storylines.
#pragma once

#include <QObject>

namespace affinity::test {

class EditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void designerComparesAChangedCapByKeyboard();
    void errorIsShownAtItsFieldWhileTyping();
    void findingLeadsToItsField();
    void rulesAreAddedMovedAndRemovedInOneStepEach();
    void rewardsOfALevelAreEdited();
    void hourBarsChangeTheProfile();
    void savedScenarioOpensEqual();
    void discardingAsksFirst();
    void cancelledDiscardKeepsTheDraft();
    void storylineShowsTheEventsOfTheEngine();
    void gainerLeadsToItsStoryline();
    void everyControlOfTheEditorHasAName();
};

} // namespace affinity::test
