#include "engine/store/functionrefusal.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;

namespace {

/// %1 the database, %2 the function's own text
QString sentenceOfRefusal(FunctionRefusal refusal) {
    switch (refusal) {
    case FunctionRefusal::NoStaff:
        return QStringLiteral(
            "%1 refuses the adjustment: %2. An account of that name has to be active staff in Django's "
            "admin. Nothing was written.");
    case FunctionRefusal::OtherOperator:
        return QStringLiteral("%1 knows you by your database user: %2. Sign in under that name. Nothing was written.");
    case FunctionRefusal::NoAdjustment:
        return QStringLiteral("%1 refuses a row that is no adjustment: %2. Nothing was written.");
    case FunctionRefusal::NoReason:
        return QStringLiteral("%1 refuses an adjustment without a reason: %2. Nothing was written.");
    case FunctionRefusal::OperationId:
        return QStringLiteral("%1 refuses the adjustment's operation id: %2. Nothing was written.");
    case FunctionRefusal::NoBinding:
        return QStringLiteral("%1 refuses the adjustment's device: %2. Nothing was written.");
    case FunctionRefusal::OtherTime:
        return QStringLiteral("%1 refuses the adjustment's time: %2. Nothing was written; try again.");
    case FunctionRefusal::ValueMoved:
        return QStringLiteral("%1 refuses the adjustment: %2. Nothing was written; look at the new preview.");
    case FunctionRefusal::WrongArithmetic:
        return QStringLiteral("%1 refuses the adjustment's numbers: %2. Nothing was written.");
    case FunctionRefusal::OverLimit:
        return QStringLiteral("%1 refuses the adjustment, which is over a limit: %2. Nothing was written.");
    case FunctionRefusal::LevelNotReached:
        return QStringLiteral("%1 refuses the adjustment's level: %2. Nothing was written; look at the new preview.");
    case FunctionRefusal::OtherTransaction:
        return QStringLiteral("%1 takes adjustments in transactions that are read committed: %2. Nothing was written.");
    case FunctionRefusal::Count:
        break;
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<FunctionRefusal> functionRefusalOf(const QByteArray& state) {
    if (!state.startsWith("ZA"))
        return std::nullopt;
    const int number = state.mid(2).toInt();
    if (number < 1 || number > static_cast<int>(FunctionRefusal::Count))
        return std::nullopt;
    return static_cast<FunctionRefusal>(number - 1);
}

Error errorOf(FunctionRefusal refusal, const QString& name, const QString& message) {
    return {ErrorKind::Refused, sentenceOfRefusal(refusal).arg(name, message)};
}

} // namespace affinity::store
