// Tests of what a kept draft's file holds, damaged or whole, and of the sentences that tell two scenarios apart.
#pragma once

#include <QObject>

namespace affinity::test {

class DraftFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDraftIsReadBackEqual();
    void damagedBytesAreNeverAnotherDraft();
    void scenariosThatDifferHaveChangesAndEqualOnesNone();
    void changesNameFieldsAndRows();
};

} // namespace affinity::test
