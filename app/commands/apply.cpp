// apply: one event, or what it would do.
#include "app/headless.h"
#include "app/output.h"

#include <limits>

namespace affinity::app {

namespace {

base::Result<service::ApplyRequest> requestOf(const CommandLine& line) {
    const auto user = line.number(QStringLiteral("user"), 1, largestId);
    if (!user)
        return user.error();
    const auto device = line.number(QStringLiteral("device"), 1, largestId);
    if (!device)
        return device.error();
    const auto operatorId = line.number(QStringLiteral("operator-id"), 1, largestId);
    if (!operatorId)
        return operatorId.error();

    service::ApplyRequest request;
    request.userId = {**user};
    request.deviceId = {**device};
    request.ruleKey = line.value(QStringLiteral("rule"));
    request.source = line.value(QStringLiteral("source"));
    request.eventId = line.value(QStringLiteral("event-id"));
    request.reason = line.value(QStringLiteral("reason"));
    if (*operatorId)
        request.operatorId = base::OperatorId{**operatorId};
    if (line.has(QStringLiteral("metadata"))) {
        const QByteArray text = line.value(QStringLiteral("metadata")).toUtf8();
        request.metadata = base::Json::parse(text.begin(), text.end(), nullptr, false);
        if (!request.metadata.is_object())
            return base::Error{base::ErrorKind::InvalidInput, QStringLiteral("--metadata must be a JSON object.")};
    }
    return request;
}

} // namespace

ExitCode runApply(const CommandLine& line) {
    const auto request = requestOf(line);
    if (!request)
        return failed(request.error());
    const bool isPreview = line.has(QStringLiteral("preview"));
    auto headless = Headless::open(line, isPreview ? store::Access::Read : store::Access::Write, !isPreview);
    if (!headless)
        return failed(headless.error());
    service::AffinityService& service = (*headless)->service();
    const service::ApplyResult result = isPreview ? service.previewApply(*request).result : service.apply(*request);
    printJson(line.has(QStringLiteral("trace")) ? service::toJsonWithTrace(result) : service::toJson(result));
    return exitCodeOf(result);
}

} // namespace affinity::app
