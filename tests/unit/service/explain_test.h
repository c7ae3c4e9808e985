// Tests of explain: why a row came out as it did, and what stands in an event's way at some time.
#pragma once

#include <QObject>

namespace affinity::test {

class ExplainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void rowCutByARuleCapNamesWhoUsedMost();
    void rowOfAnAdjustmentShowsWhatWasAsked();
    void editedRuleIsFlagged();
    void drawnChangeThatIsNotKeptIsNotMadeUp();
    void reversedRowNamesItsReversal();
    void momentInACooldownNamesItsStarter();
    void momentWithAFullCapNamesWhoUsedMost();
    void momentAfterAnEventIdSeesIt();
    void momentBeforeTheFirstRowHasTheOpeningValue();
    void momentOfAnUnboundDeviceIsAnError();
    void unknownRowIsNotFound();
};

} // namespace affinity::test
