// Tests of relays that die, kill -9, at each step of their work.
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
    void aRelayThatLosesItsStoreSendsNothingTwice();
};

} // namespace affinity::test
