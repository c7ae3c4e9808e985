// Tests of Lane: order, the queue's limit, cancelled jobs, and what its destruction leaves behind.
#pragma once

#include <QObject>

namespace affinity::test {

class LaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsRunInOrderOnTheLanesOwnThread();
    void futureGivesTheJobsResult();
    void futureGivesTheJobsError();
    void jobBeyondTheQueueLimitIsRefusedAsBusy();
    void futureCancelledBeforeItsTurnIsSkipped();
    void destructionFinishesTheRunningJobAndCancelsTheQueuedOnes();
};

} // namespace affinity::test
