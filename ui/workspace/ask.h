// Asking the engine from the GUI thread without waiting: the answer comes back to a receiver, or not at all.
#pragma once

#include "engine/engine.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <utility>

namespace affinity::ui {

/// Calls `receive` with the result on the receiver's thread when the answer is there. Nothing is called when the
/// receiver died or the request was cancelled before it ran.
template<typename T, typename Receive> void ask(QObject* receiver, const Answer<T>& answer, Receive receive) {
    // A watcher owned by the receiver: QFuture::then(receiver, …) asserts in Qt 6.4 when the receiver is gone.
    auto* watcher = new QFutureWatcher<base::Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, receive = std::move(receive)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             receive(watcher->result());
                     });
    watcher->setFuture(answer);
}

/// Numbers a screen's requests so that late answers are dropped: only the answer to the newest request is received.
/// A newer request cancels the older one if it has not begun.
template<typename T> class LatestRequest {
public:
    template<typename Receive> void ask(QObject* receiver, const Answer<T>& answer, Receive receive) {
        m_running.cancel();
        m_running = answer;
        const quint64 number = ++m_number;
        ui::ask<T>(receiver, answer,
                   [this, number, receive = std::move(receive)](const base::Result<T>& result) mutable {
                       if (number == m_number)
                           receive(result);
                   });
    }

    /// Forgets what was asked: its answer will not be received.
    void drop() {
        ++m_number;
        m_running.cancel();
    }

private:
    quint64 m_number = 0;
    Answer<T> m_running;
};

} // namespace affinity::ui
