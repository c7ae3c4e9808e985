// Tests of one event id that is sent a thousand times, by eight callers at once.
#pragma once

#include <QObject>

namespace affinity::test {

class DuplicatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void eventSentAThousandTimesCountsOnce_data();
    void eventSentAThousandTimesCountsOnce();
};

} // namespace affinity::test
