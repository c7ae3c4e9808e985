#include "tests/unit/base/lane_test.h"

#include "engine/base/lane.h"

#include <QTest>
#include <QThread>

#include <semaphore>
#include <thread>

using namespace affinity::base;

namespace affinity::test {

namespace {

/// Holds a lane's thread inside a job until release(); the constructor returns when the job has begun.
class HeldLane {
public:
    explicit HeldLane(Lane& lane) {
        const bool isAccepted = lane.post([this] {
            m_begun.release();
            m_released.acquire();
        });
        Q_ASSERT(isAccepted);
        m_begun.acquire();
    }
    void release() { m_released.release(); }

private:
    std::binary_semaphore m_begun{0};
    std::binary_semaphore m_released{0};
};

} // namespace

void LaneTest::jobsRunInOrderOnTheLanesOwnThread() {
    Lane lane(QStringLiteral("order"));
    std::vector<int> order;
    std::vector<QString> threadNames;
    for (int i = 0; i < 100; ++i) {
        QVERIFY(lane.post([&order, &threadNames, i] {
            order.push_back(i);
            threadNames.push_back(QThread::currentThread()->objectName());
        }));
    }
    lane.run<int>([] { return Result<int>(0); }).waitForFinished();
    QCOMPARE(order.size(), size_t{100});
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QVERIFY(std::all_of(threadNames.begin(), threadNames.end(),
                        [](const QString& name) { return name == QLatin1String("order"); }));
    QVERIFY(QThread::currentThread()->objectName() != QLatin1String("order"));
}

void LaneTest::futureGivesTheJobsResult() {
    Lane lane(QStringLiteral("result"));
    QCOMPARE(lane.run<int>([] { return Result<int>(42); }).result().value(), 42);
}

void LaneTest::futureGivesTheJobsError() {
    Lane lane(QStringLiteral("error"));
    const Error error{ErrorKind::NotFound, QStringLiteral("nothing here")};
    QCOMPARE(lane.run<int>([error] { return Result<int>(error); }).result().error(), error);
}

void LaneTest::jobBeyondTheQueueLimitIsRefusedAsBusy() {
    Lane lane(QStringLiteral("store"), 2);
    HeldLane held(lane);
    const auto first = lane.run<int>([] { return Result<int>(1); });
    const auto second = lane.run<int>([] { return Result<int>(2); });
    const auto third = lane.run<int>([] { return Result<int>(3); });
    QVERIFY(!lane.post([] {}));
    QVERIFY(third.isFinished()); // refused at once, while the others still wait
    QCOMPARE(third.result().error().kind, ErrorKind::Busy);
    QCOMPARE(third.result().error().what,
             QStringLiteral("The queue \"store\" is full (2 requests wait). Try again when it has caught up."));
    QVERIFY(!first.isFinished());
    held.release();
    QCOMPARE(first.result().value(), 1);
    QCOMPARE(second.result().value(), 2);
}

void LaneTest::futureCancelledBeforeItsTurnIsSkipped() {
    Lane lane(QStringLiteral("cancel"));
    HeldLane held(lane);
    bool hasRun = false;
    auto future = lane.run<int>([&hasRun] {
        hasRun = true;
        return Result<int>(1);
    });
    future.cancel();
    held.release();
    lane.run<int>([] { return Result<int>(0); }).waitForFinished();
    QVERIFY(!hasRun);
    QVERIFY(future.isCanceled());
}

void LaneTest::destructionFinishesTheRunningJobAndCancelsTheQueuedOnes() {
    bool hasFinished = false;
    bool hasQueuedRun = false;
    QFuture<Result<int>> queued;
    {
        Lane lane(QStringLiteral("end"), std::numeric_limits<int>::max());
        std::binary_semaphore begun(0);
        QVERIFY(lane.post([&] {
            begun.release();
            while (lane.post([] {})) // refused from the moment the destructor has begun
                std::this_thread::yield();
            hasFinished = true;
        }));
        begun.acquire();
        queued = lane.run<int>([&hasQueuedRun] {
            hasQueuedRun = true;
            return Result<int>(1);
        });
    }
    QVERIFY(hasFinished);
    QVERIFY(!hasQueuedRun);
    QVERIFY(queued.isCanceled());
    QVERIFY(queued.isFinished());
}

} // namespace affinity::test
