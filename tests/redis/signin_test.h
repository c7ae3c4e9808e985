// Tests of the door: passwords, ACL users, databases, TLS with its certificates.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class SignInTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void passwordOpensTheDoor();
    void wrongPasswordIsNamedAndNotShown();
    void missingPasswordIsNamed();
    void passwordForAServerWithoutOneIsNamed();
    void userOfTheAccessListSignsIn();
    void userWithoutARightIsNamed();
    void userWithoutTheRightToPingSignsIn();
    void switchedOffUserIsRefused();
    void fullServerIsNotReady();
    void databasesAreApart();
    void databaseThatDoesNotExistIsNamed();
    void tlsServerIsReached();
    void tlsPipelineLargerThanAllBuffersGoesThrough();
    void certificateForAnotherHostIsRefused();
    void certificateForTheNamedServerIsTaken();
    void certificateOfAnUnknownAuthorityIsRefused();
    void expiredCertificateIsRefused();
    void plainServerOnATlsTargetIsNamed();
    void tlsServerOnAPlainTargetIsNoAnswer();
    void missingAuthorityFileIsNamed();
    void ownCertificateIsShownToTheServer();

private:
    redis::Target signedIn(const QByteArray& user, const QByteArray& password) const;

    RedisServer m_open;
    std::unique_ptr<RedisServer> m_guarded;
    TestAuthority m_authority;
    TestAuthority m_otherAuthority;
    std::unique_ptr<RedisServer> m_tls;
    std::unique_ptr<RedisServer> m_wrongName;
    std::unique_ptr<RedisServer> m_expired;
};

} // namespace affinity::test
