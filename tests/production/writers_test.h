// Tests of many writers on few devices: whatever they saw, one writer after the other could have seen.
#pragma once

#include <QObject>

namespace affinity::test {

class WritersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void everyHistoryIsExplicable_data();
    void everyHistoryIsExplicable();
    void tamperedHistoryIsNoticed();
};

} // namespace affinity::test
