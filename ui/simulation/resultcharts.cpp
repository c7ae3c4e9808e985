#include "ui/simulation/resultcharts.h"

#include "ui/shared/cells.h"
#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <algorithm>

namespace affinity::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SimulationResults)
};

double shareOf(qint64 part, qint64 whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

RuleSummary sumOf(const std::vector<RuleSummary>& rules) {
    RuleSummary sum;
    for (const RuleSummary& rule : rules) {
        sum.events += rule.events;
        sum.applied += rule.applied;
        sum.cut += rule.cut;
        sum.refusedByCap += rule.refusedByCap;
        sum.refusedByCooldown += rule.refusedByCooldown;
        sum.refusedOtherwise += rule.refusedOtherwise;
        sum.pointsGained += rule.pointsGained;
        sum.pointsTaken += rule.pointsTaken;
        sum.pointsKeptBack += rule.pointsKeptBack;
    }
    return sum;
}

Cell zeroIsMuted(qint64 number) {
    return number == 0 ? muted(numberCell(number)) : numberCell(number);
}

} // namespace

int highestLevelOf(const SimulationSummary& summary) {
    return summary.levels.empty() ? 1 : std::max(1, summary.levels.back().level);
}

std::vector<Kpi> kpisOf(const SimulationSummary& summary) {
    std::vector<Kpi> kpis(4);
    kpis[0].label = Words::tr("Median value, day %1").arg(summary.days);
    kpis[0].value = numberText(summary.last.p50);
    kpis[0].unit = Words::tr("pts");
    kpis[0].comparison =
        Words::tr("10 to 90%: %1 to %2").arg(numberText(summary.last.p10), numberText(summary.last.p90));
    kpis[1].label = Words::tr("Mean value, day %1").arg(summary.days);
    kpis[1].value = decimalText(summary.lastMean, 1);
    kpis[1].unit = Words::tr("pts");
    kpis[1].comparison = Words::tr("%1 at the start").arg(decimalText(summary.startMean, 1));
    const double top = summary.levels.empty() ? 0 : summary.levels.back().occupancy.back();
    kpis[2].label = Words::tr("At level %1, day %2").arg(highestLevelOf(summary)).arg(summary.days);
    kpis[2].value = percentText(top);
    kpis[2].unit = Words::tr("of devices");
    kpis[2].comparison = Words::tr("mean level %1").arg(decimalText(summary.lastMeanLevel, 2));
    kpis[3].label = Words::tr("Events applied");
    kpis[3].value = percentText(shareOf(summary.applied, summary.events));
    kpis[3].unit = Words::tr("of events");
    kpis[3].comparison = Words::tr("%1 of %2").arg(numberText(summary.applied), numberText(summary.events));
    return kpis;
}

std::vector<LineData> medianLine(const SimulationSummary& summary) {
    LineData median;
    median.name = Words::tr("Median");
    median.x = summary.fan.x;
    median.y = summary.fan.p50;
    median.paint = seriesPaint(0);
    return {median};
}

std::vector<BandData> percentileBands(const SimulationSummary& summary) {
    const FanData& fan = summary.fan;
    BandData outer{Words::tr("10 to 90%"), fan.x, fan.p10, fan.p90, seriesPaint(0), 0.14, QStringLiteral("10%"),
                   QStringLiteral("90%")};
    BandData inner{Words::tr("25 to 75%"), fan.x, fan.p25, fan.p75, seriesPaint(0), 0.23, QStringLiteral("25%"),
                   QStringLiteral("75%")};
    return {outer, inner};
}

std::vector<LayerData> occupancyLayers(const SimulationSummary& summary) {
    std::vector<LayerData> layers;
    for (const LevelSummary& level : summary.levels) {
        layers.push_back({QStringLiteral("L%1").arg(level.level), level.occupancy,
                          levelPaint(level.level, highestLevelOf(summary))});
    }
    return layers;
}

std::vector<LineData> timeToLevelLines(const SimulationSummary& summary) {
    std::vector<LineData> lines;
    for (size_t i = summary.levels.size(); i-- > 1;) {
        const LevelSummary& level = summary.levels[i];
        if (level.reached.front() >= 1)
            continue;
        LineData line;
        line.name = QStringLiteral("L%1").arg(level.level);
        line.x = summary.x;
        line.y = level.reached;
        line.paint = levelPaint(level.level, highestLevelOf(summary));
        line.endLabel = line.name;
        lines.push_back(line);
    }
    return lines;
}

RuleOutcomes::RuleOutcomes(QObject* parent) : QAbstractTableModel(parent) {
}

void RuleOutcomes::setRules(std::vector<RuleSummary> rules) {
    beginResetModel();
    m_rows = std::move(rules);
    if (!m_rows.empty())
        m_rows.push_back(sumOf(m_rows));
    endResetModel();
}

int RuleOutcomes::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RuleOutcomes::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RuleOutcomes::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= ColumnCount)
        return {};
    const RuleSummary& rule = m_rows[static_cast<size_t>(index.row())];
    const bool isSum = index.row() + 1 == rowCount();
    switch (index.column()) {
    case Rule:
        return cellData(isSum ? strongCell(tr("All rules")) : codeCell(visibleText(rule.key)), role);
    case Events:
        return cellData(zeroIsMuted(rule.events), role);
    case Applied:
        return cellData(zeroIsMuted(rule.applied), role);
    case Cut:
        return cellData(zeroIsMuted(rule.cut), role);
    case ByCap:
        return cellData(zeroIsMuted(rule.refusedByCap), role);
    case ByCooldown:
        return cellData(zeroIsMuted(rule.refusedByCooldown), role);
    case Otherwise:
        return cellData(zeroIsMuted(rule.refusedOtherwise), role);
    case Gained:
        return cellData(zeroIsMuted(rule.pointsGained), role);
    default:
        return cellData(zeroIsMuted(rule.pointsTaken), role);
    }
}

QVariant RuleOutcomes::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section == Rule ? Qt::AlignLeft | Qt::AlignVCenter
                                                   : Qt::AlignRight | Qt::AlignVCenter);
    static const char* const names[ColumnCount] = {QT_TR_NOOP("Rule"),  QT_TR_NOOP("Events"), QT_TR_NOOP("Applied"),
                                                   QT_TR_NOOP("Cut"),   QT_TR_NOOP("Cap"),    QT_TR_NOOP("Cooldown"),
                                                   QT_TR_NOOP("Other"), QT_TR_NOOP("Gained"), QT_TR_NOOP("Taken")};
    static const char* const tips[ColumnCount] = {
        QT_TR_NOOP("The rule's key."),
        QT_TR_NOOP("All events of the rule, whatever became of them."),
        QT_TR_NOOP("Events that moved a value."),
        QT_TR_NOOP("Applied events that a cap or a bound made smaller."),
        QT_TR_NOOP("Events refused because a daily cap was used up."),
        QT_TR_NOOP("Events refused during the rule's cooldown."),
        QT_TR_NOOP("Duplicates, values at their bound, rules that were switched off."),
        QT_TR_NOOP("Points: the sum of the positive changes."),
        QT_TR_NOOP("Points: the sum of the negative changes.")};
    if (role == Qt::DisplayRole)
        return tr(names[section]);
    return role == Qt::ToolTipRole ? QVariant(tr(tips[section])) : QVariant();
}

} // namespace affinity::ui
