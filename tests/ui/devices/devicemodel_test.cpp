#include "tests/ui/devices/devicemodel_test.h"

#include "tests/ui/devices/scriptedsource.h"
#include "ui/devices/devicemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

using ui::DeviceModel;
using Source = ScriptedSource<store::DeviceQuery, store::DevicePage>;

namespace {

constexpr qint64 nowUs = 1'800'000'000'000'000;
constexpr qint64 lastId = 1'000; // of the imagined store: bindings 1 to 1,000

store::DeviceCursor cursorAt(qint64 id) {
    store::DeviceCursor cursor;
    cursor.id = base::DeviceId{id};
    return cursor;
}

/// Bindings first … first + count - 1, as a store that holds 1 to lastId answers.
store::DevicePage page(qint64 first, int count) {
    store::DevicePage result;
    for (qint64 id = first; id < first + count; ++id) {
        store::DeviceRow row;
        row.binding.id = base::DeviceId{id};
        row.binding.nickname = QStringLiteral("device %1").arg(id);
        row.binding.lastActiveAtUs = nowUs - 300'000'000;
        result.rows.push_back(row);
    }
    if (first > 1)
        result.previous = cursorAt(first);
    if (first + count - 1 < lastId)
        result.next = cursorAt(first + count - 1);
    return result;
}

/// A model with the tester on it and its first page loaded.
struct Loaded {
    Source source;
    DeviceModel model{source, [] { return nowUs; }, 6};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Loaded() {
        model.setQuery({});
        source.answer(0, page(1, 100));
    }
    qint64 idOfRow(int row) const { return model.rowAt(row)->binding.id.value; }
    /// Scrolls on by one page.
    void scrollOn() {
        const qint64 last = idOfRow(model.rowCount() - 1);
        model.fetchMore({});
        source.answer(source.queries().size() - 1, page(last + 1, 100));
    }
};

using Ids = std::vector<base::DeviceId>;
using CourseSource = ScriptedSource<Ids, std::vector<service::DeviceCourse>>;

/// A loaded model whose courses the test answers.
struct WithCourses : Loaded {
    CourseSource courses;
    WithCourses() { model.setCourses(courses); }
    /// Answers the question of that number: each device went from its id to ten more.
    void answerCourses(size_t number) {
        std::vector<service::DeviceCourse> answer;
        for (const base::DeviceId id : courses.queries().at(number)) {
            const int value = static_cast<int>(id.value);
            answer.push_back({id, {{nowUs - 1, value}, {nowUs, value + 10}}});
        }
        courses.answer(number, answer);
    }
    /// Whatever the tester may have asked meanwhile, the newest question counts.
    void reloadRows() {
        model.reload();
        source.answer(source.queries().size() - 1, page(1, 100));
    }
    QString course(int row) const { return model.index(row, DeviceModel::CourseColumn).data().toString(); }
};

} // namespace

void DeviceModelTest::firstPageIsShownWithItsPosition() {
    Loaded loaded;
    QCOMPARE(loaded.model.state(), DeviceModel::State::Ready);
    QCOMPARE(loaded.model.rowCount(), 100);
    QCOMPARE(loaded.model.firstPosition(), 1);
    QVERIFY(loaded.model.hasNextPage());
    QVERIFY(!loaded.model.hasPreviousPage());
    QCOMPARE(loaded.model.index(0, DeviceModel::SeenColumn).data().toString(), QStringLiteral("5 min"));
}

void DeviceModelTest::scrollingNeverKeepsMoreThanTheWindow() {
    Loaded loaded;
    QSignalSpy shifts(&loaded.model, &DeviceModel::topShifted);
    for (int scrolled = 0; scrolled < 8; ++scrolled)
        loaded.scrollOn();
    QCOMPARE(loaded.model.rowCount(), DeviceModel::windowPages * DeviceModel::pageRows);
    QCOMPARE(loaded.idOfRow(0), 401);
    QCOMPARE(loaded.model.firstPosition(), 401);
    QCOMPARE(loaded.idOfRow(499), 900);
    QCOMPARE(shifts.size(), 4);
    QCOMPARE(shifts.first().first().toInt(), -100);
}

