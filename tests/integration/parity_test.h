// The golden runs of the production service, on memory and on files and servers' databases that Django made.
#pragma once

#include "tests/support/databaseserver.h"

#include <QTest>

#include <map>
#include <memory>

namespace affinity::test {

class ParityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenRunIsEqualOnDjangosServer_data();
    void goldenRunIsEqualOnDjangosServer();
    void goldenRunIsEqualOnDjangosFile_data();
    void goldenRunIsEqualOnDjangosFile();
    void goldenRunIsEqualInMemory_data();
    void goldenRunIsEqualInMemory();
    void wrongOperationIsNamedWithItsLine();
    void cleanupTestCase();

private:
    std::map<QString, std::unique_ptr<DatabaseServer>> m_servers; ///< by kind, started on first use
};

} // namespace affinity::test
