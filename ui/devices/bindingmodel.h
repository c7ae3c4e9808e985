// BindingModel: all bindings of one user, bound ones first, unbound ones marked.
#pragma once

#include "engine/engine.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace affinity::ui {

/// A plain copy of what was loaded. GUI thread.
class BindingModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        BindingColumn,
        NicknameColumn,
        SerialColumn,
        LevelColumn,
        ValueColumn,
        SeenColumn,
        StateColumn,
        BoundColumn,
        ColumnCount
    };
    BindingModel(const QTimeZone& zone, int highestLevel, QObject* parent = nullptr);

    /// Sorts them: bound first, then the latest binding first. `nowUs` is what ages are counted to.
    void setRows(std::vector<store::DeviceRow> rows, qint64 nowUs);
    const store::DeviceRow* rowAt(int row) const;
    /// Row of that binding, or -1.
    int rowOf(base::DeviceId id) const;
    int boundCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QTimeZone m_zone;
    int m_highestLevel;
    std::vector<store::DeviceRow> m_rows;
    qint64 m_nowUs = 0;
};

} // namespace affinity::ui
