// CellModel: a table of ready cells, for small tables that are filled at once.
#pragma once

#include "ui/shared/cells.h"

#include <QAbstractTableModel>

#include <vector>

namespace affinity::ui {

/// The head of one column.
struct CellColumn {
    QString title;
    bool isRight = false; ///< numbers
    QString tip;          ///< tooltip of the head; empty: none
};

/// Rows of cells under fixed heads. A row may have fewer cells than there are columns: the rest is empty. GUI thread.
class CellModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit CellModel(std::vector<CellColumn> columns, QObject* parent = nullptr);
    void setRows(std::vector<std::vector<Cell>> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<CellColumn> m_columns;
    std::vector<std::vector<Cell>> m_rows;
};

} // namespace affinity::ui
