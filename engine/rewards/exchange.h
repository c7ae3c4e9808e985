// One HTTP request and its answer, waited for on the calling thread within one total time.
#pragma once

#include <QByteArray>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>

#include <atomic>

class QNetworkAccessManager;

namespace affinity::rewards {

struct ExchangeLimits {
    int connectMs = 2000;
    int totalMs = 5000;
    qint64 largestAnswerBytes = 64 * 1024;
    const std::atomic<bool>* cancelled = nullptr; ///< set by any thread; acts within cancelMs. Outlives the call.

    /// How often the wait looks whether it was cancelled, in milliseconds.
    static constexpr int cancelMs = 100;
};

/// What came of a request.
struct Exchange {
    enum class End {
        Answered,    ///< a whole answer, or as much of it as is read
        NotSent,     ///< connectMs passed before the request was sent
        TimedOut,    ///< totalMs passed before the answer was whole
        Cancelled,   ///< by the caller
        NetworkFault ///< see networkError
    };
    End end = End::NetworkFault;
    int status = 0;  ///< 0: no answer
    QByteArray body; ///< at most largestAnswerBytes
    QByteArray retryAfter;
    QNetworkReply::NetworkError networkError = QNetworkReply::NoError;
    QList<QSslError> tlsErrors;
};

/// Posts and waits. A cut answer is a NetworkFault, but for one in chunks (Transfer-Encoding), which Qt 6.4 takes for
/// whole: its status stands. Qt sends a request again, with the same bytes, when its connection ends before any answer;
/// that is within the same total time. The manager lives on the calling thread, whose events are processed meanwhile.
Exchange post(QNetworkAccessManager& manager, const QNetworkRequest& request, const QByteArray& body,
              const ExchangeLimits& limits);

} // namespace affinity::rewards
