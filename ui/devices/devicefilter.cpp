#include "ui/devices/devicefilter.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

namespace affinity::ui {

namespace {

constexpr qint64 weekUs = 7LL * 86'400 * 1'000'000;

struct DeviceFilterWords {
    Q_DECLARE_TR_FUNCTIONS(DeviceFilter)
};

} // namespace

bool isNarrowing(const DeviceFilter& filter) {
    DeviceFilter open;
    open.withUnbound = filter.withUnbound;
    return filter != open;
}

store::DeviceQuery deviceQuery(const DeviceFilter& filter, qint64 nowUs) {
    store::DeviceQuery query;
    query.text = filter.text.trimmed();
    query.userId = filter.userId;
    query.withUnbound = filter.withUnbound;
    query.levelAtLeast = filter.levelAtLeast;
    query.valueAtLeast = filter.valueAtLeast;
    query.valueAtMost = filter.valueAtMost;
    if (filter.activity == Activity::ActiveIn7Days)
        query.activeSinceUs = nowUs - weekUs;
    if (filter.activity == Activity::IdleFor7Days)
        query.inactiveSinceUs = nowUs - weekUs;
    return query;
}

QString userWords(const DeviceFilter& filter) {
    return filter.userId ? DeviceFilterWords::tr("User %1").arg(filter.userId->value) : QString();
}

QString levelWords(const DeviceFilter& filter) {
    return filter.levelAtLeast ? DeviceFilterWords::tr("Level %1 and up").arg(*filter.levelAtLeast) : QString();
}

QString activityWords(const DeviceFilter& filter) {
    switch (filter.activity) {
    case Activity::Any:
        return {};
    case Activity::ActiveIn7Days:
        return DeviceFilterWords::tr("Active in 7 days");
    case Activity::IdleFor7Days:
        return DeviceFilterWords::tr("Idle for 7 days");
    }
    return {};
}

QString valueWords(const DeviceFilter& filter) {
    if (filter.valueAtLeast && filter.valueAtMost)
        return DeviceFilterWords::tr("Value %1 to %2")
            .arg(numberText(*filter.valueAtLeast), numberText(*filter.valueAtMost));
    if (filter.valueAtLeast)
        return DeviceFilterWords::tr("Value from %1").arg(numberText(*filter.valueAtLeast));
    if (filter.valueAtMost)
        return DeviceFilterWords::tr("Value to %1").arg(numberText(*filter.valueAtMost));
    return {};
}

QString unboundWords(const DeviceFilter& filter) {
    return filter.withUnbound ? DeviceFilterWords::tr("With unbound") : QString();
}

} // namespace affinity::ui
