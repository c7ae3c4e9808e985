// Tests of rule-set files: what is read, what is refused with which words, and the way back.
#pragma once

#include <QObject>

namespace affinity::test {

class RuleSetJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMemberIsRead();
    void optionalMembersHaveDefaults();
    void levelsAreSortedByNumber();
    void deletedRulesMayShareAKey();
    void badFileIsRefusedInPlainWords_data();
    void badFileIsRefusedInPlainWords();
    void writtenRuleSetsAreReadBackEqual();
};

} // namespace affinity::test
