// Tests of the database servers of the tests themselves, for PostgreSQL and MariaDB alike.
#pragma once

#include "tests/support/databaseserver.h"

#include <QObject>

namespace affinity::test {

class DatabaseServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void djangosRowsAreThere_data() { kinds(); }
    void djangosRowsAreThere();
    void applicationSignsInWithItsPassword_data() { kinds(); }
    void applicationSignsInWithItsPassword();
    void rowsArePrintedAlike_data() { kinds(); }
    void rowsArePrintedAlike();
    void failedStatementIsToldFromNoRows_data() { kinds(); }
    void failedStatementIsToldFromNoRows();
    void databasesAreSeparate_data() { kinds(); }
    void databasesAreSeparate();
    void killedServerComesBackWithItsRows_data() { kinds(); }
    void killedServerComesBackWithItsRows();
    void restartedServerKeepsItsRows_data() { kinds(); }
    void restartedServerKeepsItsRows();
    void killedServerForgetsWhatWasNotCommitted_data() { kinds(); }
    void killedServerForgetsWhatWasNotCommitted();
    void pausedServerAnswersWhenResumed_data() { kinds(); }
    void pausedServerAnswersWhenResumed();
    void serverOfAnotherTestDoesNotClashAndEndsWithIt_data() { kinds(); }
    void serverOfAnotherTestDoesNotClashAndEndsWithIt();

private:
    static void kinds();
    /// The server of this row.
    DatabaseServer& server() const;

    std::vector<std::unique_ptr<DatabaseServer>> m_servers;
};

} // namespace affinity::test
