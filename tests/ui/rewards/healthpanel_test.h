// The panel Health: it shows what the workspace knows, from the first moment on, and leads to the deliveries.
#pragma once

#include <QObject>

namespace affinity::test {

class HealthPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewPanelShowsWhatWasToldBefore();
    void whatWaitsAndWhatWasGivenUpIsCounted();
    void anOutboxThatIsHeldUpSaysWhy();
    void aBareStoreSaysThatPushesAreNotKept();
    void theRewardsRowOpensTheListByKeyboard();
    void aFlatPanelKeepsItsNotesInTooltips();
};

} // namespace affinity::test