void DeviceModelTest::pageBeforeIsFetchedFromTheRowOnTop() {
    Loaded loaded;
    for (int scrolled = 0; scrolled < 8; ++scrolled)
        loaded.scrollOn();
    QSignalSpy shifts(&loaded.model, &DeviceModel::topShifted);
    loaded.model.fetchPrevious();
    const store::DeviceQuery asked = loaded.source.queries().back();
    QVERIFY(asked.isBackwards);
    QCOMPARE(asked.cursor, std::optional(cursorAt(401)));
    loaded.source.answer(loaded.source.queries().size() - 1, page(301, 100));
    QCOMPARE(loaded.idOfRow(0), 301);
    QCOMPARE(loaded.model.firstPosition(), 301);
    QCOMPARE(loaded.model.rowCount(), 500);
    QCOMPARE(shifts.first().first().toInt(), 100);
    // The end was dropped: going on starts after the row that is last now.
    loaded.model.fetchMore({});
    QCOMPARE(loaded.source.queries().back().cursor, std::optional(cursorAt(800)));
}

void DeviceModelTest::nextAndPreviousPageReplaceTheRows() {
    Loaded loaded;
    loaded.model.showNextPage();
    loaded.source.answer(1, page(101, 100));
    QCOMPARE(loaded.model.rowCount(), 100);
    QCOMPARE(loaded.model.firstPosition(), 101);
    loaded.model.showPreviousPage();
    QVERIFY(loaded.source.queries().back().isBackwards);
    loaded.source.answer(2, page(1, 100));
    QCOMPARE(loaded.model.firstPosition(), 1);
    QVERIFY(!loaded.model.hasPreviousPage());
}

void DeviceModelTest::lateAnswerOfAnOlderSearchIsDropped() {
    Loaded loaded;
    store::DeviceQuery query;
    query.text = QStringLiteral("old");
    loaded.model.setQuery(query);
    query.text = QStringLiteral("new");
    loaded.model.setQuery(query);
    loaded.source.answer(2, page(500, 1));
    loaded.source.answer(1, page(7, 3));
    QCOMPARE(loaded.model.rowCount(), 1);
    QCOMPARE(loaded.idOfRow(0), 500);
}

void DeviceModelTest::failedSearchEmptiesTheListAndSaysWhy() {
    Loaded loaded;
    loaded.model.setQuery({});
    loaded.source.answer(1, base::Error{base::ErrorKind::Busy, QStringLiteral("The store is busy.")});
    QCOMPARE(loaded.model.state(), DeviceModel::State::Failed);
    QCOMPARE(loaded.model.rowCount(), 0);
    QCOMPARE(loaded.model.error().what, QStringLiteral("The store is busy."));
}

void DeviceModelTest::failedPageKeepsTheRows() {
    Loaded loaded;
    loaded.model.fetchMore({});
    loaded.source.answer(1, base::Error{base::ErrorKind::Busy, QStringLiteral("The store is busy.")});
    QCOMPARE(loaded.model.state(), DeviceModel::State::Failed);
    QCOMPARE(loaded.model.rowCount(), 100);
}

void DeviceModelTest::sortingIsAQueryOfTheWholeResult() {
    Loaded loaded;
    loaded.model.sort(DeviceModel::ValueColumn, Qt::DescendingOrder);
    const store::DeviceQuery asked = loaded.source.queries().back();
    QCOMPARE(asked.sort, store::DeviceSort::Value);
    QVERIFY(asked.isDescending);
    QVERIFY(!asked.cursor);
}

void DeviceModelTest::columnWithoutOrderDoesNotAsk() {
    Loaded loaded;
    loaded.model.sort(DeviceModel::NicknameColumn, Qt::AscendingOrder);
    QCOMPARE(loaded.source.queries().size(), size_t(1));
}

void DeviceModelTest::reloadAsksForTheRowsShown() {
    Loaded loaded;
    loaded.scrollOn();
    loaded.model.reload();
    QCOMPARE(loaded.source.queries().back().limit, 200);
    QVERIFY(!loaded.source.queries().back().cursor);
    loaded.source.answer(2, page(1, 200));
    QCOMPARE(loaded.model.rowCount(), 200);
}

