#include "ui/shell/palettemodel.h"

#include "ui/shared/painting.h"

#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {

constexpr int headingRow = -1;
constexpr int searchingRow = -2;
constexpr int headingHeight = 28;
constexpr int blockedHeight = 48;
constexpr int textLeft = 44;
constexpr int rightEdge = 14;

/// A line of text whose typed letters stand out.
void drawMatched(QPainter& painter, const QRectF& box, const QString& text, const std::vector<int>& letters,
                 const QColor& color) {
    const QFont plain = font(TextStyle::Body);
    const QString shown = QFontMetricsF(plain).elidedText(text, Qt::ElideRight, box.width());
    QTextLayout layout(shown, plain);
    QList<QTextLayout::FormatRange> ranges;
    for (const int letter : letters) {
        if (letter >= shown.size())
            break;
        QTextLayout::FormatRange range;
        range.start = letter;
        range.length = 1;
        range.format.setForeground(tokens().accentText);
        range.format.setFontWeight(QFont::Bold);
        ranges.push_back(range);
    }
    layout.setFormats(ranges);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(box.width() + 20); // bold letters are a little wider
    layout.endLayout();
    painter.setPen(color);
    layout.draw(&painter, QPointF(box.x(), box.y() + (box.height() - line.height()) / 2));
}

} // namespace

QString paletteGroupName(PaletteGroup group) {
    switch (group) {
    case PaletteGroup::Recent:
        return PaletteModel::tr("Recent");
    case PaletteGroup::Actions:
        return PaletteModel::tr("Actions");
    case PaletteGroup::Screens:
        return PaletteModel::tr("Screens");
    case PaletteGroup::Devices:
        return PaletteModel::tr("Devices");
    case PaletteGroup::Rules:
        return PaletteModel::tr("Rules");
    }
    return {};
}

PaletteModel::PaletteModel(QObject* parent) : QAbstractListModel(parent) {
}

void PaletteModel::begin(const QString& query) {
    m_query = query.simplified();
    m_groups.clear();
    build();
}

void PaletteModel::setGroup(PaletteGroup group, std::vector<PaletteItem> items, bool isFiltered) {
    Group& target = m_groups[group];
    target = {};
    const PaletteMatch elsewhere{Closeness::Inside, {}}; // not in the text: nothing is emphasised
    for (PaletteItem& item : items) {
        const auto match = matchWords(m_query, item.text);
        const auto byWords = matchWords(m_query, item.words + QLatin1Char(' ') + item.note);
        if (match && match->closeness > Closeness::Letters)
            target.found.push_back({std::move(item), *match});
        else if (isFiltered || (byWords && byWords->closeness > Closeness::Letters))
            target.found.push_back({std::move(item), elsewhere});
        else if (match)
            target.found.push_back({std::move(item), *match});
    }
    if (!isFiltered)
        std::stable_sort(target.found.begin(), target.found.end(),
                         [](const Found& a, const Found& b) { return a.match.closeness > b.match.closeness; });
    build();
}

void PaletteModel::setSearching(PaletteGroup group) {
    m_groups[group].isSearching = true;
    build();
}

bool PaletteModel::isSearching() const {
    return std::any_of(m_groups.begin(), m_groups.end(), [](const auto& entry) { return entry.second.isSearching; });
}

bool PaletteModel::isEmpty() const {
    return m_rows.empty();
}

/// As they are while nothing is typed; then the closest first. Devices are last: they come while somebody reads.
std::vector<PaletteGroup> PaletteModel::order() const {
    std::vector<PaletteGroup> order;
    for (int group = 0; group < paletteGroups; ++group)
        if (static_cast<PaletteGroup>(group) != PaletteGroup::Devices || m_query.isEmpty())
            order.push_back(static_cast<PaletteGroup>(group));
    if (m_query.isEmpty())
        return order;
    const auto closeness = [this](PaletteGroup group) {
        const auto found = m_groups.find(group);
        return found == m_groups.end() || found->second.found.empty()
                   ? -1
                   : static_cast<int>(found->second.found.front().match.closeness);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](PaletteGroup a, PaletteGroup b) { return closeness(a) > closeness(b); });
    order.push_back(PaletteGroup::Devices);
    return order;
}

void PaletteModel::build() {
    // Loose matches are only worth a line where nothing closer was found.
    bool hasClose = false;
    for (const auto& [group, entry] : m_groups)
        for (const Found& found : entry.found) // devices come later: nothing may vanish when they do
            hasClose = hasClose || (group != PaletteGroup::Devices && found.match.closeness > Closeness::Letters);
    beginResetModel();
    m_rows.clear();
    for (const PaletteGroup group : order()) {
        const auto entry = m_groups.find(group);
        if (entry == m_groups.end())
            continue;
        std::vector<Row> rows;
        for (size_t i = 0; i < entry->second.found.size(); ++i)
            if (!hasClose || entry->second.found[i].match.closeness > Closeness::Letters)
                rows.push_back({group, static_cast<int>(i)});
        if (entry->second.isSearching)
            rows.push_back({group, searchingRow});
        if (rows.empty())
            continue;
        m_rows.push_back({group, headingRow});
        m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    }
    endResetModel();
}

