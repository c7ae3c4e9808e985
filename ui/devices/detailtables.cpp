#include "ui/devices/detailtables.h"

#include "ui/shared/cells.h"
#include "ui/shared/formatting.h"
#include "ui/workspace/rewardstext.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

namespace {

QVariant header(const QStringList& titles, int section, Qt::Orientation orientation, int role, bool isRight) {
    if (orientation != Qt::Horizontal || section < 0 || section >= titles.size())
        return {};
    if (role == Qt::DisplayRole)
        return titles.at(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

} // namespace

GrantModel::GrantModel(const QTimeZone& zone, QObject* parent) : QAbstractTableModel(parent), m_zone(zone) {
}

void GrantModel::setDetail(const service::DeviceDetail& detail) {
    beginResetModel();
    m_grants = detail.grants;
    m_levels = detail.levels;
    endResetModel();
}

int GrantModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_grants.size());
}

int GrantModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GrantModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const rules::Grant& grant = m_grants[static_cast<size_t>(index.row())];
    switch (index.column()) {
    case LevelColumn: {
        const auto level = std::find_if(m_levels.begin(), m_levels.end(),
                                        [&grant](const rules::Level& each) { return each.level == grant.level; });
        const int highest = m_levels.empty() ? 6 : m_levels.back().level;
        return cellData(levelCell(grant.level, highest, level == m_levels.end() ? QString() : visibleText(level->name)),
                        role);
    }
    case RewardsColumn:
        return cellData(textCell(rewardsText(grant.rewards)), role);
    case GrantedColumn:
        return cellData(textCell(dateTimeText(grant.grantedAtUs, m_zone)), role);
    default:
        return {};
    }
}

QVariant GrantModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return header({tr("Level"), tr("Rewards"), tr("Granted")}, section, orientation, role, false);
}

CounterModel::CounterModel(std::vector<rules::Rule> rules, QObject* parent)
    : QAbstractTableModel(parent), m_rules(std::move(rules)) {
}

void CounterModel::setDetail(const service::DeviceDetail& detail) {
    beginResetModel();
    m_counters = detail.counters;
    endResetModel();
}

int CounterModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_counters.size());
}

int CounterModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString CounterModel::ruleText(base::RuleId id) const {
    const auto rule =
        std::find_if(m_rules.begin(), m_rules.end(), [id](const rules::Rule& each) { return each.id == id; });
    return rule == m_rules.end() ? tr("rule %1").arg(id.value) : visibleText(rule->key);
}

QVariant CounterModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const rules::DailyCounter& counter = m_counters[static_cast<size_t>(index.row())];
    switch (index.column()) {
    case DayColumn:
        return cellData(textCell(dateText(counter.date)), role);
    case RuleColumn:
        return cellData(codeCell(ruleText(counter.ruleId)), role);
    case SumColumn:
        return cellData(deltaCell(counter.accumulatedChange), role);
    case EventsColumn:
        return cellData(numberCell(counter.triggerCount), role);
    default:
        return {};
    }
}

QVariant CounterModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return header({tr("Day"), tr("Rule"), tr("Change"), tr("Events")}, section, orientation, role,
                  section == SumColumn || section == EventsColumn);
}

} // namespace affinity::ui