void DeviceModelTest::patchedRowChangesInPlace() {
    Loaded loaded;
    QSignalSpy changes(&loaded.model, &DeviceModel::dataChanged);
    loaded.model.patchValue(base::DeviceId{3}, 77, 2);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(loaded.model.index(2, DeviceModel::ValueColumn).data().toString(), QStringLiteral("77"));
    QCOMPARE(loaded.model.index(2, DeviceModel::LevelColumn).data().toString(), QStringLiteral("L2"));
    loaded.model.patchValue(base::DeviceId{5000}, 1, 1);
    QCOMPARE(changes.size(), 1);
}

void DeviceModelTest::missingValuesDiffer() {
    Loaded loaded;
    store::DevicePage one = page(1, 1);
    one.rows[0].binding.nickname.clear();
    one.rows[0].binding.lastActiveAtUs.reset();
    loaded.model.setQuery({});
    loaded.source.answer(1, one);
    QCOMPARE(loaded.model.index(0, DeviceModel::NicknameColumn).data().toString(), QStringLiteral("no nickname"));
    QCOMPARE(loaded.model.index(0, DeviceModel::SeenColumn).data().toString(), QStringLiteral("never"));
}

void DeviceModelTest::coursesAreAskedOncePerPageAfterItsRows() {
    WithCourses loaded;
    QCOMPARE(loaded.courses.queries().size(), size_t(1));
    QCOMPARE(loaded.courses.queries()[0].size(), size_t(100));
    QCOMPARE(loaded.course(4), QString());
    QSignalSpy changes(&loaded.model, &DeviceModel::dataChanged);
    loaded.answerCourses(0);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(loaded.course(4), QStringLiteral("5 → 15"));
    const auto cell = loaded.model.index(4, DeviceModel::CourseColumn).data(ui::CellRole).value<ui::Cell>();
    QCOMPARE(cell.kind, ui::CellKind::Spark);
    QCOMPARE(cell.points, (std::vector<double>{5, 15}));
}

void DeviceModelTest::appendedPageAsksOnlyForItsOwnCourses() {
    WithCourses loaded;
    loaded.answerCourses(0);
    loaded.scrollOn();
    QCOMPARE(loaded.courses.queries().size(), size_t(2));
    QCOMPARE(loaded.courses.queries()[1].front(), base::DeviceId{101});
    QCOMPARE(loaded.courses.queries()[1].size(), size_t(100));
    loaded.answerCourses(1);
    QCOMPARE(loaded.course(0), QStringLiteral("1 → 11"));
    QCOMPARE(loaded.course(150), QStringLiteral("151 → 161"));
}

void DeviceModelTest::coursesOfAnOlderPageAreDropped() {
    WithCourses loaded;
    loaded.model.showNextPage();
    loaded.source.answer(1, page(101, 100));
    QCOMPARE(loaded.courses.queries().size(), size_t(2));
    loaded.answerCourses(0); // of the page that is gone
    QCOMPARE(loaded.course(0), QString());
    loaded.answerCourses(1);
    QCOMPARE(loaded.course(0), QStringLiteral("101 → 111"));
}

void DeviceModelTest::coursesAreNotAskedWhileTheColumnIsAway() {
    WithCourses loaded;
    loaded.answerCourses(0);
    loaded.model.setCourses({});
    loaded.reloadRows();
    QCOMPARE(loaded.courses.queries().size(), size_t(1));
    loaded.model.setCourses(loaded.courses);
    QCOMPARE(loaded.courses.queries().size(), size_t(2));
}

void DeviceModelTest::courseEndsAtThePatchedValue() {
    WithCourses loaded;
    loaded.answerCourses(0);
    loaded.model.patchValue(base::DeviceId{3}, 77, 2);
    QCOMPARE(loaded.course(2), QStringLiteral("3 → 77"));
}

void DeviceModelTest::courseThatCannotBeReadIsSaid() {
    WithCourses loaded;
    loaded.courses.answer(0, base::Error{base::ErrorKind::Busy, QStringLiteral("The store is busy.")});
    QCOMPARE(loaded.course(0), QStringLiteral("not read"));
    loaded.reloadRows();
    loaded.answerCourses(1);
    QCOMPARE(loaded.course(0), QStringLiteral("1 → 11"));
}

} // namespace affinity::test
