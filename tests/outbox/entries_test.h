// Tests of which changes leave something to be sent, and what a preview says of it.
#pragma once

#include <QObject>

namespace affinity::test {

class EntriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void refusedAndFailedEventsLeaveNothing();
    void anOutboxThatCannotBeWrittenUndoesTheChange();
    void aPreviewNamesWhatTheCommitWrites_data();
    void aPreviewNamesWhatTheCommitWrites();
};

} // namespace affinity::test
