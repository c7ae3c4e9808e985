#include "app/demostore.h"

#include "engine/access/djangopassword.h"
#include "engine/base/clock.h"
#include "engine/base/isotime.h"
#include "engine/rules/localday.h"
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/sim/plainkernel.h"
#include "engine/sim/scenariojson.h"
#include "engine/store/bulkcopy.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorystore.h"
#include "engine/store/open.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Shares of the whole work, as measured: deciding every event takes most of it.
constexpr double drawnShare = 0.05;
constexpr double appliedShare = 0.85;
constexpr size_t eventsBetweenProgress = 1000;

struct DeviceName {
    const char16_t* nickname;
    const char16_t* username;
};

constexpr std::array deviceNames{
    DeviceName{u"Mochi", u"lin.yue"},  DeviceName{u"小白", u"wang.xiaoming"}, DeviceName{u"Momo", u"alice"},
    DeviceName{u"豆豆", u"chen.jing"}, DeviceName{u"Kiki", u"bob"},           DeviceName{u"团子", u"zhao.lei"},
    DeviceName{u"Luna", u"carol"},     DeviceName{u"奶糖", u"sun.yi"},        DeviceName{u"Pebble", u"dave"},
    DeviceName{u"星星", u"zhou.min"},  DeviceName{u"Biscuit", u"erin"},       DeviceName{u"年糕", u"wu.hao"},
    DeviceName{u"Pixel", u"frank"},    DeviceName{u"布丁", u"zheng.rui"},     DeviceName{u"Sunny", u"grace"},
    DeviceName{u"糯米", u"feng.xue"},  DeviceName{u"Cocoa", u"heidi"},        DeviceName{u"阿福", u"han.mei"},
    DeviceName{u"Maple", u"ivan"},     DeviceName{u"可乐", u"yang.guang"},
};

/// Everything the population does, in the order in which it happens to the service.
class EventCollector final : public sim::EventObserver {
public:
    struct Event {
        qint64 second = 0;
        qint64 device = 0;
        size_t ruleIndex = 0;
        int drawn = 0;
        bool isDecay = false;
        QString eventId;
    };

    void onDevice(qint64, size_t, int startValue) override { m_startValues.push_back(startValue); }
    void onEvent(const sim::ObservedEvent& event) override {
        const bool isDecay = event.kind == sim::EventKind::Decay;
        m_events.push_back({event.second, event.device, event.ruleIndex, event.decision.drawn, isDecay,
                            isDecay ? QString() : sim::eventId(event)});
    }

    std::vector<Event> takeInTimeOrder() {
        std::stable_sort(m_events.begin(), m_events.end(),
                         [](const Event& a, const Event& b) { return a.second < b.second; });
        return std::move(m_events);
    }
    const std::vector<int>& startValues() const { return m_startValues; }

private:
    std::vector<Event> m_events;
    std::vector<int> m_startValues;
};

