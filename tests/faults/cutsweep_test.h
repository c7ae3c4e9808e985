// Tests that a connection may break at any message of an operation: nothing is lost, halved, doubled or told wrongly.
#pragma once

#include <QObject>

namespace affinity::test {

class CutSweepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void everyMessageMayBeTheLast();
    void everyByteMayBeTheLast();
    void serverLooksForClientsThatFellSilent();
    void everyMessageOfTheCountersMayBeTheLast();
};

} // namespace affinity::test
