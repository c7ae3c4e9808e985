// The courses in the list: what the log says, in time for a page of devices on a large store.
#pragma once

#include "tests/ui/devices/screenfixture.h"

#include <QObject>

namespace affinity::test {

class CourseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void listShowsTheHistoryOfTheLog();
    void courseBeginsWithTheBinding();
    void limitsAreRefusedBeforeAnythingIsRead();
    void hundredCoursesOfALargeStoreAreReadInTime();
    void narrowWindowHasNoCourse();

private:
    ScreenPrototype m_prototype;
};

} // namespace affinity::test
