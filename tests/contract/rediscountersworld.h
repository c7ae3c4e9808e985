// What the tests of RedisCounters share: the names of another deployment's counters, one row's confirm and question.
#pragma once

#include "tests/contract/contractcounters.h"

namespace affinity::test {

inline const QDate march(2026, 3, 1);
inline const QByteArray ruleDayKey = "myapp:2:affinity:daily:3:chat:20260301";
inline const QByteArray globalDayKey = "myapp:2:affinity:daily:3:_global:20260301";
inline const QByteArray markerKey = "myapp:2:affinity:console:confirmed:1";
inline const QByteArray epochKey = "myapp:2:affinity:console:epoch";

/// As another deployment's profile names its counters.
inline store::RedisCountersOptions myApp(int callMs = farMs) {
    return {.names = {QStringLiteral("myapp"), 2}, .callMs = callMs};
}

inline store::CounterConfirm confirmOf(qint64 logId) {
    return {base::LogId{logId}, base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), march, 45, 2, 1};
}

inline store::CounterQuery queryOf() {
    return {base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), march};
}

inline base::Result<qint64> systemNowUs() {
    return base::SystemClock().nowUs();
}

} // namespace affinity::test
