// The small tables of a device's page.
#pragma once

#include <QObject>

namespace affinity::test {

class DetailTablesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void grantsNameLevelAndRewards();
    void countersNameTheirRule();
    void rewardsAreOneReadableLine();
};

} // namespace affinity::test
