#include "tests/production/history.h"

#include "engine/base/isotime.h"
#include "engine/service/replay.h"
#include "engine/store/counters.h"
#include "tests/support/straightline.h"

#include <algorithm>
#include <cstdlib>

namespace affinity::test {

using base::usPerSecond;
using rules::Outcome;
using service::AdjustRequest;
using service::ApplyRequest;
using service::ApplyResult;

namespace {

/// Redis counts life times in milliseconds, by the time of its last look at the clock.
constexpr qint64 redisSlackUs = 10'000;

/// A row with the call that wrote it.
struct Written {
    const rules::LogRow* row = nullptr;
    const store::LogEntry* entry = nullptr;
    const Recorded* call = nullptr;
};

QString textOf(const Recorded& call) {
    const ApplyResult& result = call.result;
    QString who;
    if (const auto* apply = std::get_if<ApplyRequest>(&call.request))
        who = QStringLiteral("%1 on device %2, event \"%3\"")
                  .arg(apply->ruleKey)
                  .arg(apply->deviceId.value)
                  .arg(apply->eventId);
    if (const auto* adjust = std::get_if<AdjustRequest>(&call.request))
        who = QStringLiteral("adjustment by %1 of device %2").arg(adjust->delta).arg(adjust->deviceId.value);
    return QStringLiteral("%1: %2 %3 (%4 to %5, row %6) from %7 to %8%9")
        .arg(who, rules::wireName(result.outcome))
        .arg(result.changeValue)
        .arg(result.beforeValue)
        .arg(result.afterValue)
        .arg(result.logId ? result.logId->value : 0)
        .arg(call.startUs)
        .arg(call.endUs)
        .arg(result.error ? QStringLiteral(": ") + result.error->what : QString());
}

class Inquiry {
public:
    Inquiry(const std::vector<Recorded>& history, const StoreRows& rows, const std::map<qint64, int>& openings)
        : m_history(history), m_rows(rows), m_openings(openings), m_zone(rows.ruleSet.setting.timeZone) {
        for (const Recorded& call : history) {
            if (const auto* bind = std::get_if<BindRequest>(&call.request))
                m_binds[bind->deviceId.value].push_back(&call);
        }
    }

    QByteArrayList run() {
        matchRows();
        for (const rules::Binding& binding : m_rows.bindings)
            replay(binding);
        for (const Recorded& call : m_history)
            checkCall(call);
        return m_found;
    }

private:
    using Rows = std::vector<Written>;

    void add(const QString& what) { m_found << what.toUtf8(); }
    void add(const Recorded& call, const char* what) { add(textOf(call) + QStringLiteral(": ") + QLatin1String(what)); }

    /// Gives each row its call.
    void matchRows() {
        std::map<qint64, const Recorded*> calls;
        for (const Recorded& call : m_history) {
            if (call.result.logId && !calls.emplace(call.result.logId->value, &call).second)
                add(call, "another call wrote the same row");
        }
        for (const store::LogEntry& entry : m_rows.log) {
            const auto call = calls.find(entry.row.id.value);
            if (call == calls.end()) {
                add(QStringLiteral("row %1 was written by no call").arg(entry.row.id.value));
                continue;
            }
            const Written written{&entry.row, &entry, call->second};
            calls.erase(call);
            checkRow(written);
            m_rowsOf[entry.row.deviceId.value].push_back(written);
            if (!entry.row.eventId.isEmpty())
                m_rowsOfEvent[entry.row.eventId].push_back(written);
        }
        for (const auto& [id, call] : calls)
            add(*call, "its row is not there");
    }

    void checkRow(const Written& written) {
        const rules::LogRow& row = *written.row;
        const Recorded& call = *written.call;
        const ApplyResult& result = call.result;
        if (result.outcome != Outcome::Applied || result.changeValue != row.changeValue ||
            result.beforeValue != row.beforeValue || result.afterValue != row.afterValue ||
            result.ruleKey != row.ruleKey)
            add(call, "its row says otherwise");
        if (row.createdAtUs < call.startUs || row.createdAtUs > call.endUs)
            add(call, "its row is from another time");
        if (isSurelyUnbound(row.deviceId, row.createdAtUs))
            add(call, "the device was unbound");
    }

