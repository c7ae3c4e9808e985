// Saved filters: what is kept, what is refused, and what becomes of a damaged file.
#pragma once

#include <QObject>

namespace affinity::test {

class SavedFiltersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMemberComesBackFromTheFile();
    void namesAreUniqueWithoutRegardToCase();
    void builtInFiltersCannotBeTouched();
    void renamedFilterKeepsItsConditions();
    void updateChangesOnlyTheOneNamed();
    void damagedFileIsKeptAside_data();
    void damagedFileIsKeptAside();
    void secondDamagedFileGetsAnotherName();
    void fileOfANewerProgramIsNotTouched();
    void twoWindowsLoseNothingOfEachOther();
    void fileThatCannotBeReadStaysAsItIs();
    void fileThatCannotBeWrittenChangesNothing();
    void withoutAFileSavingIsRefused();
};

} // namespace affinity::test
