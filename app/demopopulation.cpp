#include "app/demopopulation.h"

#include "app/demonames.h"
#include "engine/base/isotime.h"
#include "engine/rules/levels.h"
#include "engine/rules/localday.h"
#include "engine/sim/scenariojson.h"

#include <QFile>
#include <QSet>

#include <algorithm>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 usPerDay = 86'400 * base::usPerSecond;
/// Devices of the population that are bound while the history runs.
constexpr double newShare = 0.4;
/// One in so many further bindings goes to somebody who has a device already.
constexpr quint32 bindingsPerSecondDevice = 9;
/// One in so many devices is unbound at some time.
constexpr quint32 devicesPerUnbinding = 28;
/// Nobody unbinds a device within its first days.
constexpr qint64 fewestDaysBound = 10;

/// What a draw is for; beside the simulator's own purposes.
enum class Trait : quint32 {
    BindingDay = 101,
    Binding = 102,
    Unbinding = 103,
    Owner = 104,
    Person = 105,
    Nickname = 106
};

base::PhiloxCounter words(const DemoPlan& plan, Trait trait, qint64 index) {
    return base::philox({static_cast<quint32>(index), 0, 0, static_cast<quint32>(trait)},
                        {static_cast<quint32>(plan.seed), static_cast<quint32>(plan.seed >> 32)});
}

