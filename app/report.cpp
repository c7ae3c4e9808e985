#include "app/report.h"

#include "engine/base/json.h"
#include "engine/sim/scenariojson.h"
#include "ui/charts/stackedareachart.h"
#include "ui/shared/formatting.h"
#include "ui/simulation/resultcharts.h"

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
constexpr auto style =
    "body{font:14px/1.5 Roboto,'Noto Sans CJK SC',sans-serif;color:#1b212b;max-width:940px;"
    "margin:32px auto}table{border-collapse:collapse;margin:8px 0 24px}th{text-align:left;"
    "font-weight:500;color:#4a5565}th,td{padding:4px 24px 4px 0}td.number,th.number{text-align:right;"
    "font-variant-numeric:tabular-nums}tr+tr td{border-top:1px solid #e1e4e9}"
    "img{max-width:100%;margin:8px 0 24px}h1{font-size:22px}h2{font-size:16px}";

struct Words {
    Q_DECLARE_TR_FUNCTIONS(affinity::app::Report)
};

/// A folder with the page that grows in it; after the first failure nothing more is written.
class Report {
public:
    explicit Report(const QString& folder) : m_folder(folder) {
        if (!QDir().mkpath(folder))
            m_error = Error{ErrorKind::InvalidInput, QStringLiteral("The folder \"%1\" cannot be made.").arg(folder)};
    }

    void addText(const QString& html) { m_body += html; }
    void addParagraph(const QString& text) { m_body += QStringLiteral("<p>%1</p>\n").arg(text.toHtmlEscaped()); }

    void addChart(const QString& title, const QString& fileName, ui::ChartFrame& chart) {
        const QString path = m_folder + QLatin1Char('/') + fileName;
        if (!m_error && !chart.save(path))
            m_error = Error{ErrorKind::StorageFull, QStringLiteral("\"%1\" cannot be written.").arg(path)};
        m_body += QStringLiteral("<h2>%1</h2>\n<img src=\"%2\" alt=\"%1\">\n").arg(title.toHtmlEscaped(), fileName);
    }

    void addTable(const QString& title, const QStringList& heads, const std::vector<std::vector<ui::Cell>>& rows) {
        m_body += QStringLiteral("<h2>%1</h2>\n<table>\n<tr>").arg(title.toHtmlEscaped());
        for (qsizetype i = 0; i < heads.size(); ++i)
            m_body += cell(QStringLiteral("th"), heads[i], !rows.empty() && isNumber(rows.front(), i));
        m_body += QStringLiteral("</tr>\n");
        for (const std::vector<ui::Cell>& row : rows) {
            m_body += QStringLiteral("<tr>");
            for (size_t i = 0; i < row.size(); ++i)
                m_body += cell(QStringLiteral("td"), ui::cellText(row[i]), isNumber(row, static_cast<qsizetype>(i)));
            m_body += QStringLiteral("</tr>\n");
        }
        m_body += QStringLiteral("</table>\n");
    }

    void saveFile(const QString& fileName, const QByteArray& text) {
        if (m_error)
            return;
        QSaveFile file(m_folder + QLatin1Char('/') + fileName);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
            m_error = Error{ErrorKind::StorageFull,
                            QStringLiteral("\"%1\" cannot be written: %2").arg(file.fileName(), file.errorString())};
        }
    }

    Result<QString> finish(const QString& title) {
        const QString page = QStringLiteral("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>"
                                            "<style>%2</style></head><body>\n<h1>%1</h1>\n%3</body></html>\n");
        saveFile(QStringLiteral("index.html"), page.arg(title.toHtmlEscaped(), QLatin1String(style), m_body).toUtf8());
        if (m_error)
            return *m_error;
        return m_folder + QStringLiteral("/index.html");
    }

private:
    static bool isNumber(const std::vector<ui::Cell>& row, qsizetype column) {
        return column < static_cast<qsizetype>(row.size()) && row[static_cast<size_t>(column)].isRight;
    }
    static QString cell(const QString& tag, const QString& text, bool isNumber) {
        return QStringLiteral("<%1%2>%3</%1>")
            .arg(tag, isNumber ? QStringLiteral(" class=\"number\"") : QString(), text.toHtmlEscaped());
    }

    QString m_folder;
    QString m_body;
    std::optional<Error> m_error;
};

/// A chart over days; it is laid out when it is shown, and nobody has to see it.
template<typename Chart> std::unique_ptr<Chart> dayChart(const QString& unit) {
    auto chart = std::make_unique<Chart>();
    chart->setAttribute(Qt::WA_DontShowOnScreen);
    chart->resize(chartWidth, chartHeight);
    chart->show();
    chart->setXAxis({ui::XKind::Day, QTimeZone::utc(), {}});
    chart->setUnit(unit);
    return chart;
}

