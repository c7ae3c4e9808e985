#include "tests/ui/devices/demostore.h"

#include "engine/base/isotime.h"
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/store/memorycounters.h"
#include "engine/store/open.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>
#include <array>
#include <iterator>

namespace affinity::test {

namespace {

constexpr qint64 dayUs = 86'400'000'000;

bool run(QSqlQuery& query, const QString& statement, const QVariantList& values) {
    if (query.prepare(statement)) {
        for (int i = 0; i < values.size(); ++i)
            query.bindValue(i, values.at(i));
        if (query.exec())
            return true;
    }
    qWarning("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
    return false;
}

bool fillRules(QSqlQuery& query, const QString& then) {
    const QString rule = QStringLiteral(
        "INSERT INTO userapp_affinityrule (rule_key, name, min_change, max_change, single_cap, daily_cap, "
        "cooldown_seconds, is_enabled, is_deleted, created_at, updated_at) VALUES (?,?,?,?,?,?,?,1,0,?,?)");
    const auto add = [&](const char* key, int low, int high, int single, int daily, int cooldown) {
        return run(query, rule,
                   {QLatin1String(key), QLatin1String(key), low, high, single, daily, cooldown, then, then});
    };
    bool isGood = add("chat_turn", 2, 5, 5, 30, 60) && add("head_pat", 3, 3, 3, 20, 30) &&
                  add("daily_checkin", 10, 10, 10, 10, 0) && add("bedtime_story", 5, 8, 8, 15, 3600) &&
                  add("decay", -9, -9, 9, 9, 0);
    isGood = isGood && run(query, QStringLiteral("DELETE FROM userapp_affinitysetting"), {});
    isGood = isGood &&
             run(query,
                 QStringLiteral("INSERT INTO userapp_affinitysetting (id, max_affinity, global_daily_cap, timezone, "
                                "enable_notify, decay_enabled, decay_idle_days, decay_rule_key, updated_at) "
                                "VALUES (1, 10000, 100, 'Asia/Shanghai', 1, 1, 14, 'decay', ?)"),
                 {then});
    const std::array<std::pair<int, const char*>, 7> levels{{{0, "Stranger"},
                                                             {100, "Acquaintance"},
                                                             {500, "Friend"},
                                                             {1200, "Good friend"},
                                                             {2400, "Close friend"},
                                                             {4000, "Confidant"},
                                                             {7000, "Soulmate"}}};
    for (int level = 0; isGood && level < static_cast<int>(levels.size()); ++level) {
        isGood = run(
            query,
            QStringLiteral("INSERT INTO userapp_affinitylevel (level, min_value, name, rewards) VALUES (?,?,?,?)"),
            {level, levels[static_cast<size_t>(level)].first, QLatin1String(levels[static_cast<size_t>(level)].second),
             level == 0 ? QStringLiteral("[]")
                        : QStringLiteral("[{\"type\": \"coin\", \"amount\": %1}]").arg(level * 50)});
    }
    return isGood;
}

int levelOfValue(int value) {
    const std::array<int, 7> from{0, 100, 500, 1200, 2400, 4000, 7000};
    return static_cast<int>(std::distance(from.begin(), std::upper_bound(from.begin(), from.end(), value))) - 1;
}

bool fillDevices(QSqlQuery& query, const QString& then, qint64 nowUs) {
    const std::array<const char*, 10> names{"Mochi",   "Mochi the 2nd", "mochi_bear", "Mochichi",     "Lil Mochi",
                                            "Mochito", "Captain Mochi", "Mochinut",   "Mochi & Bean", "MochiMoon"};
    bool isGood = true;
    for (int i = 1; isGood && i <= demoDevices; ++i) {
        const int value = i == 1 ? 1010 : (i * 37 * 97) % 9000;
        const QString name = QLatin1String(names[static_cast<size_t>((i - 1) % 10)]) +
                             (i > 10 ? QStringLiteral(" %1").arg(i) : QString());
        const qint64 seenUs = nowUs - static_cast<qint64>(i) * i * 20'000'000;
        isGood =
            run(query,
                QStringLiteral(
                    "INSERT INTO userapp_paradiseuser (username, nickname, is_active, created_at) VALUES (?,?,1,?)"),
                {QStringLiteral("user%1").arg(i), QStringLiteral("User %1").arg(i), then}) &&
            run(query,
                QStringLiteral(
                    "INSERT INTO device_interaction_userdevice (device_serial, nickname, favorability, "
                    "affinity_level, last_active_at, bound_at, unbound_at, user_id) VALUES (?,?,?,?,?,?,?,?)"),
                {QStringLiteral("MC-7F21-%1").arg(i, 4, 10, QLatin1Char('0')), name, value, levelOfValue(value),
                 i % 50 == 0 ? QVariant() : QVariant(base::databaseTextFromTime(seenUs)), then,
                 i % 40 == 0 ? QVariant(base::databaseTextFromTime(nowUs)) : QVariant(), i});
    }
    return isGood;
}

bool fill(const QString& fileName, qint64 boundUs, qint64 nowUs) {
    const QString name = QStringLiteral("demo store");
    bool isGood = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(fileName);
        if (database.open()) {
            QSqlQuery query(database);
            const QString then = base::databaseTextFromTime(boundUs);
            isGood = database.transaction() && fillRules(query, then) && fillDevices(query, then, nowUs) &&
                     database.commit();
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
    return isGood;
}

/// Plays the device's days through the engine, so that rows, notes, counters and grants are the real ones.
bool play(const QString& fileName, int days, qint64 nowUs) {
    base::VirtualClock clock(nowUs);
    auto store = store::open(QStringLiteral("sqlite:") + fileName, {.access = store::Access::Write}, clock);
    if (!store) {
        qWarning("%s", qPrintable(store.error().what));
        return false;
    }
    store::MemoryCounters counters(clock);
    service::SystemDraw draw;
    service::AffinityService service(**store, counters, draw);
    int number = 0;
    const auto event = [&](qint64 atUs, const char* rule, const char* source) {
        clock.setNowUs(atUs);
        service::ApplyRequest request;
        request.userId = base::UserId{1};
        request.deviceId = demoDevice;
        request.ruleKey = QLatin1String(rule);
        request.source = QLatin1String(source);
        request.eventId = source == std::string_view("decay") ? QString() : QStringLiteral("ev_%1").arg(++number);
        const service::ApplyResult result = service.apply(request);
        if (result.error)
            qWarning("%s: %s", rule, qPrintable(result.error->what));
        return !result.error;
    };
    bool isGood = true;
    for (int day = days; isGood && day >= 0; --day) {
        const qint64 startUs = nowUs - day * dayUs;
        if (day > days / 3 && day < days / 2) { // a stretch of idleness
            isGood = event(startUs - 9'000'000'000, "decay", "decay");
            continue;
        }
        isGood = event(startUs - 9'000'000'000, "daily_checkin", "mobile_event");
        for (int turn = 0; isGood && turn < 9; ++turn)
            isGood = event(startUs - 7'000'000'000 + turn * 400'000'000LL, "chat_turn", "device_event");
        isGood = isGood && event(startUs - 3'100'000'000, "head_pat", "device_event") &&
                 event(startUs - 25'000'000, "head_pat", "device_event") &&
                 event(startUs - 18'000'000, "chat_turn", "device_event");
    }
    return isGood;
}

} // namespace

bool makeQuietStore(const QString& fileName) {
    const base::SystemClock clock;
    const auto made = store::createEmbedded(fileName, clock);
    if (!made) {
        qWarning("%s", qPrintable(made.error().what));
        return false;
    }
    return fill(fileName, clock.nowUs() - 200 * dayUs, clock.nowUs());
}

bool makeDemoStore(const QString& fileName, int days) {
    return makeQuietStore(fileName) && play(fileName, days, base::SystemClock().nowUs());
}

} // namespace affinity::test
