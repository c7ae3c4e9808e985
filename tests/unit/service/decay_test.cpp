#include "tests/unit/service/decay_test.h"

#include "engine/base/isotime.h"
#include "engine/service/decay.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

using service::DecayOptions;
using service::DecayReport;

namespace {

/// Seven local days after the last activity of fill()'s devices: midnight of 8 March in Shanghai.
constexpr qint64 idleUs = noonUs + 6 * dayUs + 4 * 3600 * base::usPerSecond;

} // namespace

void DecayTest::initTestCase_data() {
    addServiceBackends();
}

void DecayTest::idleDaysAreLocalDatesFromActivityOrBinding() {
    World world;
    world.setNow(idleUs - 1);
    TAKE(early, service::runDecay(world.service, {}));
    QCOMPARE(early.devicesSeen, qint64{5}); // the unbound one is not looked at
    QCOMPARE(early.devicesIdle, qint64{0});
    world.setNow(idleUs);
    TAKE(report, service::runDecay(world.service, {}));
    QCOMPARE(report.date, QDate(2026, 3, 8));
    QCOMPARE(report.devicesIdle, qint64{5}); // one was never active: it counts from its binding
    QCOMPARE(report.applied, qint64{5});
    QCOMPARE(report.pointsTaken, qint64{5 + 5 + 5 + 5 + 3});
    QCOMPARE(report.lastDevice, fifty);
    QVERIFY(report.isFinished);
    QCOMPARE(world.value(fifty), 0);
    QVERIFY(!world.binding(fifty).lastActiveAtUs); // D1
    for (const store::LogEntry& entry : world.log())
        QCOMPARE(entry.row.source, QStringLiteral("decay"));
}

void DecayTest::runTwiceADayTakesOnce() {
    World world;
    world.setNow(idleUs);
    TAKE(first, service::runDecay(world.service, {}));
    const QByteArray before = world.state();
    world.pass(23 * 3600 * base::usPerSecond);
    TAKE(second, service::runDecay(world.service, {}));
    QCOMPARE(second.doneBefore, first.applied);
    QCOMPARE(second.applied, qint64{0});
    QCOMPARE(world.log().size(), size_t{5});
    QVERIFY(!before.isEmpty());
}

void DecayTest::twoConsolesAtOnceTakeOnce() {
    World world;
    world.setNow(idleUs);
    // The other console decays the first device after this one looked and before it has the lock.
    world.store.before(Call::Begin, [&world] {
        service::ApplyRequest request = world.event(decay);
        request.source = QStringLiteral("decay");
        HAS_OUTCOME(world.applyElsewhere(request), Applied);
    });
    TAKE(report, service::runDecay(world.service, {}));
    QCOMPARE(report.doneBefore, qint64{1});
    QCOMPARE(report.applied, qint64{4});
    QCOMPARE(world.value(), 5);
}

void DecayTest::decayGoesOnDayAfterDay() {
    World world;
    for (int day = 0; day < 3; ++day) {
        world.setNow(idleUs + day * dayUs);
        QVERIFY(service::runDecay(world.service, {}).isOk());
    }
    QCOMPARE(world.value(white), 485);
    QCOMPARE(world.value(momo), 0);
    TAKE(report, service::runDecay(world.service, {}));
    QCOMPARE(report.refused, qint64{2}); // momo is at the floor since today: fifty and it have nothing left
}

void DecayTest::otherDaysAreTriedOnly() {
    World world;
    const QByteArray before = world.state();
    DecayOptions options;
    options.date = QDate(2026, 3, 20);
    FAILS_WITH(InvalidInput, service::runDecay(world.service, options));
    options.isDryRun = true;
    TAKE(report, service::runDecay(world.service, options));
    QCOMPARE(report.applied, qint64{5});
    QCOMPARE(report.pointsTaken, qint64{23});
    options.date = QDate(2026, 3, 7);
    TAKE(early, service::runDecay(world.service, options));
    QCOMPARE(early.devicesIdle, qint64{0});
    options.date = {};
    TAKE(today, service::runDecay(world.service, options));
    QCOMPARE(today.date, QDate(2026, 3, 1));
    QCOMPARE(world.state(), before);
    QCOMPARE(world.counters.confirms(), 0);
}

void DecayTest::cancelledRunIsResumed() {
    World world;
    world.setNow(idleUs);
    std::atomic<bool> isCancelled{false};
    std::vector<qint64> seen;
    DecayOptions options;
    options.pauseEveryDevices = 2;
    options.cancel = &isCancelled;
    options.progress = [&](qint64 devices) {
        seen.push_back(devices);
        isCancelled = true;
    };
    TAKE(cut, service::runDecay(world.service, options));
    QVERIFY(!cut.isFinished);
    QCOMPARE(cut.lastDevice, kiki);
    QCOMPARE(cut.applied, qint64{2});
    isCancelled = false;
    options.progress = [&](qint64 devices) { seen.push_back(devices); };
    options.resumeAfter = cut.lastDevice;
    TAKE(rest, service::runDecay(world.service, options));
    QVERIFY(rest.isFinished);
    QCOMPARE(rest.applied, qint64{3});
    QCOMPARE(seen, (std::vector<qint64>{2, 2, 3}));
    QCOMPARE(world.log().size(), size_t{5});
}

void DecayTest::failureOfADeviceDoesNotStopTheOthers() {
    World world;
    world.setNow(idleUs);
    world.store.fail(Call::Write, base::ErrorKind::StorageFull, 1, 1);
    TAKE(report, service::runDecay(world.service, {}));
    QCOMPARE(report.failed, qint64{1});
    QCOMPARE(report.applied, qint64{4});
    QVERIFY(!report.firstError.isEmpty());
    QCOMPARE(world.value(kiki), 48);
    TAKE(again, service::runDecay(world.service, {}));
    QCOMPARE(again.applied, qint64{1});
    QCOMPARE(world.value(kiki), 43);
}

void DecayTest::decaySwitchedOffIsRefused() {
    World world;
    world.editSetting({.isDecayEnabled = false});
    FAILS_WITH(Refused, service::runDecay(world.service, {}));
    world.editSetting({.isDecayEnabled = true, .decayRuleKey = QStringLiteral("disabled")});
    world.setNow(idleUs);
    TAKE(report, service::runDecay(world.service, {}));
    QCOMPARE(report.refused, qint64{5});
    QVERIFY(world.log().empty());
}

void DecayTest::nextDecayDateIsTheFirstOfIdleness() {
    rules::Setting setting;
    setting.isDecayEnabled = true;
    const QTimeZone zone(setting.timeZone);
    rules::Binding binding;
    binding.favorability = 5;
    binding.boundAtUs = noonUs;
    const QDate today(2026, 3, 3);
    QCOMPARE(service::idleDays(binding, today, zone), qint64{2});
    QCOMPARE(service::nextDecayDate(binding, setting, today, zone), std::optional(QDate(2026, 3, 8)));
    binding.lastActiveAtUs = noonUs + 4 * 3600 * base::usPerSecond; // 2 March there
    QCOMPARE(service::nextDecayDate(binding, setting, today, zone), std::optional(QDate(2026, 3, 9)));
    QCOMPARE(service::nextDecayDate(binding, setting, QDate(2026, 4, 1), zone), std::optional(QDate(2026, 4, 1)));
    binding.favorability = 0;
    QVERIFY(!service::nextDecayDate(binding, setting, today, zone));
}

} // namespace affinity::test
