#include "tests/push/frames_test.h"

#include "engine/push/channelmessage.h"
#include "engine/push/messagepack.h"
#include "tests/redis/redistest.h"
#include "tests/support/channelslistener.h"
#include "tests/support/property.h"

#include <QFile>
#include <QtEndian>

namespace affinity::test {

using base::ErrorKind;
using base::Json;
using push::LevelEvent;

namespace {

Json recording() {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/push/channel-frames.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("tests/data/push/channel-frames.json is missing");
    return Json::parse(file.readAll().toStdString());
}

/// Gives the bytes of a recorded member as the random bits that once made them.
push::RandomBits bitsOf(const QByteArray& member) {
    return [member, at = 0]() mutable { return qFromLittleEndian<quint32>(member.constData() + 4 * at++); };
}

LevelEvent anyEvent() {
    const auto number = [] { return *rc::gen::arbitrary<int>(); };
    const auto anyText = [] {
        QString text;
        for (const int character : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 0xd7ff)))
            text += QChar(character);
        return text;
    };
    const base::DeviceId device{*rc::gen::positive<qint64>()};
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
        return push::AffinityUpdate{device, number(), number(), number(), anyText(), anyText()};
    case 1: {
        push::LevelUp rise{device, number(), number(), {}};
        for (int left = *rc::gen::inRange(0, 20); left > 0; --left)
            rise.rewards.push_back({number(), anyText(), Json::array({{{"amount", number()}}, 0.5, nullptr, true})});
        return rise;
    }
    default:
        return push::LevelDown{device, number(), number()};
    }
}

} // namespace

void FramesTest::messageHasTheRecordedBytes() {
    const Json recorded = recording()["frames"];
    QVERIFY(!recorded.empty());
    for (const Json& frame : recorded) {
        const QByteArray member =
            QByteArray::fromHex(QByteArray::fromStdString(frame["member_hex"].get<std::string>()));
        TAKE(event, push::levelEventFromJson(frame["event"]));
        TAKE(packed, push::packedEvent(event));
        TAKE(read, channelsFrame(member, 0));
        QCOMPARE(push::channelMessage(packed, read.channels, bitsOf(member)).toHex(), member.toHex());
    }
}

void FramesTest::eventsHaveTheRecordedMembersInTheirOrder() {
    const Json recorded = recording()["websocket_text_frames"];
    QCOMPARE(recorded.size(), size_t(4));
    for (const Json& frame : recorded) {
        TAKE(event, push::levelEventFromJson(frame));
        QCOMPARE(base::pythonJson(push::toJson(event)), base::pythonJson(frame));
    }
}

void FramesTest::eventsAreReadBackFromTheirJson() {
    AFFINITY_PROPERTY("an event is read back from its JSON text", [] {
        const LevelEvent event = anyEvent();
        const auto read = push::levelEventFromJson(Json::parse(push::toJson(event).dump()));
        RC_ASSERT(read.isOk());
        RC_ASSERT(*read == event);
    });
}

void FramesTest::objectThatIsNoEventIsRefusedByItsMember_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("member");
    const auto row = [](const char* name, const char* json, const char* member) {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(member);
    };
    row("list", "[]", "type");
    row("text", "\"level_up\"", "type");
    row("no type", R"({"device_id": 1})", "type");
    row("type is a number", R"({"type": 3})", "type");
    row("unknown type", R"({"type": "level_sideways", "device_id": 1})", "type");
    row("no device", R"({"type": "level_down", "old_level": 2, "new_level": 1})", "device_id");
    row("device 0", R"({"type": "level_down", "device_id": 0, "old_level": 2, "new_level": 1})", "device_id");
    row("device beyond 64 bits", R"({"type": "level_down", "device_id": 9223372036854775808, "old_level": 2})",
        "device_id");
    row("device as text", R"({"type": "level_down", "device_id": "1", "old_level": 2, "new_level": 1})", "device_id");
    row("fraction", R"({"type": "level_down", "device_id": 1, "old_level": 2.0, "new_level": 1})", "old_level");
    row("level too large", R"({"type": "level_down", "device_id": 1, "old_level": 2147483648, "new_level": 1})",
        "old_level");
    row("level too small", R"({"type": "level_down", "device_id": 1, "old_level": -2147483649, "new_level": 1})",
        "old_level");
    row("no source", R"({"type": "affinity_update", "device_id": 1, "change": 1, "before": 0, "after": 1,
                         "rule_key": "chat"})",
        "source");
    row("rewards are no list", R"({"type": "level_up", "device_id": 1, "old_level": 1, "new_level": 2, "rewards": {}})",
        "rewards");
    row("reward without name", R"({"type": "level_up", "device_id": 1, "old_level": 1, "new_level": 2,
                                   "rewards": [{"level": 2, "rewards": []}]})",
        "rewards");
    row("reward is no object",
        R"({"type": "level_up", "device_id": 1, "old_level": 1, "new_level": 2, "rewards": [2]})", "rewards");
}

void FramesTest::objectThatIsNoEventIsRefusedByItsMember() {
    QFETCH(QByteArray, json);
    QFETCH(QString, member);
    FAILS(error, ErrorKind::InvalidInput, push::levelEventFromJson(Json::parse(json.toStdString())));
    QVERIFY2(error.what.contains(QLatin1Char('"') + member + QLatin1Char('"')), qPrintable(error.what));
}

