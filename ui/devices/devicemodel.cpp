#include "ui/devices/devicemodel.h"

#include "ui/devices/devicetext.h"
#include "ui/shared/formatting.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace affinity::ui {

namespace {

constexpr int largestPage = 1000; // of a store query

Cell cellOf(const store::DeviceRow& row, int column, int highestLevel, qint64 nowUs) {
    const rules::Binding& binding = row.binding;
    Cell cell;
    switch (column) {
    case DeviceModel::BindingColumn:
        cell = codeCell(QString::number(binding.id.value));
        break;
    case DeviceModel::NicknameColumn:
        cell = binding.nickname.isEmpty() ? muted(textCell(nicknameText(binding))) : strongCell(nicknameText(binding));
        break;
    case DeviceModel::LevelColumn:
        cell = levelCell(binding.affinityLevel, highestLevel);
        break;
    case DeviceModel::ValueColumn:
        cell = numberCell(binding.favorability);
        break;
    case DeviceModel::SeenColumn:
        cell = binding.lastActiveAtUs ? captionCell(agoShortText(*binding.lastActiveAtUs, nowUs), true)
                                      : muted(captionCell(DeviceModel::tr("never"), true));
        break;
    default:
        break;
    }
    return binding.isActive() ? cell : muted(cell);
}

QString rowHint(const store::DeviceRow& row) {
    const QString serial = dataText(row.binding.serial);
    const QString hint = DeviceModel::tr("Serial %1, user %2 (%3)")
                             .arg(serial, QString::number(row.binding.userId.value), dataText(row.user.username));
    return row.binding.isActive() ? hint : DeviceModel::tr("%1, unbound").arg(hint);
}

QString columnTitle(int column) {
    switch (column) {
    case DeviceModel::BindingColumn:
        return DeviceModel::tr("Binding");
    case DeviceModel::NicknameColumn:
        return DeviceModel::tr("Nickname");
    case DeviceModel::LevelColumn:
        return DeviceModel::tr("Level");
    case DeviceModel::ValueColumn:
        return DeviceModel::tr("Value");
    case DeviceModel::CourseColumn:
        return DeviceModel::tr("30 days");
    case DeviceModel::SeenColumn:
        return DeviceModel::tr("Seen");
    default:
        return {};
    }
}

} // namespace

DeviceModel::DeviceModel(Source source, Now now, int highestLevel, QObject* parent)
    : QAbstractTableModel(parent), m_source(std::move(source)), m_now(std::move(now)), m_highestLevel(highestLevel) {
}

void DeviceModel::setCourses(const Courses& courses) {
    const bool wasShown = static_cast<bool>(m_courseSource);
    m_courseSource = courses;
    if (!m_courseSource) {
        m_courseRequest.drop();
        m_courses.clear();
    } else if (!wasShown) {
        askCourses();
    }
}

void DeviceModel::setQuery(const store::DeviceQuery& query) {
    m_query = query;
    m_query.cursor.reset();
    m_query.isBackwards = false;
    request({}, Place::Replace, 0, pageRows);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1); // the order is in the headings
}

void DeviceModel::reload() {
    if (m_pages.empty()) {
        request({}, Place::Replace, 0, pageRows);
        return;
    }
    const LoadedPage first = m_pages.front();
    // Backwards from its cursor, one page is all that can be asked for again as it is.
    const int shown = std::clamp(static_cast<int>(m_rows.size()), pageRows, largestPage);
    request(first, Place::Replace, m_offset, first.isBackwards ? pageRows : shown);
}

void DeviceModel::showNextPage() {
    if (m_next)
        request({m_next, false, 0, {}, {}}, Place::Replace, m_offset + rowCount(), pageRows);
}

void DeviceModel::showPreviousPage() {
    if (m_previous)
        request({m_previous, true, 0, {}, {}}, Place::Replace, m_offset - pageRows, pageRows);
}

void DeviceModel::fetchPrevious() {
    if (m_previous && m_state == State::Ready)
        request({m_previous, true, 0, {}, {}}, Place::Prepend, m_offset - pageRows, pageRows);
}

void DeviceModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        request({m_next, false, 0, {}, {}}, Place::Append, m_offset, pageRows);
}

bool DeviceModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_state == State::Ready && m_next.has_value();
}

