// Tests of the simulation screen over a real engine on an empty embedded store.
#pragma once

#include <QObject>

namespace affinity::test {

class ScreenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runShowsItsResultAndTheJobEnds();
    void newRunSupersedesTheOneBefore();
    void escapeCancelsAndTheFormerResultStays();
    void wrongNumberBlocksTheRunWithItsReason();
    void damagedScenarioIsShownWithLineAndMember();
};

} // namespace affinity::test
