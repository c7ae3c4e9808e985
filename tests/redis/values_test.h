// Tests of the client's values: addresses, commands, scripts, back-off, error replies.
#pragma once

#include <QObject>

namespace affinity::test {

class ValuesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressesAreRead_data();
    void addressesAreRead();
    void wrongAddressesAreRefusedWithoutTheirPassword_data();
    void wrongAddressesAreRefusedWithoutTheirPassword();
    void anyUserAndPasswordAreReadFromAnAddress();
    void targetIsNamedWithoutItsPassword();
    void commandIsWrittenAsRedisReadsIt();
    void commandWithoutANameIsRefused();
    void requestOverTheLimitIsRefused();
    void scriptKnowsItsHash();
    void backOffDoublesUpToFiveSeconds();
    void backOffIsCutByUpToHalf();
    void backOffEndsWithAnAnswer();
    void errorRepliesHaveAKindAndAnAdvice_data();
    void errorRepliesHaveAKindAndAnAdvice();
    void argumentsThatRedisRepeatsAreNotShown();
    void everyCauseOfATlsFailureHasItsText();
};

} // namespace affinity::test
