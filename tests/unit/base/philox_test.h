// Tests of the random numbers: the published known answers and the two conversions.
#pragma once

#include <QObject>

namespace affinity::test {

class PhiloxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownAnswersOfThePaperComeOut_data();
    void knownAnswersOfThePaperComeOut();
    void unitIntervalIsBelowOne();
    void boundedIntegerStaysBelowItsBound();
    void boundedIntegersAreSpreadEvenly();
};

} // namespace affinity::test
