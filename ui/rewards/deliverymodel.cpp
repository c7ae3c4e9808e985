#include "ui/rewards/deliverymodel.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/rewardstext.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

using store::DeliveryState;
using store::RewardDelivery;

QString deliveryStateText(DeliveryState state) {
    switch (state) {
    case DeliveryState::Waiting:
        return DeliveryModel::tr("Waiting");
    case DeliveryState::Delivered:
        return DeliveryModel::tr("Delivered");
    case DeliveryState::Dead:
        break;
    }
    return DeliveryModel::tr("Given up");
}

Cell deliveryStateCell(DeliveryState state) {
    const QString words = deliveryStateText(state);
    switch (state) {
    case DeliveryState::Waiting:
        return tagCell(words, Tone::Warn, Icon::Clock);
    case DeliveryState::Delivered:
        return tagCell(words, Tone::Ok, Icon::Check);
    case DeliveryState::Dead:
        break;
    }
    return tagCell(words, Tone::Danger, Icon::Error);
}

DeliveryModel::DeliveryModel(Source source, Now now, const QTimeZone& zone, int highestLevel, QObject* parent)
    : QAbstractTableModel(parent),
      m_source(std::move(source)),
      m_now(std::move(now)),
      m_zone(zone),
      m_highestLevel(highestLevel) {
}

void DeliveryModel::setFilter(std::optional<DeliveryState> state) {
    m_filter = state;
    beginResetModel();
    m_rows.clear();
    m_hasMore = false;
    endResetModel();
    request(0, pageRows);
}

void DeliveryModel::reload() {
    request(0, std::clamp(rowCount(), pageRows, mostReloaded));
}

bool DeliveryModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_state == State::Ready && m_hasMore;
}

void DeliveryModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        request(m_rows.back().id, pageRows);
}

void DeliveryModel::request(qint64 beforeId, int limit) {
    store::DeliveryQuery query;
    query.state = m_filter;
    query.beforeId = beforeId;
    query.limit = limit;
    setState(State::Loading);
    m_request.ask(this, m_source(query),
                  [this, beforeId, limit](const base::Result<std::vector<RewardDelivery>>& answer) {
                      receive(answer, beforeId, limit);
                  });
}

void DeliveryModel::receive(const base::Result<std::vector<RewardDelivery>>& answer, qint64 beforeId, int limit) {
    if (!answer) {
        m_error = answer.error();
        setState(State::Failed);
        return;
    }
    m_nowUs = m_now();
    const bool isNextPage = beforeId > 0;
    if (isNextPage) {
        if (!answer->empty()) {
            beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(answer->size()) - 1);
            m_rows.insert(m_rows.end(), answer->begin(), answer->end());
            endInsertRows();
        }
    } else {
        Q_EMIT aboutToReplace();
        beginResetModel();
        m_rows = *answer;
        endResetModel();
    }
    m_hasMore = static_cast<int>(answer->size()) == limit;
    setState(State::Ready);
}

void DeliveryModel::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

const RewardDelivery* DeliveryModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int DeliveryModel::rowOf(qint64 id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const RewardDelivery& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int DeliveryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeliveryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

Cell DeliveryModel::timeCell(const RewardDelivery& delivery) const {
    if (delivery.state == DeliveryState::Delivered && delivery.deliveredAtUs)
        return captionCell(rowTimeText(*delivery.deliveredAtUs, m_nowUs, m_zone));
    if (delivery.state == DeliveryState::Waiting && delivery.nextAttemptUs) {
        return *delivery.nextAttemptUs <= m_nowUs
                   ? captionCell(tr("due since %1").arg(rowTimeText(*delivery.nextAttemptUs, m_nowUs, m_zone)))
                   : captionCell(tr("next %1").arg(rowTimeText(*delivery.nextAttemptUs, m_nowUs, m_zone)));
    }
    return muted(captionCell(tr("none")));
}

Cell DeliveryModel::cellOf(const RewardDelivery& delivery, int column) const {
    switch (column) {
    case LevelColumn:
        return levelCell(delivery.level, m_highestLevel, visibleText(delivery.name));
    case DeviceColumn:
        return codeCell(QString::number(delivery.deviceId.value));
    case RewardsColumn:
        return textCell(rewardsText(delivery.rewards));
    case StateColumn:
        return deliveryStateCell(delivery.state);
    case AttemptsColumn:
        return numberCell(delivery.attempts);
    case TimeColumn:
        return timeCell(delivery);
    default:
        return captionCell(visibleText(engineText(delivery.lastError)));
    }
}

QVariant DeliveryModel::data(const QModelIndex& index, int role) const {
    const RewardDelivery* delivery = index.isValid() ? at(index.row()) : nullptr;
    if (!delivery)
        return {};
    if (role == Qt::ToolTipRole) {
        const bool isLong = index.column() == RewardsColumn || index.column() == ErrorColumn;
        return isLong ? QVariant(cellOf(*delivery, index.column()).text) : QVariant();
    }
    return cellData(cellOf(*delivery, index.column()), role);
}

QVariant DeliveryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = section == AttemptsColumn;
        return QVariant::fromValue(Qt::Alignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Level"),     tr("Device"),   tr("Rewards"),
                             tr("State"),     tr("Attempts"), tr("Next or delivered"),
                             tr("Last error")};
    return titles.at(section);
}

} // namespace affinity::ui