    /// One device's rows through the model, one after the other.
    void replay(const rules::Binding& binding) {
        StraightLine model;
        model.ruleSet = m_rows.ruleSet;
        rules::Binding opening = binding;
        opening.unboundAtUs.reset();
        opening.favorability = m_openings.at(binding.id.value);
        opening.affinityLevel = rules::levelOf(opening.favorability, model.ruleSet.levels);
        model.bindings[binding.id.value] = opening;
        for (const Written& written : m_rowsOf[binding.id.value]) {
            model.nowUs = written.row->createdAtUs;
            const ModelResult expected = step(model, written);
            const ApplyResult& result = written.call->result;
            std::vector<int> granted;
            for (const service::RewardResult& reward : result.rewardsGranted)
                granted.push_back(reward.level);
            const bool isSame = expected.outcome == rules::wireName(result.outcome) &&
                                expected.change == result.changeValue && expected.before == result.beforeValue &&
                                expected.after == result.afterValue && expected.oldLevel == result.oldLevel &&
                                expected.newLevel == result.newLevel && expected.granted == granted;
            if (!isSame)
                add(textOf(*written.call) + QStringLiteral(": the model says %1 %2 (%3 to %4)")
                                                .arg(expected.outcome)
                                                .arg(expected.change)
                                                .arg(expected.before)
                                                .arg(expected.after));
        }
        const int value = model.bindings[binding.id.value].favorability;
        if (value != binding.favorability)
            add(QStringLiteral("device %1 has %2 points, the model %3")
                    .arg(binding.id.value)
                    .arg(binding.favorability)
                    .arg(value));
    }

    static ModelResult step(StraightLine& model, const Written& written) {
        if (const auto* apply = std::get_if<ApplyRequest>(&written.call->request)) {
            const auto& note = written.entry->note;
            return model.apply(*apply, note && note->drawnChange ? *note->drawnChange : 0);
        }
        return model.adjust(std::get<AdjustRequest>(written.call->request));
    }

    void checkCall(const Recorded& call) {
        const ApplyResult& result = call.result;
        if (std::holds_alternative<BindRequest>(call.request) || result.outcome == Outcome::Applied)
            return;
        if (result.logId)
            add(call, "a refusal names a row");
        if (const auto* apply = std::get_if<ApplyRequest>(&call.request))
            checkRefusal(call, *apply);
        else
            checkRefusal(call, std::get<AdjustRequest>(call.request));
    }

    void checkRefusal(const Recorded& call, const AdjustRequest& request) {
        if (call.result.outcome == Outcome::Error)
            checkUnbound(call, request.deviceId);
        else if (call.result.outcome == Outcome::ValueBoundary)
            checkBoundary(call, request.deviceId);
        else
            add(call, "no adjustment ends so");
    }

    void checkRefusal(const Recorded& call, const ApplyRequest& request) {
        const rules::Rule* rule = rules::liveRule(m_rows.ruleSet, request.ruleKey);
        switch (call.result.outcome) {
        case Outcome::NoRule:
            if (rule)
                add(call, "there is such a rule");
            return;
        case Outcome::EventDuplicate:
            return checkDuplicate(call, request);
        case Outcome::Cooldown:
            if (!hasCooldown(call, request, *rule))
                add(call, "no cooldown ran");
            return;
        case Outcome::RuleDailyCap:
        case Outcome::GlobalDailyCap:
            if (!isAtCap(call, request, *rule))
                add(call, "there was room");
            return;
        case Outcome::ValueBoundary:
            return checkBoundary(call, request.deviceId);
        case Outcome::Error:
            return checkUnbound(call, request.deviceId);
        default:
            add(call, "no event ends so");
        }
    }

    /// Whether a life time that began with the row's call could run while `call` lasted.
    static bool couldRun(const Written& written, qint64 seconds, const Recorded& call) {
        return written.row->createdAtUs <= call.endUs &&
               written.call->endUs + seconds * usPerSecond + redisSlackUs >= call.startUs;
    }

    void checkDuplicate(const Recorded& call, const ApplyRequest& request) {
        bool hasRow = false;
        bool hasSameContent = false;
        bool hasOtherContent = false;
        for (const Written& written : m_rowsOfEvent[request.eventId]) {
            if (!couldRun(written, store::eventWindowSeconds, call))
                continue;
            hasRow = true;
            const rules::LogRow& row = *written.row;
            const bool isSame = row.deviceId == request.deviceId && row.userId == request.userId &&
                                row.ruleKey == request.ruleKey && row.source == request.source &&
                                service::jsonbOrder(row.metadata) == service::jsonbOrder(request.metadata);
            (isSame ? hasSameContent : hasOtherContent) = true;
        }
        if (!hasRow)
            add(call, "the event had no effect before");
        else if (call.result.isEventConflict ? !hasOtherContent : !hasSameContent)
            add(call, "the conflict is told wrongly");
    }

