#include "tests/ui/devices/timelinemodel_test.h"

#include "tests/ui/devices/scriptedsource.h"
#include "ui/devices/timelinemodel.h"
#include "ui/shared/cells.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace affinity::test {

using ui::RowOutcome;
using ui::TimelineModel;
using Source = ScriptedSource<store::LogQuery, store::LogPage>;

namespace {

constexpr qint64 nowUs = 1'800'000'000'000'000;
constexpr base::DeviceId device{5};

store::LogEntry entry(qint64 id, int change, std::optional<int> drawn) {
    store::LogEntry result;
    result.row.id = base::LogId{id};
    result.row.deviceId = device;
    result.row.ruleId = base::RuleId{1};
    result.row.ruleKey = QStringLiteral("chat");
    result.row.changeValue = change;
    result.row.beforeValue = 10;
    result.row.afterValue = 10 + change;
    result.row.source = QStringLiteral("device_event");
    result.row.createdAtUs = nowUs - 60'000'000;
    if (drawn) {
        result.note = rules::LogNote{};
        result.note->drawnChange = drawn;
    }
    return result;
}

store::LogEntry adjustment(qint64 id, std::optional<base::LogId> reverses) {
    store::LogEntry result = entry(id, 5, std::nullopt);
    result.row.ruleId.reset();
    result.row.source = QStringLiteral("admin_adjust_single");
    result.row.operatorId = base::OperatorId{3};
    result.note = rules::LogNote{};
    result.note->reasonCode = QStringLiteral("lost_event");
    result.note->ticket = QStringLiteral("CS-1");
    result.note->reversesLogId = reverses;
    return result;
}

struct Loaded {
    Source source;
    TimelineModel model{source, QTimeZone::utc()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Loaded(std::vector<store::LogEntry> entries, bool hasMore = false) {
        model.setDevice(device, nowUs);
        source.answer(0, store::LogPage{std::move(entries), hasMore});
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
};

} // namespace

void TimelineModelTest::outcomesComeFromTheNotes() {
    const Loaded loaded({adjustment(9, base::LogId{6}), adjustment(8, std::nullopt), entry(7, 2, 5), entry(6, 3, 3)});
    QCOMPARE(loaded.model.outcomeOf(*loaded.model.entryAt(0)), RowOutcome::Reversal);
    QCOMPARE(loaded.model.outcomeOf(*loaded.model.entryAt(1)), RowOutcome::Adjusted);
    QCOMPARE(loaded.model.outcomeOf(*loaded.model.entryAt(2)), RowOutcome::Cut);
    QCOMPARE(loaded.model.outcomeOf(*loaded.model.entryAt(3)), RowOutcome::Reversed);
    QVERIFY(loaded.model.isReversed(base::LogId{6}));
    QCOMPARE(loaded.text(0, TimelineModel::OutcomeColumn), QStringLiteral("Reversal, takes back row 6"));
    QCOMPARE(loaded.text(1, TimelineModel::OutcomeColumn), QStringLiteral("Adjusted, lost event, CS-1"));
    QCOMPARE(loaded.text(2, TimelineModel::OutcomeColumn), QStringLiteral("Cut, cut from +5"));
    QCOMPARE(loaded.text(2, TimelineModel::ValueColumn), QStringLiteral("10 → 12"));
    QCOMPARE(loaded.text(1, TimelineModel::SourceColumn), QStringLiteral("operator 3"));
}

void TimelineModelTest::changeThatWasNotRecordedIsNotCalledCut() {
    const Loaded loaded({entry(7, 2, std::nullopt)});
    QCOMPARE(loaded.text(0, TimelineModel::OutcomeColumn), QStringLiteral("Applied"));
}

void TimelineModelTest::openRowHasItsOwnRowBelow() {
    Loaded loaded({entry(9, 1, 1), entry(8, 1, 1), entry(7, 1, 1)});
    loaded.model.open(1);
    QCOMPARE(loaded.model.rowCount(), 4);
    QVERIFY(loaded.model.isDetail(2));
    QCOMPARE(loaded.model.entryAt(2), nullptr);
    QCOMPARE(loaded.model.entryAt(3)->row.id, base::LogId{7});
    QCOMPARE(loaded.model.index(2, 0).data(ui::RowToneRole).toInt(), static_cast<int>(ui::RowTone::Detail));
    loaded.model.open(-1);
    QCOMPARE(loaded.model.rowCount(), 3);
}

void TimelineModelTest::openingAnotherRowClosesTheFirst() {
    Loaded loaded({entry(9, 1, 1), entry(8, 1, 1), entry(7, 1, 1)});
    loaded.model.open(0);
    loaded.model.open(3); // the row of 7 while 9 is open
    QCOMPARE(loaded.model.rowCount(), 4);
    QCOMPARE(loaded.model.openRow(), 2);
    QCOMPARE(loaded.model.entryAt(2)->row.id, base::LogId{7});
    QCOMPARE(loaded.model.rowOf(base::LogId{8}), 1);
}

void TimelineModelTest::olderRowsAreAskedBeforeTheLastOne() {
    Loaded loaded({entry(9, 1, 1), entry(8, 1, 1)}, true);
    loaded.model.open(1);
    loaded.model.fetchMore({}); // the tester may have asked already; then this asks nothing
    QCOMPARE(loaded.source.queries().size(), size_t(2));
    QCOMPARE(loaded.source.queries().back().beforeId, std::optional(base::LogId{8}));
    loaded.source.answer(1, store::LogPage{{entry(7, 1, 1)}, false});
    QCOMPARE(loaded.model.rowCount(), 4);
    QCOMPARE(loaded.model.entryAt(3)->row.id, base::LogId{7});
    QVERIFY(!loaded.model.canFetchMore({}));
}

void TimelineModelTest::answerForAnotherDeviceIsDropped() {
    Loaded loaded({entry(9, 1, 1)});
    loaded.model.setDevice(base::DeviceId{6}, nowUs);
    QCOMPARE(loaded.model.rowCount(), 0);
    loaded.model.setDevice(base::DeviceId{7}, nowUs);
    loaded.source.answer(1, store::LogPage{{entry(1, 1, 1), entry(2, 1, 1)}, false});
    QCOMPARE(loaded.model.rowCount(), 0);
    loaded.source.answer(2, store::LogPage{{entry(3, 1, 1)}, false});
    QCOMPARE(loaded.model.rowCount(), 1);
}

void TimelineModelTest::foundCauseIsAddedToTheOutcome() {
    Loaded loaded({entry(7, 2, 5)});
    loaded.model.setCutCause(base::LogId{7}, QStringLiteral("by the rule's daily cap"));
    QCOMPARE(loaded.text(0, TimelineModel::OutcomeColumn), QStringLiteral("Cut, cut from +5 by the rule's daily cap"));
}

namespace {

/// Entries from `newest` down, `count` of them.
std::vector<store::LogEntry> entriesDown(qint64 newest, int count) {
    std::vector<store::LogEntry> entries;
    for (qint64 id = newest; id > newest - count; --id)
        entries.push_back(entry(id, 1, 1));
    return entries;
}

/// A model in which a log of ids 1 to 10,000 was scrolled down until the window is full and one page beyond.
struct Scrolled : Loaded {
    Scrolled() : Loaded(entriesDown(10'000, TimelineModel::pageRows), true) {
        while (!model.hasNewer())
            scrollDown();
    }
    void scrollDown() {
        if (model.state() == TimelineModel::State::Ready)
            model.fetchMore({}); // unless the tester has asked already
        const store::LogQuery asked = source.queries().back();
        source.answer(source.queries().size() - 1,
                      store::LogPage{entriesDown(asked.beforeId->value - 1, TimelineModel::pageRows), true});
    }
    qint64 idAt(int row) const { return model.entryAt(row)->row.id.value; }
};

} // namespace

void TimelineModelTest::windowKeepsItsSizeWhileScrollingDownAndUp() {
    Scrolled log;
    QSignalSpy shifts(&log.model, &TimelineModel::topShifted);
    QCOMPARE(log.model.entryCount(), TimelineModel::windowRows);
    QCOMPARE(log.idAt(0), 9'900);
    log.scrollDown();
    QCOMPARE(log.model.entryCount(), TimelineModel::windowRows);
    QCOMPARE(log.idAt(0), 9'800);
    QCOMPARE(shifts.takeFirst().first().toInt(), -TimelineModel::pageRows);

    log.model.fetchNewer();
    const store::LogQuery asked = log.source.queries().back();
    QCOMPARE(asked.afterId, std::optional(base::LogId{9'800}));
    QVERIFY(asked.isOldestFirst);
    std::vector<store::LogEntry> newer = entriesDown(9'900, TimelineModel::pageRows);
    std::reverse(newer.begin(), newer.end());
    log.source.answer(log.source.queries().size() - 1, store::LogPage{newer, true});
    QCOMPARE(log.idAt(0), 9'900);
    QCOMPARE(log.idAt(100), 9'800);
    QCOMPARE(log.model.entryCount(), TimelineModel::windowRows);
    QCOMPARE(log.idAt(TimelineModel::windowRows - 1), 9'900 - TimelineModel::windowRows + 1);
    QVERIFY(log.model.hasNewer());
    QVERIFY(log.model.hasMore()); // the end was dropped
    QCOMPARE(shifts.takeFirst().first().toInt(), TimelineModel::pageRows);
}

void TimelineModelTest::openRowMovesWithTheRowsAboveIt() {
    Scrolled log;
    log.model.open(500);
    const qint64 opened = log.idAt(500);
    log.scrollDown();
    QCOMPARE(log.model.openRow(), 400);
    QCOMPARE(log.idAt(400), opened);
    log.model.fetchNewer();
    std::vector<store::LogEntry> newer = entriesDown(9'900, TimelineModel::pageRows);
    std::reverse(newer.begin(), newer.end());
    log.source.answer(log.source.queries().size() - 1, store::LogPage{newer, true});
    QCOMPARE(log.model.openRow(), 500);
    QCOMPARE(log.idAt(500), opened);
}

void TimelineModelTest::openRowClosesWhenItLeavesTheWindow() {
    Scrolled log;
    log.model.open(50);
    log.scrollDown();
    QCOMPARE(log.model.openRow(), -1);
    QCOMPARE(log.model.rowCount(), TimelineModel::windowRows);
}

void TimelineModelTest::logOfAUserNamesTheDevices() {
    Source source;
    TimelineModel model(source, QTimeZone::utc());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDeviceNames({{5, QStringLiteral("5 Mochi")}});
    model.setUser(base::UserId{7}, nowUs);
    QCOMPARE(source.queries().back().userId, std::optional(base::UserId{7}));
    QVERIFY(!source.queries().back().deviceId);
    store::LogEntry other = entry(8, 1, 1);
    other.row.deviceId = base::DeviceId{6};
    source.answer(0, store::LogPage{{entry(9, 1, 1), other}, false});
    QCOMPARE(model.index(0, TimelineModel::DeviceColumn).data().toString(), QStringLiteral("5 Mochi"));
    QCOMPARE(model.index(1, TimelineModel::DeviceColumn).data().toString(), QStringLiteral("6"));
}

} // namespace affinity::test
