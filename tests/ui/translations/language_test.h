// The window in both languages: nothing stays in the other one, nothing the user did is lost, nothing is left behind.
#pragma once

#include <QTest>

namespace affinity::test {

class LanguageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void numbersAndDatesFollowTheLanguage();
    void engineMessagesAreTranslatedByTheirTemplates();
    void unknownMessagesStayAsTheyAre();
    void theChoiceIsKept();
    void everyTextOfEveryScreenIsChinese();
    void editsFiltersAndResultsOutliveTheSwitch();
    void fiftySwitchesLeaveNothingBehind();
};

} // namespace affinity::test
