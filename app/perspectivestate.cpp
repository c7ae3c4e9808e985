#include "app/perspectivestate.h"

#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/devices/savedfilterjson.h"
#include "ui/overview/overviewscreen.h"

#include <algorithm>

namespace affinity::app {
namespace {

QString keyOf(ui::Perspective perspective, const char* part) {
    return QStringLiteral("perspective/%1/%2").arg(ui::perspectiveWord(perspective), QLatin1String(part));
}

ui::DeviceView firstView(ui::Perspective perspective) {
    ui::DeviceView view;
    if (perspective == ui::Perspective::Watch) {
        view.sort = store::DeviceSort::LastActive;
        view.isDescending = true;
    }
    return view;
}

} // namespace

void keepPerspective(ui::Settings& settings, ui::Perspective perspective, const ui::OverviewScreen& overview,
                     ui::DevicesScreen& devices) {
    const ui::OverviewState state = overview.state();
    settings.setValue(keyOf(perspective, "devices"), ui::jsonFromView(devices.list().view()));
    settings.setValue(keyOf(perspective, "overview"),
                      QJsonObject{{QStringLiteral("range"), static_cast<int>(state.range)},
                                  {QStringLiteral("measure"), static_cast<int>(state.measure)}});
}

void showPerspective(const ui::Settings& settings, ui::Perspective perspective, ui::OverviewScreen& overview,
                     ui::DevicesScreen& devices) {
    const QJsonValue keptView = settings.value(keyOf(perspective, "devices"));
    const auto read = keptView.isObject() ? ui::viewFromJson(keptView.toObject()) : std::nullopt;
    const ui::DeviceView view = read.value_or(firstView(perspective));
    if (view != devices.list().view())
        devices.list().setView(view);
    const QJsonObject kept = settings.value(keyOf(perspective, "overview")).toObject();
    ui::OverviewState state;
    state.range = static_cast<ui::OverviewRange>(std::clamp(kept.value(QLatin1String("range")).toInt(), 0, 3));
    state.measure = static_cast<ui::ActivityMeasure>(std::clamp(kept.value(QLatin1String("measure")).toInt(), 0, 1));
    overview.setState(state);
    overview.setRefreshingByItself(ui::refreshesByItself(perspective));
}

} // namespace affinity::app
