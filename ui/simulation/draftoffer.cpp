#include "ui/simulation/draftoffer.h"

#include "ui/shared/banner.h"
#include "ui/shared/formatting.h"
#include "ui/simulation/draftdialog.h"
#include "ui/workspace/workspace.h"

#include <QDateTime>

namespace affinity::ui {
namespace {

const QString causeDraft = QStringLiteral("draft");
const QString causeFile = QStringLiteral("draftFile");
const QString causeKeeping = QStringLiteral("draftKeeping");

} // namespace

DraftOffer::DraftOffer(Workspace& workspace, DraftKeeper& keeper, BannerStack& banners, QWidget* screen)
    : QObject(screen), m_workspace(workspace), m_keeper(keeper), m_banners(banners), m_screen(screen) {
    connect(&m_keeper, &DraftKeeper::found, this, &DraftOffer::tellFound);
    connect(&m_keeper, &DraftKeeper::leftoversChanged, this, &DraftOffer::refresh);
    connect(&m_keeper, &DraftKeeper::problemChanged, this, &DraftOffer::showProblem);
    refresh();
    showProblem();
}

void DraftOffer::tellFound() {
    for (const DraftNotice& notice : m_keeper.notices()) {
        BannerText text;
        text.tone = Tone::Warn;
        text.what = visibleText(notice.what, 160);
        text.meaning = visibleText(notice.meaning, 300);
        text.isDismissible = true;
        m_banners.show(causeFile, text);
    }
    const auto& drafts = m_keeper.leftovers();
    if (drafts.empty())
        return;
    const KeptDraft& newest = *drafts.front().draft;
    const QString when = rowTimeText(newest.editedAtUs, QDateTime::currentMSecsSinceEpoch() * 1000, m_workspace.zone());
    const QString what = drafts.size() == 1 ? tr("A draft of “%1” from %2 was found.").arg(titleOf(newest), when)
                                            : tr("Drafts that were not saved were found: %1.").arg(drafts.size());
    m_workspace.announce(what, tr("Show"), [self = QPointer<DraftOffer>(this)] {
        if (!self)
            return;
        Q_EMIT self->screenWanted();
        self->openDialog();
    });
}

void DraftOffer::refresh() {
    const auto& drafts = m_keeper.leftovers();
    m_banners.remove(causeDraft);
    if (drafts.empty() || m_keeper.isPutOff())
        return;
    const KeptDraft& newest = *drafts.front().draft;
    const QString when = rowTimeText(newest.editedAtUs, QDateTime::currentMSecsSinceEpoch() * 1000, m_workspace.zone());
    BannerText text;
    text.what = drafts.size() == 1 ? tr("A draft of “%1” from %2 was not saved.").arg(titleOf(newest), when)
                                   : tr("Drafts that were not saved: %1.").arg(drafts.size());
    text.meaning = tr("The program ended while it had edits that are in no file.");
    text.action = tr("Look at the changes…");
    text.quietAction = tr("Later");
    Banner* banner = m_banners.show(causeDraft, text);
    banner->setObjectName(QStringLiteral("draftBanner"));
    connect(banner, &Banner::acted, this, &DraftOffer::openDialog);
    connect(banner, &Banner::actedQuietly, this, [this] {
        m_keeper.putOff();
        m_banners.remove(causeDraft);
    });
}

void DraftOffer::showProblem() {
    const DraftNotice& problem = m_keeper.problem();
    if (problem == DraftNotice()) {
        m_banners.remove(causeKeeping);
        return;
    }
    BannerText text;
    text.tone = Tone::Warn;
    text.what = problem.what;
    text.meaning = visibleText(problem.meaning, 300);
    text.isDismissible = true;
    m_banners.show(causeKeeping, text);
}

void DraftOffer::openDialog() {
    if (m_keeper.leftovers().empty() || m_dialog)
        return;
    m_dialog =
        new DraftDialog(m_keeper.leftovers(), m_workspace.zone(), m_workspace.connectionState(), m_screen->window());
    connect(m_dialog, &DraftDialog::goOnRequested, this, &DraftOffer::goOnRequested);
    connect(m_dialog, &DraftDialog::discardRequested, this, &DraftOffer::discard);
    m_dialog->open();
}

void DraftOffer::discard(const QString& name) {
    m_keeper.discardLeftover(name);
    m_workspace.announce(tr("The draft is discarded."), tr("Undo"), [keeper = QPointer<DraftKeeper>(&m_keeper)] {
        if (keeper)
            keeper->bringBack();
    });
}

} // namespace affinity::ui
