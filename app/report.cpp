#include "app/report.h"

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "ui/charts/linechart.h"
#include "ui/charts/stackedareachart.h"
#include "ui/shared/formatting.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int chartWidth = 900;
constexpr int chartHeight = 380;

/// A chart is laid out when it is shown; here nobody has to see it.
void layOut(QWidget& chart) {
    chart.setAttribute(Qt::WA_DontShowOnScreen);
    chart.resize(chartWidth, chartHeight);
    chart.show();
}

QString tr(const char* text) {
    return QCoreApplication::translate("affinity::app::Report", text);
}

std::vector<double> dayAxis(const sim::SimulationResult& result) {
    std::vector<double> days;
    for (size_t day = 0; day < result.days.size(); ++day)
        days.push_back(static_cast<double>(day + 1));
    return days;
}

Result<void> saveFan(const sim::Scenario& scenario, const sim::SimulationResult& result, const QString& fileName) {
    ui::FanData fan;
    fan.x = dayAxis(result);
    for (int day = 0; day < static_cast<int>(result.days.size()); ++day) {
        const sim::Percentiles percentiles = sim::percentiles(result, day);
        fan.p10.push_back(percentiles.p10);
        fan.p25.push_back(percentiles.p25);
        fan.p50.push_back(percentiles.p50);
        fan.p75.push_back(percentiles.p75);
        fan.p90.push_back(percentiles.p90);
    }
    ui::FanChart chart;
    layOut(chart);
    chart.setXAxis({ui::XKind::Day, QTimeZone::utc(), {}});
    chart.setUnit(tr("points"));
    std::vector<ui::LevelStep> levels;
    for (const rules::Level& level : scenario.ruleSet.levels)
        levels.push_back({level.level, static_cast<double>(level.minValue)});
    chart.setLevels(levels, result.levelNumbers.back());
    chart.setFan(fan);
    if (chart.save(fileName))
        return {};
    return Error{ErrorKind::StorageFull, QStringLiteral("\"%1\" cannot be written.").arg(fileName)};
}

Result<void> saveLevels(const sim::SimulationResult& result, const QString& fileName) {
    std::vector<ui::LayerData> layers;
    for (size_t i = 0; i < result.levelNumbers.size(); ++i) {
        ui::LayerData layer;
        layer.name = QStringLiteral("L%1").arg(result.levelNumbers[i]);
        layer.paint = ui::levelPaint(result.levelNumbers[i], result.levelNumbers.back());
        for (const sim::DayCounts& day : result.days)
            layer.values.push_back(static_cast<double>(day.devicesAtLevel[i]));
        layers.push_back(std::move(layer));
    }
    ui::StackedAreaChart chart;
    layOut(chart);
    chart.setXAxis({ui::XKind::Day, QTimeZone::utc(), {}});
    chart.setUnit(tr("share of devices"));
    chart.setData(dayAxis(result), layers);
    if (chart.save(fileName))
        return {};
    return Error{ErrorKind::StorageFull, QStringLiteral("\"%1\" cannot be written.").arg(fileName)};
}

QString row(const QString& name, const QString& value) {
    return QStringLiteral("<tr><th>%1</th><td>%2</td></tr>\n").arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

QString page(const sim::Scenario& scenario, const sim::SimulationResult& result, const QStringList& remarks) {
    const int lastDay = static_cast<int>(result.days.size()) - 1;
    QString html =
        QStringLiteral(
            "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>%1</title><style>"
            "body{font:14px/1.5 Roboto,'Noto Sans CJK SC',sans-serif;color:#1b212b;max-width:940px;margin:32px auto}"
            "table{border-collapse:collapse}th{text-align:left;font-weight:500;color:#4a5565;padding:4px 32px 4px 0}"
            "td{text-align:right}img{max-width:100%;margin:8px 0 "
            "24px}h1{font-size:22px}h2{font-size:16px}</style></head><body>\n")
            .arg(scenario.name.toHtmlEscaped());
    html += QStringLiteral("<h1>%1</h1>\n<table>\n").arg(scenario.name.toHtmlEscaped());
    html += row(tr("Devices"), ui::numberText(result.devices));
    html += row(tr("Days"), ui::numberText(static_cast<qint64>(result.days.size())));
    html += row(tr("Events"), ui::numberText(sim::eventCount(result)));
    html += row(tr("Applied"), ui::numberText(sim::appliedCount(result)));
    html += row(tr("Median value on the last day"), ui::numberText(sim::percentile(result, lastDay, 0.5)));
    html += row(tr("Mean value on the last day"), QString::number(sim::meanValue(result, lastDay), 'f', 1));
    html += row(tr("Mean level on the last day"), QString::number(sim::meanLevel(result, lastDay), 'f', 2));
    html += row(tr("Seed"), QString::number(result.seed));
    html += row(tr("Digest"), sim::digest(result));
    html += QStringLiteral("</table>\n<h2>%1</h2>\n<img src=\"value.png\" alt=\"%1\">\n<h2>%2</h2>\n<img "
                           "src=\"levels.png\" alt=\"%2\">\n")
                .arg(tr("Value, percentiles").toHtmlEscaped(), tr("Level occupancy").toHtmlEscaped());
    for (const QString& remark : remarks)
        html += QStringLiteral("<p>%1</p>\n").arg(remark.toHtmlEscaped());
    return html + QStringLiteral("</body></html>\n");
}

Result<void> saveText(const QString& fileName, const QByteArray& text) {
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(text);
        if (file.commit())
            return {};
    }
    return Error{ErrorKind::StorageFull,
                 QStringLiteral("\"%1\" cannot be written: %2").arg(fileName, file.errorString())};
}

} // namespace

Result<QString> writeReport(const QString& folder, const sim::Scenario& scenario, const sim::SimulationResult& result,
                            const QStringList& remarks) {
    if (!QDir().mkpath(folder))
        return Error{ErrorKind::InvalidInput, QStringLiteral("The folder \"%1\" cannot be made.").arg(folder)};
    const QString index = folder + QStringLiteral("/index.html");
    if (const auto saved = saveFan(scenario, result, folder + QStringLiteral("/value.png")); !saved)
        return saved.error();
    if (const auto saved = saveLevels(result, folder + QStringLiteral("/levels.png")); !saved)
        return saved.error();
    const QByteArray json = base::pythonJson(sim::toJson(result)) + '\n';
    if (const auto saved = saveText(folder + QStringLiteral("/result.json"), json); !saved)
        return saved.error();
    if (const auto saved = saveText(index, page(scenario, result, remarks).toUtf8()); !saved)
        return saved.error();
    return index;
}

} // namespace affinity::app
