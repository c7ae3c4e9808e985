#include "tests/redis/fakeserver.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>

namespace affinity::test {

FakeServer::FakeServer(Script script) : m_script(std::move(script)) {
    QSemaphore listens;
    m_thread.reset(QThread::create([this, &listens] {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        listens.release();
        while (!m_isEnding) {
            if (!server.waitForNewConnection(20))
                continue;
            ++m_connections;
            const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // each piece arrives when it is sent
            bool isOpen = true;
            while (isOpen && !m_isEnding && socket->state() == QAbstractSocket::ConnectedState)
                if (socket->waitForReadyRead(20))
                    isOpen = answer(*socket, socket->readAll());
        }
    }));
    m_thread->start();
    listens.acquire();
}

FakeServer::~FakeServer() {
    m_isEnding = true;
    m_thread->wait();
}

bool FakeServer::answer(QTcpSocket& socket, const QByteArray& request) {
    const auto send = [&socket](const QByteArray& bytes) {
        socket.write(bytes);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(1000)) {
        }
    };
    if (request.contains("PING")) {
        if (m_script.greets)
            send("+PONG\r\n");
        return true;
    }
    ++m_requests;
    if (m_script.whenAsked)
        m_script.whenAsked();
    if (m_script.answersBeforeCut >= 0 && m_requests > m_script.answersBeforeCut)
        return false;
    for (const QByteArray& piece : m_script.pieces)
        send(piece);
    while (m_script.trickles && !m_isEnding && socket.state() == QAbstractSocket::ConnectedState) {
        send(":1\r\n");
        socket.waitForReadyRead(5); // the pause; a client that goes ends it
    }
    ++m_answers;
    return !m_script.closesAfterwards;
}

} // namespace affinity::test