const PaletteItem* PaletteModel::itemAt(int row) const {
    if (row < 0 || row >= rowCount() || m_rows[static_cast<size_t>(row)].found < 0)
        return nullptr;
    const Row& at = m_rows[static_cast<size_t>(row)];
    return &m_groups.at(at.group).found[static_cast<size_t>(at.found)].item;
}

const PaletteMatch* PaletteModel::matchAt(int row) const {
    if (!itemAt(row))
        return nullptr;
    const Row& at = m_rows[static_cast<size_t>(row)];
    return &m_groups.at(at.group).found[static_cast<size_t>(at.found)].match;
}

bool PaletteModel::isHeading(int row) const {
    return row >= 0 && row < rowCount() && m_rows[static_cast<size_t>(row)].found == headingRow;
}

PaletteGroup PaletteModel::groupAt(int row) const {
    return m_rows[static_cast<size_t>(row)].group;
}

int PaletteModel::step(int row, int by) const {
    const int count = rowCount();
    for (int i = 1; i <= count; ++i) {
        const int next = ((row + by * i) % count + count) % count;
        if (itemAt(next))
            return next;
    }
    return -1;
}

int PaletteModel::rowOf(PaletteGroup group, const QString& id) const {
    for (int row = 0; row < rowCount(); ++row)
        if (const PaletteItem* item = itemAt(row); item && groupAt(row) == group && item->id == id)
            return row;
    return -1;
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const PaletteItem* item = itemAt(index.row());
    if (role == Qt::DisplayRole)
        return item ? item->text : isHeading(index.row()) ? paletteGroupName(groupAt(index.row())) : tr("Searching…");
    if (role == Qt::AccessibleTextRole && item) {
        QStringList parts{item->text, item->note, item->keys, item->obstacle};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    return itemAt(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

// ---- drawing ---------------------------------------------------------------------------------------------------

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = static_cast<const PaletteModel*>(index.model());
    const PaletteItem* item = model->itemAt(index.row());
    const int high = item && !item->obstacle.isEmpty() ? blockedHeight : item ? measure::row : headingHeight;
    return {option.rect.width(), high};
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = static_cast<const PaletteModel*>(index.model());
    const PaletteItem* item = model->itemAt(index.row());
    const Tokens& t = tokens();
    const QRectF box(option.rect);
    if (!item) {
        const bool isHeading = model->isHeading(index.row());
        drawText(*painter, box.adjusted(isHeading ? 16 : textLeft, isHeading ? 4 : 0, 0, 0), index.data().toString(),
                 font(isHeading ? TextStyle::Label : TextStyle::Body), t.muted);
        return;
    }
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isBlocked = !item->obstacle.isEmpty();
    if (isCurrent || option.state.testFlag(QStyle::State_MouseOver))
        drawBox(*painter, box.adjusted(6, 0, -6, 0), measure::radiusControl, isCurrent ? t.selected : t.hover);
    if (isCurrent)
        painter->fillRect(QRectF(box.x() + 6, box.y() + 4, 2, box.height() - 8), t.accentText);
    const QRectF line(box.x() + textLeft, box.y() + (isBlocked ? 4 : 0), 0, isBlocked ? 22 : box.height());
    drawIcon(*painter, QPointF(box.x() + 18, line.center().y() - 8), item->icon, isBlocked ? t.muted : t.secondary);
    const double cap = drawKeyCap(*painter, box.right() - rightEdge, line.center().y(), item->keys);
    double room = box.right() - rightEdge - cap - 8 - line.x();
    const QFont small = font(TextStyle::Caption);
    const double noteWidth = item->note.isEmpty() ? 0 : std::min(room * 0.6, textWidth(small, item->note) + 2.0);
    if (noteWidth > 0) {
        const double right = line.x() + room;
        drawText(*painter, QRectF(right - noteWidth, line.y(), noteWidth, line.height()), item->note, small, t.muted,
                 Qt::AlignRight | Qt::AlignVCenter);
        room -= noteWidth + 12;
    }
    drawMatched(*painter, QRectF(line.x(), line.y(), room, line.height()), item->text,
                model->matchAt(index.row())->letters, isBlocked ? t.muted : t.text);
    if (isBlocked)
        drawText(*painter, QRectF(line.x(), box.y() + 24, box.right() - rightEdge - line.x(), 18), item->obstacle,
                 small, t.muted);
}

} // namespace affinity::ui
