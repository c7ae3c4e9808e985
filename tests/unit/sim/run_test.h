// Tests of run: threads, chunks, progress, cancelling, the shipped benchmark scenario, and its results as JSON.
#pragma once

#include <QObject>

namespace affinity::test {

class RunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void digestIsTheSameForAnyThreadsAndChunks();
    void digestIsTheSameOnEveryMachine();
    void bench8MatchesTheNumPyModel();
    void progressRisesToOne();
    void cancelEndsTheRunAtOnce();
    void wrongOptionsAreRefused();
    void kernelIsKnownByName();
    void percentilesAreNearestRanks();
    void partsAddUpToTheWhole();
    void digestSeesEveryCounter();
    void jsonHasTheMembersOfTheCommandLine();
    void jsonHasCapsHoursAndFirstPassages();
};

} // namespace affinity::test
