// Tests of the Settings screen and of perspectives on the real window.
#pragma once

#include <QObject>

namespace affinity::test {

class SettingsScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyChoiceHoldsAtOnce();
    void perspectivesKeepFilterOrderAndRange();
    void devicesThatWereShownAreRemembered();
    void theNextStartGoesOnInThePerspective();
};

} // namespace affinity::test
