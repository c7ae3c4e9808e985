// TimelineModel: the log of a device or a user, newest first, in a window of fixed size; one row can be open to show
// why.
#pragma once

#include "engine/engine.h"
#include "ui/workspace/ask.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QTimeZone>

#include <deque>
#include <functional>

namespace affinity::ui {

/// What became of a log row, as far as the store tells.
enum class RowOutcome { Applied, Cut, Adjusted, Reversed, Reversal };

/// Answers from loaded rows only. Rows are log entries; below the open one stands one more row (RowTone::Detail) for
/// the view to put the explanation on. GUI thread.
class TimelineModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        RuleColumn,
        ChangeColumn,
        ValueColumn,
        OutcomeColumn,
        SourceColumn,
        DeviceColumn, ///< for a user's log: which binding
        OpenColumn,
        ColumnCount
    };
    enum class State { Idle, Loading, Ready, Failed };
    using Source = std::function<Answer<store::LogPage>(const store::LogQuery&)>;

    using DeviceNames = QHash<qint64, QString>; ///< by binding id

    static constexpr int pageRows = 100;
    static constexpr int windowRows = 2'000; ///< more entries than these are dropped at the other end

    TimelineModel(Source source, const QTimeZone& zone, QObject* parent = nullptr);

    /// Shows a device from its newest row; `nowUs` decides which rows are of today. The same device keeps its rows
    /// until the answer comes.
    void setDevice(base::DeviceId id, qint64 nowUs);
    /// The log of all bindings of a user, in the same way.
    void setUser(base::UserId id, qint64 nowUs);
    void clear();
    /// Shows these names in DeviceColumn instead of numbers.
    void setDeviceNames(const DeviceNames& names);

    /// Whose log it is: device or user and nothing else.
    const store::LogQuery& subject() const { return m_subject; }

    State state() const { return m_state; }
    const base::Error& error() const { return m_error; }
    bool hasMore() const { return m_hasMore; }
    /// True when newer rows than the first one loaded were dropped from the window.
    bool hasNewer() const { return m_hasNewer; }
    /// Loads the page before the first entry again.
    void fetchNewer();
    int entryCount() const { return static_cast<int>(m_entries.size()); }

    /// The log entry of a row; null for the row of the explanation.
    const store::LogEntry* entryAt(int row) const;
    bool isDetail(int row) const { return m_open >= 0 && row == m_open + 1; }
    /// Row of that log entry, or -1.
    int rowOf(base::LogId id) const;
    /// Row of the open entry, or -1.
    int openRow() const { return m_open; }
    /// Opens the entry of that row and closes any other; opens nothing for -1 or the explanation's own row.
    void open(int row);
    /// What the rows' notes say of that entry.
    RowOutcome outcomeOf(const store::LogEntry& entry) const;
    /// True when a loaded row takes this one back.
    bool isReversed(base::LogId id) const { return m_reversed.contains(id.value); }
    /// Adds what an explanation found to the outcome of a row.
    void setCutCause(base::LogId id, const QString& cause);
    /// Shows this name instead of the number of an operator.
    void setOperatorName(base::OperatorId id, const QString& name);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void stateChanged();
    /// Rows were put on top (positive) or dropped there (negative): views shift their scroll position by as many.
    void topShifted(int rows);

private:
    enum class Place { Replace, Append, Prepend };
    void show(const store::LogQuery& subject, qint64 nowUs);
    void request(store::LogQuery query, Place place);
    void receive(const base::Result<store::LogPage>& answer, Place place);
    void replace(const store::LogPage& page);
    void append(const store::LogPage& page);
    void prepend(const store::LogPage& page);
    void trimTop();
    void trimBottom();
    void noteReversals(const std::vector<store::LogEntry>& entries);
    int entryIndex(int row) const;
    QVariant cellOf(const store::LogEntry& entry, int column, int role) const;
    QString outcomeNote(const store::LogEntry& entry, RowOutcome outcome) const;
    void setState(State state);

    Source m_source;
    QTimeZone m_zone;
    LatestRequest<store::LogPage> m_request;
    store::LogQuery m_subject; ///< whose log: device or user, nothing else
    qint64 m_nowUs = 0;
    State m_state = State::Idle;
    base::Error m_error;
    std::deque<store::LogEntry> m_entries; ///< newest first, without a gap
    QSet<qint64> m_reversed;
    QHash<qint64, QString> m_cutCauses;
    QHash<qint64, QString> m_operatorNames;
    DeviceNames m_deviceNames;
    bool m_hasMore = false;
    bool m_hasNewer = false;
    int m_open = -1;
};

} // namespace affinity::ui
