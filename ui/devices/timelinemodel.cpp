#include "ui/devices/timelinemodel.h"

#include "ui/devices/devicetext.h"
#include "ui/shared/cells.h"
#include "ui/shared/formatting.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

namespace {

QString timelineColumnTitle(int column) {
    switch (column) {
    case TimelineModel::TimeColumn:
        return TimelineModel::tr("Time");
    case TimelineModel::RuleColumn:
        return TimelineModel::tr("Rule");
    case TimelineModel::ChangeColumn:
        return TimelineModel::tr("Change");
    case TimelineModel::ValueColumn:
        return TimelineModel::tr("Value");
    case TimelineModel::OutcomeColumn:
        return TimelineModel::tr("Outcome");
    case TimelineModel::SourceColumn:
        return TimelineModel::tr("Source");
    case TimelineModel::DeviceColumn:
        return TimelineModel::tr("Device");
    default:
        return {};
    }
}

Cell outcomeCell(RowOutcome outcome, const QString& note) {
    switch (outcome) {
    case RowOutcome::Applied:
        return iconCell(Icon::CheckCircle, Tone::Ok, TimelineModel::tr("Applied"), note);
    case RowOutcome::Cut:
        return iconCell(Icon::Warning, Tone::Warn, TimelineModel::tr("Cut"), note);
    case RowOutcome::Adjusted:
        return iconCell(Icon::User, Tone::Accent, TimelineModel::tr("Adjusted"), note);
    case RowOutcome::Reversed:
        return muted(iconCell(Icon::Undo, Tone::Neutral, TimelineModel::tr("Reversed"), note));
    case RowOutcome::Reversal:
        return iconCell(Icon::Undo, Tone::Accent, TimelineModel::tr("Reversal"), note);
    }
    return {};
}

std::optional<int> drawnOf(const store::LogEntry& entry) {
    return entry.note ? entry.note->drawnChange : std::nullopt;
}

} // namespace

TimelineModel::TimelineModel(Source source, const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent), m_source(std::move(source)), m_zone(zone) {
}

void TimelineModel::setDevice(base::DeviceId id, qint64 nowUs) {
    store::LogQuery subject;
    subject.deviceId = id;
    show(subject, nowUs);
}

void TimelineModel::setUser(base::UserId id, qint64 nowUs) {
    store::LogQuery subject;
    subject.userId = id;
    show(subject, nowUs);
}

void TimelineModel::show(const store::LogQuery& subject, qint64 nowUs) {
    if (subject != m_subject)
        clear();
    m_subject = subject;
    m_nowUs = nowUs;
    request(subject, Place::Replace);
}

void TimelineModel::request(store::LogQuery query, Place place) {
    query.limit = pageRows;
    setState(State::Loading);
    m_request.ask(this, m_source(query),
                  [this, place](const base::Result<store::LogPage>& answer) { receive(answer, place); });
}

void TimelineModel::clear() {
    m_request.drop();
    open(-1);
    beginResetModel();
    m_subject = {};
    m_entries.clear();
    m_reversed.clear();
    m_cutCauses.clear();
    m_hasMore = false;
    m_hasNewer = false;
    endResetModel();
    setState(State::Idle);
}

void TimelineModel::setDeviceNames(const DeviceNames& names) {
    m_deviceNames = names;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, DeviceColumn), index(rowCount() - 1, DeviceColumn));
}

bool TimelineModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_state == State::Ready && m_hasMore && !m_entries.empty();
}

void TimelineModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    store::LogQuery query = m_subject;
    query.beforeId = m_entries.back().row.id;
    request(query, Place::Append);
}

void TimelineModel::fetchNewer() {
    if (m_state != State::Ready || !m_hasNewer || m_entries.empty())
        return;
    store::LogQuery query = m_subject;
    query.afterId = m_entries.front().row.id;
    query.isOldestFirst = true;
    request(query, Place::Prepend);
}

void TimelineModel::receive(const base::Result<store::LogPage>& answer, Place place) {
    if (!answer) {
        m_error = answer.error();
        setState(State::Failed);
        return;
    }
    switch (place) {
    case Place::Replace:
        replace(*answer);
        break;
    case Place::Append:
        append(*answer);
        break;
    case Place::Prepend:
        prepend(*answer);
        break;
    }
    setState(State::Ready);
}

