#include "tests/unit/service/equality_test.h"

#include "engine/base/isotime.h"
#include "engine/service/decay.h"
#include "engine/service/reconcile.h"
#include "engine/service/replay.h"
#include "tests/support/straightline.h"
#include "tests/unit/service/world.h"

#include <random>

namespace affinity::test {

using base::usPerSecond;
using service::ApplyResult;

namespace {

constexpr int operations = 5000;

ModelResult modelResultOf(const ApplyResult& result) {
    ModelResult made{rules::wireName(result.outcome),
                     result.changeValue,
                     result.beforeValue,
                     result.afterValue,
                     result.oldLevel,
                     result.newLevel,
                     result.logId ? result.logId->value : 0,
                     {}};
    for (const service::RewardResult& reward : result.rewardsGranted)
        made.granted.push_back(reward.level);
    return made;
}

QByteArray described(const ModelResult& result) {
    return QStringLiteral("%1 %2 (%3 to %4, level %5 to %6, row %7)")
        .arg(result.outcome)
        .arg(result.change)
        .arg(result.before)
        .arg(result.after)
        .arg(result.oldLevel)
        .arg(result.newLevel)
        .arg(result.logId)
        .toUtf8();
}

/// The state, a row a line. Ids of counters and grants are left out, as for the golden states: an SQLite file may leave
/// gaps in them.
QByteArrayList comparable(World& world) {
    base::Json state = service::replayState(*world.elsewhere, world.counters).value();
    QByteArrayList lines;
    for (auto& [table, rows] : state["tables"].items()) {
        const bool hasFreeIds = table == "userapp_useraffinitydailycounter" || table == "userapp_userlevelrewardgrant";
        QByteArrayList ofTable;
        for (base::Json& row : rows) {
            if (hasFreeIds)
                row.erase("id");
            ofTable.append(QByteArray::fromStdString(table) + ' ' + base::pythonJson(row));
        }
        if (hasFreeIds)
            std::sort(ofTable.begin(), ofTable.end());
        lines += ofTable;
    }
    for (const auto& [key, entry] : state["redis"].items())
        lines.append(QByteArray::fromStdString(key) + ' ' + base::pythonJson(entry));
    return lines;
}

/// Makes operations, dense where windows and days end, and runs them on all three.
class Run {
public:
    explicit Run(quint32 seed) : memory(Backend::Memory), file(Backend::Embedded), m_random(seed) {
        model.nowUs = noonUs;
        model.ruleSet = memory.elsewhere->ruleSet().value();
        const auto bindings = memory.elsewhere->bindingsAfter({}, 100, false);
        for (const rules::Binding& binding : *bindings)
            model.bindings[binding.id.value] = binding;
    }

    /// Runs one operation and says what differed; empty: nothing.
    QByteArray step() {
        moveTime();
        const int kind = below(100);
        if (kind < 78)
            return applyStep();
        if (kind < 88)
            return adjustStep();
        if (kind < 90)
            return bindStep();
        if (kind < 92)
            return decayStep();
        return editStep();
    }

    World memory;
    World file;
    StraightLine model;
    std::map<QString, int> outcomes;

private:
    int below(int bound) { return static_cast<int>(m_random() % static_cast<quint32>(bound)); }
    template<typename T> T oneOf(const std::vector<T>& values) {
        return values[static_cast<size_t>(below(static_cast<int>(values.size())))];
    }

