#include "ui/devices/missingpanel.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/whypanel.h"
#include "ui/workspace/errortext.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

TextLabel* labelFor(const QString& text, QWidget* field) {
    auto* label = new TextLabel(text, TextStyle::Caption, TextTone::Secondary);
    label->setBuddy(field);
    field->setAccessibleName(text);
    return label;
}

} // namespace

MissingPanel::MissingPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_rule(new QComboBox),
      m_time(new QDateTimeEdit),
      m_event(new QLineEdit),
      m_why(new WhyPanel) {
    setObjectName(QStringLiteral("missingPanel"));
    setAccessibleName(tr("Why did nothing come?"));
    for (const rules::Rule& rule : workspace.ruleSet().rules) {
        if (!rule.isDeleted)
            m_rule->addItem(visibleText(rule.key), rule.key);
    }
    m_rule->setEditable(true); // a client may have sent a key that no rule has
    m_rule->setInsertPolicy(QComboBox::NoInsert);
    m_rule->setObjectName(QStringLiteral("missingRule"));
    m_time->setObjectName(QStringLiteral("missingTime"));
    //: Date and time in Qt's format for a field that is typed into
    m_time->setDisplayFormat(tr("d MMM yyyy HH:mm:ss"));
    m_time->setLocale(QLocale::c());
    m_event->setObjectName(QStringLiteral("missingEvent"));
    m_why->setObjectName(QStringLiteral("missingWhy"));
    m_why->setMessage(
        tr("Choose the rule and the time of the event that left no row. The rules and the log of that day are "
           "looked at again as an event would have met them."));
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_why);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 1);
    rows->setSpacing(0);
    rows->addWidget(makeForm());
    rows->addWidget(new Hairline);
    rows->addWidget(scroll, 1);
    connect(m_event, &QLineEdit::returnPressed, this, &MissingPanel::explain);
    connect(m_why, &WhyPanel::copied, this,
            [this] { m_workspace.announce(tr("The explanation is on the clipboard.")); });
    setFocusProxy(m_rule);
}

QWidget* MissingPanel::makeForm() {
    auto* form = new QWidget;
    auto* row = new QHBoxLayout(form);
    row->setContentsMargins(measure::pageEdge - 1, 4, measure::pageEdge - 1, 8);
    row->setSpacing(8);
    m_rule->setMinimumWidth(132);
    m_time->setMinimumWidth(160);
    m_event->setMinimumWidth(80);
    row->addWidget(labelFor(tr("Rule"), m_rule));
    row->addWidget(m_rule);
    row->addSpacing(4);
    row->addWidget(labelFor(tr("Time"), m_time));
    row->addWidget(m_time);
    row->addSpacing(4);
    row->addWidget(labelFor(tr("Event id, if known"), m_event));
    row->addWidget(m_event, 1);
    auto* explainButton = new Button(tr("Explain"));
    explainButton->setObjectName(QStringLiteral("explainMissing"));
    row->addWidget(explainButton);
    auto* close = new IconButton(Icon::Close, tr("Close (Esc)"));
    close->setObjectName(QStringLiteral("closeMissing"));
    row->addWidget(close);
    connect(explainButton, &QPushButton::clicked, this, &MissingPanel::explain);
    connect(close, &QToolButton::clicked, this, &MissingPanel::closed);
    return form;
}

void MissingPanel::setDevice(base::DeviceId id, qint64 nowUs) {
    if (id == m_device)
        return;
    m_device = id;
    m_request.drop();
    setAsked({}, {}, nowUs);
    m_why->setMessage(tr("Choose the rule and the time of the event that left no row."));
}

void MissingPanel::setAsked(const QString& ruleKey, const QString& eventId, qint64 atUs) {
    if (!ruleKey.isEmpty())
        m_rule->setCurrentText(visibleText(ruleKey));
    m_event->setText(eventId);
    // The field shows wall-clock time of the store's zone; it knows no zones itself.
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(atUs / 1000, m_workspace.zone());
    m_time->setDateTime(QDateTime(local.date(), local.time()));
}

MomentAsked MissingPanel::asked() const {
    const int item = m_rule->findText(m_rule->currentText());
    const QDateTime shown = m_time->dateTime();
    const QDateTime local(shown.date(), shown.time(), m_workspace.zone());
    return {m_device, item >= 0 ? m_rule->itemData(item).toString() : m_rule->currentText().trimmed(),
            m_event->text().trimmed(), local.toMSecsSinceEpoch() * 1000};
}

void MissingPanel::explain() {
    const MomentAsked moment = asked();
    if (!m_device.isValid() || moment.ruleKey.isEmpty()) {
        m_why->setMessage(tr("Choose a rule first."));
        return;
    }
    m_why->setMessage(tr("Looking at the steps again…"));
    m_request.ask(this,
                  m_workspace.engine().explainMoment(moment.deviceId, moment.ruleKey, moment.eventId, moment.atUs),
                  [this, moment](const base::Result<service::Explanation>& answer) {
                      if (answer)
                          m_why->setWhy(whyOfMoment(*answer, moment, m_workspace.zone()));
                      else
                          m_why->setMessage(visibleText(errorText(answer.error())));
                  });
}

void MissingPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace affinity::ui