void DeviceModel::request(const LoadedPage& page, Place place, qint64 offset, int limit) {
    store::DeviceQuery query = m_query;
    query.cursor = page.cursor;
    query.isBackwards = page.isBackwards;
    query.limit = limit;
    setState(State::Loading);
    m_request.ask(this, m_source(query), [this, page, place, offset](const base::Result<store::DevicePage>& answer) {
        receive(answer, page, place, offset);
    });
}

void DeviceModel::receive(const base::Result<store::DevicePage>& answer, const LoadedPage& page, Place place,
                          qint64 offset) {
    if (!answer) {
        m_error = answer.error();
        if (place == Place::Replace) {
            beginResetModel();
            m_rows.clear();
            m_pages.clear();
            m_previous.reset();
            m_next.reset();
            m_offset = 0;
            endResetModel();
        }
        setState(State::Failed);
        return;
    }
    m_nowUs = m_now();
    LoadedPage loaded = page;
    loaded.rows = static_cast<int>(answer->rows.size());
    loaded.previous = answer->previous;
    loaded.next = answer->next;
    switch (place) {
    case Place::Replace:
        replace(*answer, loaded, offset);
        break;
    case Place::Append:
        append(*answer, loaded);
        break;
    case Place::Prepend:
        prepend(*answer, loaded);
        break;
    }
    setState(State::Ready);
    forgetCourses();
    askCourses();
}

/// One question for all rows whose course is not there yet; a page that came meanwhile makes it a new one.
void DeviceModel::askCourses() {
    std::vector<base::DeviceId> missing;
    for (const store::DeviceRow& row : m_rows) {
        if (m_areCoursesStale || !m_courses.contains(row.binding.id))
            missing.push_back(row.binding.id);
    }
    m_courseRequest.drop();
    if (!m_courseSource || missing.empty())
        return;
    m_courseRequest.ask(
        this, m_courseSource(missing),
        [this](const base::Result<std::vector<service::DeviceCourse>>& answer) { receiveCourses(answer); });
}

void DeviceModel::receiveCourses(const base::Result<std::vector<service::DeviceCourse>>& answer) {
    m_isCourseFailed = !answer;
    if (answer) {
        m_areCoursesStale = false;
        for (const service::DeviceCourse& course : *answer) {
            std::vector<double>& points = m_courses[course.id];
            points.clear();
            for (const service::ValuePoint& point : course.points)
                points.push_back(point.value);
        }
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, CourseColumn), index(rowCount() - 1, CourseColumn));
}

void DeviceModel::forgetCourses() {
    QSet<base::DeviceId> shown;
    for (const store::DeviceRow& row : m_rows)
        shown.insert(row.binding.id);
    m_courses.removeIf([&shown](const auto& course) { return !shown.contains(course.key()); });
}

void DeviceModel::replace(const store::DevicePage& answer, const LoadedPage& page, qint64 offset) {
    beginResetModel();
    m_rows = answer.rows;
    m_areCoursesStale = true;
    m_pages.assign(1, page);
    m_previous = answer.previous;
    m_next = answer.next;
    m_offset = m_previous ? std::max<qint64>(offset, 1) : 0;
    endResetModel();
}

void DeviceModel::append(const store::DevicePage& answer, const LoadedPage& page) {
    m_next = answer.next;
    if (page.rows > 0) {
        beginInsertRows({}, rowCount(), rowCount() + page.rows - 1);
        m_rows.insert(m_rows.end(), answer.rows.begin(), answer.rows.end());
        m_pages.push_back(page);
        endInsertRows();
    }
    while (m_pages.size() > windowPages)
        trimTop();
}

void DeviceModel::prepend(const store::DevicePage& answer, const LoadedPage& page) {
    m_previous = answer.previous;
    m_offset = m_previous ? std::max<qint64>(m_offset - page.rows, 1) : 0;
    if (page.rows > 0) {
        beginInsertRows({}, 0, page.rows - 1);
        m_rows.insert(m_rows.begin(), answer.rows.begin(), answer.rows.end());
        m_pages.push_front(page);
        endInsertRows();
        Q_EMIT topShifted(page.rows);
    }
    while (m_pages.size() > windowPages)
        trimBottom();
}

void DeviceModel::trimTop() {
    const int count = m_pages.front().rows;
    m_isTrimming = true;
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + count);
    m_pages.pop_front();
    m_previous = m_pages.front().previous;
    m_offset += count;
    endRemoveRows();
    m_isTrimming = false;
    Q_EMIT topShifted(-count);
}

