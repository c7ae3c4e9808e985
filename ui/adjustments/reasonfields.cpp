#include "ui/adjustments/reasonfields.h"

#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"
#include "ui/shared/formrow.h"
#include "ui/shared/tokens.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace affinity::ui {
namespace {
constexpr int longestReason = 255; // characters, of the log's column
constexpr int longestTicket = 64;
constexpr int reasonHeight = 68;
constexpr int codeWidth = 348;
} // namespace

ReasonFields::ReasonFields(QWidget* parent)
    : QWidget(parent), m_code(new QComboBox), m_reason(new QPlainTextEdit), m_ticket(new QLineEdit) {
    m_code->setObjectName(QStringLiteral("reasonCode"));
    m_code->setPlaceholderText(tr("Choose a reason"));
    for (const QString& code : service::reasonCodes())
        m_code->addItem(reasonCodeName(code), code);
    m_code->setCurrentIndex(-1);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(reasonHeight);
    m_ticket->setObjectName(QStringLiteral("ticket"));

    m_codeRow = new FormRow(tr("Reason code"), m_code);
    m_reasonRow = new FormRow(tr("Reason"), m_reason);
    m_ticketRow = new FormRow(tr("Ticket"), m_ticket, tr("Optional; kept with the adjustment."));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(measure::pageEdge);
    m_codeRow->setFixedWidth(codeWidth);
    upper->addWidget(m_codeRow, 0, Qt::AlignTop);
    upper->addWidget(m_ticketRow, 1, Qt::AlignTop);
    rows->addLayout(upper);
    rows->addWidget(m_reasonRow);
    setTabOrder(m_code, m_ticket);
    setTabOrder(m_ticket, m_reason);

    m_code->installEventFilter(this);
    m_reason->installEventFilter(this);
    connect(m_code, &QComboBox::currentIndexChanged, this, &ReasonFields::refresh);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &ReasonFields::refresh);
    connect(m_ticket, &QLineEdit::textChanged, this, &ReasonFields::refresh);
    refresh();
}

void ReasonFields::fill(service::AdjustmentForm& form) const {
    form.reasonCode = m_code->currentData().toString();
    form.reason = m_reason->toPlainText().trimmed();
    form.ticket = m_ticket->text().trimmed();
}

QWidget* ReasonFields::firstField() const {
    return m_code;
}

QString ReasonFields::codeError() const {
    return m_code->currentIndex() < 0 ? tr("Choose a reason code.") : QString();
}

QString ReasonFields::reasonError() const {
    const QString reason = m_reason->toPlainText().trimmed();
    if (reason.isEmpty())
        return tr("Write why this adjustment is made.");
    if (reason.size() > longestReason)
        return tr("%1 characters are too many; at most %2 fit.").arg(reason.size()).arg(longestReason);
    return {};
}

QString ReasonFields::ticketError() const {
    const qsizetype length = m_ticket->text().trimmed().size();
    return length > longestTicket ? tr("%1 characters are too many; at most %2 fit.").arg(length).arg(longestTicket)
                                  : QString();
}

QString ReasonFields::obstacle() const {
    for (const QString& error : {codeError(), reasonError(), ticketError()}) {
        if (!error.isEmpty())
            return error;
    }
    return {};
}

void ReasonFields::showErrors() {
    m_isCodeTouched = true;
    m_isReasonTouched = true;
    refresh();
    if (!codeError().isEmpty())
        m_code->setFocus();
    else if (!reasonError().isEmpty())
        m_reason->setFocus();
    else
        m_ticket->setFocus();
}

void ReasonFields::refresh() {
    const qsizetype length = m_reason->toPlainText().trimmed().size();
    m_codeRow->setHint(reasonCodeHint(m_code->currentData().toString()));
    m_codeRow->setError(m_isCodeTouched ? codeError() : QString());
    m_reasonRow->setHint(tr("%1 of %2 characters").arg(length).arg(longestReason));
    m_reasonRow->setError(m_isReasonTouched || length > longestReason ? reasonError() : QString());
    m_ticketRow->setError(ticketError());
    Q_EMIT changed();
}

bool ReasonFields::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        // The popup of the box takes the focus too: that is not leaving the field.
        const bool isPopup = static_cast<QFocusEvent*>(event)->reason() == Qt::PopupFocusReason;
        m_isCodeTouched = m_isCodeTouched || (watched == m_code && !isPopup);
        m_isReasonTouched = m_isReasonTouched || (watched == m_reason && !isPopup);
        refresh();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace affinity::ui
