// PaletteModel: what the palette lists for what was typed: headings, what can be chosen, and "Searching…".
#pragma once

#include "ui/shared/icons.h"
#include "ui/shell/palettematch.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <functional>
#include <map>
#include <vector>

namespace affinity::ui {

/// In the order they are listed while nothing is typed.
enum class PaletteGroup { Recent, Actions, Screens, Devices, Rules };
inline constexpr int paletteGroups = 5;

/// One thing that can be chosen.
struct PaletteItem {
    QString id; ///< within its group; the chosen line stays chosen when the list is made anew
    QString text;
    QString note;  ///< muted, after the text: "User 17 · L4"; it is found by this too
    QString keys;  ///< as on a key cap; empty: none
    QString words; ///< it is found by these too, whatever the language of `text`
    Icon icon = Icon::None;
    QString obstacle; ///< why it cannot be chosen now; empty: it can
    /// Does it; answers why it did not, or nothing.
    std::function<QString()> run;
};

/// Answers what fits a query, now or later, on the GUI thread. It must not be called back after it was destroyed.
using PaletteSource = std::function<void(const QString& query, const std::function<void(std::vector<PaletteItem>)>&)>;

/// Where the palette's lines come from at a moment; see setGroup().
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit PaletteModel(QObject* parent = nullptr);

    /// Empties all groups; `query` decides which letters are emphasised and which group comes first.
    void begin(const QString& query);
    /// Items of one group in the order they shall have. `isFiltered`: they are what fits, by whatever their source
    /// looks at; else those that do not match the query are left out and the closest come first.
    void setGroup(PaletteGroup group, std::vector<PaletteItem> items, bool isFiltered);
    /// Shows "Searching…" in this group until setGroup().
    void setSearching(PaletteGroup group);
    bool isSearching() const;
    /// Nothing can be chosen, and nothing is searched.
    bool isEmpty() const;

    /// nullptr for headings and "Searching…".
    const PaletteItem* itemAt(int row) const;
    const PaletteMatch* matchAt(int row) const;
    bool isHeading(int row) const;
    /// The next line in this direction that can be chosen, round at the end; -1: there is none.
    int step(int row, int by) const;
    /// Row of an item; -1: it is not there.
    int rowOf(PaletteGroup group, const QString& id) const;
    PaletteGroup groupAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Found {
        PaletteItem item;
        PaletteMatch match;
    };
    struct Group {
        std::vector<Found> found;
        bool isSearching = false;
    };
    struct Row {
        PaletteGroup group = PaletteGroup::Actions;
        int found = -1; ///< place in the group; -1: heading, -2: searching
    };
    std::vector<PaletteGroup> order() const;
    void build();

    QString m_query;
    std::map<PaletteGroup, Group> m_groups;
    std::vector<Row> m_rows;
};

/// "Actions", translated.
QString paletteGroupName(PaletteGroup group);

/// Draws the lines of a PaletteModel.
class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace affinity::ui
