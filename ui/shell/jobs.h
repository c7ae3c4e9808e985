// Work that goes on in the background, as the status bar shows it: title, progress, cancel.
#pragma once

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace affinity::ui {

/// Everything that takes over 300 ms is a job. GUI thread only: workers report through queued signals.
class JobList : public QAbstractListModel {
    Q_OBJECT
public:
    using JobId = qint64;
    enum Roles { IdRole = Qt::UserRole + 1, TitleRole, ShareRole, IsCancellableRole, IsCancellingRole };

    explicit JobList(QObject* parent = nullptr);

    /// Starts showing a job. `cancel` is called at most once, when the user asks; without it there is no Cancel.
    JobId start(const QString& title, std::function<void()> cancel = {});
    /// `share` 0 … 1, or nothing when it is not known. An unknown id is ignored: its job has ended.
    void report(JobId id, std::optional<double> share, const QString& title = {});
    /// The job ended, for whatever reason.
    void finish(JobId id);
    /// Asks the job to stop; it stays listed as "cancelling" until finish().
    void cancel(JobId id);
    bool isRunning(JobId id) const;
    int count() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    /// Any change: list, share or title.
    void changed();

private:
    struct Job {
        JobId id;
        QString title;
        std::optional<double> share;
        std::function<void()> cancel;
        bool isCancelling = false;
    };
    int rowOf(JobId id) const;
    std::vector<Job> m_jobs;
    JobId m_lastId = 0;
};

} // namespace affinity::ui
