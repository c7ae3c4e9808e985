// Tests of times as text.
#pragma once

#include <QObject>

namespace affinity::test {

class IsoTimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsAreRead_data();
    void textsAreRead();
    void textsThatAreNoTimesAreRefused_data();
    void textsThatAreNoTimesAreRefused();
    void timesAreWrittenLikePythonAndDjango();
    void everyTimeIsReadBackFromBothForms();
    void databaseTextsSortLikeTheirTimes();
    void compactDateIsTheCountersDay();
};

} // namespace affinity::test
