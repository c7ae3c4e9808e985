// Statements in other names: each kind of text, and all texts of the store with random names.
#pragma once

#include <QObject>

namespace affinity::test {

class SqlRenamingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tokensAreTheWholeText();
    void namesAreReplacedWhereTheyMeanTheTable_data();
    void namesAreReplacedWhereTheyMeanTheTable();
    void namesAreQuotedAsEachDialectQuotes();
    void columnOfSeveralTablesIsDoubtful_data();
    void columnOfSeveralTablesIsDoubtful();
    void missingNicknameReadsAsEmpty();
    void djangosNamesKeepEveryText();
    void noStatementIsDoubtful();
    void noStatementKeepsDjangosNames();
    void randomNamesLeadThereAndBack();
};

} // namespace affinity::test
