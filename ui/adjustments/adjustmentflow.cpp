#include "ui/adjustments/adjustmentflow.h"

#include "ui/adjustments/consequences.h"
#include "ui/adjustments/previewview.h"
#include "ui/adjustments/receiptview.h"
#include "ui/adjustments/words.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr QSize dialogSize(760, 680);
constexpr int mostRowsChecked = 10'000; // of one device since the preview
const QString causeCommit = QStringLiteral("commit");

BannerText trouble(Tone tone, const QString& what, const QString& meaning, const QString& action = {}) {
    BannerText text;
    text.tone = tone;
    text.what = what;
    text.meaning = meaning;
    text.action = action;
    return text;
}

} // namespace

AdjustmentFlow::AdjustmentFlow(Workspace& workspace, const QString& title, const store::DeviceRow& device,
                               QWidget* parent)
    : DialogFrame(title, workspace.connectionState(), parent),
      m_workspace(workspace),
      m_device(device),
      m_banners(new BannerStack),
      m_pages(new QStackedWidget),
      m_previewView(new PreviewView),
      m_receiptView(new ReceiptView) {
    resize(dialogSize);
    setSteps({tr("Change"), tr("Preview"), tr("Result")});
    m_form.userId = device.user.id;
    m_form.deviceId = device.binding.id;
    m_form.operationId = service::newOperationId();
    body()->addWidget(m_banners);
    body()->addWidget(m_pages, 1);
    connect(this, &DialogFrame::backRequested, this, &AdjustmentFlow::onBack);
    connect(this, &DialogFrame::deedRequested, this, &AdjustmentFlow::onDeed);
    connect(m_previewView, &PreviewView::editRequested, this, &AdjustmentFlow::onBack);
    connect(m_receiptView, &ReceiptView::copyRequested, this, &AdjustmentFlow::copyReceipt);
    connect(m_receiptView, &ReceiptView::lookAgainRequested, this, &AdjustmentFlow::readBack);
    connect(m_receiptView, &ReceiptView::reverseRequested, this, [this] {
        const std::optional<store::LogEntry> row = m_receipt.row;
        accept();
        if (row)
            Q_EMIT reverseRequested(*row);
    });
    connect(&workspace, &Workspace::sessionChanged, this, &AdjustmentFlow::refreshForm);
}

void AdjustmentFlow::setFormPage(QWidget* page) {
    m_pages->addWidget(page);
    m_pages->addWidget(m_previewView);
    m_pages->addWidget(m_receiptView);
    deedButton()->setDefault(true);
    goTo(Step::Change);
}

void AdjustmentFlow::refreshForm() {
    if (m_step == Step::Change)
        refreshDeedOfStep();
}

void AdjustmentFlow::reject() {
    if (m_work == Work::Committing) {
        // Not a cancel: the store may already have it. Say so and let the operator look.
        doubt(tr("The waiting was stopped; the adjustment may still be written."));
        return;
    }
    m_previewRequest.drop();
    if (m_work == Work::Previewing && m_step == Step::Change) {
        setWork(Work::None);
        return;
    }
    QDialog::reject();
}

void AdjustmentFlow::goTo(Step step) {
    m_step = step;
    m_pages->setCurrentIndex(static_cast<int>(step));
    setCurrentStep(step == Step::Result ? 3 : static_cast<int>(step)); // the result is done, not to come
    backButton()->setVisible(step == Step::Preview);
    if (step != Step::Preview)
        requireTypedName({}, {});
    setRemark({});
    setWork(Work::None);
    if (step == Step::Change && firstField() != nullptr)
        firstField()->setFocus();
}

void AdjustmentFlow::setWork(Work work) {
    m_work = work;
    const bool isBusy = work != Work::None;
    m_pages->setEnabled(!isBusy || m_step == Step::Result);
    backButton()->setEnabled(!isBusy && !m_isInDoubt);
    if (m_step == Step::Result)
        cancelButton()->setText(tr("Close"));
    else
        cancelButton()->setText(work == Work::Committing ? tr("Stop waiting") : tr("Cancel"));
    if (work == Work::Previewing)
        setRemark(tr("Working out what would happen…"));
    else if (work == Work::Committing)
        setRemark(tr("Writing…"));
    else if (work == Work::Checking)
        setRemark(tr("Looking for operation %1…").arg(m_form.operationId));
    else if (m_step != Step::Preview)
        setRemark({});
    refreshDeedOfStep();
}

void AdjustmentFlow::refreshDeedOfStep() {
    const bool isProduction = m_workspace.environment() == Environment::Production;
    const QString obstacle = m_workspace.writeObstacle();
    if (m_step == Step::Change) {
        setDeed(tr("Preview"));
        deedButton()->setKind(ButtonKind::Primary); // it writes nothing, in production neither
        setDeedBlocked(m_work != Work::None  ? tr("The preview is being worked out.")
                       : !obstacle.isEmpty() ? obstacle
                                             : formObstacle());
        return;
    }
    if (m_step == Step::Result || !m_preview) {
        setDeed({});
        return;
    }
    setDeed(deedWords(*m_preview));
    deedButton()->setKind(isProduction ? ButtonKind::Danger : ButtonKind::Primary);
    if (m_work != Work::None)
        setDeedBlocked(tr("The store has not answered yet."));
    else if (m_isInDoubt)
        setDeedBlocked(tr("It is not known yet whether it was written. Check first."));
    else
        setDeedBlocked(obstacle.isEmpty() ? blockReason(*m_preview) : obstacle);
}

