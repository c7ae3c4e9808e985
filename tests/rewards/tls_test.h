// Tests of Webhook over TLS: who is trusted, and that nothing is sent to anybody else.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

struct HttpServerTls;

class TlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trustedServerGetsTheDelivery();
    void connectionStaysOpenOverTls();
    void untrustedServerGetsNothing_data();
    void untrustedServerGetsNothing();
    void serverThatIsNotTrustedAnyMoreIsFoundByTheNextWebhook();
    void serverWithoutTlsIsNamed();
    void serverThatNeverFinishesTheHandshakeEndsAtTheConnectingTime();

private:
    HttpServerTls filesOf(const QString& name) const;

    TestAuthority m_authority;
};

} // namespace affinity::test
