#include "ui/simulation/listeditor.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/draftfield.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int formWidth = 352;

} // namespace

// ---- sections and forms ----------------------------------------------------------------------------------------

SectionEditor::SectionEditor(Draft& draft, QWidget* parent) : QWidget(parent), m_draft(draft) {
}

bool SectionEditor::focusField(const Field& field) {
    for (DraftField* shown : findChildren<DraftField*>()) {
        if (shown->field() == field) {
            shown->edit()->setFocus(Qt::ShortcutFocusReason);
            shown->edit()->selectAll();
            return true;
        }
    }
    return false;
}

FormArea::FormArea(QWidget* parent) : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Fields"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    auto* content = new QWidget;
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(measure::pageEdge, 4, measure::pageEdge, measure::pageEdge);
    m_rows->setSpacing(measure::panelGap);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    outer->addWidget(scroll);
}

void FormArea::addHeading(const QString& text, const QString& hint) {
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, m_rows->count() == 0 ? 0 : measure::gap, 0, 0);
    line->setSpacing(measure::gap);
    line->addWidget(new TextLabel(text, TextStyle::PanelTitle), 0, Qt::AlignBaseline);
    if (!hint.isEmpty()) {
        auto* words = new TextLabel(hint, TextStyle::Caption, TextTone::Muted);
        words->setElided(true);
        line->addWidget(words, 1, Qt::AlignBaseline);
    } else {
        line->addStretch(1);
    }
    m_rows->addLayout(line);
}

QGridLayout* FormArea::addGrid(const std::vector<QWidget*>& fields, int columns) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(measure::panelGap);
    grid->setVerticalSpacing(measure::panelGap);
    int place = 0;
    for (QWidget* field : fields) {
        grid->addWidget(field, place / columns, place % columns, Qt::AlignTop);
        ++place;
    }
    for (int column = 0; column < columns; ++column)
        grid->setColumnStretch(column, 1);
    m_rows->addLayout(grid);
    return grid;
}

DraftCheck::DraftCheck(Draft& draft, const QString& label, Read read, Write write, QWidget* parent)
    : QCheckBox(label, parent), m_draft(draft), m_read(std::move(read)) {
    connect(this, &QCheckBox::clicked, this, [this, write = std::move(write)](bool isOn) {
        m_draft.endGesture();
        m_draft.edit(text(), [&](sim::Scenario& after) { write(after, isOn); });
    });
    connect(&m_draft, &Draft::changed, this, &DraftCheck::refresh);
    refresh();
}

void DraftCheck::refresh() {
    setChecked(m_read(m_draft.scenario()));
}

// ---- lists -----------------------------------------------------------------------------------------------------

ListEditor::ListEditor(Draft& draft, const Words& words, std::vector<CellColumn> columns, const QList<int>& widths,
                       int stretched, const QString& objectName, QWidget* parent)
    : SectionEditor(draft, parent),
      m_model(new CellModel(std::move(columns), this)),
      m_table(new QTableView),
      m_form(new FormArea),
      m_formPanel(new Panel),
      m_add(new IconButton(Icon::Plus, words.add)),
      m_duplicate(new IconButton(Icon::Copy, words.duplicate)),
      m_remove(new IconButton(Icon::Trash, words.remove)),
      m_up(new IconButton(Icon::ArrowUp, tr("Move up"))),
      m_down(new IconButton(Icon::ArrowDown, tr("Move down"))),
      m_none(new TextLabel({}, TextStyle::Body, TextTone::Muted)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::panelGap);
    auto* panel = new Panel(words.title, words.caption);
    panel->setFlushBody();
    for (IconButton* button : {m_add, m_duplicate, m_remove, m_up, m_down})
        panel->addAction(button);
    m_add->setObjectName(objectName + QStringLiteral("Add"));
    m_duplicate->setObjectName(objectName + QStringLiteral("Duplicate"));
    m_remove->setObjectName(objectName + QStringLiteral("Remove"));
    m_up->setObjectName(objectName + QStringLiteral("Up"));
    m_down->setObjectName(objectName + QStringLiteral("Down"));
    setCommand(*m_up, QStringLiteral("lists.up"));
    setCommand(*m_down, QStringLiteral("lists.down"));
    m_table->setObjectName(objectName);
    m_table->setModel(m_model);
    QList<ui::Column> sizes;
    for (int i = 0; i < widths.size(); ++i)
        sizes.push_back({widths.at(i), i == stretched});
    setUpTable(*m_table, sizes, RowHeight::Normal, words.title);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    panel->body()->addWidget(m_table, 1);
    m_none->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    m_none->setText(tr("Nothing here yet. %1 with the plus.").arg(words.add));
    panel->body()->addWidget(m_none);
    row->addWidget(panel, 1);
    auto* formPanel = static_cast<Panel*>(m_formPanel);
    formPanel->setFlushBody();
    formPanel->body()->setContentsMargins(0, measure::panelGap, 0, 0);
    formPanel->body()->addWidget(m_form, 1);
    setFormWidth(formWidth);
    row->addWidget(m_formPanel);
}

