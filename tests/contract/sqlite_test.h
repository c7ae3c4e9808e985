// Tests of what only an SQLite file can show: its bytes, its locks, damage, a full disk, migrations, query plans.
#pragma once

#include <QObject>

namespace affinity::test {

class SqliteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void djangosDemoRowsAreRead();
    void rowsAreStoredAsDjangoStoresThem();
    void readOnlyOpeningChangesNoByte();
    void lockedDatabaseIsBusyWithinTheTimeout();
    void randomBytesAreDamaged();
    void truncatedFileIsDamaged();
    void missingFileIsNotFound();
    void folderIsNoStore();
    void missingTableIsNamed();
    void missingColumnIsNamed();
    void missingDecayColumnsSwitchDecayOff();
    void newerSchemaIsRefused();
    void failingGrantLeavesTheRest();
    void fullDatabaseKeepsWhatWasThere();
    void eightThreadsLoseNothing();
    void notesAreNeverChanged();
    void createEmbeddedRefusesAnExistingFile();
    void createEmbeddedHasProductionsShape();
    void preparationIsShownAndThenDone();
    void urlsAreUnderstoodOrRefusedByName_data();
    void urlsAreUnderstoodOrRefusedByName();
    void releasedMigrationsAreFrozen();
    void listsAndLookUpsUseIndexes_data();
    void listsAndLookUpsUseIndexes();
    void engineStatementsUseIndexes_data();
    void engineStatementsUseIndexes();
    void copyHoldsEveryRow();
    void copyIntoAFilledStoreIsRefused();
};

} // namespace affinity::test
