// Properties of device pages: every sort, both directions, any filter, against a list sorted whole.
#pragma once

#include <QObject>

namespace affinity::test {

class DevicePagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void pagesForwardsEqualTheSortedList();
    void pagesBackwardsEqualTheSortedList();
    void pageFromAnyCursorKnowsItsNeighbours();
    void emptyPageKnowsTheWayBack();
};

} // namespace affinity::test
