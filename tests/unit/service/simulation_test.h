// The simulator against the engine: every simulated event, applied by AffinityService on the memory store, ends the
// same.
#pragma once

#include <QTest>

namespace affinity::test {

class SimulationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySimulatedEventEndsAsInTheService();
};

} // namespace affinity::test
