#include "ui/shell/palette.h"

#include "ui/shared/keysinforce.h"
#include "ui/shared/painting.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/textlabel.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {

constexpr int cardWidth = 640;
constexpr int cardEdge = 16; // least distance to the window's edges
constexpr int listHeight = 420;
constexpr int emptyHeight = 96;
constexpr int restMs = 150; // a pause in typing, before a store is asked

/// The white card with its shadow.
class Card : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QRectF box = QRectF(rect()).adjusted(0, 0, 0, -3);
        drawBox(painter, box.translated(0, 3), measure::radiusDialog, tokens().shadow);
        drawBox(painter, box, measure::radiusDialog, tokens().surface, tokens().borderStrong); // as the list
    }
};

} // namespace

Palette::Palette(CommandList& commands, QWidget* window)
    : QWidget(window),
      m_commands(commands),
      m_model(new PaletteModel(this)),
      m_card(new Card(this)),
      m_search(new SearchField({}, {})),
      m_list(new QListView),
      m_empty(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_footIcon(new IconLabel(Icon::Keyboard, TextTone::Muted, measure::iconSmall)),
      m_foot(new TextLabel({}, TextStyle::Caption, TextTone::Muted)) {
    setObjectName(QStringLiteral("palette"));
    m_search->setObjectName(QStringLiteral("paletteSearch"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_empty->setObjectName(QStringLiteral("paletteEmpty"));
    m_foot->setObjectName(QStringLiteral("paletteFoot"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keyboard
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->viewport()->setAutoFillBackground(false);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setFixedHeight(emptyHeight);
    m_foot->setElided(true);
    auto* search = new QHBoxLayout;
    search->setContentsMargins(12, 12, 12, 8);
    search->addWidget(m_search);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(measure::pageEdge, 7, measure::pageEdge, 11);
    foot->setSpacing(measure::gap);
    foot->addWidget(m_footIcon);
    foot->addWidget(m_foot, 1);
    auto* rows = new QVBoxLayout(m_card);
    rows->setContentsMargins(1, 1, 1, 4);
    rows->setSpacing(0);
    rows->addLayout(search);
    rows->addWidget(new Hairline);
    rows->addWidget(m_list);
    rows->addWidget(m_empty);
    rows->addWidget(new Hairline);
    rows->addLayout(foot);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &Palette::askWaiting);
    connect(m_search, &QLineEdit::textChanged, this, &Palette::ask);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        setCurrent(index.row());
        choose();
    });
    m_search->installEventFilter(this);
    window->installEventFilter(this);
    hide();
}

Palette::~Palette() = default;

void Palette::setSource(PaletteGroup group, PaletteSource source, bool waits) {
    if (source)
        m_sources[group] = {std::move(source), waits};
    else
        m_sources.erase(group);
}

/// At each opening: the language may have been switched.
void Palette::retranslate() {
    setAccessibleName(tr("Palette"));
    m_search->setPlaceholderText(tr("Search actions, screens, devices and rules"));
    m_search->setAccessibleName(tr("Search everything"));
    m_list->setAccessibleName(tr("Found"));
    m_empty->setText(tr("Nothing found. Fewer letters find more."));
}

void Palette::open() {
    if (isVisible())
        return;
    retranslate();
    m_focusBefore = window()->focusWidget();
    m_commands.setPaused(true);
    m_search->clear();
    show();
    raise();
    ask();
    place();
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void Palette::close() {
    if (isHidden())
        return;
    ++m_question; // what is still searched is dropped
    m_rest.stop();
    hide();
    m_commands.setPaused(false);
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void Palette::search(const QString& text) {
    m_search->setText(text);
}

int Palette::currentRow() const {
    return m_list->currentIndex().row();
}

// ---- what is found ---------------------------------------------------------------------------------------------

void Palette::ask() {
    if (isHidden())
        return;
    ++m_question;
    m_refusal.clear();
    m_model->begin(m_search->text());
    receiveCommands();
    const bool hasText = !m_search->text().trimmed().isEmpty();
    bool waits = false;
    for (const auto& [group, source] : m_sources) {
        if (!source.waits) {
            askOne(group, source.find);
        } else if (hasText) {
            m_model->setSearching(group);
            waits = true;
        }
    }
    if (waits)
        m_rest.start();
    else
        m_rest.stop();
    setCurrent(m_model->step(-1, 1));
}

void Palette::askWaiting() {
    for (const auto& [group, source] : m_sources)
        if (source.waits)
            askOne(group, source.find);
}

void Palette::askOne(PaletteGroup group, const PaletteSource& find) {
    const auto receive = [self = QPointer(this), question = m_question, group](std::vector<PaletteItem> items) {
        if (!self || self->m_question != question)
            return; // something else was typed meanwhile
        // What was used lately is a short list that the text is looked up in here.
        const bool isFiltered = group != PaletteGroup::Recent;
        if (items.size() > mostFound && (isFiltered || self->m_search->text().isEmpty()))
            items.resize(mostFound);
        self->keepCurrent([&] { self->m_model->setGroup(group, std::move(items), isFiltered); });
    };
    find(m_search->text().trimmed(), receive);
}

void Palette::receiveCommands() {
    std::vector<PaletteItem> here, elsewhere, screens;
    for (const Command& command : m_commands.commands()) {
        if (!command.isInPalette || !command.run)
            continue;
        const bool isElsewhere = !command.screen.isEmpty() && command.screen != m_commands.currentScreen();
        PaletteItem item;
        item.id = command.id;
        item.text = command.text;
        item.words = command.id;
        item.note = isElsewhere ? m_commands.screenTitle(command.screen) : QString();
        item.keys = keyCapText(m_commands.keys(command.id).value(0));
        item.icon = command.icon;
        item.obstacle = m_commands.obstacle(command.id);
        item.run = [commands = &m_commands, id = command.id] { return commands->run(id); };
        (command.showsScreen                       ? screens
         : command.screen.isEmpty() || isElsewhere ? elsewhere
                                                   : here)
            .push_back(std::move(item));
    }
    here.insert(here.end(), std::make_move_iterator(elsewhere.begin()), std::make_move_iterator(elsewhere.end()));
    m_model->setGroup(PaletteGroup::Actions, std::move(here), false);
    m_model->setGroup(PaletteGroup::Screens, std::move(screens), false);
}

/// A late answer moves lines, but not what is chosen.
void Palette::keepCurrent(const std::function<void()>& change) {
    const int row = currentRow();
    const PaletteItem* item = m_model->itemAt(row);
    const QString id = item ? item->id : QString();
    const PaletteGroup group = item ? m_model->groupAt(row) : PaletteGroup::Actions;
    change();
    const int kept = item ? m_model->rowOf(group, id) : -1;
    setCurrent(kept >= 0 ? kept : m_model->step(-1, 1));
}

// ---- what is shown ---------------------------------------------------------------------------------------------

void Palette::setCurrent(int row) {
    m_list->setCurrentIndex(m_model->index(row, 0));
    m_list->setVisible(!m_model->isEmpty());
    m_empty->setVisible(m_model->isEmpty());
    fitList();
    const PaletteItem* item = m_model->itemAt(row);
    m_search->setAccessibleDescription(item ? m_model->index(row, 0).data(Qt::AccessibleTextRole).toString()
                                            : m_empty->text());
    if (row > 0 && m_model->isHeading(row - 1))
        m_list->scrollTo(m_model->index(row - 1, 0)); // with its heading
    if (item)
        m_list->scrollTo(m_model->index(row, 0));
    showFoot();
}

void Palette::showFoot() {
    const bool isRefused = !m_refusal.isEmpty();
    m_footIcon->setIcon(isRefused ? Icon::Warning : Icon::Keyboard, isRefused ? TextTone::Warn : TextTone::Muted);
    m_foot->setTone(isRefused ? TextTone::Warn : TextTone::Muted);
    m_foot->setText(isRefused ? m_refusal
                              : tr("A verb, a screen, a device by id, serial, nickname or user, or a rule. "
                                   "Enter opens it, Esc closes."));
}

void Palette::fitList() {
    int high = 2;
    for (int row = 0; row < m_model->rowCount() && high < listHeight; ++row)
        high += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(std::min({high, listHeight, std::max(120, height() - 180)}));
    place();
}

void Palette::place() {
    setGeometry(parentWidget()->rect());
    const int wide = std::min(cardWidth, width() - 2 * cardEdge);
    m_card->layout()->activate();
    m_card->setGeometry((width() - wide) / 2, measure::strip + cardEdge, wide, m_card->layout()->sizeHint().height());
}

// ---- keys ------------------------------------------------------------------------------------------------------

void Palette::choose() {
    const PaletteItem* item = m_model->itemAt(currentRow());
    if (!item)
        return;
    if (!item->obstacle.isEmpty()) {
        m_refusal = item->obstacle;
        showFoot();
        QAccessibleEvent said(m_foot, QAccessible::Alert);
        QAccessible::updateAccessibility(&said);
        return;
    }
    const PaletteItem chosen = *item;
    close();
    // After this key: what is done may delete the page that has the focus.
    QMetaObject::invokeMethod(
        this,
        [this, chosen] {
            const QString reason = chosen.run ? chosen.run() : QString();
            if (!reason.isEmpty())
                Q_EMIT refused(chosen.text, reason);
        },
        Qt::QueuedConnection);
}

bool Palette::onKey(QKeyEvent& event) {
    const auto go = [this](int row) {
        m_refusal.clear();
        if (row >= 0)
            setCurrent(row);
    };
    const auto goNear = [this, go](int row, int by) { go(m_model->itemAt(row) ? row : m_model->step(row, by)); };
    const int page = std::max(1, m_list->height() / measure::row - 1);
    switch (event.key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        go(m_model->step(currentRow(), 1));
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        go(m_model->step(currentRow(), -1));
        return true;
    case Qt::Key_PageDown:
        goNear(std::min(currentRow() + page, m_model->rowCount() - 1), -1);
        return true;
    case Qt::Key_PageUp:
        goNear(std::max(currentRow() - page, 0), 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        break;
    }
    if (QKeySequence(event.keyCombination()) != keysInForce(QStringLiteral("window.palette")))
        return false;
    close();
    return true;
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress)
        return onKey(*static_cast<QKeyEvent*>(event));
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        setGeometry(parentWidget()->rect());
        fitList();
    }
    return QWidget::eventFilter(watched, event);
}

void Palette::mousePressEvent(QMouseEvent* event) {
    if (!m_card->geometry().contains(event->pos()))
        close();
}

} // namespace affinity::ui
