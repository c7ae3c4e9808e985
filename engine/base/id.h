// Id<Tag>: database ids that cannot be mixed up; a DeviceId is never taken for a UserId.
#pragma once

#include <QHashFunctions>
#include <QMetaType>

namespace affinity::base {

/// A 64-bit database id of one kind of thing. 0 and below never name a row.
template<typename Tag> struct Id {
    qint64 value = 0;

    bool isValid() const { return value > 0; }
    friend auto operator<=>(const Id&, const Id&) = default;
    friend size_t qHash(Id id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using UserId = Id<struct UserTag>;
/// The id of a *binding* of a device to a user (production calls it device_id).
using DeviceId = Id<struct DeviceTag>;
using RuleId = Id<struct RuleTag>;
using LogId = Id<struct LogTag>;
/// A row of auth_user: a member of staff.
using OperatorId = Id<struct OperatorTag>;

} // namespace affinity::base
