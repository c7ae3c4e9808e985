// Tests of sign-in: Django's own recorded hashes, hostile hashes, roles, and one answer for whoever may not in.
#pragma once

#include <QObject>

namespace affinity::test {

class AccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordedHashesAreChecked_data();
    void recordedHashesAreChecked();
    void hashesMadeHereAreOfDjangosForm();
    void hostileHashesAreUnsupported_data();
    void hostileHashesAreUnsupported();
    void rolesComeFromStaffSuperuserAndGroup();
    void signInNamesThePersonAndTheRole();
    void unknownNameAndWrongPasswordGetTheSameText();
    void inactiveAndPasswordlessAccountsAreRefused();
};

} // namespace affinity::test