/// Source: the format's spec.md, and msgpack-python's pack_template.h, which takes the shortest form for each number.
void FramesTest::numbersAndTextsArePackedAsPythonPacksThem_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* json, const char* hex) {
        QTest::newRow(json) << QByteArray(json) << QByteArray(hex);
    };
    row("null", "c0");
    row("false", "c2");
    row("true", "c3");
    row("0", "00");
    row("127", "7f");
    row("128", "cc80");
    row("255", "ccff");
    row("256", "cd0100");
    row("65535", "cdffff");
    row("65536", "ce00010000");
    row("4294967295", "ceffffffff");
    row("4294967296", "cf0000000100000000");
    row("18446744073709551615", "cfffffffffffffffff");
    row("-1", "ff");
    row("-32", "e0");
    row("-33", "d0df");
    row("-128", "d080");
    row("-129", "d1ff7f");
    row("-32768", "d18000");
    row("-32769", "d2ffff7fff");
    row("-2147483648", "d280000000");
    row("-2147483649", "d3ffffffff7fffffff");
    row("-9223372036854775808", "d38000000000000000");
    row("1.5", "cb3ff8000000000000");
    row("-0.0", "cb8000000000000000");
    row("0.1", "cb3fb999999999999a");
    row(R"("")", "a0");
    row(R"("\u4f60")", "a3e4bda0");
    row("[]", "90");
    row("{}", "80");
    row(R"({"b": [1], "a": {}})", "82a1629101a16180");
    const auto longRow = [](const char* name, const Json& value, const QByteArray& start, qsizetype size) {
        QTest::newRow(name) << QByteArray::fromStdString(value.dump())
                            << start + '+' + QByteArray::number(size); // the rest is the same byte again and again
    };
    longRow("31 letters", std::string(31, 'a'), "bf", 32);
    longRow("32 letters", std::string(32, 'a'), "d920", 34);
    longRow("255 letters", std::string(255, 'a'), "d9ff", 257);
    longRow("256 letters", std::string(256, 'a'), "da0100", 259);
    longRow("65536 letters", std::string(65536, 'a'), "db00010000", 65541);
    longRow("15 items", Json(std::vector<int>(15)), "9f", 16);
    longRow("16 items", Json(std::vector<int>(16)), "dc0010", 19);
    longRow("65536 items", Json(std::vector<int>(65536)), "dd00010000", 65541);
}

void FramesTest::numbersAndTextsArePackedAsPythonPacksThem() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, hex);
    TAKE(packed, push::pythonMessagePack(Json::parse(json.toStdString())));
    const QByteArrayList parts = hex.split('+');
    if (parts.size() == 1) {
        QCOMPARE(packed.toHex(), hex);
        return;
    }
    QCOMPARE(packed.first(parts[0].size() / 2).toHex(), parts[0]);
    QCOMPARE(packed.size(), parts[1].toLongLong());
}

void FramesTest::anyEventIsUnpackedAsItWas() {
    AFFINITY_PROPERTY("the message of an event is unpacked as the event was", [] {
        const LevelEvent event = anyEvent();
        const auto packed = push::packedEvent(event);
        RC_ASSERT(packed.isOk());
        std::vector<QByteArray> channels;
        for (int count = *rc::gen::inRange(0, 40); count > 0; --count)
            channels.push_back("specific.ab!" + QByteArray::number(count));
        const QByteArray message = push::channelMessage(*packed, channels, [] { return 7U; });
        const auto frame = channelsFrame(message, 0);
        RC_ASSERT(frame.isOk());
        RC_ASSERT(frame->channels == channels);
        RC_ASSERT(frame->event == push::toJson(event));
    });
}

void FramesTest::deepOrForeignValuesAreRefused() {
    Json nested = 1;
    for (int i = 0; i < push::mostMessageDepth; ++i)
        nested = Json::array({nested});
    SUCCEEDS(push::pythonMessagePack(nested));
    FAILS(deep, ErrorKind::InvalidInput, push::pythonMessagePack(Json::array({nested})));
    QVERIFY2(deep.what.contains(QStringLiteral("100 deep")), qPrintable(deep.what));
    FAILS(foreign, ErrorKind::InvalidInput, push::pythonMessagePack(Json::array({Json::binary({1})})));
}

void FramesTest::largeEventIsRefused() {
    const auto eventOf = [](size_t letters) {
        return push::LevelUp{base::DeviceId{1}, 0, 1, {{1, QStringLiteral("Lv1"), Json(std::string(letters, 'a'))}}};
    };
    TAKE(small, push::packedEvent(eventOf(100'000)));
    const auto most = static_cast<size_t>(push::mostEventBytes - small.size()) + 100'000;
    SUCCEEDS(push::packedEvent(eventOf(most)));
    FAILS(error, ErrorKind::InvalidInput, push::packedEvent(eventOf(most + 1)));
    QVERIFY2(error.what.contains(QStringLiteral("too large")), qPrintable(error.what));
}

void FramesTest::textThatIsNotUtf8IsReplaced() {
    TAKE(packed, push::pythonMessagePack(Json(std::string("a\xff"))));
    QCOMPARE(packed.toHex(), QByteArray("a461efbfbd"));
}

} // namespace affinity::test
