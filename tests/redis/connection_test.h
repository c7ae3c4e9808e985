// Tests of Connection on a real redis-server: replies, pipelines, scripts, error replies, limits.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class ConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void firstCallOpensTheConnection();
    void connectionWorksOnALane();
    void hostNamesAreLookedUp();
    void unknownHostIsNamed();
    void repliesOfEveryKindArrive();
    void errorReplyOfACommandIsAnError();
    void repliesOfAPipelineKeepTheirOrderAroundAnError();
    void emptyPipelineSendsNothing();
    void hundredThousandCommandsGoThroughOnePipeline();
    void pipelineLargerThanAllBuffersGoesThrough();
    void anyBytesAreEchoed();
    void anyListIsReadBack();
    void scriptIsSentWholeWhenTheServerForgotIt();
    void errorInsideAScriptIsAnError();
    void fullServerIsNamed();
    void replicaIsNamedAndLeft();
    void replyOverTheLimitClosesTheConnection();
    void commandInATransactionIsQueued();

private:
    RedisServer m_server;
};

} // namespace affinity::test
