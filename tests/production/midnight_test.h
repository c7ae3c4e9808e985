// Tests of midnight on real servers, for a sample of time zones: a daily cap opens at the day's first instant there,
// too.
#pragma once

#include <QObject>

namespace affinity::test {

class ServerMidnightTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void capOpensAtMidnightInOddZones();
};

} // namespace affinity::test
