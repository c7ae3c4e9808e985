// Tests of midnight in every time zone of this machine: each instant counts in exactly one day, and a daily cap opens
// at that day's first instant.
#pragma once

#include <QObject>

namespace affinity::test {

class MidnightTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void capOpensAtTheFirstInstantOfTheDay_data();
    void capOpensAtTheFirstInstantOfTheDay();
    void capOpensAtMidnightInEveryZone();
    void dayThatCameBackHasTwoStretches();
    void dayThatNeverWasHasNoInstant();
};

} // namespace affinity::test
