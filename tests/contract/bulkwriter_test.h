// Tests of the bulk writer: it leaves the rows that a transaction for each plan would leave.
#pragma once

#include <QObject>

namespace affinity::test {

class BulkWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsEqualThoseOfTransactions();
    void schemaIsWholeAgain();
    void planThatDoesNotFitIsRefused();
    void progressCancels();
    void filledStoreIsRefused();
};

} // namespace affinity::test
