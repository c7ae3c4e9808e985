#include "ui/shell/shortcutsview.h"

#include "ui/shared/buttons.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/shortcutsmodel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int keysWidth = 220;
constexpr int sourceWidth = 110;

bool isModifier(int key) {
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_unknown;
}

/// Keys that would be typed into a field are no keys of a command.
bool isTyped(const QKeySequence& keys) {
    const QKeyCombination combination = keys[0];
    const bool hasModifier =
        (combination.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0;
    const bool isFunctionKey = combination.key() >= Qt::Key_F1 && combination.key() <= Qt::Key_F35;
    return !hasModifier && !isFunctionKey;
}

} // namespace

ShortcutsView::ShortcutsView(CommandList& commands, QWidget* parent)
    : QWidget(parent),
      m_commands(commands),
      m_search(new SearchField(tr("Command, screen or keys"), tr("Search shortcuts"))),
      m_reset(new Button(tr("Reset"))),
      m_resetAll(new Button(tr("Reset all"))),
      m_model(new ShortcutsModel(commands, this)),
      m_table(new QTableView),
      m_message(new TextLabel({}, TextStyle::Caption, TextTone::Muted)) {
    m_search->setObjectName(QStringLiteral("shortcutSearch"));
    m_reset->setObjectName(QStringLiteral("resetShortcut"));
    m_resetAll->setObjectName(QStringLiteral("resetAllShortcuts"));
    m_table->setObjectName(QStringLiteral("shortcuts"));
    m_message->setObjectName(QStringLiteral("shortcutMessage"));
    m_message->setWordWrap(true);
    m_message->setMinimumHeight(36); // two lines: the table stays where it is
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setModel(m_model);
    setUpTable(*m_table, {{300, true}, {keysWidth}, {sourceWidth}}, RowHeight::Normal, tr("Shortcuts"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->installEventFilter(this);
    m_search->installEventFilter(this);
    auto* head = new QHBoxLayout;
    head->setSpacing(measure::gap);
    head->addWidget(m_search, 1);
    head->addWidget(m_reset);
    head->addWidget(m_resetAll);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::gap);
    rows->addLayout(head);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_message);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        endCapture();
        fill();
    });
    connect(m_reset, &QPushButton::clicked, this, &ShortcutsView::resetCurrent);
    connect(m_resetAll, &QPushButton::clicked, this, &ShortcutsView::resetAll);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == ShortcutsModel::KeysColumn)
            beginCapture(index.row());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        endCapture();
        refresh();
    });
    connect(&m_commands, &CommandList::keysChanged, this, &ShortcutsView::fill);
    connect(&m_commands, &CommandList::commandsChanged, this, [this] {
        m_captured.clear();
        fill();
    });
    fill();
    say({});
}

void ShortcutsView::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

QString ShortcutsView::message() const {
    return m_message->text();
}

QString ShortcutsView::currentId() const {
    return m_model->idAt(m_table->currentIndex().row());
}

void ShortcutsView::fill() {
    const QString current = currentId();
    m_model->fill(m_search->text());
    m_table->clearSpans();
    int first = -1;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->idAt(row).isEmpty())
            m_table->setSpan(row, 0, 1, ShortcutsModel::ColumnCount);
        else if (first < 0)
            first = row;
    }
    const int kept = m_model->rowOf(current);
    m_table->setCurrentIndex(m_model->index(kept >= 0 ? kept : first, ShortcutsModel::KeysColumn));
    refresh();
}

void ShortcutsView::refresh() {
    const QString id = currentId();
    m_reset->setBlocked(m_commands.isChanged(id) ? QString() : tr("These keys are as they come."));
    bool isAnyChanged = false;
    for (const Command& command : m_commands.commands())
        isAnyChanged = isAnyChanged || m_commands.isChanged(command.id);
    m_resetAll->setBlocked(isAnyChanged ? QString() : tr("All keys are as they come."));
}

