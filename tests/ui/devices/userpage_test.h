// The page of a user: what it shows, and every way there and back by keyboard.
#pragma once

#include "tests/ui/devices/screenfixture.h"

#include <QObject>

namespace affinity::test {

class UserPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pageShowsUnboundBindingsAndTheLogOfAll();
    void keysLeadFromADeviceToItsUserToAnotherDeviceAndBack();
    void searchForAUsernameOffersThePage();
    void textThatNamesNobodyOffersNobody();
    void listStaysAndCanShowTheBindings();
    void choiceInTheListLeavesThePage();
    void refreshReadsThePageAgain();
    void unknownUserIsAnErrorWithAWayBack();
    void rowsOfAUserAreReversedElsewhere();

private:
    ScreenPrototype m_prototype;
};

} // namespace affinity::test