void DeviceModel::trimBottom() {
    const int count = m_pages.back().rows;
    m_isTrimming = true;
    beginRemoveRows({}, rowCount() - count, rowCount() - 1);
    m_rows.erase(m_rows.end() - count, m_rows.end());
    m_pages.pop_back();
    m_next = m_pages.back().next;
    endRemoveRows();
    m_isTrimming = false;
}

void DeviceModel::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

const store::DeviceRow* DeviceModel::rowAt(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int DeviceModel::rowOf(base::DeviceId id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const store::DeviceRow& row) { return row.binding.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void DeviceModel::patch(const store::DeviceRow& fresh) {
    const int row = rowOf(fresh.binding.id);
    if (row < 0 || m_rows[static_cast<size_t>(row)] == fresh)
        return;
    m_rows[static_cast<size_t>(row)] = fresh;
    m_nowUs = m_now();
    if (const auto course = m_courses.find(fresh.binding.id); course != m_courses.end() && !course->empty())
        course->back() = fresh.binding.favorability; // the last point is now
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void DeviceModel::patchValue(base::DeviceId id, int value, int level) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    store::DeviceRow fresh = m_rows[static_cast<size_t>(row)];
    fresh.binding.favorability = value;
    fresh.binding.affinityLevel = level;
    patch(fresh);
}

int DeviceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeviceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeviceModel::data(const QModelIndex& index, int role) const {
    const store::DeviceRow* row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return {};
    if (index.column() == CourseColumn)
        return role == Qt::ToolTipRole ? QVariant(courseHint(*row)) : cellData(courseCell(*row), role);
    if (role == Qt::ToolTipRole)
        return rowHint(*row);
    return cellData(cellOf(*row, index.column(), m_highestLevel, m_nowUs), role);
}

/// "120 → 340" stands beside the line for whoever copies or hears the row.
Cell DeviceModel::courseCell(const store::DeviceRow& row) const {
    const auto course = m_courses.constFind(row.binding.id);
    if (course == m_courses.constEnd())
        return m_isCourseFailed ? muted(captionCell(tr("not read"))) : captionCell({});
    if (course->size() < 2)
        return muted(captionCell(tr("new")));
    Cell cell = sparkCell(*course, row.binding.isActive() ? Tone::Accent : Tone::Neutral);
    cell.text =
        QStringLiteral("%1 → %2").arg(numberText(qRound64(course->front())), numberText(qRound64(course->back())));
    return cell;
}

QString DeviceModel::courseHint(const store::DeviceRow& row) const {
    const auto course = m_courses.constFind(row.binding.id);
    if (course == m_courses.constEnd())
        return m_isCourseFailed ? tr("The course of the value could not be read. Refresh to ask again.") : QString();
    if (course->size() < 2)
        return tr("Bound today: there is no course yet.");
    const auto [low, high] = std::minmax_element(course->begin(), course->end());
    return tr("%1 at the first day's end, %2 now; lowest %3, highest %4. Each line has its own scale.")
        .arg(numberText(qRound64(course->front())), numberText(qRound64(course->back())), numberText(qRound64(*low)),
             numberText(qRound64(*high)));
}

QVariant DeviceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isRight = section == ValueColumn || section == SeenColumn;
    switch (role) {
    case Qt::DisplayRole:
        // Qt's own mark would stand on the last letters of a right heading.
        if (sortOf(section) == m_query.sort)
            return m_query.isDescending ? tr("%1 ↓").arg(columnTitle(section)) : tr("%1 ↑").arg(columnTitle(section));
        return columnTitle(section);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::ToolTipRole:
        if (section == CourseColumn)
            return tr("Value at the end of each of the last 30 local days, and now. Each line has its own scale.");
        return sortOf(section) ? tr("Sorts the whole result, not only the rows shown.")
                               : tr("The store has no order by this column.");
    default:
        return {};
    }
}

std::optional<store::DeviceSort> DeviceModel::sortOf(int column) {
    switch (column) {
    case BindingColumn:
        return store::DeviceSort::Id;
    case ValueColumn:
        return store::DeviceSort::Value;
    case SeenColumn:
        return store::DeviceSort::LastActive;
    default:
        return std::nullopt;
    }
}

void DeviceModel::sort(int column, Qt::SortOrder order) {
    const auto sort = sortOf(column);
    if (!sort)
        return;
    store::DeviceQuery query = m_query;
    query.sort = *sort;
    query.isDescending = order == Qt::DescendingOrder;
    setQuery(query);
}

} // namespace affinity::ui
