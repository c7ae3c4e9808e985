#include "ui/shell/jobs.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

JobList::JobList(QObject* parent) : QAbstractListModel(parent) {
    connect(this, &QAbstractItemModel::rowsInserted, this, &JobList::changed);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &JobList::changed);
    connect(this, &QAbstractItemModel::dataChanged, this, &JobList::changed);
}

JobList::JobId JobList::start(const QString& title, std::function<void()> cancel) {
    const int row = count();
    beginInsertRows({}, row, row);
    m_jobs.push_back({++m_lastId, title, std::nullopt, std::move(cancel), false});
    endInsertRows();
    return m_lastId;
}

void JobList::report(JobId id, std::optional<double> share, const QString& title) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    Job& job = m_jobs[static_cast<size_t>(row)];
    job.share = share;
    if (share.has_value())
        job.share = std::clamp(*share, 0.0, 1.0);
    if (!title.isEmpty())
        job.title = title;
    Q_EMIT dataChanged(index(row), index(row));
}

void JobList::finish(JobId id) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_jobs.erase(m_jobs.begin() + row);
    endRemoveRows();
}

void JobList::cancel(JobId id) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    Job& job = m_jobs[static_cast<size_t>(row)];
    if (!job.cancel || job.isCancelling)
        return;
    job.isCancelling = true;
    // A copy: the callback may finish the job, which removes it from the list.
    const std::function<void()> ask = job.cancel;
    Q_EMIT dataChanged(index(row), index(row));
    ask();
}

bool JobList::isRunning(JobId id) const {
    return rowOf(id) >= 0;
}

int JobList::count() const {
    return static_cast<int>(m_jobs.size());
}

int JobList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant JobList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const Job& job = m_jobs[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return job.title;
    case IdRole:
        return job.id;
    case ShareRole:
        return job.share.has_value() ? QVariant(*job.share) : QVariant();
    case IsCancellableRole:
        return static_cast<bool>(job.cancel);
    case IsCancellingRole:
        return job.isCancelling;
    default:
        return {};
    }
}

int JobList::rowOf(JobId id) const {
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [id](const Job& job) { return job.id == id; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

} // namespace affinity::ui
