// Saved filters on the screen: save, apply, change, rename, delete and take back, by keyboard.
#pragma once

#include "tests/ui/devices/screenfixture.h"

#include <QObject>

namespace affinity::test {

class SavedFilterBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void emptyMenuSaysHowToSaveOne();
    void filterIsSavedAndAppliedByKeyboard();
    void takenNameIsRefusedAndTheFormStays();
    void changedFilterOffersToUpdateItself();
    void builtInFilterOffersNoUpdate();
    void deletingCanBeTakenBackFromTheMenuAndTheToast();
    void sortBelongsToTheFilter();
    void damagedFileIsSaidInABanner();

private:
    ScreenPrototype m_prototype;
};

} // namespace affinity::test
