// Tests of the demo store: as large as promised, the same for the same date, and nothing in it that the service would
// not have written.
#pragma once

#include <QTemporaryDir>
#include <QTest>

namespace affinity::test {

class DemoStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void wholeStoreKeepsItsSize();
    void historyEndsAtTheLastMidnight();
    void populationIsBelievable();
    void nobodyActsBeforeBindingOrAfterUnbinding();
    void logIdsAscendWithTime();
    void sampledDevicesComeOutAsInTheService();
    void reconcileFindsNothing();
    void overviewAndLevelReportAreQuick();
    void accountsSignIn();
    void sameDateMakesTheSameRows();
    void oneDeviceAndOneDayAreEnough();
    void cancelLeavesNothing();
    void existingFileIsLeftAlone();

private:
    QString wholeStore() const { return m_folder.filePath(QStringLiteral("whole.sqlite")); }

    QTemporaryDir m_folder;
};

} // namespace affinity::test
