// Tests of the windows of the help: pages, log, About, and the desk that opens them.
#pragma once

#include <QObject>

namespace affinity::test {

class HelpWindowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void f1OpensThePageOfTheScreen();
    void linksAreFollowedWithinTheHelpOnly();
    void backAndForwardGoThroughTheHistory();
    void searchNarrowsTheList();
    void aChangeOfLanguageKeepsThePage();
    void aChangeOfThemeRecolours();
    void theLogIsFiltered();
    void scrollingUpStopsFollowing();
    void chosenLinesAreCopied();
    void theLogIsSavedWholeAndMasked();
    void anEmptyLogSaysSo();
    void aboutNamesLicenceAndComponents();
    void componentsAreThoseTheProgramIsLinkedWith();
    void diagnosticsNameWhatMaintainersNeed();
    void copyingDiagnosticsIsAnnounced();
    void everyControlHasAName();
};

} // namespace affinity::test
