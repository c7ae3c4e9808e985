// Words of the Devices screen: sources, reasons, notes and the snapshot.
#pragma once

#include <QObject>

namespace affinity::test {

class DeviceTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noteIsReadFromMetadataOnAStoreWithoutNotes();
    void unknownSourceIsShownAsItIs();
    void snapshotHoldsNumbersExactlyAndTimesInTheZone();
    void snapshotListsFindings();
};

} // namespace affinity::test
