// The list of deliveries as a model: what each cell says, paging, filters, and failures.
#pragma once

#include <QObject>

namespace affinity::test {

class DeliveryModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRowSaysWhatBecameOfItsReward();
    void theNextPageIsAskedForBelowTheLastRow();
    void aFilterAsksForItsStateAndDropsTheOtherRows();
    void aFailedReloadKeepsTheRows();
    void aReloadReadsAsManyRowsAgain();
    void aLateAnswerToTheFilterBeforeIsDropped();
};

} // namespace affinity::test
