// AdjustDialog: adds or takes points, or sets a value, with a preview through the engine before anything is written.
#pragma once

#include "ui/adjustments/adjustmentflow.h"

namespace affinity::ui {

class ChangeForm;

class AdjustDialog : public AdjustmentFlow {
    Q_OBJECT
public:
    AdjustDialog(Workspace& workspace, const service::DeviceDetail& detail, QWidget* parent = nullptr);
    ~AdjustDialog() override;

    /// Shows the dialog over `parent`'s window; it deletes itself when it is closed. "Reverse…" on its receipt opens a
    /// ReverseDialog in its place. Engine::applied tells of both commits.
    static AdjustDialog* open(Workspace& workspace, const service::DeviceDetail& detail, QWidget* parent);

protected:
    Answer<service::AdjustmentPreview> askPreview(const access::Session& session,
                                                  const service::AdjustmentForm& form) override;
    Answer<service::ApplyResult> askCommit(const access::Session& session, const service::AdjustmentForm& form,
                                           const QByteArray& stateHash) override;
    void fillForm(service::AdjustmentForm& form) const override;
    QString formObstacle() const override;
    void showFormErrors() override;
    QWidget* firstField() const override;
    QString deedWords(const service::AdjustmentPreview& preview) const override;

private:
    ChangeForm* m_change;
};

} // namespace affinity::ui
