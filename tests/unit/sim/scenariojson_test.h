// Tests of scenario files: what is read, what is refused with which words, and the way back.
#pragma once

#include <QObject>

namespace affinity::test {

class ScenarioJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shippedScenariosAreRead_data();
    void shippedScenariosAreRead();
    void everyMemberIsRead();
    void optionalMembersHaveDefaults();
    void largestSeedIsReadExactly();
    void histogramAndSnapshotAreRead();
    void calendarEntryMayBuildOnAnEarlierOne();
    void badFileIsRefusedInPlainWords_data();
    void badFileIsRefusedInPlainWords();
    void writtenScenariosAreReadBackEqual();
};

} // namespace affinity::test
