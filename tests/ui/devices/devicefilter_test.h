// Filters of the device list: what they ask and what their chips say.
#pragma once

#include <QObject>

namespace affinity::test {

class DeviceFilterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emptyFilterAsksForEveryBoundDevice();
    void everyConditionReachesTheQuery();
    void idleCountsBackSevenDays();
    void unboundAloneDoesNotNarrow();
    void chipsSayTheirCondition();
};

} // namespace affinity::test
