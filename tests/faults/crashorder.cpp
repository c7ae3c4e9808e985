#include "tests/faults/crashorder.h"

namespace affinity::test {

QString name(CrashStep step) {
    switch (step) {
    case CrashStep::CountersRead:
        return QStringLiteral("counters read");
    case CrashStep::Begun:
        return QStringLiteral("begun");
    case CrashStep::EventLocked:
        return QStringLiteral("event id locked");
    case CrashStep::DeviceLocked:
        return QStringLiteral("device locked");
    case CrashStep::Rechecked:
        return QStringLiteral("log read again");
    case CrashStep::ValueWritten:
        return QStringLiteral("value written");
    case CrashStep::NoteWritten:
        return QStringLiteral("note written");
    case CrashStep::GrantWritten:
        return QStringLiteral("grant written");
    case CrashStep::CommitSent:
        return QStringLiteral("commit sent");
    case CrashStep::CommitAnswered:
        return QStringLiteral("commit answered");
    case CrashStep::Confirmed:
        return QStringLiteral("confirmed");
    }
    return {};
}

QString name(CrashFault fault) {
    switch (fault) {
    case CrashFault::KillClient:
        return QStringLiteral("client killed");
    case CrashFault::StopClient:
        return QStringLiteral("client stopped");
    case CrashFault::RestartServer:
        return QStringLiteral("server restarted");
    case CrashFault::KillServer:
        return QStringLiteral("server killed");
    case CrashFault::KillRedis:
        return QStringLiteral("Redis killed");
    }
    return {};
}

std::vector<CrashStep> stepsOf(Operation operation) {
    if (operation == Operation::Adjust)
        return {CrashStep::Begun,       CrashStep::DeviceLocked, CrashStep::Rechecked,  CrashStep::ValueWritten,
                CrashStep::NoteWritten, CrashStep::GrantWritten, CrashStep::CommitSent, CrashStep::CommitAnswered};
    return {CrashStep::CountersRead, CrashStep::Begun,          CrashStep::EventLocked, CrashStep::DeviceLocked,
            CrashStep::Rechecked,    CrashStep::ValueWritten,   CrashStep::NoteWritten, CrashStep::GrantWritten,
            CrashStep::CommitSent,   CrashStep::CommitAnswered, CrashStep::Confirmed};
}

base::Json toJson(const CrashOrder& order) {
    return {{"dialect", static_cast<int>(order.target.dialect)},
            {"port", order.target.port},
            {"user", order.target.user.toStdString()},
            {"database", order.target.database.toStdString()},
            {"password", order.target.password.toStdString()},
            {"redis", order.redisPort},
            {"operation", static_cast<int>(order.operation)},
            {"device", order.device.value},
            {"id", order.id.toStdString()},
            {"step", static_cast<int>(order.step)},
            {"fault", static_cast<int>(order.fault)}};
}

CrashOrder crashOrderFrom(const base::Json& json) {
    const auto text = [&](const char* member) { return json.at(member).get<std::string>(); };
    CrashOrder order;
    order.target.dialect = static_cast<store::Dialect>(json.at("dialect").get<int>());
    order.target.port = json.at("port").get<quint16>();
    order.target.user = QString::fromStdString(text("user"));
    order.target.database = QString::fromStdString(text("database"));
    order.target.password = QByteArray::fromStdString(text("password"));
    order.redisPort = json.at("redis").get<quint16>();
    order.operation = static_cast<Operation>(json.at("operation").get<int>());
    order.device = base::DeviceId{json.at("device").get<qint64>()};
    order.id = QString::fromStdString(text("id"));
    order.step = static_cast<CrashStep>(json.at("step").get<int>());
    order.fault = static_cast<CrashFault>(json.at("fault").get<int>());
    return order;
}

} // namespace affinity::test
