// Tests that the checker notices: a store as the engine leaves it has no violation, and each planted defect is named.
#pragma once

#include <QObject>

namespace affinity::test {

class InvariantsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void storeOfTheEngineHasNoViolation();
    void plantedDefectIsNamed_data();
    void plantedDefectIsNamed();
    void plantedCounterIsNamed_data();
    void plantedCounterIsNamed();
    void unconfirmedRowMayBeMissing();
    void rowOfAnotherApplicationIsToldFromOurs();
};

} // namespace affinity::test
