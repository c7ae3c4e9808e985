// The Overview and Levels screens on a demo store: what they show is what the engine answers, and tiles lead on.
#pragma once

#include <QObject>

namespace affinity::test {

class ScreensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOverviewShowsTheEnginesFigures();
    void theDayBeforeIsOneKeyAway();
    void everyTileOpensAScreen();
    void aLevelsRowOpensItsDevices();
    void aStoreThatDoesNotAnswerIsSaidSo();
    void whatTheStoreLacksIsUnderHealth();
};

} // namespace affinity::test
