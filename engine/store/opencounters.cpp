#include "engine/store/opencounters.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<redis::Target> counterTarget(const CounterAddress& address) {
    auto target = redis::targetFromUrl(address.url);
    if (!target)
        return target.error();
    if (!address.password.isEmpty())
        target->password = address.password;
    if (address.names.version < 0)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The version of the counters' keys is a number from 0 on, Django's VERSION.")};
    return target;
}

Result<std::unique_ptr<RedisCounters>> openCounters(const CounterAddress& address) {
    const auto target = counterTarget(address);
    if (!target)
        return target.error();
    return std::make_unique<RedisCounters>(*target, RedisCountersOptions{.names = address.names});
}

} // namespace affinity::store
