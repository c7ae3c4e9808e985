// adjust: one adjustment by a member of staff, or what it would do.
#include "app/headless.h"
#include "app/operatorsession.h"
#include "app/output.h"
#include "engine/service/adjustments.h"

#include <limits>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 largestPoints = std::numeric_limits<int>::max();

Result<service::AdjustmentForm> formOf(const CommandLine& line) {
    const auto user = line.number(QStringLiteral("user"), 1, largestId);
    if (!user)
        return user.error();
    const auto device = line.number(QStringLiteral("device"), 1, largestId);
    if (!device)
        return device.error();
    const auto delta = line.number(QStringLiteral("delta"), -largestPoints, largestPoints);
    if (!delta)
        return delta.error();
    const auto setTo = line.number(QStringLiteral("set-to"), 0, largestPoints);
    if (!setTo)
        return setTo.error();
    if (delta->has_value() == setTo->has_value())
        return Error{ErrorKind::InvalidInput, QStringLiteral("adjust needs either --delta or --set-to.")};

    service::AdjustmentForm form;
    form.userId = {**user};
    form.deviceId = {**device};
    form.kind = delta->has_value() ? service::AdjustmentKind::ByDelta : service::AdjustmentKind::SetTo;
    form.amount = delta->has_value() ? **delta : **setTo;
    form.reasonCode = line.value(QStringLiteral("reason-code"));
    form.reason = line.value(QStringLiteral("reason"));
    form.ticket = line.value(QStringLiteral("ticket"));
    form.operationId = line.has(QStringLiteral("operation-id")) ? line.value(QStringLiteral("operation-id"))
                                                                : service::newOperationId();
    return form;
}

service::ApplyResult adjust(service::AffinityService& service, const CommandLine& line, const access::Session& session,
                            const service::AdjustmentForm& form) {
    service::Adjustments adjustments(service);
    if (line.has(QStringLiteral("preview")))
        return adjustments.preview(session, form).preview.result;
    // "Set to" is worked out from the value that was read: when it moves before the lock is held, it is refused, not
    // guessed.
    const QByteArray stateHash = form.kind == service::AdjustmentKind::SetTo
                                     ? adjustments.preview(session, form).preview.stateHash
                                     : QByteArray();
    return adjustments.commit(session, form, stateHash);
}

} // namespace

ExitCode runAdjust(const CommandLine& line) {
    const auto form = formOf(line);
    if (!form)
        return failed(form.error());
    const bool isPreview = line.has(QStringLiteral("preview"));
    auto headless = Headless::open(line, isPreview ? store::Access::Read : store::Access::Write, false);
    if (!headless)
        return failed(headless.error());
    service::ApplyResult result;
    const auto session = signInOperator(line, (*headless)->store());
    if (session)
        result = adjust((*headless)->service(), line, *session, *form);
    else
        result = service::failure(QStringLiteral("admin"), session.error());
    printJson(service::toJson(result));
    if (result.error)
        printError(result.error->what);
    else if (!isPreview && !line.has(QStringLiteral("operation-id")))
        printError(QStringLiteral("Operation id: %1").arg(form->operationId));
    return exitCodeOf(result);
}

} // namespace affinity::app
