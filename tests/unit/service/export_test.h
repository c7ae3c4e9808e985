// Tests of exports: the filtered view and nothing else, whatever people wrote into their texts, whole or not at all.
#pragma once

#include <QObject>

namespace affinity::test {

class ExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void devicesAreTheFilteredView();
    void allPagesComeInOrder();
    void logIsTheFilteredView();
    void logRowsHaveTheirNotes();
    void hostileTextStaysText_data();
    void hostileTextStaysText();
    void jsonHoldsTextsAsTheyAre();
    void timesAreInTheSettingsZone();
    void grantsAndCountersOfADeviceAndOfAll();
    void datesAreLocalDays();
    void emptyTablesAreValid();
    void progressRisesToOne();
    void cancelLeavesTheOldFile();
    void wrongRequestsAreRefused();
};

} // namespace affinity::test
