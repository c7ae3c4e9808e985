#include "ui/simulation/discarddialog.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"

#include <QVBoxLayout>

namespace affinity::ui {

DiscardDialog::DiscardDialog(const QString& scenarioName, const ConnectionState& state, QWidget* parent)
    : DialogFrame(tr("Unsaved edits"), state, parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 240);
    auto* what = new TextLabel(tr("“%1” has edits that are in no file.").arg(visibleText(scenarioName, 60)),
                               TextStyle::Consequence);
    auto* meaning = new TextLabel(tr("Save them first, or discard them: discarded edits cannot be brought back."),
                                  TextStyle::Body, TextTone::Secondary);
    what->setWordWrap(true);
    meaning->setWordWrap(true);
    body()->addWidget(what);
    body()->addWidget(meaning);
    body()->addStretch(1);
    setDeed(tr("Save"));
    backButton()->setText(tr("Discard"));
    backButton()->setObjectName(QStringLiteral("discard"));
    backButton()->show();
    connect(this, &DialogFrame::deedRequested, this, [this] {
        accept();
        Q_EMIT saveRequested();
    });
    connect(this, &DialogFrame::backRequested, this, [this] {
        accept();
        Q_EMIT discarded();
    });
}

} // namespace affinity::ui
