// ReverseDialog: takes a log row back by a compensating adjustment, and says what cannot be restored.
#pragma once

#include "ui/adjustments/adjustmentflow.h"

namespace affinity::ui {

class ReasonFields;

class ReverseDialog : public AdjustmentFlow {
    Q_OBJECT
public:
    ReverseDialog(Workspace& workspace, const store::DeviceRow& device, const store::LogEntry& row,
                  QWidget* parent = nullptr);
    ~ReverseDialog() override;

    /// Shows the dialog over `parent`'s window; it deletes itself when it is closed.
    static ReverseDialog* open(Workspace& workspace, const store::DeviceRow& device, const store::LogEntry& row,
                               QWidget* parent);

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
    std::optional<base::LogId> reversedRow() const override { return m_row.row.id; }

private:
    store::LogEntry m_row;
    ReasonFields* m_reason;
};

} // namespace affinity::ui
