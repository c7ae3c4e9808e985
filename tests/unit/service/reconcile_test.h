// Tests of reconcile: what the engine writes fits; what was planted is found and named.
#pragma once

#include <QObject>

namespace affinity::test {

class ReconcileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void storeThatTheEngineWroteFits();
    void plantedFaultIsFound_data();
    void plantedFaultIsFound();
    void hostileRowsDoNotOverflow();
    void oneDeviceAndCancel();
    void countersThatTheEngineToldFit();
    void counterThatDiffersIsFound_data();
    void counterThatDiffersIsFound();
    void confirmOnItsWayIsNoFinding();
    void countersThatCannotBeAskedAreSaidOnce();
};

} // namespace affinity::test
