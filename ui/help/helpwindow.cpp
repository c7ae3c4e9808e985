#include "ui/help/helpwindow.h"

#include "ui/help/helpdocument.h"
#include "ui/help/helppages.h"
#include "ui/shared/buttons.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/style.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QScrollBar>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int sideWidth = 264;

/// A list and a browser without frames of their own, in the colours in force.
QString plainSheet() {
    const Tokens& t = tokens();
    return QStringLiteral("QTextBrowser{border:0;padding:0;background:%1}"
                          "QListWidget{border:0;background:transparent;outline:0}"
                          "QListWidget::item{padding-left:8px;padding-right:8px;border-radius:6px;color:%2;height:32px}"
                          "QListWidget::item:hover{background:%3}"
                          "QListWidget::item:selected{background:%4;color:%5}")
        .arg(t.surface.name(), t.text.name(), t.hover.name(), t.selected.name(), t.accentText.name());
}

} // namespace

HelpWindow::HelpWindow(QWidget* parent) : RebuiltDialog(parent), m_history{{helpPageNames().front(), 0}} {
    setObjectName(QStringLiteral("helpWindow"));
    setMinimumSize(640, 420);
    resize(980, 680);
    rebuild();
    connect(&ThemeSignal::instance(), &ThemeSignal::changed, this, [this] { render(); });
}

QWidget* HelpWindow::makeContent() {
    setWindowTitle(tr("Help – Affinity Console"));
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(makeSide());
    columns->addWidget(new Hairline(Qt::Vertical));
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_page = new QTextBrowser;
    m_page->setObjectName(QStringLiteral("helpPage"));
    m_page->setAccessibleName(tr("Help page"));
    m_page->setOpenLinks(false);
    m_page->setOpenExternalLinks(false);
    connect(m_page, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { follow(link.toString()); });
    m_note = new TextLabel({}, TextStyle::Caption, TextTone::Muted);
    m_note->setContentsMargins(measure::dialogEdge, measure::gap, measure::dialogEdge, measure::gap);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setWordWrap(true);
    m_note->hide();
    right->addWidget(m_page, 1);
    right->addWidget(m_note);
    columns->addLayout(right, 1);
    fillList();
    render();
    return content;
}

QWidget* HelpWindow::makeSide() {
    auto* side = new QWidget;
    side->setFixedWidth(sideWidth);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(measure::panelGap, measure::panelGap, measure::panelGap, measure::panelGap);
    rows->setSpacing(measure::gap);
    m_search = new SearchField(tr("Search the help"), tr("Search the help"));
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setText(m_words);
    connect(m_search, &SearchField::searched, this, &HelpWindow::search);
    m_back = new IconButton(Icon::ChevronLeft, tr("Back (Alt+Left)"));
    m_forward = new IconButton(Icon::ChevronRight, tr("Forward (Alt+Right)"));
    m_back->setObjectName(QStringLiteral("helpBack"));
    m_forward->setObjectName(QStringLiteral("helpForward"));
    connect(m_back, &QToolButton::clicked, this, &HelpWindow::goBack);
    connect(m_forward, &QToolButton::clicked, this, &HelpWindow::goForward);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::gapSmall);
    buttons->addWidget(m_back);
    buttons->addWidget(m_forward);
    buttons->addStretch(1);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("helpList"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFont(ui::font(TextStyle::Body));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item)
            showPage(item->data(Qt::UserRole).toString());
    });
    rows->addLayout(buttons);
    rows->addWidget(m_search);
    rows->addWidget(m_list, 1);
    return side;
}

void HelpWindow::fillList() {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const QString& name : helpPageNames()) {
        const HelpPage page = helpPage(name, currentLanguage());
        if (!isFound(page, m_words))
            continue;
        auto* item = new QListWidgetItem(page.title, m_list);
        item->setData(Qt::UserRole, name);
        if (name == currentPage())
            m_list->setCurrentItem(item);
    }
    const bool isNothing = m_list->count() == 0;
    m_note->setVisible(isNothing);
    m_note->setText(isNothing ? tr("No page holds all of these words.") : QString());
}

void HelpWindow::search(const QString& words) {
    m_words = words.trimmed();
    fillList();
    // The first hit is shown when the page that is open does not have the words.
    if (m_list->count() > 0 && !m_list->currentItem())
        m_list->setCurrentRow(0);
    markFound();
}

void HelpWindow::showPage(const QString& name) {
    const QString page = helpPageOf(name);
    if (page == currentPage()) {
        refreshButtons();
        return;
    }
    m_history[m_place].scroll = m_page->verticalScrollBar()->value();
    m_history.resize(m_place + 1);
    m_history.push_back({page, 0});
    m_place = m_history.size() - 1;
    fillList();
    render();
}

/// Of a link on a page: pages are shown, anything else is only named.
void HelpWindow::follow(const QString& target) {
    QString name = target;
    if (name.endsWith(QLatin1String(".md")))
        name.chop(3);
    if (helpPageNames().contains(name)) {
        showPage(name);
        return;
    }
    m_note->setText(tr("%1 is outside this program and is not opened from here.").arg(target));
    m_note->show();
}

void HelpWindow::step(int by) {
    const auto next = static_cast<qint64>(m_place) + by;
    if (next < 0 || next >= static_cast<qint64>(m_history.size()))
        return;
    m_history[m_place].scroll = m_page->verticalScrollBar()->value();
    m_place = static_cast<size_t>(next);
    fillList();
    render();
    m_page->verticalScrollBar()->setValue(m_history[m_place].scroll);
}

void HelpWindow::goBack() {
    step(-1);
}

void HelpWindow::goForward() {
    step(1);
}

void HelpWindow::render() {
    const int scroll = m_page->verticalScrollBar()->value();
    const bool isSame = m_page->property("page").toString() == currentPage();
    m_list->setStyleSheet(plainSheet());
    m_page->setStyleSheet(plainSheet());
    showMarkdown(*m_page->document(), helpPage(currentPage(), currentLanguage()).text);
    m_page->setProperty("page", currentPage());
    m_page->moveCursor(QTextCursor::Start);
    m_page->verticalScrollBar()->setValue(isSame ? scroll : 0);
    markFound();
    refreshButtons();
}

/// Every word that is looked for, on a soft ground.
void HelpWindow::markFound() {
    QList<QTextEdit::ExtraSelection> marks;
    for (const QString& word : m_words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        QTextCursor at(m_page->document());
        while (!(at = m_page->document()->find(word, at)).isNull()) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(tokens().warnSoft);
            mark.format.setForeground(tokens().text);
            marks << mark;
        }
    }
    m_page->setExtraSelections(marks);
    if (!marks.isEmpty()) {
        QTextCursor first = marks.front().cursor;
        first.clearSelection();
        m_page->setTextCursor(first);
    }
}

void HelpWindow::refreshButtons() {
    m_back->setEnabled(m_place > 0);
    m_forward->setEnabled(m_place + 1 < m_history.size());
}

void HelpWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Back) || event->keyCombination() == (Qt::ALT | Qt::Key_Left))
        goBack();
    else if (event->matches(QKeySequence::Forward) || event->keyCombination() == (Qt::ALT | Qt::Key_Right))
        goForward();
    else if (event->matches(QKeySequence::Find))
        m_search->setFocus();
    else
        QDialog::keyPressEvent(event);
}

} // namespace affinity::ui
