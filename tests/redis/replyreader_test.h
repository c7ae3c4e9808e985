// Tests of ReplyReader: every kind of reply, any split of the bytes, every limit.
#pragma once

#include <QObject>

namespace affinity::test {

class ReplyReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindIsRead_data();
    void everyKindIsRead();
    void anyReplyIsReadBackHoweverItsBytesAreSplit();
    void bytesThatAreNoRepliesAreRefused_data();
    void bytesThatAreNoRepliesAreRefused();
    void announcedTextOverTheLimitIsRefusedBeforeItsBytesCome();
    void textsTogetherOverTheLimitAreRefused();
    void elementsTogetherOverTheLimitAreRefused();
    void elementsBeyondThirtyTwoBitsAreRefused();
    void arraysNestedTooDeepAreRefused();
    void lineWithoutEndIsRefused();
    void limitsCountForEachReplyAnew();
    void readerStaysBrokenAfterAnError();
    void partOfAReplyIsKnown();
};

} // namespace affinity::test
