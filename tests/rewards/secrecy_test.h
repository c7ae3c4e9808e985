// Tests that neither the key nor the address's path nor a signature reaches an error text or the log.
#pragma once

#include <QObject>

namespace affinity::test {

class SecrecyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyIsInNoErrorAndNoMessage();
    void keyIsMaskedInTheLogOnceAWebhookHasIt();
};

} // namespace affinity::test
