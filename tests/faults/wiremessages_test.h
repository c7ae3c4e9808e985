// Tests of what the fault proxy takes for a message of each protocol.
#pragma once

#include <QObject>

namespace affinity::test {

class WireMessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesEndWhereTheyShould_data();
    void messagesEndWhereTheyShould();
    void requestsForEncryptionAreAnsweredByOneByte();
};

} // namespace affinity::test
