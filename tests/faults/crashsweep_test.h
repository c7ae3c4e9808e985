// Tests that a client, a server or Redis may die at any step of an operation.
#pragma once

#include <QObject>

namespace affinity::test {

class CrashSweepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void everyStepMayBeTheLast();
};

} // namespace affinity::test
