#include "ui/help/logview.h"

#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/messagedialog.h"
#include "ui/shared/panel.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QSaveFile>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int pollMs = 500;

} // namespace

LogView::LogView(QWidget* parent) : RebuiltDialog(parent) {
    setObjectName(QStringLiteral("logView"));
    setMinimumSize(640, 360);
    resize(980, 560);
    m_polling.setInterval(pollMs);
    connect(&m_polling, &QTimer::timeout, this, &LogView::refresh);
    m_model.update();
    rebuild();
}

QWidget* LogView::makeContent() {
    setWindowTitle(tr("Log – Affinity Console"));
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(measure::pageEdge, measure::panelGap, measure::pageEdge, measure::panelGap);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(makeBar());
    auto* panel = new Panel;
    panel->setFlushBody();
    m_stack = new QStackedWidget;
    m_stack->addWidget(makeTable());
    panel->body()->addWidget(m_stack);
    rows->addWidget(panel, 1);
    m_count = new TextLabel({}, TextStyle::Caption, TextTone::Muted);
    auto* footer = new QHBoxLayout;
    footer->addWidget(m_count, 1);
    auto* save = new Button(tr("Save as text…"), ButtonKind::Normal, Icon::Save);
    save->setObjectName(QStringLiteral("saveLog"));
    connect(save, &QPushButton::clicked, this, &LogView::chooseFile);
    footer->addWidget(save);
    rows->addLayout(footer);
    refreshState();
    return content;
}

QWidget* LogView::makeBar() {
    auto* bar = new QWidget;
    auto* columns = new QHBoxLayout(bar);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(measure::gap);
    auto* level = new SegmentedControl({tr("All"), tr("Warnings and errors"), tr("Errors")}, tr("Messages shown"));
    level->setObjectName(QStringLiteral("logLevel"));
    level->setCurrent(static_cast<int>(m_least));
    connect(level, &SegmentedControl::currentChanged, this, [this](int index) {
        m_least = static_cast<LogLevel>(index);
        applyFilter();
    });
    auto* search = new SearchField(tr("Words in the message"), tr("Words in the message"));
    search->setObjectName(QStringLiteral("logSearch"));
    search->setText(m_words);
    connect(search, &SearchField::searched, this, [this](const QString& words) {
        m_words = words;
        applyFilter();
    });
    m_follow = new QCheckBox(tr("Follow"));
    m_follow->setObjectName(QStringLiteral("logFollow"));
    m_follow->setToolTip(tr("Stay at the newest message; scrolling up stops it."));
    m_follow->setChecked(m_isFollowing);
    connect(m_follow, &QCheckBox::toggled, this, &LogView::setFollowing);
    columns->addWidget(level);
    columns->addWidget(search, 1);
    columns->addWidget(m_follow);
    return bar;
}

QWidget* LogView::makeTable() {
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setModel(&m_model);
    setUpTable(*m_table, {{116}, {96}, {140}, {400, true}}, RowHeight::Compact, tr("Messages"));
    offerSaving(*m_table);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::onScrolled);
    return m_table;
}

QWidget* LogView::makeEmpty() const {
    if (m_model.isEmptyLog())
        return new EmptyState(Icon::Info, tr("Nothing was logged yet"),
                              tr("The program notes here what it opens, who signs in, what is adjusted and what "
                                 "fails. Secrets are masked."));
    return new EmptyState(Icon::Filter, tr("No message fits"), tr("No message has this level and all of these words."),
                          {{Icon::Close, tr("Show all messages"), {}, {}, [self = const_cast<LogView*>(this)] {
                                self->m_least = LogLevel::All;
                                self->m_words.clear();
                                self->applyFilter();
                                QMetaObject::invokeMethod(
                                    self, [self] { self->rebuild(); }, Qt::QueuedConnection);
                            }}});
}

void LogView::setZone(const QTimeZone& zone) {
    m_zone = zone;
    m_model.setZone(zone);
    refreshState();
}

void LogView::applyFilter() {
    m_model.setFilter(m_least, m_words);
    refreshState();
}

void LogView::refresh() {
    if (m_model.update())
        refreshState();
}

void LogView::setFollowing(bool isFollowing) {
    m_isFollowing = isFollowing;
    const QSignalBlocker quiet(m_follow);
    m_follow->setChecked(isFollowing);
    if (!isFollowing)
        return;
    m_isScrolling = true;
    m_table->scrollToBottom();
    m_isScrolling = false;
}

/// Up: the user reads and must not be pulled away; down to the end: back to following.
void LogView::onScrolled(int value) {
    if (!m_isScrolling)
        setFollowing(value >= m_table->verticalScrollBar()->maximum());
}

void LogView::refreshState() {
    const bool isEmpty = m_model.rowCount() == 0;
    if (m_stack->count() > 1) {
        QWidget* old = m_stack->widget(1);
        m_stack->removeWidget(old);
        old->deleteLater();
    }
    if (isEmpty)
        m_stack->addWidget(makeEmpty());
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_count->setText(tr("Messages: %1. Times in %2. Only the last 5,000 are kept, in memory.")
                         .arg(numberText(m_model.rowCount()),
                              zoneText(m_zone, m_model.shown().empty() ? 0 : m_model.shown().back().atUs)));
    if (m_isFollowing)
        setFollowing(true);
}

bool LogView::saveText(const QString& fileName, QString* error) const {
    const QByteArray text = logText(m_model.shown(), m_zone).toUtf8();
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return true;
    *error = file.errorString();
    return false;
}

void LogView::chooseFile() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the log"), QStringLiteral("affinity-console.log"),
                                                      tr("Text (*.log *.txt)"));
    QString error;
    if (!path.isEmpty() && !saveText(path, &error))
        showProblem(this, tr("The log was not saved."), tr("%1 cannot be written: %2").arg(path, error));
}

void LogView::showEvent(QShowEvent* event) {
    RebuiltDialog::showEvent(event);
    refresh();
    setFollowing(m_isFollowing);
    m_polling.start();
}

void LogView::hideEvent(QHideEvent* event) {
    m_polling.stop();
    RebuiltDialog::hideEvent(event);
}

} // namespace affinity::ui