Result<sim::Scenario> demoScenario() {
    QFile file(QStringLiteral(":/scenarios/demo.json"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, QStringLiteral("The demo scenario is not in this program.")};
    return sim::scenarioFromText(file.readAll(), QStringLiteral("demo.json"));
}

/// The days of the history on which new devices are bound, ascending, one entry for each device.
std::vector<int> bindingDays(const DemoPlan& plan, const DemoOptions& options) {
    std::vector<int> days;
    if (options.days < 2)
        return days;
    const auto count = static_cast<qint64>(newShare * static_cast<double>(options.devices));
    for (qint64 i = 0; i < count; ++i)
        days.push_back(1 + static_cast<int>(base::boundedInteger(words(plan, Trait::BindingDay, i)[0],
                                                                 static_cast<quint32>(options.days - 1))));
    std::sort(days.begin(), days.end());
    return days;
}

Result<DemoCohort> cohortFrom(sim::Scenario scenario, int day, qint64 firstDevice, qint64 devices) {
    scenario.startDate = scenario.startDate.addDays(day);
    scenario.days -= day;
    if (day > 0)
        scenario.start = {};
    auto horizon = sim::planHorizon(scenario);
    if (!horizon)
        return horizon.error();
    return DemoCohort{*std::move(horizon), firstDevice, devices, day > 0};
}

/// When a device was bound. One that is new and used on its first day was bound minutes before that; one from before
/// the history long enough ago to have come by its value.
qint64 boundAtUs(const DemoPlan& plan, const DemoCourse& course) {
    const auto draw = words(plan, Trait::Binding, course.device);
    if (!course.isNew) {
        constexpr int fastestPointsPerDay = 25;
        constexpr quint32 oldestDays = 420;
        const qint64 daysBefore = std::max<qint64>(3 + course.startValue / fastestPointsPerDay,
                                                   1 + base::boundedInteger(draw[0], oldestDays));
        return plan.startUs - daysBefore * usPerDay + base::boundedInteger(draw[1], 86'400) * base::usPerSecond;
    }
    const qint64 dayEndUs = course.cohortStartUs + usPerDay;
    if (course.firstEventUs && *course.firstEventUs < dayEndUs) {
        const qint64 minutesBeforeUs = (30 + base::boundedInteger(draw[0], 600)) * base::usPerSecond;
        return std::max(course.cohortStartUs, *course.firstEventUs - minutesBeforeUs);
    }
    constexpr quint32 morningS = 8 * 3600;
    constexpr quint32 lengthS = 14 * 3600;
    return course.cohortStartUs + (morningS + base::boundedInteger(draw[1], lengthS)) * base::usPerSecond;
}

std::optional<qint64> unboundAtUs(const DemoPlan& plan, const DemoCourse& course, qint64 boundUs) {
    const auto draw = words(plan, Trait::Unbinding, course.device);
    const qint64 earliestUs = std::max(plan.startUs, boundUs) + fewestDaysBound * usPerDay;
    if (base::boundedInteger(draw[0], devicesPerUnbinding) != 0 || earliestUs >= plan.endUs)
        return std::nullopt;
    const qint64 secondsLeft = (plan.endUs - earliestUs) / base::usPerSecond;
    return earliestUs + base::boundedInteger(draw[1], static_cast<quint32>(secondsLeft)) * base::usPerSecond;
}

/// Gives out users: a new one, or one that is there.
class Owners {
public:
    explicit Owners(const DemoPlan& plan) : m_plan(plan) {}

    const rules::User& ownerOf(qint64 device, qint64 boundUs) {
        const auto draw = words(m_plan, Trait::Owner, device);
        if (!m_users.empty() && base::boundedInteger(draw[0], bindingsPerSecondDevice) == 0)
            return m_users[base::boundedInteger(draw[1], static_cast<quint32>(m_users.size()))];
        const DemoPerson person = demoPerson(words(m_plan, Trait::Person, device));
        rules::User user;
        user.id.value = static_cast<qint64>(m_users.size()) + 1;
        user.username = uniqueName(person.username, draw[2]);
        user.nickname = person.nickname;
        user.createdAtUs = boundUs - (60 + base::boundedInteger(draw[3], 3600)) * base::usPerSecond;
        m_isChinese.push_back(person.isChinese);
        m_users.push_back(user);
        return m_users.back();
    }
    bool isChinese(const rules::User& user) const { return m_isChinese[static_cast<size_t>(user.id.value - 1)]; }
    std::vector<rules::User> take() { return std::move(m_users); }

private:
    /// As people do when their name is taken: with two digits or more after it.
    QString uniqueName(const QString& wanted, quint32 word) {
        QString name = wanted;
        for (quint32 number = base::boundedInteger(word, 100); m_names.contains(name); ++number)
            name = wanted + QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
        m_names.insert(name);
        return name;
    }

    const DemoPlan& m_plan;
    std::vector<rules::User> m_users;
    std::vector<bool> m_isChinese;
    QSet<QString> m_names;
};

} // namespace

Result<DemoPlan> demoPlan(const DemoOptions& options) {
    auto scenario = demoScenario();
    if (!scenario)
        return scenario.error();
    scenario->devices = options.devices;
    scenario->days = options.days;
    scenario->calendar.clear();
    const QTimeZone zone(scenario->ruleSet.setting.timeZone);
    const QDate today = rules::localDate(options.nowUs, zone);
    scenario->startDate = today.addDays(-options.days);

    DemoPlan plan;
    plan.seed = scenario->seed;
    plan.startUs = rules::localDay(scenario->startDate, zone).startUs();
    plan.endUs = rules::localDay(today, zone).startUs();
    plan.ruleSet = scenario->ruleSet;
    for (size_t i = 0; i < plan.ruleSet.rules.size(); ++i) {
        rules::Rule& rule = plan.ruleSet.rules[i];
        rule.id.value = static_cast<qint64>(i) + 1;
        rule.createdAtUs = plan.startUs - 1;
        rule.updatedAtUs = plan.startUs - 1; // the first rows are newer than the rules they came under
    }
    plan.ruleSet.setting.updatedAtUs = plan.startUs - 1;

    const std::vector<int> days = bindingDays(plan, options);
    qint64 device = options.devices - static_cast<qint64>(days.size());
    auto first = cohortFrom(*scenario, 0, 0, device);
    if (!first)
        return first.error();
    plan.cohorts.push_back(*std::move(first));
    for (auto day = days.begin(); day != days.end();) {
        const auto next = std::upper_bound(day, days.end(), *day);
        auto cohort = cohortFrom(*scenario, *day, device, next - day);
        if (!cohort)
            return cohort.error();
        device += cohort->devices;
        plan.cohorts.push_back(*std::move(cohort));
        day = next;
    }
    return plan;
}

DemoPeople demoPeople(const DemoPlan& plan, const std::vector<DemoCourse>& courses) {
    struct Bound {
        qint64 atUs = 0;
        const DemoCourse* course = nullptr;
    };
    std::vector<Bound> order;
    for (const DemoCourse& course : courses)
        order.push_back({boundAtUs(plan, course), &course});
    std::stable_sort(order.begin(), order.end(), [](const Bound& a, const Bound& b) { return a.atUs < b.atUs; });

    DemoPeople people;
    Owners owners(plan);
    for (const Bound& bound : order) {
        const DemoCourse& course = *bound.course;
        const rules::User& owner = owners.ownerOf(course.device, bound.atUs);
        rules::Binding binding;
        binding.id.value = static_cast<qint64>(people.bindings.size()) + 1;
        binding.userId = owner.id;
        binding.serial = QStringLiteral("MC-%1").arg(course.device + 1, 6, 10, QLatin1Char('0'));
        binding.nickname = demoNickname(words(plan, Trait::Nickname, course.device), owners.isChinese(owner));
        binding.favorability = course.startValue;
        binding.affinityLevel = rules::levelOf(course.startValue, plan.ruleSet.levels);
        binding.boundAtUs = bound.atUs;
        if (!course.isNew)
            binding.lastActiveAtUs = plan.startUs; // the simulator counts idle days from here
        binding.unboundAtUs = unboundAtUs(plan, course, bound.atUs);
        people.bindings.push_back(binding);
    }
    people.users = owners.take();
    return people;
}

qint64 demoDevice(const rules::Binding& binding) {
    return QStringView(binding.serial).mid(3).toLongLong() - 1;
}

qint64 eventTimeUs(const DemoCohort& cohort, const sim::ObservedEvent& event) {
    return cohort.horizon.startUs + event.second * base::usPerSecond;
}

service::ApplyRequest demoRequest(const rules::Binding& binding, const DemoCohort& cohort,
                                  const sim::ObservedEvent& event) {
    service::ApplyRequest request;
    request.userId = binding.userId;
    request.deviceId = binding.id;
    request.ruleKey = cohort.horizon.ruleKeys[event.ruleIndex];
    if (event.kind == sim::EventKind::Decay) {
        request.source = QStringLiteral("decay");
        return request;
    }
    const bool isFromPhone = request.ruleKey == QLatin1String("checkin") || request.ruleKey == QLatin1String("gift");
    request.source = isFromPhone ? QStringLiteral("mobile_event") : QStringLiteral("device_event");
    request.eventId = sim::eventId(event);
    return request;
}

std::vector<rules::Grant> earlierGrants(const DemoPlan& plan, const std::vector<rules::Binding>& bindings) {
    std::vector<rules::Grant> grants;
    for (const rules::Binding& binding : bindings) {
        for (const rules::Level& level : plan.ruleSet.levels) {
            if (level.level < 1 || level.level > binding.affinityLevel)
                continue;
            const double way = static_cast<double>(level.minValue) / std::max(binding.favorability, 1);
            const auto waited = static_cast<qint64>(way * static_cast<double>(plan.startUs - binding.boundAtUs));
            rules::Grant grant;
            grant.deviceId = binding.id;
            grant.level = level.level;
            grant.rewards = level.rewards;
            grant.grantedAtUs = std::min(binding.boundAtUs + waited, plan.startUs - 1) / base::usPerSecond *
                                base::usPerSecond; // rows of the history have whole seconds, too
            grants.push_back(grant);
        }
    }
    std::stable_sort(grants.begin(), grants.end(),
                     [](const rules::Grant& a, const rules::Grant& b) { return a.grantedAtUs < b.grantedAtUs; });
    return grants;
}

} // namespace affinity::app
