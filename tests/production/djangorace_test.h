// Tests of our callers beside a Django service that checks in Redis and writes later: ours never break a cap, and the
// checker names the rows of Django's that do.
#pragma once

#include <QObject>

namespace affinity::test {

class DjangoRaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void capThatDjangoBreaksIsNotBrokenByUs();
    void djangoThatHoldsTheRowIsWaitedFor();
    void manyOfBothLeaveOurRowsRight();
};

} // namespace affinity::test
