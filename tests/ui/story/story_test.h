// The story: find a device, read why, preview, commit, receipt, reverse, simulate; by keyboard only.
#pragma once

#include <QTest>

namespace affinity::test {

class StoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void supportFixesADeviceAndADesignerSimulatesByKeyboard_data();
    void supportFixesADeviceAndADesignerSimulatesByKeyboard();
    void everyStateIsNamedReachableAndUncut_data();
    void everyStateIsNamedReachableAndUncut();
    void everyScreenAnswersWhileItWorks();
    void aStoreThatIsNotThereIsExplained();
};

} // namespace affinity::test
