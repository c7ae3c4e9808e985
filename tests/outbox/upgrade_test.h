// Tests of embedded stores that an older version of this program made.
#pragma once

#include <QObject>

namespace affinity::test {

class UpgradeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writersBringItUpToDateTogether();
    void threadsOpenItTogether();
    void aReaderLeavesItAsItIs();
};

} // namespace affinity::test
