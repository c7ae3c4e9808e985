#include "app/demostore.h"

#include "app/demopopulation.h"
#include "engine/access/djangopassword.h"
#include "engine/base/isotime.h"
#include "engine/rules/localday.h"
#include "engine/service/writeplan.h"
#include "engine/store/bulkwriter.h"
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

/// Shares of the whole work, as measured.
constexpr double simulatedShare = 0.05;
constexpr double writtenShare = 0.55;
constexpr size_t rowsBetweenProgress = 2000;

Error cancelled() {
    return {ErrorKind::Cancelled, QStringLiteral("Making the demo store was cancelled. Nothing was written.")};
}

bool isCancelled(const DemoOptions& options) {
    return options.isCancelled && *options.isCancelled;
}

void report(const DemoOptions& options, double share) {
    if (options.progress)
        options.progress(share);
}

/// An event that took effect.
struct AppliedEvent {
    qint64 timeUs = 0;
    const DemoCohort* cohort = nullptr;
    sim::ObservedEvent event;
};

/// Keeps what takes effect, device after device, and where each device's life begins.
class Collector final : public sim::EventObserver {
public:
    void enter(const DemoCohort& cohort) { m_cohort = &cohort; }

    void onDevice(qint64 device, size_t, int startValue) override {
        courses.push_back({device, m_cohort->isNew, startValue, m_cohort->horizon.startUs, std::nullopt});
    }
    void onEvent(const sim::ObservedEvent& event) override {
        const qint64 timeUs = eventTimeUs(*m_cohort, event);
        if (!courses.back().firstEventUs)
            courses.back().firstEventUs = timeUs;
        if (event.decision.outcome == rules::Outcome::Applied)
            events.push_back({timeUs, m_cohort, event});
    }

    std::vector<DemoCourse> courses;
    std::vector<AppliedEvent> events;

private:
    const DemoCohort* m_cohort = nullptr;
};

Result<void> simulate(const DemoPlan& plan, const DemoOptions& options, Collector& collector) {
    for (const DemoCohort& cohort : plan.cohorts) {
        collector.enter(cohort);
        sim::SimulationResult counts = sim::emptyResult(cohort.horizon);
        const sim::KernelRequest request{cohort.firstDevice, cohort.devices, &collector, options.isCancelled, {}};
        if (!sim::simulatePlain(cohort.horizon, request, counts))
            return cancelled();
        report(options, simulatedShare * static_cast<double>(cohort.firstDevice + cohort.devices) /
                            static_cast<double>(options.devices));
    }
    std::stable_sort(collector.events.begin(), collector.events.end(),
                     [](const AppliedEvent& a, const AppliedEvent& b) { return a.timeUs < b.timeUs; });
    return {};
}

std::vector<store::OperatorRecord> staff() {
    struct Account {
        QString name;
        bool isStaff;
        bool isDesigner;
    };
    const std::array accounts{Account{demoDesigner(), true, true}, Account{demoSupport(), true, false},
                              Account{demoViewer(), false, false}};
    // Few rounds: this password is written on the sign-in page.
    const QString hash = access::makeDjangoPassword(access::Secret::wellKnown(demoPassword()), "demodemodemo", 1000);
    std::vector<store::OperatorRecord> records;
    for (const Account& account : accounts) {
        store::OperatorRecord record;
        record.person.id.value = static_cast<qint64>(records.size()) + 1;
        record.person.username = account.name;
        record.person.isActive = true;
        record.person.isStaff = account.isStaff;
        record.person.isDesigner = account.isDesigner;
        record.passwordHash = hash;
        records.push_back(record);
    }
    return records;
}

Result<void> writeStart(const DemoPlan& plan, const DemoPeople& people, store::BulkWriter& writer) {
    if (const auto added = writer.addRuleSet(plan.ruleSet); !added)
        return added;
    if (const auto added = writer.addOperators(staff()); !added)
        return added;
    for (const rules::User& user : people.users) {
        if (const auto added = writer.add(user); !added)
            return added;
    }
    for (const rules::Binding& binding : people.bindings) {
        if (const auto added = writer.add(binding); !added)
            return added;
    }
    for (const rules::Grant& grant : earlierGrants(plan, people.bindings)) {
        if (const auto added = writer.add(grant); !added)
            return added.error();
    }
    return {};
}

