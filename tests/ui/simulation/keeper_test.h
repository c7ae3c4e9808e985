// Tests of the keeper of drafts: what is on disk and when, whose drafts are offered, and death by kill -9.
#pragma once

#include <QObject>

#include <optional>

namespace affinity::test {

class KeeperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unsavedEditsAreOnDiskWithinASecond();
    void savedUndoneAndDiscardedDraftsLeaveNothing();
    void editsThatWereNotDiscardedSurviveTheEndOfTheWindow();
    void draftOfALivingProgramIsNotOffered();
    void damagedDraftIsPutAside();
    void draftOfANewerVersionStaysUntouched();
    void unwritableFolderIsSaidOnceAndWorkGoesOn();
    void discardedLeftoverIsBroughtBack();
    void changedSourceFileIsTold();
    void largeScenarioIsWrittenBesideTheWindow();
    void adoptedDraftIsKeptOnAndGoesWhenItIsSaved();
    void killedProgramsDraftIsOfferedWithItsChangesAndRestored();
    void killedInTheMiddleOfEditsLeavesAStateThatExisted();
    void severalDraftsAreListedNewestFirst();
    void draftAndOfferSurviveASwitchOfLanguage();
    void deleteAloneDeletesNothing();
};

/// The program run as a child that edits until it is killed; nothing for other arguments.
std::optional<int> runEditingChild(int argumentCount, char** arguments);

} // namespace affinity::test
