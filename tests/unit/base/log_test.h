// Tests of the log: what it keeps, what it masks, from several threads.
#pragma once

#include <QObject>

namespace affinity::test {

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void secretsAreMasked_data();
    void secretsAreMasked();
    void plainTextStaysAsItIs_data();
    void plainTextStaysAsItIs();
    void aRememberedSecretIsFoundInEveryForm_data();
    void aRememberedSecretIsFoundInEveryForm();
    void shortTextsAreNotRemembered();
    void maskingTwiceChangesNothing();
    void linesAreKeptWithTheirLevelAndCategory();
    void ownInfoIsKeptAndNotPrinted();
    void onlyTheLastLinesAreKept();
    void fourThreadsLogAtOnce();
    void aPlantedSecretNeverSurvives();
};

} // namespace affinity::test
