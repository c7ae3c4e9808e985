// Several processes at once on one file, each with empty counters of its own: the log is the fence.
#pragma once

#include <QTest>

namespace affinity::test {

class ProcessesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneEventIdHasOneEffectFromEightProcesses();
    void aCapOfFortyGivesExactlyFortyPoints();
    void oneOperationIdAdjustsOnce();
};

} // namespace affinity::test
