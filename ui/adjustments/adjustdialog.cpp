#include "ui/adjustments/adjustdialog.h"

#include "ui/adjustments/changeform.h"
#include "ui/adjustments/reversedialog.h"
#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"

#include <cstdlib>

namespace affinity::ui {

AdjustDialog::AdjustDialog(Workspace& workspace, const service::DeviceDetail& detail, QWidget* parent)
    : AdjustmentFlow(workspace, tr("Adjust %1").arg(deviceTitle(detail.device.binding)), detail.device, parent),
      m_change(new ChangeForm(detail)) {
    connect(m_change, &ChangeForm::changed, this, &AdjustDialog::refreshForm);
    setFormPage(m_change);
}

AdjustDialog::~AdjustDialog() {
    // Closing takes the focus from a field, whose answer to that must not reach a half destroyed dialog.
    m_change->disconnect(this);
}

AdjustDialog* AdjustDialog::open(Workspace& workspace, const service::DeviceDetail& detail, QWidget* parent) {
    auto* dialog = new AdjustDialog(workspace, detail, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    connect(dialog, &AdjustmentFlow::reverseRequested, dialog,
            [&workspace, device = detail.device, parent](const store::LogEntry& row) {
                ReverseDialog::open(workspace, device, row, parent);
            });
    dialog->show();
    return dialog;
}

Answer<service::AdjustmentPreview> AdjustDialog::askPreview(const access::Session& session,
                                                            const service::AdjustmentForm& form) {
    return workspace().engine().previewAdjustment(session, form);
}

Answer<service::ApplyResult> AdjustDialog::askCommit(const access::Session& session,
                                                     const service::AdjustmentForm& form, const QByteArray& stateHash) {
    return workspace().engine().commitAdjustment(session, form, stateHash);
}

void AdjustDialog::fillForm(service::AdjustmentForm& form) const {
    m_change->fill(form);
}

QString AdjustDialog::formObstacle() const {
    return m_change->obstacle();
}

void AdjustDialog::showFormErrors() {
    m_change->showErrors();
}

QWidget* AdjustDialog::firstField() const {
    return m_change->firstField();
}

QString AdjustDialog::deedWords(const service::AdjustmentPreview& preview) const {
    service::AdjustmentForm form;
    m_change->fill(form);
    if (form.kind == service::AdjustmentKind::SetTo)
        return tr("Set to %1").arg(numberText(form.amount));
    const QString points = pointsText(std::abs(preview.delta == 0 ? form.amount : preview.delta));
    return form.amount < 0 ? tr("Take %1").arg(points) : tr("Add %1").arg(points);
}

} // namespace affinity::ui
