// Tests of relays that die, kill -9, at each step of their work, or lose their store.
#pragma once

#include <QObject>

namespace affinity::test {

class CrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void everythingElseIsCompletedByAnother_data();
    void everythingElseIsCompletedByAnother();
};

/// Of relays whose connection to a server's store is cut.
class StoreLossTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void aRelayThatLosesItsStoreSendsNothingTwice();
};

} // namespace affinity::test
