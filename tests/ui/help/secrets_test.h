// A planted secret is found nowhere: not in log, diagnostics, settings, saved files, clipboard or errors.
#pragma once

#include <QObject>

namespace affinity::test {

class SecretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aTypedPasswordIsFoundNowhere_data();
    void aTypedPasswordIsFoundNowhere();
    void thePasswordOfAStoresUrlIsFoundNowhere();
    void thePasswordOfTheEnvironmentIsFoundNowhere();
    void aStoredHashIsFoundNowhere();
    void theDemoPasswordMasksNothing();
};

} // namespace affinity::test
