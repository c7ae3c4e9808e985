// Tests of Connection against a server that answers wrongly: too much, too deep, garbage, in pieces, twice, never.
#pragma once

#include <QObject>

namespace affinity::test {

class HostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongAnswersCloseTheConnection_data();
    void wrongAnswersCloseTheConnection();
    void answerInSingleBytesIsRead();
    void secondAnswerIsNeverTheNextCommands();
    void answerThatStopsHalfWayIsGivenUpAtTheDeadline();
    void answerThatTricklesForEverIsGivenUpAtTheDeadline();
    void cutReadIsSentOnceMore();
    void cutRepeatableWriteIsSentOnceMoreAndInDoubt();
    void cutWriteIsNeverSentAgain();
    void pipelineCutHalfWaySaysHowMuchWasAnswered();
    void serverThatNeverGreetsIsGivenUpAtTheDeadline();
};

} // namespace affinity::test
