// What the tests of rewards share: a delivery, a target, and limits that a busy machine keeps.
#pragma once

#include "engine/rewards/webhook.h"
#include "tests/rewards/httpserver.h"

#include <QElapsedTimer>

#include <array>

namespace affinity::test {

/// Far more than anything of a healthy server takes, on a busy machine too.
inline constexpr int farMs = 60'000;

/// Limits for what runs into its limit. The first keeps a test short. A busy machine may use it up before the point
/// that the test is about: then the next one is taken.
inline constexpr std::array growingMs{300, 3000, 30'000};

/// A machine that stands still for some seconds is not late; the limits of Qt (30 s) and TCP (minutes) are.
inline constexpr qint64 slackMs = 10'000;

inline constexpr qint64 grantedAtUs = 1'772'833'597'058'799; ///< 2026-03-06 21:46:37.058799 UTC
inline constexpr qint64 sentAtUs = grantedAtUs + 1'500'000;

inline QByteArray testKey() {
    return "0123456789abcdef0123456789abcdef";
}

inline rewards::Delivery someDelivery() {
    return {.deviceId = {41},
            .userId = {7},
            .level = 3,
            .name = QStringLiteral("好友"),
            .rewards = base::Json::parse(R"([{"item": "hat", "count": 1}])"),
            .logId = {1234},
            .createdAtUs = grantedAtUs,
            .attempt = 1};
}

inline rewards::WebhookTarget targetAt(quint16 port) {
    return {.url = QUrl(QStringLiteral("http://127.0.0.1:%1/rewards?for=tests").arg(port)),
            .key = testKey(),
            .caFile = {},
            .connectMs = farMs,
            .totalMs = farMs};
}

/// One attempt with a webhook of its own.
inline rewards::DeliveryOutcome deliveredTo(const rewards::WebhookTarget& target) {
    rewards::Webhook webhook(target);
    return webhook.deliver(someDelivery(), sentAtUs);
}

inline rewards::DeliveryOutcome deliveredTo(const HttpServer& server) {
    return deliveredTo(targetAt(server.port()));
}

/// The kind's name, so that a failed comparison shows it.
inline QByteArray kindName(rewards::DeliveryOutcome::Kind kind) {
    switch (kind) {
    case rewards::DeliveryOutcome::Kind::Delivered:
        return "delivered";
    case rewards::DeliveryOutcome::Kind::TryAgain:
        return "try again";
    case rewards::DeliveryOutcome::Kind::Refused:
        return "refused";
    }
    Q_UNREACHABLE();
}

} // namespace affinity::test

/// The outcome is of that kind, or the test fails with its error.
#define ENDS_AS(outcome, expected)                                                                                     \
    do {                                                                                                               \
        const affinity::rewards::DeliveryOutcome endsAs = (outcome);                                                   \
        QVERIFY2(affinity::test::kindName(endsAs.kind) == (expected),                                                  \
                 qPrintable(QString::fromLatin1(affinity::test::kindName(endsAs.kind)) + QStringLiteral(": ") +        \
                            endsAs.error));                                                                            \
    } while (false)
