// Tests of the receipt's text and of how a row that was read back is recognised.
#pragma once

#include <QObject>

namespace affinity::test {

class ReceiptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textHoldsEverythingATicketNeeds();
    void unconfirmedReceiptSaysSo();
    void rowOfAnotherOperationIsNotOurs();
    void foreignTextStaysOnItsLine();
    void failedRewardIsNamedWithItsError();
    void wholeNumbersAreReadStrictly_data();
    void wholeNumbersAreReadStrictly();
};

} // namespace affinity::test
