// The whole Devices screen on a real engine and an embedded store.
#pragma once

#include "engine/engine.h"
#include "tests/support/commandhost.h"
#include "ui/devices/devicesscreen.h"
#include "ui/shell/jobs.h"
#include "ui/workspace/workspace.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace affinity::test {

class DevicesScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void firstDeviceIsShownAndReconciled();
    void searchWithoutMatchOffersToClearIt();
    void arrowKeysMoveInTheListAndTheDetailFollows();
    void footerPagesWithoutCounting();
    void enterOpensTheReasonOfARow();
    void missingEventIsExplained();
    void adjustingIsBlockedWithItsReasonUntilSomebodySignsIn();
    void adjustAndReverseAreAskedFor();
    void aKeyThatCannotWorkSaysWhy();
    void committedAdjustmentRefreshesDeviceAndList();
    void snapshotGoesToTheClipboard();
    void userLinkOpensThePageOfTheUser();
    void unknownDeviceIsAnErrorWithAWayOn();
    void tabGoesFromTheSearchOverTheListIntoTheDetail();
    void downLeadsFromTheSearchIntoTheList();
    void everyControlHasAName();

private:
    void signIn();
    QTemporaryDir m_folder;
    QString m_prototype;
    int m_copies = 0;
    std::unique_ptr<Engine> m_engine;
    ui::JobList m_jobs;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::DevicesScreen> m_screen;
    std::unique_ptr<CommandHost> m_commands;
};

} // namespace affinity::test
