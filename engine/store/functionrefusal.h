// FunctionRefusal: why the function through which a support role commits refused an adjustment, by its SQLSTATE.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>

#include <optional>

namespace affinity::store {

/// In the order of their states ZA001, ZA002, …; see resources/roles/postgresql.sql.
enum class FunctionRefusal {
    NoStaff,          ///< the database user is no active member of staff
    OtherOperator,    ///< the row, or the sign-in, names another person
    NoAdjustment,     ///< the row is an event's, of a wrong source, or has not all members
    NoReason,         ///< text or code
    OperationId,      ///< empty, or used before
    NoBinding,        ///< the device is not this user's active binding
    OtherTime,        ///< the row is not of now
    ValueMoved,       ///< the value is another than the row says
    WrongArithmetic,  ///< after is not before + change, or not within the bounds
    OverLimit,        ///< of one adjustment, a device and day, or a day
    LevelNotReached,  ///< a level, or rewards, that the value does not give
    OtherTransaction, ///< its isolation level hides what others committed
    Count
};

/// Nothing for states that are not the function's.
std::optional<FunctionRefusal> functionRefusalOf(const QByteArray& state);

/// `name` is how people know the database, `message` the function's own text.
base::Error errorOf(FunctionRefusal refusal, const QString& name, const QString& message);

} // namespace affinity::store
