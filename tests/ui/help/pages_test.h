// Tests of the help pages: both languages alike, links that lead somewhere, words that are true.
#pragma once

#include <QObject>

namespace affinity::test {

class PagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothLanguagesHaveTheSamePages();
    void pagesAreAlikeInBothLanguages_data();
    void pagesAreAlikeInBothLanguages();
    void linksLeadToPages_data();
    void linksLeadToPages();
    void pagesRenderWithoutMarks_data();
    void pagesRenderWithoutMarks();
    void pagesHaveAReadableLength_data();
    void pagesHaveAReadableLength();
    void chineseHasNoStraySpaces();
    void commandsNamedExist();
    void everyScreenHasItsPage();
    void allWordsMustBeFound();
};

} // namespace affinity::test
