// Tests of MariaDbConnection on a real MariaDB: signing in, sessions that end, silence, locks, values, encryption.
#pragma once

#include "engine/store/mariadbconnection.h"
#include "tests/support/mariadbserver.h"

#include <QObject>

namespace affinity::test {

class MariaDbConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void wrongPasswordIsRefusedByName();
    void databaseOfOthersIsRefusedByName();
    void unknownDatabaseIsNotFound();
    void absentServerIsNamed();
    void silentServerEndsSigningInAtItsDeadline();
    void sessionHasItsSettings();
    void replicaIsRefusedForWriting();
    void readingSessionCannotWrite();
    void missingRightIsReadOnly();
    void serverThatEndedBetweenTransactionsIsFoundAgain_data();
    void serverThatEndedBetweenTransactionsIsFoundAgain();
    void serverThatEndedInTransactionStoresNothing_data();
    void serverThatEndedInTransactionStoresNothing();
    void silentServerEndsQuestionAtItsDeadline();
    void cancelledQuestionEnds();
    void lostAnswerOfCommitIsUnknown();
    void longStatementIsEnded();
    void lockedRowIsBusy();
    void deadlockIsConflict();
    void failedStatementIsUndoneWithItsTransaction();
    void lockedNameIsBusyAndGivenBack_data();
    void lockedNameIsBusyAndGivenBack();
    void laterStatementSeesCommitOfOthers();
    void readingTransactionKeepsItsView_data();
    void readingTransactionKeepsItsView();
    void valuesComeBackAsTheyWere_data();
    void valuesComeBackAsTheyWere();
    void rowsMayBeLongerThanUsual();
    void numbersAndNullsAreBoundAsSuch();
    void refusedRowIsNamed_data();
    void refusedRowIsNamed();
    void unchangedRowCountsAsFound();
    void insertedIdIsThatOfTheLog();
    void encryptionIsRequiredAndVerified();

private:
    store::ServerTarget target() const;
    std::unique_ptr<store::MariaDbConnection> connected(const store::ServerOptions& options = {}) const;
    QByteArray asked(const QString& sql) const { return m_server.query(m_database, sql); }

    MariaDbServer m_server;
    QString m_address;
    QString m_database;
};

} // namespace affinity::test
