#include "ui/charts/ticks.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace affinity::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Ticks)
};

constexpr double second = 1e6; // microseconds
constexpr double minute = 60 * second;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;

double roundStep(double length, int most) {
    const double raw = length / std::max(1, most - 1);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0})
        if (factor * power >= raw * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

QDateTime local(double us, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::floor(us / 1000)), zone);
}

double toUs(const QDateTime& at) {
    return static_cast<double>(at.toMSecsSinceEpoch()) * 1000;
}

std::vector<Tick> ticksByDay(double low, double high, const QTimeZone& zone, int step) {
    std::vector<Tick> ticks;
    QDate date = local(low, zone).date();
    if (toUs(date.startOfDay(zone)) < low)
        date = date.addDays(1);
    for (; toUs(date.startOfDay(zone)) <= high; date = date.addDays(step)) {
        const double at = toUs(date.startOfDay(zone));
        ticks.push_back({at, dayText(static_cast<qint64>(at), zone)});
    }
    return ticks;
}

/// Ticks within days: every `step` seconds of the local wall clock.
std::vector<Tick> ticksByClock(double low, double high, const QTimeZone& zone, int step) {
    std::vector<Tick> ticks;
    QDate date = local(low, zone).date();
    const QString format = step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    for (; toUs(date.startOfDay(zone)) <= high; date = date.addDays(1)) {
        for (int seconds = 0; seconds < 86400; seconds += step) {
            const QTime time = QTime(0, 0).addSecs(seconds);
            const QDateTime at(date, time, zone);
            const double us = toUs(at);
            if (us < low || us > high || at.time() != time) // a wall-clock time that daylight saving skips
                continue;
            ticks.push_back({us, seconds == 0 ? dayText(static_cast<qint64>(us), zone) : time.toString(format)});
        }
    }
    return ticks;
}

} // namespace

std::vector<double> roundTicks(double low, double high, int most) {
    std::vector<double> ticks;
    if (!(high > low))
        return {low};
    const double step = roundStep(high - low, std::max(2, most));
    const double first = std::ceil(low / step - 1e-9);
    const double last = std::floor(high / step + 1e-9);
    for (double i = first; i <= last; ++i)
        ticks.push_back(i == 0 ? 0.0 : i * step);
    return ticks;
}

Range roundRange(double low, double high, int mostTicks) {
    if (!(high > low))
        high = low + 1;
    const double step = roundStep(high - low, std::max(2, mostTicks));
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step};
}

std::vector<Tick> dayTicks(double low, double high, int most) {
    constexpr std::array<int, 13> steps{1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650};
    int step = steps.back();
    for (const int candidate : steps) {
        if ((high - low) / candidate + 1 <= std::max(2, most)) {
            step = candidate;
            break;
        }
    }
    std::vector<Tick> ticks;
    for (double at = std::ceil(low / step - 1e-9) * step; at <= high + 1e-9; at += step) {
        const QString number = numberText(static_cast<qint64>(std::llround(at)));
        ticks.push_back({at, ticks.empty() ? Words::tr("day %1").arg(number) : number});
    }
    return ticks;
}

std::vector<Tick> timeTicks(double lowUs, double highUs, const QTimeZone& zone, int most) {
    const double length = highUs - lowUs;
    const int room = std::max(2, most);
    constexpr std::array<int, 17> clockSteps{1,   2,   5,    10,   15,   30,    60,    120,  300,
                                             600, 900, 1800, 3600, 7200, 10800, 21600, 43200};
    if (length < 2.5 * day)
        for (const int step : clockSteps)
            if (length / (step * second) + 1 <= room)
                return ticksByClock(lowUs, highUs, zone, step);
    for (const int step : {1, 2, 5, 7, 10, 14, 20, 30, 60, 91, 182})
        if (length / (step * day) + 1 <= room)
            return ticksByDay(lowUs, highUs, zone, step);
    return ticksByDay(lowUs, highUs, zone, std::max(365, static_cast<int>(length / day / (room - 1))));
}

std::vector<Tick> xTicks(const XAxis& axis, double low, double high, int most) {
    switch (axis.kind) {
    case XKind::Day:
        return dayTicks(low, high, most);
    case XKind::Time:
        return timeTicks(low, high, axis.zone, most);
    case XKind::Number:
        break;
    }
    // One more is asked for: where the range does not begin and end at a tick, a finer step still fits.
    std::vector<double> places = roundTicks(low, high, most + 1);
    if (static_cast<int>(places.size()) > std::max(2, most))
        places = roundTicks(low, high, most);
    std::vector<Tick> ticks;
    for (const double at : places)
        ticks.push_back({at, axisText(at, ValueFormat::Number)});
    return ticks;
}

QString xHoverText(const XAxis& axis, double at, double span) {
    switch (axis.kind) {
    case XKind::Day:
        return Words::tr("Day %1").arg(numberText(static_cast<qint64>(std::llround(at))));
    case XKind::Time: {
        const auto us = static_cast<qint64>(at);
        const bool isMidnight = local(at, axis.zone).time().msecsSinceStartOfDay() == 0;
        if (isMidnight && span > 3 * day)
            return dateText(us, axis.zone);
        return dayText(us, axis.zone) + QLatin1Char(' ') + timeOfDayText(us, axis.zone);
    }
    case XKind::Number:
        break;
    }
    const QString number = decimalText(at, at == std::floor(at) ? 0 : 1);
    return axis.word.isEmpty() ? number : QStringLiteral("%1 %2").arg(number, axis.word);
}

} // namespace affinity::ui
