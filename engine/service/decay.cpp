#include "engine/service/decay.h"

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

const QString decaySource = QStringLiteral("decay");

struct DecayDay {
    rules::Setting setting;
    QTimeZone zone;
    rules::LocalDay day;
};

Result<DecayDay> decayDay(store::Store& store, const DecayOptions& options) {
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const rules::Setting& setting = ruleSet->setting;
    if (!store.info().hasDecay)
        return Error{ErrorKind::Refused,
                     QStringLiteral("This store's setting has no decay columns, so there is no decay.")};
    if (!setting.isDecayEnabled)
        return Error{ErrorKind::Refused, QStringLiteral("Decay is switched off in the setting (decay_enabled).")};
    const auto zone = rules::settingZone(setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = store.nowUs();
    if (!nowUs)
        return nowUs.error();
    DecayDay decay{setting, *zone, {}};
    const QDate today = rules::localDate(*nowUs, decay.zone);
    const QDate date = options.date.isValid() ? options.date : today;
    if (date != today && !options.isDryRun) {
        return Error{
            ErrorKind::InvalidInput,
            QStringLiteral("Today is %1 in %2. Decay of %3 can only be tried with --dry-run.")
                .arg(today.toString(Qt::ISODate), QString::fromUtf8(setting.timeZone), date.toString(Qt::ISODate))};
    }
    decay.day = rules::localDay(date, decay.zone);
    return decay;
}

void count(DecayReport& report, const ApplyResult& result) {
    switch (result.outcome) {
    case rules::Outcome::Applied:
        ++report.applied;
        report.pointsTaken -= result.changeValue;
        break;
    case rules::Outcome::Error:
    case rules::Outcome::InDoubt:
        ++report.failed;
        if (report.firstError.isEmpty())
            report.firstError = result.error->what;
        break;
    default:
        ++report.refused;
    }
}

/// True when the device was decayed on that local day.
Result<bool> isDecayed(store::Store& store, const DecayDay& decay, base::DeviceId id) {
    return decay.day.isEmpty() ? Result<bool>(false)
                               : store.hasLogOfSource(id, decaySource, decay.day.startUs(), decay.day.endUs());
}

Result<void> decayDevice(AffinityService& service, const DecayDay& decay, const rules::Binding& binding, bool isDryRun,
                         DecayReport& report) {
    ++report.devicesSeen;
    if (idleDays(binding, decay.day.date, decay.zone) < decay.setting.decayIdleDays)
        return {};
    ++report.devicesIdle;
    const auto isDone = isDecayed(service.store(), decay, binding.id);
    if (!isDone)
        return isDone.error();
    if (*isDone) {
        ++report.doneBefore;
        return {};
    }
    ApplyRequest request;
    request.userId = binding.userId;
    request.deviceId = binding.id;
    request.ruleKey = decay.setting.decayRuleKey;
    request.source = decaySource;
    if (isDryRun) {
        count(report, service.previewApply(request).result);
        return {};
    }
    // Looked at again under the lock: two consoles may run the job at once.
    bool wasDoneMeanwhile = false;
    const Guard guard = [&](const GuardFacts&) -> Result<GuardVerdict> {
        const auto isDoneNow = isDecayed(service.store(), decay, binding.id);
        if (!isDoneNow)
            return isDoneNow.error();
        wasDoneMeanwhile = *isDoneNow;
        if (!wasDoneMeanwhile)
            return GuardVerdict{};
        return GuardVerdict{Error{ErrorKind::Refused, QStringLiteral("The device was decayed meanwhile.")},
                            std::nullopt};
    };
    const ApplyResult result = service.apply(request, guard);
    if (wasDoneMeanwhile)
        ++report.doneBefore;
    else
        count(report, result);
    return {};
}

} // namespace

Result<DecayReport> runDecay(AffinityService& service, const DecayOptions& options) {
    const auto decay = decayDay(service.store(), options);
    if (!decay)
        return decay.error();
    DecayReport report;
    report.date = decay->day.date;
    report.lastDevice = options.resumeAfter;
    for (;;) {
        const auto bindings =
            service.store().bindingsAfter(report.lastDevice, std::max(options.pauseEveryDevices, 1), true);
        if (!bindings)
            return bindings.error();
        if (bindings->empty()) {
            report.isFinished = true;
            return report;
        }
        for (const rules::Binding& binding : *bindings) {
            if (const auto done = decayDevice(service, *decay, binding, options.isDryRun, report); !done)
                return done.error();
            report.lastDevice = binding.id;
        }
        if (options.progress)
            options.progress(report.devicesSeen);
        if (options.cancel && options.cancel->load())
            return report;
    }
}

qint64 idleDays(const rules::Binding& binding, QDate today, const QTimeZone& zone) {
    return rules::localDate(binding.lastActiveAtUs.value_or(binding.boundAtUs), zone).daysTo(today);
}

std::optional<QDate> nextDecayDate(const rules::Binding& binding, const rules::Setting& setting, QDate today,
                                   const QTimeZone& zone) {
    if (!setting.isDecayEnabled || !binding.isActive() || binding.favorability == 0)
        return std::nullopt;
    const qint64 idle = idleDays(binding, today, zone);
    return today.addDays(std::max<qint64>(setting.decayIdleDays - idle, 0));
}

base::Json toJson(const DecayReport& report) {
    return {{"date", report.date.toString(Qt::ISODate).toStdString()},
            {"devices_seen", report.devicesSeen},
            {"devices_idle", report.devicesIdle},
            {"done_before", report.doneBefore},
            {"applied", report.applied},
            {"refused", report.refused},
            {"failed", report.failed},
            {"points_taken", report.pointsTaken},
            {"last_device", report.lastDevice.value},
            {"finished", report.isFinished},
            {"error", report.firstError.isEmpty() ? base::Json() : base::jsonText(report.firstError)}};
}

} // namespace affinity::service
