#include "ui/adjustments/reversedialog.h"

#include "ui/adjustments/previewview.h"
#include "ui/adjustments/reasonfields.h"
#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"

#include <QVBoxLayout>

#include <cstdlib>

namespace affinity::ui {
namespace {

/// What is compensated and what is not, before the engine was asked.
QString compensation(const rules::LogRow& row) {
    const QString points = pointsText(std::abs(qint64{row.changeValue}));
    return row.changeValue < 0
               ? ReverseDialog::tr("It took %1. Reversing writes a new row that adds them; the old row stays.")
                     .arg(points)
               : ReverseDialog::tr("It added %1. Reversing writes a new row that takes them; the old row stays.")
                     .arg(points);
}

} // namespace

ReverseDialog::ReverseDialog(Workspace& workspace, const store::DeviceRow& device, const store::LogEntry& row,
                             QWidget* parent)
    : AdjustmentFlow(workspace, tr("Reverse log row %1").arg(row.row.id.value), device, parent),
      m_row(row),
      m_reason(new ReasonFields) {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::pageEdge);
    auto* facts = new FactsLine;
    facts->setFacts({{tr("Device"), deviceTitle(device.binding)},
                     {tr("Rule"), visibleText(row.row.ruleKey)},
                     {tr("Written"), dateTimeText(row.row.createdAtUs, workspace.zone())}});
    rows->addWidget(facts);
    auto* list = new ConsequenceList;
    list->setConsequences({{Icon::Undo, compensation(row.row),
                            tr("The row moved the value from %1 to %2. What happened since then stays.")
                                .arg(numberText(row.row.beforeValue), numberText(row.row.afterValue)),
                            Tone::Accent, Tone::Neutral},
                           {Icon::Gift, tr("Rewards that the row granted stay with the user."),
                            tr("Cooldowns, caps and counters are not set back; the preview names what stays."),
                            Tone::Warn, Tone::Neutral}});
    rows->addWidget(list);
    rows->addWidget(new Hairline);
    rows->addWidget(m_reason);
    rows->addStretch(1);
    connect(m_reason, &ReasonFields::changed, this, &ReverseDialog::refreshForm);
    setFormPage(page);
}

ReverseDialog::~ReverseDialog() {
    // Closing takes the focus from a field, whose answer to that must not reach a half destroyed dialog.
    m_reason->disconnect(this);
}

ReverseDialog* ReverseDialog::open(Workspace& workspace, const store::DeviceRow& device, const store::LogEntry& row,
                                   QWidget* parent) {
    auto* dialog = new ReverseDialog(workspace, device, row, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    connect(dialog, &AdjustmentFlow::reverseRequested, dialog,
            [&workspace, device, parent](const store::LogEntry& reversal) {
                ReverseDialog::open(workspace, device, reversal, parent);
            });
    dialog->show();
    return dialog;
}

Answer<service::AdjustmentPreview> ReverseDialog::askPreview(const access::Session& session,
                                                             const service::AdjustmentForm& form) {
    return workspace().engine().previewReversal(session, m_row.row.id, form);
}

Answer<service::ApplyResult> ReverseDialog::askCommit(const access::Session& session,
                                                      const service::AdjustmentForm& form,
                                                      const QByteArray& stateHash) {
    return workspace().engine().commitReversal(session, m_row.row.id, form, stateHash);
}

void ReverseDialog::fillForm(service::AdjustmentForm& form) const {
    form.kind = service::AdjustmentKind::ByDelta;
    form.amount = -qint64{m_row.row.changeValue};
    m_reason->fill(form);
}

QString ReverseDialog::formObstacle() const {
    return m_reason->obstacle();
}

void ReverseDialog::showFormErrors() {
    m_reason->showErrors();
}

QWidget* ReverseDialog::firstField() const {
    return m_reason->firstField();
}

QString ReverseDialog::deedWords(const service::AdjustmentPreview& preview) const {
    const QString points = pointsText(std::abs(preview.delta == 0 ? qint64{m_row.row.changeValue} : preview.delta));
    return m_row.row.changeValue < 0 ? tr("Reverse: add %1").arg(points) : tr("Reverse: take %1").arg(points);
}

} // namespace affinity::ui
