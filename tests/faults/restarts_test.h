// Tests that nothing is lost or doubled when the server dies under several writers.
#pragma once

#include <QObject>

namespace affinity::test {

class RestartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void nothingIsLostOrDoubledWhenTheServerIsKilled();
};

} // namespace affinity::test