    bool hasCooldown(const Recorded& call, const ApplyRequest& request, const rules::Rule& rule) {
        const Rows& rows = m_rowsOf[request.deviceId.value];
        return std::any_of(rows.begin(), rows.end(), [&](const Written& written) {
            return written.row->ruleKey == rule.key && couldRun(written, rule.cooldownSeconds, call);
        });
    }

    bool isAtCap(const Recorded& call, const ApplyRequest& request, const rules::Rule& rule) {
        for (const qint64 atUs : {call.startUs, call.endUs}) {
            const rules::LocalDay& day = dayOf(atUs);
            qint64 ruleSum = 0;
            qint64 globalSum = 0;
            for (const Written& written : m_rowsOf[request.deviceId.value]) {
                const rules::LogRow& row = *written.row;
                if (!row.ruleId || row.createdAtUs > call.endUs || !day.contains(row.createdAtUs))
                    continue;
                ruleSum += row.ruleKey == rule.key ? std::abs(row.changeValue) : 0;
                globalSum += std::max(row.changeValue, 0);
            }
            if (call.result.outcome == Outcome::RuleDailyCap ? ruleSum >= rule.dailyCap
                                                             : globalSum >= m_rows.ruleSet.setting.globalDailyCap)
                return true;
        }
        return false;
    }

    const rules::LocalDay& dayOf(qint64 atUs) {
        if (!m_day.contains(atUs))
            m_day = rules::localDay(rules::localDate(atUs, m_zone), m_zone);
        return m_day;
    }

    void checkBoundary(const Recorded& call, base::DeviceId device) {
        const int value = call.result.beforeValue;
        const bool isBound = value == 0 || value == m_rows.ruleSet.setting.maxAffinity;
        if (!isBound || call.result.afterValue != value) {
            add(call, "no bound stops it there");
            return;
        }
        // The device had that value while the call lasted.
        const Rows& rows = m_rowsOf[device.value];
        int held = m_openings.at(device.value);
        for (size_t i = 0; i <= rows.size(); ++i) {
            const bool hasBegun = i == 0 || rows[i - 1].row->createdAtUs <= call.endUs;
            const bool hasNotEnded = i == rows.size() || rows[i].call->endUs >= call.startUs;
            if (held == value && hasBegun && hasNotEnded)
                return;
            if (i < rows.size())
                held = rows[i].row->afterValue;
        }
        add(call, "the device did not have that value");
    }

    void checkUnbound(const Recorded& call, base::DeviceId device) {
        if (call.result.error && call.result.error->kind != base::ErrorKind::NotFound)
            add(call, "it failed");
        else if (!isPerhapsUnbound(device, call.startUs, call.endUs))
            add(call, "the device was bound");
    }

    static bool binds(const Recorded* call) { return std::get<BindRequest>(call->request).isBound; }

    bool isSurelyUnbound(base::DeviceId device, qint64 atUs) {
        const auto& calls = m_binds[device.value];
        return std::any_of(calls.begin(), calls.end(), [&](const Recorded* unbind) {
            return !binds(unbind) && unbind->endUs < atUs &&
                   std::none_of(calls.begin(), calls.end(), [&](const Recorded* bind) {
                       return binds(bind) && bind->endUs >= unbind->startUs && bind->startUs <= atUs;
                   });
        });
    }

    bool isPerhapsUnbound(base::DeviceId device, qint64 startUs, qint64 endUs) {
        const auto& calls = m_binds[device.value];
        return std::any_of(calls.begin(), calls.end(), [&](const Recorded* unbind) {
            return !binds(unbind) && unbind->startUs <= endUs &&
                   std::none_of(calls.begin(), calls.end(), [&](const Recorded* bind) {
                       return binds(bind) && bind->startUs > unbind->endUs && bind->endUs < startUs;
                   });
        });
    }

    const std::vector<Recorded>& m_history;
    const StoreRows& m_rows;
    const std::map<qint64, int>& m_openings;
    const QTimeZone m_zone;
    rules::LocalDay m_day;
    std::map<qint64, Rows> m_rowsOf;
    std::map<QString, Rows> m_rowsOfEvent;
    std::map<qint64, std::vector<const Recorded*>> m_binds;
    QByteArrayList m_found;
};

} // namespace

QByteArrayList inexplicable(const std::vector<Recorded>& history, const StoreRows& rows,
                            const std::map<qint64, int>& openings) {
    return Inquiry(history, rows, openings).run();
}

} // namespace affinity::test
