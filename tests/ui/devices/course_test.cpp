#include "tests/ui/devices/course_test.h"

#include "engine/base/clock.h"
#include "engine/base/isotime.h"
#include "engine/store/open.h"
#include "tests/ui/devices/demostore.h"
#include "ui/devices/devicelist.h"
#include "ui/shared/cells.h"

#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableView>
#include <QTest>

namespace affinity::test {

namespace {

constexpr qint64 dayUs = 86'400'000'000;

template<typename T> T answerOf(Answer<T> answer) {
    answer.waitForFinished();
    return answer.result().value();
}

/// 300,000 rows of 2,000 devices over 90 days, as many as the demo store has.
bool makeLargeStore(const QString& fileName, qint64 nowUs) {
    bool isGood = makeQuietStore(fileName);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("large"));
        database.setDatabaseName(fileName);
        isGood = isGood && database.open() && database.transaction();
        QSqlQuery query(database);
        query.prepare(QStringLiteral(
            "INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, event_id, "
            "reason, metadata, created_at, device_id, operator_admin_id, rule_id, user_id) "
            "VALUES ('chat_turn', 1, ?, ?, 'device_event', NULL, '', '{}', ?, ?, NULL, 1, ?)"));
        constexpr int rows = 300'000;
        for (int i = 0; isGood && i < rows; ++i) {
            const int device = i % demoDevices + 1;
            query.bindValue(0, i / demoDevices);
            query.bindValue(1, i / demoDevices + 1);
            query.bindValue(2, base::databaseTextFromTime(nowUs - 90 * dayUs + i * (90 * dayUs / rows)));
            query.bindValue(3, device);
            query.bindValue(4, device);
            isGood = query.exec();
        }
        isGood = isGood && database.commit();
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("large"));
    return isGood;
}

} // namespace

void CourseTest::initTestCase() {
    m_prototype.make(12);
}

void CourseTest::listShowsTheHistoryOfTheLog() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    const ui::DeviceModel& model = fixture->list().model();
    const int row = model.rowOf(demoDevice);
    const auto cell = [&] {
        return model.index(row, ui::DeviceModel::CourseColumn).data(ui::CellRole).value<ui::Cell>();
    };
    QTRY_COMPARE_WITH_TIMEOUT(cell().kind, ui::CellKind::Spark, screenWaitMs);
    std::vector<double> history;
    for (const service::ValuePoint& point : answerOf(fixture.engine->valueHistory(demoDevice, 30)))
        history.push_back(point.value);
    QCOMPARE(history.size(), size_t(31));
    QVERIFY(history.back() > history[20]);
    QCOMPARE(cell().points, history);
}

void CourseTest::courseBeginsWithTheBinding() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    // Bound 20 days ago, one row 10 days ago; the first has no row at all, the last is not in the store.
    const auto courses =
        answerOf(fixture.engine->courses({base::DeviceId{2}, unboundDevice, base::DeviceId{999'999}}, 30));
    QCOMPARE(courses.size(), size_t(2));
    QCOMPARE(courses[0].points.size(), size_t(31));
    for (const service::ValuePoint& point : courses[0].points)
        QCOMPARE(point.value, courses[0].points.back().value);
    QCOMPARE(courses[1].id, unboundDevice);
    auto history = answerOf(fixture.engine->valueHistory(unboundDevice, 30));
    history.back().timeUs = courses[1].points.back().timeUs; // "now" of two questions
    QCOMPARE(courses[1].points, history);
    QCOMPARE(courses[1].points.size(), size_t(21));
    QCOMPARE(courses[1].points.front().value, 40);
    QCOMPARE(courses[1].points.back().value, 42);
}

void CourseTest::limitsAreRefusedBeforeAnythingIsRead() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    for (const int days : {0, 367}) {
        auto answer = fixture.engine->courses({demoDevice}, days);
        answer.waitForFinished();
        QVERIFY(!answer.result().isOk());
        QCOMPARE(answer.result().error().kind, base::ErrorKind::InvalidInput);
    }
}

void CourseTest::hundredCoursesOfALargeStoreAreReadInTime() {
    const QTemporaryDir folder;
    const QString fileName = folder.filePath(QStringLiteral("large.sqlite"));
    const base::SystemClock clock;
    QVERIFY(makeLargeStore(fileName, clock.nowUs()));
    const auto opened = store::open(QStringLiteral("sqlite:") + fileName, {.access = store::Access::Read}, clock);
    QVERIFY(opened.isOk());
    std::vector<base::DeviceId> ids;
    for (int id = 1; id <= 100; ++id)
        ids.push_back(base::DeviceId{id});
    qint64 bestUs = std::numeric_limits<qint64>::max();
    for (int run = 0; run < 5; ++run) { // the machine may be busy: the best of five says what the work costs
        QElapsedTimer timer;
        timer.start();
        const auto courses = service::courses(**opened, ids, 30);
        bestUs = std::min(bestUs, timer.nsecsElapsed() / 1000);
        QVERIFY(courses.isOk());
        QCOMPARE(courses->size(), size_t(100));
        QCOMPARE(courses->front().points.size(), size_t(31));
    }
    qInfo("100 courses of 30 days over 300,000 rows: %.1f ms", static_cast<double>(bestUs) / 1000);
    QVERIFY2(bestUs < 50'000, qPrintable(QStringLiteral("%1 us").arg(bestUs)));
}

void CourseTest::narrowWindowHasNoCourse() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype, {1280, 720}));
    QVERIFY(fixture.child<QTableView>("deviceTable")->isColumnHidden(ui::DeviceModel::CourseColumn));
}

} // namespace affinity::test
