#include "engine/service/course.h"

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int mostCourseDays = 366;
constexpr size_t mostIds = 1'000;

/// Ends of the `days` local days before today, oldest first; dates that the zone skipped have none.
std::vector<qint64> dayEnds(QDate today, int days, const QTimeZone& zone) {
    std::vector<qint64> ends;
    for (int ago = days; ago >= 1; --ago) {
        const rules::LocalDay day = rules::localDay(today.addDays(-ago), zone);
        if (!day.isEmpty())
            ends.push_back(day.endUs());
    }
    return ends;
}

} // namespace

Result<std::vector<DeviceCourse>> courses(store::Store& store, const std::vector<base::DeviceId>& ids, int days) {
    if (days < 1 || days > mostCourseDays || ids.size() > mostIds) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("Courses are asked for 1 to %1 days of at most %2 devices.")
                         .arg(mostCourseDays)
                         .arg(mostIds)};
    }
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = store.nowUs();
    if (!nowUs)
        return nowUs.error();
    const std::vector<qint64> ends = dayEnds(rules::localDate(*nowUs, *zone), days, *zone);
    const auto values = store.valuesAt(ids, ends);
    if (!values)
        return values.error();

    std::vector<DeviceCourse> result;
    for (size_t i = 0; i < ids.size(); ++i) {
        const auto device = store.device(ids[i]);
        if (!device)
            return device.error();
        if (!*device)
            continue;
        const rules::Binding& binding = (*device)->binding;
        DeviceCourse course{ids[i], {}};
        for (size_t day = 0; day < ends.size(); ++day) {
            // Without a row there was no change: the value was what it is.
            if (ends[day] > binding.boundAtUs)
                course.points.push_back({ends[day], (*values)[i][day].value_or(binding.favorability)});
        }
        course.points.push_back({*nowUs, binding.favorability});
        result.push_back(std::move(course));
    }
    return result;
}

} // namespace affinity::service
