// ShortcutsModel: the table of commands and their keys, grouped by screen.
#pragma once

#include "ui/shared/cells.h"
#include "ui/shell/commands.h"

#include <QAbstractTableModel>

namespace affinity::ui {

/// Takes what it shows from the list at fill(). GUI thread.
class ShortcutsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { CommandColumn, KeysColumn, SourceColumn, ColumnCount };
    explicit ShortcutsModel(CommandList& commands, QObject* parent = nullptr);

    /// Commands whose text, group or keys contain all words of `search`; empty: all.
    void fill(const QString& search);
    /// The row of this command waits for keys; empty: none.
    void setCaptured(const QString& id);

    /// Empty for a heading.
    QString idAt(int row) const;
    int rowOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString id;      ///< empty: a heading
        QString heading; ///< of a heading
    };
    QString groupOf(const Command& command) const;
    QStringList keysOf(const Command& command) const;
    Cell cellAt(int row, int column) const;

    CommandList& m_commands;
    QString m_captured;
    std::vector<Row> m_rows;
};

} // namespace affinity::ui
