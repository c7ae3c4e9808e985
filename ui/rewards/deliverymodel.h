// DeliveryModel: reward deliveries, newest first, a page at a time.
#pragma once

#include "engine/engine.h"
#include "ui/shared/cells.h"
#include "ui/workspace/ask.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <functional>

namespace affinity::ui {

/// "Waiting", "Delivered", "Given up".
QString deliveryStateText(store::DeliveryState state);
/// The state as a badge.
Cell deliveryStateCell(store::DeliveryState state);

/// Answers from loaded rows only. GUI thread.
class DeliveryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        LevelColumn,
        DeviceColumn,
        RewardsColumn,
        StateColumn,
        AttemptsColumn,
        TimeColumn, ///< next attempt, or when it was delivered
        ErrorColumn,
        ColumnCount
    };
    enum class State { Idle, Loading, Ready, Failed };
    using Source = std::function<Answer<std::vector<store::RewardDelivery>>(const store::DeliveryQuery&)>;
    using Now = std::function<qint64()>; ///< the store's time, microseconds since 1970 UTC

    static constexpr int pageRows = 100;
    static constexpr int mostReloaded = 1000; ///< rows that reload() reads again at most

    /// `highestLevel` scales the levels' colours.
    DeliveryModel(Source source, Now now, const QTimeZone& zone, int highestLevel, QObject* parent = nullptr);

    /// Shows those of one state, or all, from the newest on.
    void setFilter(std::optional<store::DeliveryState> state);
    std::optional<store::DeliveryState> filter() const { return m_filter; }
    /// Reads again as many rows as are loaded; they stay until the answer comes.
    void reload();

    State state() const { return m_state; }
    const base::Error& error() const { return m_error; }
    bool hasMore() const { return m_hasMore; }
    /// Null for a row that is not there.
    const store::RewardDelivery* at(int row) const;
    /// Row of that delivery, or -1.
    int rowOf(qint64 id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// Before the rows of an answer replace those shown; stateChanged() follows.
    void aboutToReplace();
    void stateChanged();

private:
    void request(qint64 beforeId, int limit);
    void receive(const base::Result<std::vector<store::RewardDelivery>>& answer, qint64 beforeId, int limit);
    Cell cellOf(const store::RewardDelivery& delivery, int column) const;
    Cell timeCell(const store::RewardDelivery& delivery) const;
    void setState(State state);

    Source m_source;
    Now m_now;
    QTimeZone m_zone;
    int m_highestLevel;
    LatestRequest<std::vector<store::RewardDelivery>> m_request;
    std::optional<store::DeliveryState> m_filter;
    State m_state = State::Idle;
    base::Error m_error;
    std::vector<store::RewardDelivery> m_rows;
    qint64 m_nowUs = 0; ///< of the last answer
    bool m_hasMore = false;
};

} // namespace affinity::ui