void addFigures(Report& report, const ui::SimulationSummary& summary) {
    std::vector<std::vector<ui::Cell>> rows{
        {ui::textCell(Words::tr("Devices")), ui::numberCell(summary.devices)},
        {ui::textCell(Words::tr("Days")), ui::numberCell(summary.days)},
        {ui::textCell(Words::tr("Events")), ui::numberCell(summary.events)},
        {ui::textCell(Words::tr("Applied")), ui::numberCell(summary.applied)},
        {ui::textCell(Words::tr("Median value on the last day")), ui::numberCell(summary.last.p50)},
        {ui::textCell(Words::tr("Mean value on the last day")), ui::numberCell(ui::decimalText(summary.lastMean, 1))},
        {ui::textCell(Words::tr("Mean level on the last day")),
         ui::numberCell(ui::decimalText(summary.lastMeanLevel, 2))}};
    if (const auto cost = ui::totalCost(summary))
        rows.push_back({ui::textCell(Words::tr("Cost of rewards")), ui::numberCell(ui::decimalText(*cost, 2))});
    rows.push_back({ui::textCell(Words::tr("Seed")), ui::numberCell(QString::number(summary.seed))});
    rows.push_back({ui::textCell(Words::tr("Digest")), ui::numberCell(summary.digest)});
    report.addTable(Words::tr("Figures"), {Words::tr("What"), Words::tr("Value")}, rows);
}

void addCharts(Report& report, const rules::RuleSet& ruleSet, const ui::RunOutcome& outcome) {
    const ui::SimulationSummary& summary = outcome.summary;
    const auto fan = dayChart<ui::FanChart>(Words::tr("points"));
    fan->setLevels(ui::levelSteps(ruleSet), ui::highestLevelOf(summary));
    fan->setFan(ui::fanOf(outcome));
    report.addChart(Words::tr("Value, percentiles"), QStringLiteral("value.png"), *fan);

    const auto reached = dayChart<ui::LineChart>(Words::tr("devices that reached it"));
    reached->setValueFormat(ui::ValueFormat::Percent);
    reached->setYRange(0, 1);
    reached->setData(ui::timeToLevelLines(outcome));
    report.addChart(Words::tr("Time to level"), QStringLiteral("time-to-level.png"), *reached);

    const auto occupancy = dayChart<ui::StackedAreaChart>(Words::tr("share of devices"));
    occupancy->setData(summary.x, ui::occupancyLayers(summary));
    report.addChart(Words::tr("Level occupancy"), QStringLiteral("levels.png"), *occupancy);

    const auto cost = dayChart<ui::LineChart>(ui::rewardUnit(outcome, true));
    cost->setData(ui::rewardLines(outcome, true));
    report.addChart(Words::tr("Rewards"), QStringLiteral("rewards.png"), *cost);
}

void addTables(Report& report, const ui::RunOutcome& outcome) {
    report.addTable(Words::tr("Outcomes per rule"),
                    {Words::tr("Rule"), Words::tr("Events"), Words::tr("Applied"), Words::tr("Cut"), Words::tr("Cap"),
                     Words::tr("Cooldown"), Words::tr("Other"), Words::tr("Gained"), Words::tr("Taken")},
                    ui::outcomeRows(outcome.summary));
    report.addTable(Words::tr("Days to each level"),
                    {Words::tr("Level"), Words::tr("Reached it"), Words::tr("10% by day"), Words::tr("Half by day"),
                     Words::tr("90% by day")},
                    ui::passageRows(outcome));
    report.addTable(Words::tr("Rewards granted"),
                    {Words::tr("Type"), Words::tr("Units"), Words::tr("Price"), Words::tr("Cost")},
                    ui::rewardRows(outcome));
}

} // namespace

Result<QString> writeReport(const QString& folder, const sim::Scenario& scenario, const sim::SimulationResult& result,
                            const QStringList& remarks) {
    ui::RunOutcome outcome;
    outcome.request.b = scenario;
    outcome.devices = result.devices;
    outcome.summary = ui::summaryOf(result, scenario);

    Report report(folder);
    for (const QString& remark : remarks)
        report.addParagraph(remark);
    addFigures(report, outcome.summary);
    addCharts(report, scenario.ruleSet, outcome);
    addTables(report, outcome);
    report.addParagraph(Words::tr("result.json has every figure, scenario.json what was simulated."));
    report.saveFile(QStringLiteral("scenario.json"), QByteArray::fromStdString(sim::toJson(scenario).dump(1)) + '\n');
    report.saveFile(QStringLiteral("result.json"), base::pythonJson(sim::toJson(result)) + '\n');
    return report.finish(scenario.name);
}

} // namespace affinity::app
