// AdjustmentFlow: the three steps that every adjustment goes through — change, preview, result — and what can go wrong.
#pragma once

#include "engine/engine.h"
#include "ui/adjustments/receipt.h"
#include "ui/shell/dialogframe.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <optional>

class QStackedWidget;

namespace affinity::ui {

class BannerStack;
class PreviewView;
class ReceiptView;
enum class Seen;

/// The frame that adjusting and reversing share. One operation id for the whole dialog: sending again cannot apply
/// twice. A subclass brings its form page and asks the engine for its kind of preview and commit. GUI thread.
class AdjustmentFlow : public DialogFrame {
    Q_OBJECT
public:
    enum class Step { Change, Preview, Result };

    Step step() const { return m_step; }
    const QString& operationId() const { return m_form.operationId; }
    /// Closing while the commit runs only stops the waiting; the dialog then says that the outcome is not known.
    void reject() override;

Q_SIGNALS:
    /// Written (or found to be written). Comes once.
    void committed(const affinity::service::ApplyResult& result);
    /// The receipt's "Reverse…" was used; the dialog closes.
    void reverseRequested(const affinity::store::LogEntry& row);

protected:
    AdjustmentFlow(Workspace& workspace, const QString& title, const store::DeviceRow& device, QWidget* parent);

    virtual Answer<service::AdjustmentPreview> askPreview(const access::Session& session,
                                                          const service::AdjustmentForm& form) = 0;
    virtual Answer<service::ApplyResult> askCommit(const access::Session& session, const service::AdjustmentForm& form,
                                                   const QByteArray& stateHash) = 0;
    /// Takes what stands in the fields.
    virtual void fillForm(service::AdjustmentForm& form) const = 0;
    /// Why it cannot be previewed yet; empty when it can.
    virtual QString formObstacle() const = 0;
    virtual void showFormErrors() = 0;
    virtual QWidget* firstField() const = 0;
    /// The button of the preview step: "Add 540 points".
    virtual QString deedWords(const service::AdjustmentPreview& preview) const = 0;
    virtual std::optional<base::LogId> reversedRow() const { return std::nullopt; }

    /// Call once at the end of the constructor.
    void setFormPage(QWidget* page);
    /// Call when a field changed.
    void refreshForm();
    Workspace& workspace() const { return m_workspace; }

private:
    enum class Work { None, Previewing, Committing, Checking };

    void onBack();
    void onDeed();
    void startPreview();
    void receivePreview(const base::Result<service::AdjustmentPreview>& answer);
    void showPreview(const service::AdjustmentPreview& preview);
    void startCommit();
    void receiveCommit(const base::Result<service::ApplyResult>& answer);
    void refuse(const base::Error& error);
    void receiveFreshPreview(const base::Error& refusal, const base::Result<service::AdjustmentPreview>& answer);
    void doubt(const QString& meaning);
    void checkOperation();
    void receiveCheck(const base::Result<store::LogPage>& answer);
    void showResult(const service::ApplyResult& result);
    void readBack();
    void receiveRow(const base::Result<service::Explanation>& answer);
    void goTo(Step step);
    void setWork(Work work);
    void copyReceipt();
    void refreshDeedOfStep();

    Workspace& m_workspace;
    store::DeviceRow m_device;
    service::AdjustmentForm m_form;
    Step m_step = Step::Change;
    Work m_work = Work::None;
    bool m_isInDoubt = false;
    std::optional<service::AdjustmentPreview> m_preview;
    Receipt m_receipt;
    LatestRequest<service::AdjustmentPreview> m_previewRequest;
    BannerStack* m_banners;
    QStackedWidget* m_pages;
    PreviewView* m_previewView;
    ReceiptView* m_receiptView;
};

} // namespace affinity::ui
