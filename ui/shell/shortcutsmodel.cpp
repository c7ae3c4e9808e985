#include "ui/shell/shortcutsmodel.h"

#include "ui/shared/keysinforce.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {

ShortcutsModel::ShortcutsModel(CommandList& commands, QObject* parent)
    : QAbstractTableModel(parent), m_commands(commands) {
}

QString ShortcutsModel::groupOf(const Command& command) const {
    if (!command.group.isEmpty())
        return command.group;
    const QString screen = m_commands.screenTitle(command.screen);
    return screen.isEmpty() ? tr("Everywhere") : screen;
}

QStringList ShortcutsModel::keysOf(const Command& command) const {
    QStringList texts;
    for (const QKeySequence& keys : m_commands.keys(command.id))
        texts += keysText(keys);
    return texts;
}

void ShortcutsModel::fill(const QString& search) {
    const QStringList words = search.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<QString, std::vector<QString>>> groups; // in the order of their first command
    for (const Command& command : m_commands.commands()) {
        const QString group = groupOf(command);
        const QString all =
            command.text + QLatin1Char('\n') + group + QLatin1Char('\n') + keysOf(command).join(QLatin1Char('\n'));
        if (!std::all_of(words.begin(), words.end(),
                         [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); }))
            continue;
        auto found =
            std::find_if(groups.begin(), groups.end(), [&](const auto& entry) { return entry.first == group; });
        if (found == groups.end())
            found = groups.insert(groups.end(), {group, {}});
        found->second.push_back(command.id);
    }
    beginResetModel();
    m_rows.clear();
    for (const auto& [group, ids] : groups) {
        m_rows.push_back({{}, group});
        for (const QString& id : ids)
            m_rows.push_back({id, {}});
    }
    endResetModel();
}

void ShortcutsModel::setCaptured(const QString& id) {
    m_captured = id;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString ShortcutsModel::idAt(int row) const {
    return row >= 0 && row < rowCount() ? m_rows[static_cast<size_t>(row)].id : QString();
}

int ShortcutsModel::rowOf(const QString& id) const {
    for (int row = 0; row < rowCount(); ++row)
        if (!id.isEmpty() && idAt(row) == id)
            return row;
    return -1;
}

int ShortcutsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ShortcutsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

Cell ShortcutsModel::cellAt(int row, int column) const {
    const Row& at = m_rows[static_cast<size_t>(row)];
    if (at.id.isEmpty())
        return column == CommandColumn ? strongCell(at.heading) : Cell{};
    const Command* command = m_commands.find(at.id);
    if (!command)
        return {};
    switch (column) {
    case CommandColumn:
        return textCell(command->text);
    case KeysColumn:
        return at.id == m_captured ? tagCell(tr("Press the new keys…"), Tone::Accent, Icon::Keyboard)
                                   : keysCell(keysOf(*command));
    case SourceColumn:
        if (!command->isEditable)
            return muted(textCell(tr("Fixed")));
        return m_commands.isChanged(at.id) ? tagCell(tr("Changed"), Tone::Accent) : muted(textCell(tr("Default")));
    default:
        return {};
    }
}

QVariant ShortcutsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    return cellData(cellAt(index.row(), index.column()), role);
}

QVariant ShortcutsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CommandColumn:
        return tr("Command");
    case KeysColumn:
        return tr("Keys");
    case SourceColumn:
        return tr("Source");
    default:
        return {};
    }
}

Qt::ItemFlags ShortcutsModel::flags(const QModelIndex& index) const {
    return idAt(index.row()).isEmpty() ? Qt::ItemFlags(Qt::NoItemFlags) : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace affinity::ui