void TimelineModel::replace(const store::LogPage& page) {
    open(-1); // a reset keeps row heights: the tall row has to go by itself
    beginResetModel();
    m_entries.assign(page.entries.begin(), page.entries.end());
    m_hasMore = page.hasMore;
    m_hasNewer = false;
    m_reversed.clear();
    m_cutCauses.clear();
    noteReversals(page.entries);
    endResetModel();
}

void TimelineModel::append(const store::LogPage& page) {
    m_hasMore = page.hasMore;
    if (page.entries.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page.entries.size()) - 1);
    m_entries.insert(m_entries.end(), page.entries.begin(), page.entries.end());
    noteReversals(page.entries);
    endInsertRows();
    trimTop();
}

/// The page came oldest first: it is the nearest to what is loaded.
void TimelineModel::prepend(const store::LogPage& page) {
    m_hasNewer = page.hasMore;
    if (page.entries.empty())
        return;
    const int count = static_cast<int>(page.entries.size());
    beginInsertRows({}, 0, count - 1);
    for (const store::LogEntry& entry : page.entries)
        m_entries.push_front(entry);
    if (m_open >= 0)
        m_open += count;
    noteReversals(page.entries);
    endInsertRows();
    Q_EMIT topShifted(count);
    trimBottom();
}

void TimelineModel::trimTop() {
    const int count = entryCount() - windowRows;
    if (count <= 0)
        return;
    if (m_open >= 0 && m_open < count)
        open(-1);
    beginRemoveRows({}, 0, count - 1);
    m_entries.erase(m_entries.begin(), m_entries.begin() + count);
    if (m_open >= 0)
        m_open -= count;
    m_hasNewer = true;
    endRemoveRows();
    Q_EMIT topShifted(-count);
}

void TimelineModel::trimBottom() {
    const int count = entryCount() - windowRows;
    if (count <= 0)
        return;
    if (m_open >= windowRows)
        open(-1);
    beginRemoveRows({}, rowCount() - count, rowCount() - 1);
    m_entries.erase(m_entries.end() - count, m_entries.end());
    m_hasMore = true;
    endRemoveRows();
}

/// The row that takes another back is always the newer one, so it was loaded before, even if it was dropped since.
void TimelineModel::noteReversals(const std::vector<store::LogEntry>& entries) {
    for (const store::LogEntry& entry : entries) {
        if (const auto reversed = adjustmentNote(entry).reversesLogId)
            m_reversed.insert(reversed->value);
    }
}

void TimelineModel::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

int TimelineModel::entryIndex(int row) const {
    if (row < 0 || row >= rowCount() || isDetail(row))
        return -1;
    return m_open >= 0 && row > m_open ? row - 1 : row;
}

const store::LogEntry* TimelineModel::entryAt(int row) const {
    const int entry = entryIndex(row);
    return entry < 0 ? nullptr : &m_entries[static_cast<size_t>(entry)];
}

int TimelineModel::rowOf(base::LogId id) const {
    for (int row = 0; row < rowCount(); ++row) {
        const store::LogEntry* entry = entryAt(row);
        if (entry && entry->row.id == id)
            return row;
    }
    return -1;
}

void TimelineModel::open(int row) {
    const int entry = entryIndex(row);
    if (m_open >= 0) {
        const int closed = m_open;
        beginRemoveRows({}, closed + 1, closed + 1);
        m_open = -1;
        endRemoveRows();
        Q_EMIT dataChanged(index(closed, 0), index(closed, ColumnCount - 1));
    }
    if (entry < 0)
        return;
    beginInsertRows({}, entry + 1, entry + 1);
    m_open = entry;
    endInsertRows();
    Q_EMIT dataChanged(index(entry, 0), index(entry, ColumnCount - 1));
}

RowOutcome TimelineModel::outcomeOf(const store::LogEntry& entry) const {
    if (isReversed(entry.row.id))
        return RowOutcome::Reversed;
    if (adjustmentNote(entry).reversesLogId)
        return RowOutcome::Reversal;
    if (!entry.row.ruleId)
        return RowOutcome::Adjusted;
    const auto drawn = drawnOf(entry);
    return drawn && *drawn != entry.row.changeValue ? RowOutcome::Cut : RowOutcome::Applied;
}