void ListEditor::start() {
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (!m_isRefreshing && index.isValid())
            choose(index.row());
    });
    connect(m_table, &QTableView::activated, this, [this] {
        if (!m_fields.empty())
            m_fields.front()->edit()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_add, &QToolButton::clicked, this, [this] {
        const int at = std::min(m_row + 1, rowCount());
        change(m_add->toolTip(), at, [this, at](sim::Scenario& after) { addRow(after, at); });
    });
    connect(m_duplicate, &QToolButton::clicked, this, [this] {
        change(m_duplicate->toolTip(), m_row + 1,
               [this, row = m_row](sim::Scenario& after) { duplicateRow(after, row); });
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        change(m_remove->toolTip(), m_row, [this, row = m_row](sim::Scenario& after) { removeRow(after, row); });
    });
    const auto move = [this](int by) {
        const int to = m_row + by;
        if (canReorder() && to >= 0 && to < rowCount())
            change(tr("Reorder"), to, [this, row = m_row, to](sim::Scenario& after) { moveRow(after, row, to); });
    };
    connect(m_up, &QToolButton::clicked, this, [move] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [move] { move(1); });
    for (const auto& [key, by] : {std::pair{Qt::Key_Up, -1}, std::pair{Qt::Key_Down, 1}}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), m_table);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, [move, by = by] { move(by); });
    }
    connect(&draft(), &Draft::opened, this, [this] { m_row = 0; });
    connect(&draft(), &Draft::changed, this, &ListEditor::refresh);
    m_up->setVisible(canReorder());
    m_down->setVisible(canReorder());
    refresh();
}

void ListEditor::setFormWidth(int width) {
    m_formPanel->setFixedWidth(width);
}

DraftField* ListEditor::rowField(Member member, int part, const QString& key) {
    auto* field = new DraftField(draft(), {member, m_row, part, key},
                                 key.isEmpty() && member != Member::RewardType && member != Member::RewardAmount
                                     ? FieldLook::Labelled
                                     : FieldLook::Bare);
    m_fields.push_back(field);
    return field;
}

void ListEditor::dropField(DraftField* field) {
    m_fields.erase(std::remove(m_fields.begin(), m_fields.end(), field), m_fields.end());
    field->hide();
    field->deleteLater();
}

void ListEditor::change(const QString& title, int select, const std::function<void(sim::Scenario&)>& edit) {
    draft().endGesture();
    m_row = select;
    draft().edit(title, edit);
    m_table->setFocus();
}

void ListEditor::choose(int row) {
    m_row = row;
    for (DraftField* field : std::vector<DraftField*>(m_fields)) {
        Field moved = field->field();
        moved.row = row;
        field->setField(moved);
    }
    refreshForm();
}

void ListEditor::refresh() {
    m_isRefreshing = true;
    const int rows = rowCount();
    m_row = std::clamp(m_row, 0, std::max(0, rows - 1));
    m_model->setRows(cells());
    m_table->selectRow(rows > 0 ? m_row : -1);
    m_isRefreshing = false;
    const bool isOpen = draft().isOpen();
    m_add->setEnabled(isOpen);
    m_duplicate->setEnabled(rows > 0);
    m_remove->setEnabled(rows > 0);
    m_up->setEnabled(m_row > 0);
    m_down->setEnabled(m_row + 1 < rows);
    m_none->setVisible(rows == 0 && isOpen);
    m_formPanel->setVisible(rows > 0);
    choose(m_row);
}

bool ListEditor::showField(const Field& field) {
    if (!isOfList(field) || field.row >= rowCount())
        return false;
    m_table->selectRow(field.row);
    choose(field.row);
    focusField(field);
    return true;
}

Cell ListEditor::fieldCell(const Field& field, bool isCode) const {
    const QString text = fieldText(scenario(), field);
    const QString shown = text.isEmpty() ? QString() : visibleText(text, 60);
    const auto baseline = draft().baselineText(field);
    if (isNumber(field))
        return baseline && *baseline != text ? changeCell(*baseline, shown) : numberCell(shown);
    Cell cell = isCode ? codeCell(shown) : textCell(shown);
    return cell;
}

} // namespace affinity::ui
