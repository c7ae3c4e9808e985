// The dialog of reward deliveries on a store that Django made: reading, sending again, who may, and what can go wrong.
#pragma once

#include <QObject>

namespace affinity::test {

class DeliveriesDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGivenUpDeliveryIsSentAgainAndWaits();
    void onlyGivenUpOnesCanBeSentAgain();
    void viewersAndNobodyReadWhyTheyCannotSend();
    void productionAsksForTheTypedName();
    void theWholeErrorStandsBelowTheList();
    void enterOpensTheDeviceAndClosesTheList();
    void aFilterWithoutRowsSaysSoAndLeadsBack();
    void moreThanAPageIsLoadedOnDemand();
    void aStoreThatDoesNotAnswerIsExplained();
};

} // namespace affinity::test
