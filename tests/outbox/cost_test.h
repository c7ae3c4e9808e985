// What the outbox costs: reported, and no gate.
#pragma once

#include <QObject>

namespace affinity::test {

class CostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachEventLeavesAConfirmAndItsCostIsPrinted();
};

} // namespace affinity::test
