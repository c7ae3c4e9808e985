// Tests of storylines: one device recomputed alone is what the run of everybody saw of it.
#pragma once

#include <QObject>

namespace affinity::test {

class StorylineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storylineIsWhatTheWholeRunSaw_data();
    void storylineIsWhatTheWholeRunSaw();
    void dayEndsAreThoseOfARunOfThatDevice();
    void valuesAndLevelsFollowTheDecisions();
    void instantsStandInTheirDay();
    void deviceThatIsNotThereIsRefused();
    void cancelledStorylineSaysSo();
    void firstPassagesAreCountedFromStorylines();
    void idleDevicesAreCountedFromStorylines();
};

} // namespace affinity::test
