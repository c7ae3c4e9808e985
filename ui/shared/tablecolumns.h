// TableColumns: how wide a table's columns are, in which order, and which are shown, as the user likes it.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QSet>

#include <vector>

class QMenu;
class QTableView;

namespace affinity::ui {

/// Made by setUpTable(), which also puts its menu on the header and, by key, on the table. Columns are logical ones,
/// those of the model. GUI thread.
class TableColumns : public QObject {
    Q_OBJECT
public:
    explicit TableColumns(QTableView& view);

    /// Of a table that setUpTable() set up; null for others.
    static TableColumns* of(const QTableView& view);

    /// For the screen: whether there is room (and use) for a column now. It is shown where neither screen nor user
    /// hides it.
    void setFitting(int column, bool isFitting);
    /// For the screen: a column's width in logical pixels as long as the user does not choose one.
    void setDefaultWidth(int column, int width);
    /// For the screen: false where rows span columns, which Qt draws for the model's order only.
    void setMovable(bool isMovable);

    /// The first column, the one that takes the rest of the width, and those without a heading always stay.
    bool isOptional(int column) const;
    bool isHiddenByUser(int column) const { return m_hidden.contains(column); }
    void setHiddenByUser(int column, bool isHidden);
    /// One place to the left (-1) or right (1) among the columns that are shown; false at the end.
    bool move(int column, int places);

    /// What the user chose: {"columns": 6, "widths": {"3": 90}, "hidden": [4], "order": [0, 2, 1, …]}; members that
    /// hold nothing are left out.
    QJsonObject state() const;
    bool isAsSetUp() const;
    /// False, and the table is as it was set up, when this is no state of a table with these columns.
    bool restore(const QJsonObject& state);
    /// As it was set up.
    void reset();

    /// The menu of columns, made when it is opened; `column` is the one it may move, -1: none.
    void fillMenu(QMenu& menu, int column);

Q_SIGNALS:
    /// The user changed something.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void keepDefaults();
    void noteDrag();
    void showColumns();
    std::vector<int> order() const;
    void setOrder(const std::vector<int>& order);
    void openMenu(const QPoint& globalPlace, int column);
    QString title(int column) const;
    QTableView& m_view;
    std::vector<int> m_defaultOrder; ///< empty: nothing was changed yet
    QHash<int, int> m_defaultWidths; ///< of the columns that have been changed, and those the screen set
    QHash<int, int> m_widths;        ///< of the user
    QSet<int> m_hidden;              ///< by the user
    QSet<int> m_unfitting;           ///< by the screen
    QHash<int, int> m_widthsAtPress;
    std::vector<int> m_orderAtPress;
};

} // namespace affinity::ui
