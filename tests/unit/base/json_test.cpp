#include "tests/unit/base/json_test.h"

#include "engine/base/json.h"
#include "tests/support/property.h"

using namespace affinity::base;

namespace affinity::test {

void JsonTest::valuesAreWrittenAsPythonWritesThem_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("kept");
    QTest::addColumn<QByteArray>("escaped");
    const auto row = [](const char* name, const QByteArray& json, const QByteArray& kept, const QByteArray& escaped) {
        QTest::newRow(name) << json << kept << escaped;
    };
    row("empty object", "{}", "{}", "{}");
    row("empty list", "[]", "[]", "[]");
    row("rewards", "[{\"type\":\"coin\",\"amount\":20}]", "[{\"type\": \"coin\", \"amount\": 20}]",
        "[{\"type\": \"coin\", \"amount\": 20}]");
    row("nested", "{\"a\":[1,[2,{}],null,true]}", "{\"a\": [1, [2, {}], null, true]}",
        "{\"a\": [1, [2, {}], null, true]}");
    row("Chinese", "{\"聊\":\"天\"}", "{\"聊\": \"天\"}", "{\"\\u804a\": \"\\u5929\"}");
    row("beyond the BMP", "\"😀\"", "\"😀\"", "\"\\ud83d\\ude00\"");
    row("escapes", "\"a\\\"b\\\\c\\nd\\u0001\"", "\"a\\\"b\\\\c\\nd\\u0001\"", "\"a\\\"b\\\\c\\nd\\u0001\"");
    row("numbers", "[-1,18446744073709551615,0.5]", "[-1, 18446744073709551615, 0.5]",
        "[-1, 18446744073709551615, 0.5]");
}

void JsonTest::valuesAreWrittenAsPythonWritesThem() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, escaped);
    const Json value = Json::parse(json.toStdString());
    QCOMPARE(pythonJson(value), kept);
    QCOMPARE(pythonJson(value, NonAscii::Escape), escaped);
}

void JsonTest::membersKeepTheirOrder() {
    Json value = Json::object();
    value["z"] = 1;
    value["a"] = 2;
    QCOMPARE(pythonJson(value), QByteArray("{\"z\": 1, \"a\": 2}"));
}

void JsonTest::invalidUtf8IsShownNotThrownOver() {
    QCOMPARE(pythonJson(Json("a\xff")), QByteArray("\"a\xEF\xBF\xBD\""));
    Json value = Json::object();
    value["k\xff"] = 1;
    QCOMPARE(pythonJson(value), QByteArray("{\"k\xEF\xBF\xBD\": 1}"));
}

void JsonTest::writtenTextIsReadBackEqual() {
    AFFINITY_PROPERTY("pythonJson is read back equal", [](const std::map<std::string, std::vector<int>>& numbers) {
        Json value = Json::object();
        for (const auto& [name, list] : numbers) {
            if (QString::fromStdString(name).toStdString() == name) // RapidCheck also makes invalid UTF-8
                value[name] = list;
        }
        RC_ASSERT(Json::parse(pythonJson(value).toStdString()) == value);
        RC_ASSERT(Json::parse(pythonJson(value, NonAscii::Escape).toStdString()) == value);
    });
}

} // namespace affinity::test