    void moveTime() {
        const qint64 now = model.nowUs;
        qint64 next = now;
        const int way = below(10);
        if (way < 5) {
            next = now + below(5) * usPerSecond;
        } else if (way < 8) { // where a cooldown or an event's window ends
            const auto deadline = m_deadlines.upper_bound(now);
            next = deadline == m_deadlines.end() ? now + 1 : *deadline + oneOf<qint64>({-1, 0, 1});
        } else if (way < 9) { // midnight
            const QTimeZone zone(model.ruleSet.setting.timeZone);
            const rules::LocalDay day = rules::localDay(rules::localDate(now, zone), zone);
            next = below(4) == 0 ? day.endUs() + oneOf<qint64>({-1, 0, 1}) : now + below(1800) * usPerSecond;
        } else {
            next = now + below(40) * (below(40) == 0 ? 36'000 : 10) * usPerSecond + below(1'000'000);
        }
        model.nowUs = std::max(now, next);
        memory.setNow(model.nowUs);
        file.setNow(model.nowUs);
    }

    /// Mostly the first ones, so that their windows and caps are met; one does not exist.
    base::DeviceId someDevice() {
        return oneOf<base::DeviceId>({momo, momo, momo, momo, kiki, kiki, kiki, white, white, kixki, old, fifty, {7}});
    }

    base::UserId userOf(base::DeviceId device) {
        const auto at = model.bindings.find(device.value);
        return at == model.bindings.end() || below(40) == 0 ? base::UserId{1 + below(3)} : at->second.userId;
    }

    QByteArray compared(const ApplyResult& one, const ApplyResult& two, const ModelResult& expected) {
        ++outcomes[expected.outcome];
        if (one != two)
            return base::pythonJson(service::toJsonWithTrace(one)) + " in memory, in the file " +
                   base::pythonJson(service::toJsonWithTrace(two));
        if (modelResultOf(one) != expected)
            return described(modelResultOf(one)) + " in memory, expected " + described(expected);
        return {};
    }

    QByteArray applyStep() {
        service::ApplyRequest request;
        request.deviceId = someDevice();
        request.userId = userOf(request.deviceId);
        request.ruleKey =
            oneOf<QString>({chat, chat, chat, chat, gift, gift, gift, decay, decay, QStringLiteral("disabled")});
        request.source = oneOf<QString>({QStringLiteral("device_event"), QStringLiteral("mobile_event")});
        if (below(2) == 0)
            request.eventId = QStringLiteral("e-%1").arg(m_nextEvent - (below(3) == 0 ? 0 : below(6)));
        m_nextEvent += below(2);
        request.metadata = {{"z", below(3)}, {"a", "聊"}};
        const int drawn = oneOf<int>({2, 2, 10, 10, -5, 0, 1, 25, -25, 7});
        const ModelResult expected = model.apply(request, drawn);
        if (expected.logId != 0)
            m_deadlines.insert(model.nowUs + 60 * usPerSecond);
        return compared(memory.apply(request, drawn), file.apply(request, drawn), expected);
    }

    QByteArray adjustStep() {
        service::AdjustRequest request;
        request.deviceId = someDevice();
        request.userId = userOf(request.deviceId);
        request.delta = oneOf<qint64>({0, 1, -1, 40, -40, 300, -300, 5'000'000'000, -5'000'000'000});
        request.operatorId = {1 + below(3)};
        request.reason = QStringLiteral("generated");
        request.isBatch = below(2) == 0;
        return compared(memory.service.adminAdjust(request), file.service.adminAdjust(request), model.adjust(request));
    }

    QByteArray bindStep() {
        const base::DeviceId device = oneOf<base::DeviceId>({kiki, kixki, old, fifty});
        const bool isBound = below(3) != 0;
        model.bindings[device.value].unboundAtUs = isBound ? std::nullopt : std::optional(model.nowUs);
        for (World* world : {&memory, &file}) {
            if (!world->elsewhere->setBound(device, isBound, model.nowUs))
                return "binding failed";
        }
        return {};
    }

    QByteArray decayStep() {
        memory.draw.number.reset();
        file.draw.number.reset();
        const auto one = service::runDecay(memory.service, {});
        const auto two = service::runDecay(file.service, {});
        if (!one || !two || *one != *two)
            return "the decay job differs";
        const int expected = model.decay();
        return one->applied == expected ? QByteArray() : QByteArray("the decay job took from others than expected");
    }

    QByteArray editStep() {
        if (below(2) == 0) {
            store::RuleEdit edit;
            edit.cooldownSeconds = oneOf<int>({0, 10, 60, 60});
            edit.dailyCap = oneOf<int>({20, 40, 60});
            edit.isEnabled = below(8) != 0;
            const QString key = oneOf<QString>({chat, gift, decay});
            memory.editRule(key, edit);
            file.editRule(key, edit);
        } else {
            store::SettingEdit edit;
            edit.maxAffinity = oneOf<int>({100, 400, 1000, 1000});
            edit.globalDailyCap = oneOf<int>({30, 60, 100});
            edit.decayIdleDays = oneOf<int>({0, 1, 3});
            if (below(4) == 0)
                edit.timeZone = oneOf<QByteArray>(
                    {"Asia/Shanghai", "America/New_York", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"});
            memory.editSetting(edit);
            file.editSetting(edit);
        }
        model.ruleSet = memory.elsewhere->ruleSet().value();
        return {};
    }

    std::mt19937 m_random;
    std::set<qint64> m_deadlines;
    int m_nextEvent = 10;
};

} // namespace

void EqualityTest::storesAndTheStraightLineAgree_data() {
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {20'260'301U, 4'711U})
        QTest::addRow("seed %u", seed) << seed;
}

void EqualityTest::storesAndTheStraightLineAgree() {
    QFETCH(const quint32, seed);
    qInfo("seed %u, %d operations", seed, operations);
    Run run(seed);
    for (int i = 0; i < operations; ++i) {
        const QByteArray difference = run.step();
        QVERIFY2(difference.isEmpty(),
                 QByteArray::number(i) + " at " + base::isoFromTime(run.model.nowUs).toUtf8() + ": " + difference);
    }
    QCOMPARE(comparable(run.memory), comparable(run.file));

    const auto log = run.memory.log();
    TAKE(page, run.memory.elsewhere->log({.isOldestFirst = true, .limit = 10'000}));
    QVERIFY(!page.hasMore);
    QCOMPARE(log.size(), run.model.log.size());
    for (size_t i = 0; i < log.size(); ++i)
        QVERIFY2(log[i].row == run.model.log[i], QByteArray::number(log[i].row.id.value));
    for (const auto& [id, binding] : run.model.bindings)
        QVERIFY2(run.memory.binding({id}) == binding, QByteArray::number(id));
    size_t counters = 0;
    for (const auto& [id, binding] : run.model.bindings) {
        TAKE(rows, run.memory.elsewhere->dailyCounters({id}, QDate(1, 1, 1)));
        counters += rows.size();
        for (const rules::DailyCounter& row : rows) {
            const auto& expected = run.model.dailyCounters.at({id, row.date, row.ruleId.value});
            QCOMPARE(std::pair(row.accumulatedChange, row.triggerCount), expected);
        }
    }
    QCOMPARE(counters, run.model.dailyCounters.size());

    // The run has to have met everything, or it proves nothing.
    for (const char* outcome : {"applied", "noop_no_rule", "noop_cooldown", "noop_rule_daily_cap",
                                "noop_global_daily_cap", "noop_event_duplicate", "noop_value_boundary", "error"}) {
        const int count = run.outcomes[QString::fromLatin1(outcome)];
        qInfo("%s: %d", outcome, count);
        QVERIFY2(count >= 50, outcome);
    }
    // Edits of the zone move days, so that counters of the old zone differ from the fold; nothing else may.
    TAKE(report, service::reconcile(*run.file.elsewhere, {}));
    for (const service::Finding& finding : report.findings)
        QVERIFY2(finding.kind == service::FindingKind::Counter, qPrintable(finding.what));
}

} // namespace affinity::test
