// The one delegate that draws every table from Cell values.
#pragma once

#include "ui/shared/cells.h"

#include <QStyledItemDelegate>

namespace affinity::ui {

/// Draws Cell values (CellRole); a model without that role gets its DisplayRole drawn as body text. Editors are
/// Qt's own, in the size of the cell. Reads tokens at paint time.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Draws one cell's content into `box` (already without the cell's margins); used by the delegate and by painted lists.
void drawCell(QPainter& painter, const QRectF& box, const Cell& cell);

/// Width the content of a cell takes, without margins.
int cellWidth(const Cell& cell);

} // namespace affinity::ui