void AdjustmentFlow::onBack() {
    if (m_step != Step::Preview || m_work != Work::None || m_isInDoubt)
        return;
    m_banners->remove(causeCommit);
    goTo(Step::Change);
}

void AdjustmentFlow::onDeed() {
    if (m_work != Work::None)
        return;
    if (m_step == Step::Change && !formObstacle().isEmpty())
        showFormErrors();
    else if (m_step == Step::Change)
        startPreview();
    else if (m_step == Step::Preview)
        startCommit();
}

void AdjustmentFlow::startPreview() {
    if (!m_workspace.session())
        return;
    m_banners->remove(causeCommit);
    fillForm(m_form);
    setWork(Work::Previewing);
    m_previewRequest.ask(this, askPreview(*m_workspace.session(), m_form),
                         [this](const base::Result<service::AdjustmentPreview>& answer) { receivePreview(answer); });
}

void AdjustmentFlow::receivePreview(const base::Result<service::AdjustmentPreview>& answer) {
    setWork(Work::None);
    if (!answer) {
        m_banners->show(causeCommit, trouble(Tone::Danger, tr("There is no preview."), errorText(answer.error())));
        return;
    }
    showPreview(*answer);
}

void AdjustmentFlow::showPreview(const service::AdjustmentPreview& preview) {
    m_preview = preview;
    const bool isPrepared = m_workspace.storeInfo().isPrepared;
    m_previewView->setPreview(preview, m_form, m_device, isPrepared);
    m_previewView->ensureVisible(0, 0);
    goTo(Step::Preview);
    if (m_workspace.environment() == Environment::Production && wouldWrite(preview)) {
        requireTypedName(tr("To write %1 rows to production, type").arg(rowCount(rowsWritten(preview, isPrepared))),
                         m_workspace.storeInfo().name);
    } else {
        requireTypedName({}, {});
    }
    if (preview.preview.atUs > 0) {
        setRemark(tr("Preview of %1. If the device moves, it is refused and shown anew.")
                      .arg(timeOfDayText(preview.preview.atUs, m_workspace.zone())));
    }
    if (auto* typed = findChild<QLineEdit*>(QStringLiteral("typedName")); typed != nullptr && typed->isVisibleTo(this))
        typed->setFocus();
    else if (wouldWrite(preview))
        deedButton()->setFocus();
    else
        backButton()->setFocus();
}

void AdjustmentFlow::startCommit() {
    if (!m_workspace.session() || !m_preview || !wouldWrite(*m_preview))
        return;
    m_banners->remove(causeCommit);
    setWork(Work::Committing);
    ask<service::ApplyResult>(this, askCommit(*m_workspace.session(), m_form, m_preview->preview.stateHash),
                              [this](const base::Result<service::ApplyResult>& answer) { receiveCommit(answer); });
}

void AdjustmentFlow::receiveCommit(const base::Result<service::ApplyResult>& answer) {
    if (m_step == Step::Result)
        return; // a check found the row before this answer came
    setWork(Work::None);
    if (!answer) {
        refuse(answer.error());
        return;
    }
    switch (answer->outcome) {
    case rules::Outcome::Applied:
        showResult(*answer);
        return;
    case rules::Outcome::InDoubt:
        doubt(answer->error ? answer->error->what : QString());
        return;
    default:
        refuse(answer->error.value_or(
            base::Error{base::ErrorKind::Refused, tr("It would change nothing now: the value stands at its bound.")}));
    }
}

/// Nothing was written. A refusal may come from a device that moved: a fresh preview tells.
void AdjustmentFlow::refuse(const base::Error& error) {
    if (m_isInDoubt) {
        // A refusal after an unknown outcome may mean that the first try stands (its operation id is taken).
        checkOperation();
        return;
    }
    if (error.kind != base::ErrorKind::Refused || !m_workspace.session()) {
        m_banners->show(causeCommit, trouble(Tone::Danger, tr("Nothing was written."), errorText(error)));
        return;
    }
    setWork(Work::Previewing);
    m_previewRequest.ask(
        this, askPreview(*m_workspace.session(), m_form),
        [this, error](const base::Result<service::AdjustmentPreview>& answer) { receiveFreshPreview(error, answer); });
}

