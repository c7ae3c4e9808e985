// DeviceModel: a sliding window of loaded pages over a device search; memory stays flat however far one scrolls.
#pragma once

#include "engine/engine.h"
#include "ui/shared/cells.h"
#include "ui/workspace/ask.h"

#include <QAbstractTableModel>
#include <QHash>

#include <deque>
#include <functional>

namespace affinity::ui {

/// Answers from loaded rows only. Pages come by keyset in both directions; late answers are dropped. GUI thread.
class DeviceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { BindingColumn, NicknameColumn, LevelColumn, ValueColumn, CourseColumn, SeenColumn, ColumnCount };
    enum class State { Idle, Loading, Ready, Failed };
    using Source = std::function<Answer<store::DevicePage>(const store::DeviceQuery&)>;
    using Now = std::function<qint64()>; ///< microseconds since 1970 UTC
    using Courses = std::function<Answer<std::vector<service::DeviceCourse>>(const std::vector<base::DeviceId>&)>;

    static constexpr int pageRows = 100;
    static constexpr int windowPages = 5; ///< more than these are dropped at the other end

    DeviceModel(Source source, Now now, int highestLevel, QObject* parent = nullptr);

    /// Where the values' courses come from: asked for all rows of a page at once, after the page is shown. Without it
    /// (or with an empty one) the column stays empty and nothing is asked.
    void setCourses(const Courses& courses);

    /// Asks a new search from its first page; cursor, direction and limit of the query are ignored. The rows shown stay
    /// until the answer comes.
    void setQuery(const store::DeviceQuery& query);
    const store::DeviceQuery& query() const { return m_query; }
    /// Asks again for the rows shown, as far as one page can hold them.
    void reload();

    State state() const { return m_state; }
    /// Why the last request failed; only in State::Failed.
    const base::Error& error() const { return m_error; }

    bool hasNextPage() const { return m_next.has_value(); }
    bool hasPreviousPage() const { return m_previous.has_value(); }
    /// Shows the page after (before) the loaded rows instead of them.
    void showNextPage();
    void showPreviousPage();
    /// Adds the page before the loaded rows on top.
    void fetchPrevious();

    /// 1-based position of the first loaded row in the whole result, as far as it was walked.
    qint64 firstPosition() const { return m_offset + 1; }
    const store::DeviceRow* rowAt(int row) const;
    /// Row of that binding, or -1.
    int rowOf(base::DeviceId id) const;
    /// Replaces a loaded row by a fresher one of the same binding.
    void patch(const store::DeviceRow& fresh);
    /// Sets value and level of a loaded row.
    void patchValue(base::DeviceId id, int value, int level);
    /// True while rows leave the window on account of its size: the selection then moves by itself.
    bool isTrimming() const { return m_isTrimming; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    /// A new query at the store; columns it cannot sort by are ignored.
    void sort(int column, Qt::SortOrder order) override;
    /// The store's sort of a column; nothing when it has none.
    static std::optional<store::DeviceSort> sortOf(int column);

Q_SIGNALS:
    void stateChanged();
    /// Rows were put on top (positive) or dropped there (negative): views shift their scroll position by as many.
    void topShifted(int rows);

private:
    /// One loaded page: what it was asked with, to ask for it again, and where its neighbours begin.
    struct LoadedPage {
        std::optional<store::DeviceCursor> cursor;
        bool isBackwards = false;
        int rows = 0;
        std::optional<store::DeviceCursor> previous;
        std::optional<store::DeviceCursor> next;
    };
    enum class Place { Replace, Append, Prepend };

    void request(const LoadedPage& page, Place place, qint64 offset, int limit);
    void receive(const base::Result<store::DevicePage>& answer, const LoadedPage& page, Place place, qint64 offset);
    void replace(const store::DevicePage& answer, const LoadedPage& page, qint64 offset);
    void append(const store::DevicePage& answer, const LoadedPage& page);
    void prepend(const store::DevicePage& answer, const LoadedPage& page);
    void trimTop();
    void trimBottom();
    void setState(State state);
    void askCourses();
    void receiveCourses(const base::Result<std::vector<service::DeviceCourse>>& answer);
    void forgetCourses();
    Cell courseCell(const store::DeviceRow& row) const;
    QString courseHint(const store::DeviceRow& row) const;

    Source m_source;
    Now m_now;
    int m_highestLevel;
    LatestRequest<store::DevicePage> m_request;
    Courses m_courseSource;
    LatestRequest<std::vector<service::DeviceCourse>> m_courseRequest;
    QHash<base::DeviceId, std::vector<double>> m_courses; ///< of loaded rows
    bool m_areCoursesStale = false; ///< the rows were asked again: so are their courses, which stay shown meanwhile
    bool m_isCourseFailed = false;
    store::DeviceQuery m_query;
    State m_state = State::Idle;
    base::Error m_error;
    std::vector<store::DeviceRow> m_rows;
    std::deque<LoadedPage> m_pages;
    std::optional<store::DeviceCursor> m_previous;
    std::optional<store::DeviceCursor> m_next;
    qint64 m_offset = 0;
    qint64 m_nowUs = 0; ///< of the last answer: ages in the Seen column do not tear between rows
    bool m_isTrimming = false;
};

} // namespace affinity::ui
