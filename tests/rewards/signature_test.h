// Tests of the signature and of what is signed: known answers of RFC 4231 and of other programs, forgeries.
#pragma once

#include <QObject>

namespace affinity::test {

class SignatureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hmacGivesTheAnswersOfRfc4231_data();
    void hmacGivesTheAnswersOfRfc4231();
    void signatureIsWhatPythonAndOpensslCompute();
    void bodyIsTheDocumentedJson();
    void bodyWithoutALogRowSaysNull();
    void bodyHoldsAnyBytesOfADatabase();
    void keyOfADeliveryIsTheSameForEveryAttempt();
    void ownSignatureIsAccepted();
    void anyChangeOfTheBodyIsFound();
    void anotherKeyIsRefused();
    void signatureOfAnotherTimeIsRefused();
    void oldOrEarlySignatureIsRefused();
    void brokenHeaderIsRefused_data();
    void brokenHeaderIsRefused();
    void oneOfSeveralSignaturesIsEnough();
};

} // namespace affinity::test