void AdjustmentFlow::receiveFreshPreview(const base::Error& refusal,
                                         const base::Result<service::AdjustmentPreview>& answer) {
    setWork(Work::None);
    if (!answer || !m_preview) {
        m_banners->show(causeCommit, trouble(Tone::Danger, tr("Nothing was written."), errorText(refusal)));
        return;
    }
    QString changes;
    for (const QString& change : changesBetween(m_preview->preview, answer->preview))
        changes = joinedText(changes, change);
    const bool hasMoved = answer->preview.stateHash != m_preview->preview.stateHash;
    showPreview(*answer);
    if (hasMoved) {
        m_banners->show(causeCommit,
                        trouble(Tone::Warn, tr("The device changed since the preview. Nothing was written."),
                                changes.isEmpty() ? tr("Look at the new preview.") : changes));
    } else {
        m_banners->show(causeCommit, trouble(Tone::Danger, tr("Nothing was written."), errorText(refusal)));
    }
}

void AdjustmentFlow::doubt(const QString& meaning) {
    m_isInDoubt = true;
    setWork(Work::None);
    Banner* banner =
        m_banners->show(causeCommit, trouble(Tone::Warn, tr("It is not known whether the adjustment was written."),
                                             meaning, tr("Check again")));
    connect(banner, &Banner::acted, this, &AdjustmentFlow::checkOperation, Qt::UniqueConnection);
}

void AdjustmentFlow::checkOperation() {
    if (m_work != Work::None || !m_isInDoubt)
        return;
    setWork(Work::Checking);
    store::LogQuery query;
    query.deviceId = m_form.deviceId;
    query.fromUs = m_preview ? std::optional<qint64>(m_preview->preview.atUs) : std::nullopt;
    query.limit = mostRowsChecked;
    ask<store::LogPage>(this, m_workspace.engine().timeline(query),
                        [this](const base::Result<store::LogPage>& answer) { receiveCheck(answer); });
}

void AdjustmentFlow::receiveCheck(const base::Result<store::LogPage>& answer) {
    if (m_step == Step::Result)
        return;
    setWork(Work::None);
    if (!answer) {
        doubt(tr("The store could not be asked: %1").arg(errorText(answer.error())));
        return;
    }
    const auto found = std::find_if(answer->entries.begin(), answer->entries.end(),
                                    [this](const auto& entry) { return operationIdOf(entry) == m_form.operationId; });
    if (found != answer->entries.end()) {
        showResult(resultOfRow(*found, m_preview ? m_preview->preview.levels : std::vector<rules::Level>()));
        return;
    }
    m_isInDoubt = false;
    setWork(Work::None);
    m_banners->show(causeCommit,
                    trouble(Tone::Accent, tr("The adjustment is not in the store."),
                            tr("It can be sent again: under the same operation it cannot take effect twice.")));
}

void AdjustmentFlow::showResult(const service::ApplyResult& result) {
    m_isInDoubt = false;
    m_banners->remove(causeCommit);
    m_receipt = {};
    m_receipt.result = result;
    m_receipt.form = m_form;
    m_receipt.binding = m_preview && m_preview->preview.binding ? *m_preview->preview.binding : m_device.binding;
    m_receipt.user = m_device.user;
    m_receipt.levels = m_preview ? m_preview->preview.levels : m_workspace.ruleSet().levels;
    m_receipt.operatorName = m_workspace.session() ? m_workspace.session()->person.username : QString();
    m_receipt.storeName = m_workspace.storeInfo().name;
    m_receipt.reversesLogId = reversedRow();
    goTo(Step::Result);
    cancelButton()->setFocus();
    readBack();
    Q_EMIT committed(result);
}

void AdjustmentFlow::readBack() {
    if (!m_receipt.result.logId) {
        m_receiptView->setReceipt(m_receipt, Seen::NotSeen, m_workspace.zone(), tr("the store named no log row."));
        return;
    }
    m_receiptView->setReceipt(m_receipt, Seen::Asking, m_workspace.zone());
    ask<service::Explanation>(this, m_workspace.engine().explainRow(*m_receipt.result.logId),
                              [this](const base::Result<service::Explanation>& answer) { receiveRow(answer); });
}

void AdjustmentFlow::receiveRow(const base::Result<service::Explanation>& answer) {
    if (!answer) {
        m_receiptView->setReceipt(m_receipt, Seen::NotSeen, m_workspace.zone(), errorText(answer.error()));
        return;
    }
    if (!answer->entry || !isSameRow(*answer->entry, m_receipt)) {
        m_receiptView->setReceipt(m_receipt, Seen::NotSeen, m_workspace.zone(),
                                  tr("log row %1 is another one.").arg(m_receipt.result.logId->value));
        return;
    }
    m_receipt.row = answer->entry;
    m_receiptView->setReceipt(m_receipt, Seen::Confirmed, m_workspace.zone());
    if (answer->reversedBy)
        m_receiptView->reverseButton()->setBlocked(
            tr("It was reversed by log row %1.").arg(answer->reversedBy->row.id.value));
}

void AdjustmentFlow::copyReceipt() {
    QGuiApplication::clipboard()->setText(receiptText(m_receipt, m_workspace.zone()));
    m_receiptView->copyButton()->setText(tr("Copied"));
    QTimer::singleShot(2000, m_receiptView, [this] { m_receiptView->copyButton()->setText(tr("Copy receipt")); });
}

} // namespace affinity::ui
