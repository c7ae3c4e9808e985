#include "app/tour.h"

#include "app/demostore.h"
#include "app/headless.h"
#include "app/output.h"
#include "app/report.h"
#include "engine/service/adjustments.h"
#include "engine/sim/run.h"
#include "engine/sim/scenariojson.h"

#include <QFile>
#include <QFileInfo>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

void say(const QString& text) {
    printText(text + QLatin1Char('\n'));
}

Result<void> ensureDemoStore() {
    const QString file = demoStoreFile();
    if (QFile::exists(file)) {
        say(QStringLiteral("Demo store: %1").arg(file));
        return {};
    }
    ProgressLine progress(QStringLiteral("Making the demo store:"));
    DemoOptions options;
    options.nowUs = base::SystemClock().nowUs();
    options.progress = [&progress](double share) {
        progress.show(QStringLiteral("%1%").arg(static_cast<int>(100 * share)));
    };
    const auto made = createDemoStore(file, options);
    if (made)
        say(QStringLiteral("Made the demo store: %1").arg(file));
    return made;
}

/// Adds five points to the first device and says what came of it.
Result<QString> adjustOneDevice() {
    CommandLine line;
    line.command = QStringLiteral("adjust");
    line.options.insert(QStringLiteral("store"), QStringLiteral("sqlite:") + demoStoreFile());
    auto headless = Headless::open(line, store::Access::Write, false);
    if (!headless)
        return headless.error();
    const auto session =
        access::signIn((*headless)->store(), demoDesigner(), access::Secret::wellKnown(demoPassword()));
    if (!session)
        return session.error();
    const auto bindings = (*headless)->store().bindingsAfter({}, 1, true);
    if (!bindings)
        return bindings.error();
    if (bindings->empty())
        return Error{ErrorKind::NotFound, QStringLiteral("The demo store has no device.")};

    service::AdjustmentForm form;
    form.userId = bindings->front().userId;
    form.deviceId = bindings->front().id;
    form.amount = 5;
    form.reasonCode = QStringLiteral("test");
    form.reason = QStringLiteral("Tour without a display");
    form.operationId = service::newOperationId();
    service::Adjustments adjustments((*headless)->service());
    const service::AdjustmentPreview preview = adjustments.preview(*session, form);
    if (preview.preview.result.error)
        return *preview.preview.result.error;
    say(QStringLiteral("Preview: device %1 would go from %2 to %3.")
            .arg(form.deviceId.value)
            .arg(preview.preview.decision.before)
            .arg(preview.preview.decision.after));
    const service::ApplyResult result = adjustments.commit(*session, form, preview.preview.stateHash);
    if (result.error)
        return *result.error;
    return QStringLiteral("Adjusted device %1 from %2 to %3 (%4, log row %5).")
        .arg(form.deviceId.value)
        .arg(result.beforeValue)
        .arg(result.afterValue)
        .arg(rules::wireName(result.outcome))
        .arg(result.logId ? QString::number(result.logId->value) : QStringLiteral("none"));
}

Result<QString> simulateAndReport(const QStringList& remarks) {
    QFile file(QStringLiteral(":/scenarios/demo.json"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, QStringLiteral("The demo scenario is not in this program.")};
    const auto scenario = sim::scenarioFromText(file.readAll(), QStringLiteral("demo.json"));
    if (!scenario)
        return scenario.error();
    const auto result = sim::run(*scenario);
    if (!result)
        return result.error();
    say(QStringLiteral("Simulated %1 devices over %2 days: %3 events, digest %4.")
            .arg(result->devices)
            .arg(result->days.size())
            .arg(sim::eventCount(*result))
            .arg(sim::digest(*result)));
    return writeReport(QFileInfo(demoStoreFile()).absolutePath() + QStringLiteral("/report"), *scenario, *result,
                       remarks);
}

} // namespace

ExitCode runTour() {
    say(QStringLiteral("There is no display, so the console shows what it does without its window."));
    if (const auto made = ensureDemoStore(); !made)
        return failed(made.error());
    const auto adjusted = adjustOneDevice();
    if (!adjusted)
        return failed(adjusted.error());
    say(*adjusted);
    const auto report = simulateAndReport({*adjusted});
    if (!report)
        return failed(report.error());
    say(QStringLiteral("Report with charts: %1").arg(*report));
    return ExitCode::Done;
}

} // namespace affinity::app