/// Turns decisions into the rows of the service's own write plans, in time order.
Result<void> writeEvents(const DemoPlan& plan, const DemoPeople& people, const std::vector<AppliedEvent>& events,
                         const DemoOptions& options, store::BulkWriter& writer) {
    std::vector<const rules::Binding*> bindingOfDevice(people.bindings.size());
    for (const rules::Binding& binding : people.bindings)
        bindingOfDevice[static_cast<size_t>(demoDevice(binding))] = &binding;
    const QTimeZone zone(plan.ruleSet.setting.timeZone);
    service::Situation situation;
    situation.setting = plan.ruleSet.setting;
    situation.levels = plan.ruleSet.levels;
    for (size_t i = 0; i < events.size(); ++i) {
        if (i % rowsBetweenProgress == 0) {
            if (isCancelled(options))
                return cancelled();
            report(options,
                   simulatedShare + writtenShare * static_cast<double>(i) / static_cast<double>(events.size()));
        }
        const AppliedEvent& applied = events[i];
        const rules::Binding& binding = *bindingOfDevice[static_cast<size_t>(applied.event.device)];
        if (binding.unboundAtUs && applied.timeUs >= *binding.unboundAtUs)
            continue; // the service refuses what an unbound device sends
        const service::ApplyRequest request = demoRequest(binding, *applied.cohort, applied.event);
        situation.nowUs = applied.timeUs;
        if (!situation.day.contains(applied.timeUs))
            situation.day = rules::localDay(rules::localDate(applied.timeUs, zone), zone);
        const rules::Rule* rule = rules::liveRule(plan.ruleSet, request.ruleKey);
        if (!rule)
            return Error{ErrorKind::Internal, QStringLiteral("The demo scenario has no rule %1.").arg(request.ruleKey)};
        situation.rule = *rule;
        const auto written =
            writer.write(service::writePlan(service::actionOf(request), situation, applied.event.decision));
        if (!written)
            return written.error();
    }
    return {};
}

Result<void> writeFile(const QString& fileName, const DemoPlan& plan, const DemoOptions& options) {
    Collector collector;
    if (const auto simulated = simulate(plan, options, collector); !simulated)
        return simulated;
    const DemoPeople people = demoPeople(plan, collector.courses);
    const base::VirtualClock clock(plan.startUs);
    if (const auto created = store::createEmbedded(fileName, clock); !created)
        return created;
    const auto writer = store::BulkWriter::open(fileName, clock);
    if (!writer)
        return writer.error();
    if (const auto written = writeStart(plan, people, **writer); !written)
        return written;
    if (const auto written = writeEvents(plan, people, collector.events, options, **writer); !written)
        return written;
    const auto finished = (*writer)->finish([&options](double share) {
        const double before = simulatedShare + writtenShare;
        report(options, before + (1 - before) * share);
        return !isCancelled(options);
    });
    if (!finished && finished.error().kind == ErrorKind::Cancelled)
        return cancelled();
    return finished;
}

void removeDatabase(const QString& fileName) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        QFile::remove(fileName + QLatin1String(ending));
}

} // namespace

Result<void> createDemoStore(const QString& fileName, const DemoOptions& options) {
    constexpr qint64 mostDevices = 100'000;
    if (options.devices < 1 || options.devices > mostDevices)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("A demo store has 1 to %1 devices, not %2.").arg(mostDevices).arg(options.devices)};
    if (QFile::exists(fileName))
        return Error{ErrorKind::InvalidInput, QStringLiteral("\"%1\" exists already.").arg(fileName)};
    const auto plan = demoPlan(options);
    if (!plan)
        return plan.error();
    if (!QDir().mkpath(QFileInfo(fileName).absolutePath()))
        return Error{ErrorKind::CannotConnect, QStringLiteral("The folder of \"%1\" cannot be made.").arg(fileName)};
    // Written next to the final name and renamed: whoever finds the file finds a whole store.
    const QString partial = fileName + QStringLiteral(".partial");
    removeDatabase(partial);
    Result<void> made = writeFile(partial, *plan, options);
    if (made && !QFile::rename(partial, fileName))
        made = Error{ErrorKind::CannotConnect, QStringLiteral("\"%1\" cannot be given its name.").arg(fileName)};
    if (!made)
        removeDatabase(partial);
    return made;
}

QString demoStoreFile() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/demo.sqlite");
}

QString demoDesigner() {
    return QStringLiteral("demo-designer");
}

QString demoSupport() {
    return QStringLiteral("demo-support");
}

QString demoViewer() {
    return QStringLiteral("demo-viewer");
}

QByteArray demoPassword() {
    return QByteArrayLiteral("demo");
}

} // namespace affinity::app