Result<sim::Scenario> demoScenario(const DemoOptions& options) {
    QFile file(QStringLiteral(":/scenarios/demo.json"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, QStringLiteral("The demo scenario is not in this program.")};
    auto scenario = sim::scenarioFromText(file.readAll(), QStringLiteral("demo.json"));
    if (!scenario)
        return scenario;
    scenario->devices = options.devices;
    scenario->days = options.days;
    const QTimeZone zone(scenario->ruleSet.setting.timeZone);
    scenario->startDate = rules::localDate(options.nowUs, zone).addDays(-options.days);
    // Its dates belong to another stretch of time, and a rule that changes meanwhile would have to be edited meanwhile.
    scenario->calendar.clear();
    return scenario;
}

Result<void> addStaff(store::MemoryDatabase& database) {
    struct Account {
        const char* name;
        bool isStaff;
        bool isDesigner;
    };
    constexpr std::array accounts{Account{"demo-designer", true, true}, Account{"demo-support", true, false},
                                  Account{"demo-viewer", false, false}};
    // Few rounds: this password is written on the sign-in page.
    const QString hash = access::makeDjangoPassword(access::Secret(demoPassword()), "demodemodemo", 1000);
    for (const Account& account : accounts) {
        store::OperatorRecord record;
        record.person.username = QString::fromLatin1(account.name);
        record.person.isActive = true;
        record.person.isStaff = account.isStaff;
        record.person.isDesigner = account.isDesigner;
        record.passwordHash = hash;
        if (const auto added = database.add(record); !added)
            return added.error();
    }
    return {};
}

/// Users and bindings as they are before the first event. Every tenth user has two devices.
Result<void> addPopulation(store::MemoryDatabase& database, const sim::Horizon& horizon,
                           const std::vector<int>& startValues) {
    base::UserId user;
    for (size_t i = 0; i < startValues.size(); ++i) {
        const DeviceName& names = deviceNames.at(i % deviceNames.size());
        const size_t round = i / deviceNames.size();
        const QString suffix = round == 0 ? QString() : QString::number(round + 1);
        if (i % 11 != 10) {
            const auto added = database.add(rules::User{{},
                                                        QString::fromUtf16(names.username) + suffix,
                                                        QString::fromUtf16(names.username),
                                                        true,
                                                        horizon.startUs});
            if (!added)
                return added.error();
            user = *added;
        }
        rules::Binding binding;
        binding.userId = user;
        binding.serial = QStringLiteral("MC-%1").arg(i + 1, 6, 10, QLatin1Char('0'));
        binding.nickname =
            QString::fromUtf16(names.nickname) + (suffix.isEmpty() ? QString() : QLatin1Char(' ') + suffix);
        binding.favorability = startValues[i];
        binding.affinityLevel = rules::levelOf(startValues[i], horizon.levels);
        binding.boundAtUs = horizon.startUs;
        if (const auto added = database.add(binding); !added)
            return added.error();
    }
    return {};
}

Error cancelled() {
    return {ErrorKind::Cancelled, QStringLiteral("Making the demo store was cancelled. Nothing was written.")};
}

/// The service's own code path for every event, on a clock that follows the population.
Result<void> applyAll(const std::shared_ptr<store::MemoryDatabase>& database, const sim::Horizon& horizon,
                      const std::vector<EventCollector::Event>& events, const DemoOptions& options) {
    base::VirtualClock clock(horizon.startUs);
    store::MemoryStore store(database, clock);
    store::MemoryCounters counters(clock);
    service::SystemDraw unusedDraw;
    service::AffinityService service(store, counters, unusedDraw);
    std::vector<base::UserId> users;
    const auto bindings = store.bindingsAfter({}, static_cast<int>(options.devices), true);
    if (!bindings)
        return bindings.error();

    for (size_t i = 0; i < events.size(); ++i) {
        if (i % eventsBetweenProgress == 0) {
            if (options.isCancelled && *options.isCancelled)
                return cancelled();
            if (options.progress)
                options.progress(drawnShare +
                                 appliedShare * static_cast<double>(i) / static_cast<double>(events.size()));
        }
        const EventCollector::Event& event = events[i];
        const rules::Binding& binding = (*bindings)[static_cast<size_t>(event.device)];
        clock.setNowUs(horizon.startUs + event.second * base::usPerSecond);
        service::ApplyRequest request;
        request.userId = binding.userId;
        request.deviceId = binding.id;
        request.ruleKey = horizon.ruleKeys[event.ruleIndex];
        request.source = event.isDecay ? QStringLiteral("decay") : QStringLiteral("device_event");
        request.eventId = event.eventId;
        service::FixedDraw draw(event.drawn);
        service.setDraw(draw);
        const service::ApplyResult result = service.apply(request);
        if (result.error)
            return *result.error;
    }
    return {};
}

/// Writes next to the final name and renames: whoever finds the file finds a whole store.
Result<void> writeFile(const store::MemoryDatabase& database, const QString& fileName, const base::Clock& clock,
                       const DemoOptions& options) {
    const QString partial = fileName + QStringLiteral(".partial");
    for (const QString& leftover : {partial, partial + QStringLiteral("-wal"), partial + QStringLiteral("-shm")})
        QFile::remove(leftover);
    if (!QDir().mkpath(QFileInfo(fileName).absolutePath()))
        return Error{ErrorKind::CannotConnect, QStringLiteral("The folder of \"%1\" cannot be made.").arg(fileName)};
    if (const auto created = store::createEmbedded(partial, clock); !created)
        return created;
    const auto copied = store::copyStore(database, partial, clock, [&options](qint64 done, qint64 all) {
        if (options.progress)
            options.progress(drawnShare + appliedShare +
                             0.1 * static_cast<double>(done) / static_cast<double>(std::max<qint64>(all, 1)));
    });
    if (!copied) {
        QFile::remove(partial);
        return copied;
    }
    if (!QFile::rename(partial, fileName))
        return Error{ErrorKind::CannotConnect, QStringLiteral("\"%1\" cannot be given its name.").arg(fileName)};
    return {};
}

} // namespace

Result<void> createDemoStore(const QString& fileName, const DemoOptions& options) {
    if (QFile::exists(fileName))
        return Error{ErrorKind::InvalidInput, QStringLiteral("\"%1\" exists already.").arg(fileName)};
    const auto scenario = demoScenario(options);
    if (!scenario)
        return scenario.error();
    const auto horizon = sim::planHorizon(*scenario);
    if (!horizon)
        return horizon.error();
    EventCollector collector;
    sim::SimulationResult counts = sim::emptyResult(*horizon);
    if (!sim::simulatePlain(*horizon, {0, scenario->devices, &collector, options.isCancelled, {}}, counts))
        return cancelled();

    const auto database = std::make_shared<store::MemoryDatabase>();
    rules::RuleSet ruleSet = scenario->ruleSet;
    for (rules::Rule& rule : ruleSet.rules) {
        rule.createdAtUs = horizon->startUs;
        rule.updatedAtUs = horizon->startUs - 1; // the first rows are newer than the rules they came under
    }
    ruleSet.setting.updatedAtUs = horizon->startUs;
    if (const auto added = database->add(ruleSet); !added)
        return added;
    if (const auto added = addStaff(*database); !added)
        return added;
    if (const auto added = addPopulation(*database, *horizon, collector.startValues()); !added)
        return added;
    if (const auto applied = applyAll(database, *horizon, collector.takeInTimeOrder(), options); !applied)
        return applied;
    const base::VirtualClock clock(horizon->startUs);
    if (const auto written = writeFile(*database, fileName, clock, options); !written)
        return written;
    if (options.progress)
        options.progress(1.0);
    return {};
}

QString demoStoreFile() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/demo.sqlite");
}

QString demoDesigner() {
    return QStringLiteral("demo-designer");
}

QByteArray demoPassword() {
    return QByteArrayLiteral("demo");
}

} // namespace affinity::app
