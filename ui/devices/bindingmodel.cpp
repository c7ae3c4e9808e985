#include "ui/devices/bindingmodel.h"

#include "ui/devices/devicetext.h"
#include "ui/shared/cells.h"
#include "ui/shared/formatting.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

namespace {

QString boundText(const rules::Binding& binding, const QTimeZone& zone) {
    const QString from = dateText(binding.boundAtUs, zone);
    return binding.unboundAtUs ? BindingModel::tr("%1 to %2").arg(from, dateText(*binding.unboundAtUs, zone))
                               : BindingModel::tr("since %1").arg(from);
}

Cell stateCell(const rules::Binding& binding) {
    return binding.isActive() ? tagCell(BindingModel::tr("Bound"), Tone::Ok, Icon::Link)
                              : tagCell(BindingModel::tr("Unbound"), Tone::Warn, Icon::Unlink);
}

Cell cellOf(const rules::Binding& binding, int column, int highestLevel, const QTimeZone& zone, qint64 nowUs) {
    switch (column) {
    case BindingModel::BindingColumn:
        return codeCell(QString::number(binding.id.value));
    case BindingModel::NicknameColumn:
        return binding.nickname.isEmpty() ? muted(textCell(nicknameText(binding))) : strongCell(nicknameText(binding));
    case BindingModel::SerialColumn:
        return codeCell(dataText(binding.serial));
    case BindingModel::LevelColumn:
        return levelCell(binding.affinityLevel, highestLevel);
    case BindingModel::ValueColumn:
        return numberCell(binding.favorability);
    case BindingModel::SeenColumn:
        return binding.lastActiveAtUs ? captionCell(agoShortText(*binding.lastActiveAtUs, nowUs), true)
                                      : muted(captionCell(BindingModel::tr("never"), true));
    case BindingModel::StateColumn:
        return stateCell(binding);
    case BindingModel::BoundColumn:
        return captionCell(boundText(binding, zone));
    default:
        return {};
    }
}

} // namespace

BindingModel::BindingModel(const QTimeZone& zone, int highestLevel, QObject* parent)
    : QAbstractTableModel(parent), m_zone(zone), m_highestLevel(highestLevel) {
}

void BindingModel::setRows(std::vector<store::DeviceRow> rows, qint64 nowUs) {
    std::stable_sort(rows.begin(), rows.end(), [](const store::DeviceRow& one, const store::DeviceRow& other) {
        if (one.binding.isActive() != other.binding.isActive())
            return one.binding.isActive();
        return one.binding.boundAtUs > other.binding.boundAtUs;
    });
    beginResetModel();
    m_rows = std::move(rows);
    m_nowUs = nowUs;
    endResetModel();
}

const store::DeviceRow* BindingModel::rowAt(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int BindingModel::rowOf(base::DeviceId id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const store::DeviceRow& row) { return row.binding.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int BindingModel::boundCount() const {
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                          [](const store::DeviceRow& row) { return row.binding.isActive(); }));
}

int BindingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BindingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BindingModel::data(const QModelIndex& index, int role) const {
    const store::DeviceRow* row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return {};
    const rules::Binding& binding = row->binding;
    if (role == Qt::ToolTipRole) {
        return binding.unboundAtUs
                   ? tr("Bound %1, unbound %2")
                         .arg(dateTimeText(binding.boundAtUs, m_zone), dateTimeText(*binding.unboundAtUs, m_zone))
                   : tr("Bound %1").arg(dateTimeText(binding.boundAtUs, m_zone));
    }
    const Cell cell = cellOf(binding, index.column(), m_highestLevel, m_zone, m_nowUs);
    return cellData(binding.isActive() || index.column() == StateColumn ? cell : muted(cell), role);
}

QVariant BindingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isRight = section == ValueColumn || section == SeenColumn;
    if (role == Qt::DisplayRole) {
        return QStringList{tr("Binding"), tr("Nickname"), tr("Serial"), tr("Level"),
                           tr("Value"),   tr("Seen"),     tr("State"),  tr("Bound")}
            .at(section);
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

} // namespace affinity::ui
