// The golden runs of the production service, on memory and on files that Django made.
#pragma once

#include <QTest>

namespace affinity::test {

class ParityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenRunIsEqualOnDjangosFile_data();
    void goldenRunIsEqualOnDjangosFile();
    void goldenRunIsEqualInMemory_data();
    void goldenRunIsEqualInMemory();
    void wrongOperationIsNamedWithItsLine();
};

} // namespace affinity::test