void ShortcutsView::say(const QString& text, bool isRefusal) {
    m_message->setTone(isRefusal ? TextTone::Danger : isCapturing() ? TextTone::Accent : TextTone::Muted);
    m_message->setText(!text.isEmpty() ? text
                                       : tr("Enter or a click on the keys changes them. Keys of charts, tables and "
                                            "lists work while those have the focus; they are fixed."));
    if (isRefusal) {
        QAccessibleEvent said(m_message, QAccessible::Alert);
        QAccessible::updateAccessibility(&said);
    }
}

// ---- new keys --------------------------------------------------------------------------------------------------

void ShortcutsView::beginCapture(int row) {
    endCapture();
    const Command* command = m_commands.find(m_model->idAt(row));
    if (!command)
        return;
    if (!command->isEditable) {
        say(tr("The keys of “%1” are fixed: they belong to a control while it has the focus.").arg(command->text),
            true);
        return;
    }
    m_table->setCurrentIndex(m_model->index(row, ShortcutsModel::KeysColumn));
    m_table->setFocus(Qt::OtherFocusReason);
    m_captured = command->id;
    m_model->setCaptured(m_captured);
    say(tr("Press the new keys for “%1”. Esc leaves them as they are, Backspace removes them.").arg(command->text));
}

void ShortcutsView::endCapture() {
    if (!isCapturing())
        return;
    m_captured.clear();
    m_model->setCaptured({});
    say({});
}

QString ShortcutsView::objection(const QKeySequence& keys) const {
    if (isTyped(keys))
        return tr("%1 alone is typed or moves in fields and tables. Take it with Ctrl or Alt, or take a function key.")
            .arg(keysText(keys));
    const Command* other = m_commands.conflict(m_captured, keys);
    if (!other)
        return {};
    return tr("%1 belongs to “%2”. Press other keys, or Esc.").arg(keysText(keys), other->text);
}

void ShortcutsView::take(const QKeyEvent& event) {
    if (isModifier(event.key()))
        return;
    if (event.key() == Qt::Key_Escape && event.modifiers() == Qt::NoModifier)
        return endCapture();
    const bool isRemoved = event.key() == Qt::Key_Backspace && event.modifiers() == Qt::NoModifier;
    // Shift+Tab comes as a key of its own; the keypad is like the other keys.
    const QKeySequence keys =
        isRemoved ? QKeySequence()
                  : QKeySequence(QKeyCombination(event.modifiers() & ~Qt::KeypadModifier,
                                                 event.key() == Qt::Key_Backtab ? Qt::Key_Tab
                                                                                : static_cast<Qt::Key>(event.key())));
    const QString reason = isRemoved ? QString() : objection(keys);
    if (!reason.isEmpty())
        return say(reason, true);
    const QString id = m_captured;
    endCapture();
    m_commands.setKeys(id, keys);
}

bool ShortcutsView::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress;
    if (watched == m_search && isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        m_table->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched != m_table)
        return QWidget::eventFilter(watched, event);
    if (isCapturing() && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // no shortcut takes the keys that are to be known
        return true;
    }
    if (isCapturing() && isKey) {
        take(*static_cast<QKeyEvent*>(event));
        return true;
    }
    if (isCapturing() && event->type() == QEvent::FocusOut) {
        endCapture();
        return false;
    }
    const int key = isKey ? static_cast<QKeyEvent*>(event)->key() : 0;
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
        beginCapture(m_table->currentIndex().row());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ShortcutsView::resetCurrent() {
    const QString id = currentId();
    const Command* command = m_commands.find(id);
    if (!command || m_commands.resetKeys(id))
        return;
    const QKeySequence own = command->keys.value(0);
    if (const Command* other = m_commands.conflict(id, own))
        say(tr("%1 belongs to “%2” now. Change that first.").arg(keysText(own), other->text), true);
}

void ShortcutsView::resetAll() {
    endCapture();
    m_commands.resetAllKeys();
}

} // namespace affinity::ui
