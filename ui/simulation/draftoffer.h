// DraftOffer: offers the drafts of dead programs on the simulation screen, and says when edits are not kept.
#pragma once

#include "ui/simulation/draftkeeper.h"

#include <QPointer>

namespace affinity::ui {

class BannerStack;
class DraftDialog;
class Workspace;

/// Lives with the screen whose banners it uses; the keeper outlives it. GUI thread.
class DraftOffer : public QObject {
    Q_OBJECT
public:
    DraftOffer(Workspace& workspace, DraftKeeper& keeper, BannerStack& banners, QWidget* screen);

    /// The drafts with their changes; nothing happens where there is none.
    void openDialog();
    /// Shows what is known already, as after a switch of language.
    void refresh();

Q_SIGNALS:
    void goOnRequested(const QString& name);
    /// "Show" was pressed on the notice: the screen is to be shown.
    void screenWanted();

private:
    void tellFound();
    void showProblem();
    void discard(const QString& name);
    Workspace& m_workspace;
    DraftKeeper& m_keeper;
    BannerStack& m_banners;
    QWidget* m_screen;
    QPointer<DraftDialog> m_dialog;
};

} // namespace affinity::ui
