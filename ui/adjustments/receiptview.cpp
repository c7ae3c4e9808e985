#include "ui/adjustments/receiptview.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace affinity::ui {

ReceiptView::ReceiptView(QWidget* parent)
    : QWidget(parent),
      m_icon(new IconLabel(Icon::CheckCircle, TextTone::Ok)),
      m_title(new TextLabel({}, TextStyle::Consequence)),
      m_spinner(new Spinner(tr("Reading the row back"))),
      m_seenIcon(new IconLabel(Icon::CheckCircle, TextTone::Ok, measure::iconSmall)),
      m_seen(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_lookAgain(new Button(tr("Look again"), ButtonKind::Link)),
      m_lines(new QGridLayout),
      m_copy(new Button(tr("Copy receipt"), ButtonKind::Normal, Icon::Copy)),
      m_reverse(new Button(tr("Reverse…"), ButtonKind::Normal, Icon::Undo)) {
    m_copy->setObjectName(QStringLiteral("copyReceipt"));
    m_reverse->setObjectName(QStringLiteral("reverse"));
    m_lookAgain->setObjectName(QStringLiteral("lookAgain"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* title = new QHBoxLayout;
    title->setSpacing(measure::gap);
    m_title->setWordWrap(true);
    title->addWidget(m_icon, 0, Qt::AlignVCenter);
    title->addWidget(m_title, 1);
    rows->addLayout(title);
    auto* seen = new QHBoxLayout;
    seen->setSpacing(measure::gap);
    m_seen->setWordWrap(true);
    seen->addWidget(m_spinner);
    seen->addWidget(m_seenIcon);
    seen->addWidget(m_seen, 1);
    seen->addWidget(m_lookAgain);
    rows->addLayout(seen);
    rows->addWidget(new Hairline);
    m_lines->setHorizontalSpacing(measure::pageEdge);
    m_lines->setVerticalSpacing(6);
    m_lines->setColumnMinimumWidth(0, 120);
    m_lines->setColumnStretch(1, 1);
    rows->addLayout(m_lines);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(measure::gap);
    actions->addWidget(m_copy);
    actions->addWidget(m_reverse);
    actions->addStretch(1);
    rows->addSpacing(measure::gapSmall);
    rows->addLayout(actions);
    rows->addStretch(1);
    connect(m_copy, &QPushButton::clicked, this, &ReceiptView::copyRequested);
    connect(m_reverse, &QPushButton::clicked, this, &ReceiptView::reverseRequested);
    connect(m_lookAgain, &QPushButton::clicked, this, &ReceiptView::lookAgainRequested);
}

void ReceiptView::setReceipt(const Receipt& receipt, Seen seen, const QTimeZone& zone, const QString& remark) {
    m_title->setText(receiptTitle(receipt));
    m_spinner->setVisible(seen == Seen::Asking);
    m_seenIcon->setVisible(seen != Seen::Asking);
    m_lookAgain->setVisible(seen == Seen::NotSeen);
    switch (seen) {
    case Seen::Asking:
        m_seen->setText(tr("Reading the row back…"));
        m_seen->setTone(TextTone::Muted);
        break;
    case Seen::Confirmed:
        m_seenIcon->setIcon(Icon::CheckCircle, TextTone::Ok);
        m_seen->setText(tr("Confirmed: log row %1 was read back from the store.").arg(receipt.result.logId->value));
        m_seen->setTone(TextTone::Secondary);
        break;
    case Seen::NotSeen:
        m_seenIcon->setIcon(Icon::Warning, TextTone::Warn);
        m_seen->setText(tr("Written, but not seen: %1").arg(remark));
        m_seen->setTone(TextTone::Warn);
        break;
    }
    m_reverse->setBlocked(seen == Seen::Confirmed ? QString() : tr("The row has to be seen before it is reversed."));
    fillLines(receipt, zone);
}

void ReceiptView::fillLines(const Receipt& receipt, const QTimeZone& zone) {
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& [name, value] : receiptLines(receipt, zone)) {
        auto* label = new TextLabel(name, TextStyle::Caption, TextTone::Muted);
        auto* words = new TextLabel(value);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        m_lines->addWidget(label, row, 0, Qt::AlignTop);
        m_lines->addWidget(words, row, 1);
        ++row;
    }
}

} // namespace affinity::ui
