// Test of equality: ten thousand generated operations give the same on memory, on SQLite and in the straight-line
// model.
#pragma once

#include <QObject>

namespace affinity::test {

class EqualityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storesAndTheStraightLineAgree_data();
    void storesAndTheStraightLineAgree();
};

} // namespace affinity::test
