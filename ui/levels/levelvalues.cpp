#include "ui/levels/levelvalues.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/rewardstext.h"

#include <QCoreApplication>

#include <algorithm>

namespace affinity::ui {
namespace {

using service::LevelFigures;
using service::LevelReport;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::Levels)
};

double share(qint64 part, qint64 whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

Cell dashCell() {
    return muted(numberCell(QString(QChar(0x2013))));
}

Cell reachedCell(const service::TimeToLevel& time) {
    if (time.observed == 0)
        return dashCell();
    return numberCell(Words::tr("%1 of %2").arg(numberText(time.reached), numberText(time.observed)));
}

} // namespace

int highestLevelOf(const LevelReport& report) {
    return report.levels.empty() ? 1 : std::max(1, report.levels.back().level.level);
}

QString timeToLevelText(const service::TimeToLevel& time) {
    if (!time.medianDay && !time.p10Day)
        return Words::tr("fewer than 10% so far");
    if (!time.medianDay)
        return Words::tr("10% by day %1, half not yet").arg(*time.p10Day);
    if (!time.p90Day)
        return Words::tr("half by day %1, 10% by day %2").arg(*time.medianDay).arg(*time.p10Day);
    return Words::tr("half by day %1 (10 to 90%: day %2 to %3)")
        .arg(*time.medianDay)
        .arg(*time.p10Day)
        .arg(*time.p90Day);
}

std::vector<std::vector<Cell>> levelRows(const LevelReport& report) {
    std::vector<std::vector<Cell>> rows;
    const int highest = highestLevelOf(report);
    for (size_t i = 0; i < report.levels.size(); ++i) {
        const LevelFigures& figures = report.levels[i];
        const bool isLast = i + 1 == report.levels.size();
        const Cell toNext =
            isLast ? dashCell() : numberCell(report.levels[i + 1].level.minValue - figures.level.minValue);
        const double part = share(figures.devices, report.boundDevices);
        const bool isFollowed = figures.timeToLevel.observed > 0;
        rows.push_back({levelCell(figures.level.level, highest, visibleText(figures.level.name, 60)),
                        numberCell(figures.level.minValue), toNext, numberCell(figures.devices),
                        barCell(part, percentText(part)), reachedCell(figures.timeToLevel),
                        isFollowed ? textCell(timeToLevelText(figures.timeToLevel))
                                   : muted(textCell(Words::tr("where devices start"))),
                        textCell(rewardsText(figures.level.rewards))});
    }
    return rows;
}

LineData levelCurve(const LevelReport& report) {
    LineData line;
    line.name = Words::tr("Level");
    line.paint = seriesPaint(0);
    line.isStepped = true;
    if (report.levels.empty())
        return line;
    if (report.levels.front().level.minValue > 0) {
        line.x.push_back(0);
        line.y.push_back(0);
    }
    for (const LevelFigures& figures : report.levels) {
        line.x.push_back(figures.level.minValue);
        line.y.push_back(figures.level.level);
    }
    if (line.x.back() < report.maxAffinity) {
        line.x.push_back(report.maxAffinity);
        line.y.push_back(line.y.back());
    }
    return line;
}

std::vector<LineData> timeToLevelLines(const LevelReport& report) {
    std::vector<LineData> lines;
    for (auto figures = report.levels.rbegin(); figures != report.levels.rend(); ++figures) {
        const service::TimeToLevel& time = figures->timeToLevel;
        if (time.observed == 0 || time.reachedByDay.empty())
            continue;
        LineData line;
        line.name = QStringLiteral("L%1").arg(figures->level.level);
        for (size_t day = 0; day < time.reachedByDay.size(); ++day)
            line.x.push_back(static_cast<double>(day));
        line.y = time.reachedByDay;
        line.isStepped = true;
        line.paint = levelPaint(figures->level.level, highestLevelOf(report));
        line.endLabel = line.name;
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace affinity::ui