void TimelineModel::setCutCause(base::LogId id, const QString& cause) {
    m_cutCauses.insert(id.value, cause);
    const int row = rowOf(id);
    if (row >= 0)
        Q_EMIT dataChanged(index(row, OutcomeColumn), index(row, OutcomeColumn));
}

void TimelineModel::setOperatorName(base::OperatorId id, const QString& name) {
    m_operatorNames.insert(id.value, name);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, SourceColumn), index(rowCount() - 1, SourceColumn));
}

QString TimelineModel::outcomeNote(const store::LogEntry& entry, RowOutcome outcome) const {
    const AdjustmentNote note = adjustmentNote(entry);
    switch (outcome) {
    case RowOutcome::Cut: {
        const QString cause = m_cutCauses.value(entry.row.id.value);
        const QString drawn = signedText(drawnOf(entry).value_or(0));
        return cause.isEmpty() ? tr("cut from %1").arg(drawn) : tr("cut from %1 %2").arg(drawn, cause);
    }
    case RowOutcome::Reversal:
        return tr("takes back row %1").arg(note.reversesLogId->value);
    case RowOutcome::Adjusted: {
        QStringList words;
        if (!note.reasonCode.isEmpty())
            words << reasonCodeText(note.reasonCode);
        if (!note.ticket.isEmpty())
            words << visibleText(note.ticket);
        return words.isEmpty() ? visibleText(entry.row.reason, 60) : words.join(QStringLiteral(", "));
    }
    case RowOutcome::Applied:
    case RowOutcome::Reversed:
        return {};
    }
    return {};
}

QVariant TimelineModel::cellOf(const store::LogEntry& entry, int column, int role) const {
    const rules::LogRow& row = entry.row;
    switch (column) {
    case TimeColumn:
        return cellData(textCell(rowTimeText(row.createdAtUs, m_nowUs, m_zone)), role);
    case RuleColumn:
        return cellData(codeCell(visibleText(row.ruleKey)), role);
    case ChangeColumn:
        return cellData(deltaCell(row.changeValue), role);
    case ValueColumn:
        return cellData(moveCell(row.beforeValue, row.afterValue), role);
    case OutcomeColumn: {
        const RowOutcome outcome = outcomeOf(entry);
        return cellData(outcomeCell(outcome, outcomeNote(entry, outcome)), role);
    }
    case SourceColumn: {
        QString source = sourceText(row.source);
        if (row.operatorId)
            source = m_operatorNames.value(row.operatorId->value, tr("%1 %2").arg(source).arg(row.operatorId->value));
        return cellData(captionCell(source), role);
    }
    case DeviceColumn:
        return cellData(textCell(m_deviceNames.value(row.deviceId.value, QString::number(row.deviceId.value))), role);
    case OpenColumn: {
        const bool isOpen = m_open >= 0 && m_entries[static_cast<size_t>(m_open)].row.id == row.id;
        return cellData(
            bareIconCell(isOpen ? Icon::ChevronUp : Icon::ChevronDown, isOpen ? tr("Hide why") : tr("Show why")), role);
    }
    default:
        return {};
    }
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : entryCount() + (m_open >= 0 ? 1 : 0);
}

int TimelineModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (isDetail(index.row()))
        return role == RowToneRole && index.column() == 0 ? QVariant(static_cast<int>(RowTone::Detail)) : QVariant();
    const store::LogEntry* entry = entryAt(index.row());
    if (role == Qt::ToolTipRole) {
        const QString when = dateTimeText(entry->row.createdAtUs, m_zone);
        return entry->row.eventId.isEmpty()
                   ? tr("Log row %1, %2").arg(QString::number(entry->row.id.value), when)
                   : tr("Log row %1, %2, event %3")
                         .arg(QString::number(entry->row.id.value), when, visibleText(entry->row.eventId));
    }
    return cellOf(*entry, index.column(), role);
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isRight = section == ChangeColumn || section == ValueColumn;
    if (role == Qt::DisplayRole)
        return timelineColumnTitle(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

} // namespace affinity::ui
