#include "tests/push/names_test.h"

#include "engine/push/channelnames.h"
#include "tests/redis/redistest.h"

#include <limits>

namespace affinity::test {

using base::ErrorKind;
using base::UserId;

void NamesTest::groupIsTheTemplateWithTheUsersId() {
    TAKE(usual, push::groupName(QStringLiteral("affinity_user_{user_id}"), UserId{1}));
    QCOMPARE(usual, QByteArray("affinity_user_1"));
    TAKE(twice, push::groupName(QStringLiteral("A-9.{user_id}.{user_id}"), UserId{42}));
    QCOMPARE(twice, QByteArray("A-9.42.42"));
    const UserId last{std::numeric_limits<qint64>::max()};
    TAKE(longest, push::groupName(QString(80, QLatin1Char('g')) + QStringLiteral("{user_id}"), last));
    QCOMPARE(longest.size(), 99);
    FAILS(longer, ErrorKind::InvalidInput,
          push::groupName(QString(81, QLatin1Char('g')) + QStringLiteral("{user_id}"), last));
    FAILS(nobody, ErrorKind::InvalidInput, push::groupName(QStringLiteral("u{user_id}"), UserId{}));
}

void NamesTest::groupThatChannelsWouldRefuseIsRefused_data() {
    QTest::addColumn<QString>("groupTemplate");
    for (const char* odd : {"", "everybody", "user_id", "user {user_id}", "user:{user_id}", "user!{user_id}",
                            "user/{user_id}", "{{user_id}}", "{user_id}{name}", "用户{user_id}"})
        QTest::newRow(odd) << QString::fromUtf8(odd);
    QTest::newRow("arabic digit") << QStringLiteral("user_\u0663{user_id}");
    QTest::newRow("line end") << QStringLiteral("user_{user_id}\n");
    QTest::newRow("zero byte") << QStringLiteral("user_") + QChar(0) + QStringLiteral("{user_id}");
}

void NamesTest::groupThatChannelsWouldRefuseIsRefused() {
    QFETCH(QString, groupTemplate);
    FAILS(error, ErrorKind::InvalidInput, push::groupName(groupTemplate, UserId{1}));
    QVERIFY2(error.what.contains(QLatin1Char('"') + groupTemplate + QLatin1Char('"')), qPrintable(error.what));
}

void NamesTest::channelsAreToldFromOtherNames_data() {
    QTest::addColumn<QByteArray>("channel");
    QTest::addColumn<bool>("isFine");
    const auto row = [](const char* name, const QByteArray& channel, bool isFine) {
        QTest::newRow(name) << channel << isFine;
    };
    row("of a process", "specific.387b3c1092164251b3a209f74c63a522!d829a7556d3c463eae4a16ece3380cb4", true);
    row("plain", "worker_1", true);
    row("nothing after the mark", "specific.ab!", true);
    row("99 characters", QByteArray(99, 'a'), true);
    row("100 characters", QByteArray(100, 'a'), false);
    row("empty", "", false);
    row("only the mark", "!", false);
    row("nothing before the mark", "!ab", false);
    row("two marks", "specific.a!b!c", false);
    row("space", "specific.a b!c", false);
    row("line end", "specific.a!b\n", false);
    row("zero byte", QByteArray("specific.a!b\0", 13), false);
    row("not UTF-8", "specific.\xff!b", false);
}

void NamesTest::channelsAreToldFromOtherNames() {
    QFETCH(QByteArray, channel);
    QFETCH(bool, isFine);
    QCOMPARE(push::isChannelName(channel), isFine);
}

void NamesTest::keysAreThoseOfTheRecording() {
    QCOMPARE(push::groupKey("asgi", "affinity_user_1"), QByteArray("asgi:group:affinity_user_1"));
    QCOMPARE(push::queueKey("asgi", "specific.387b3c1092164251b3a209f74c63a522!d829a7556d3c463eae4a16ece3380cb4"),
             QByteArray("asgispecific.387b3c1092164251b3a209f74c63a522!"));
    QCOMPARE(push::queueKey("myapp", "worker_1"), QByteArray("myappworker_1"));
}

} // namespace affinity::test
