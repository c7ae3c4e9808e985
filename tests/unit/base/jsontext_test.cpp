#include "tests/unit/base/jsontext_test.h"

#include "engine/base/jsonscanner.h"
#include "engine/base/jsontext.h"
#include "tests/support/property.h"

using namespace affinity::base;

namespace affinity::test {

namespace {

QString errorOf(const QByteArray& text) {
    const auto document = parseLocatedJson(text, QStringLiteral("a.json"));
    return document ? QStringLiteral("(no error)") : document.error().what;
}

/// A JSON value with lists, objects, texts and numbers; each value on a line of its own when `dump`ed with indent.
Json anyJson(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
        return Json(*rc::gen::arbitrary<bool>());
    case 1:
        return Json(*rc::gen::arbitrary<qint64>());
    case 2:
        return Json(*rc::gen::arbitrary<quint64>());
    case 3:
        return Json(*rc::gen::arbitrary<double>());
    case 4:
        return Json(*rc::gen::element<std::string>("", "a", "聊天", "a\"b\\c\n", "/~", "😀", "null"));
    case 5: {
        Json list = Json::array();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            list.push_back(anyJson(depth - 1));
        return list;
    }
    default: {
        Json object = Json::object();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            object[*rc::gen::element<std::string>("", "a", "b", "a/b", "~", "~1", "é", "\"", "0")] = anyJson(depth - 1);
        return object;
    }
    }
}

/// Pointers of all values in the order in which they begin in the text.
void collectPointers(const Json& value, const std::string& pointer, std::vector<std::string>& pointers) {
    pointers.push_back(pointer);
    if (value.is_object()) {
        for (const auto& [name, member] : value.items())
            collectPointers(member, pointerTo(pointer, name), pointers);
    } else if (value.is_array()) {
        for (size_t i = 0; i < value.size(); ++i)
            collectPointers(value[i], pointerTo(pointer, i), pointers);
    }
}

} // namespace

void JsonTextTest::badTextIsRefusedWithItsLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& text, const QString& message) {
        QTest::newRow(name) << text << message;
    };
    row("empty file", "", QStringLiteral("a.json, line 1: the file is empty. It must hold one JSON object."));
    row("only blanks", "\n \n", QStringLiteral("a.json, line 3: the file is empty. It must hold one JSON object."));
    row("no value", "{\n\"a\": }", QStringLiteral("a.json, line 2: a value was expected, but \"}\" was found."));
    row("unquoted word", "[\n\nyes]", QStringLiteral("a.json, line 3: a value was expected, but \"y\" was found."));
    row("half a word", "tru", QStringLiteral("a.json, line 1: a value was expected, but \"t\" was found."));
    row("unclosed object", "{\"a\": 1\n",
        QStringLiteral(
            "a.json, line 2: a comma or } after the member was expected, but the end of the file was found."));
    row("unclosed list", "[1,\n2",
        QStringLiteral("a.json, line 2: a comma or ] after the list's item was expected, but the end of the file was "
                       "found."));
    row("missing comma", "{\"a\": 1\n\"b\": 2}",
        QStringLiteral("a.json, line 2: a comma or } after the member was expected, but \"\"\" was found."));
    row("comma before brace", "{\"a\": 1,\n}", QStringLiteral("a.json, line 2: there is a comma before }. Remove it."));
    row("comma before bracket", "[1,\n]", QStringLiteral("a.json, line 2: there is a comma before ]. Remove it."));
    row("missing colon", "{\"a\" 1}",
        QStringLiteral("a.json, line 1: a colon after the member name was expected, but \"1\" was found."));
    row("unquoted name", "{a: 1}",
        QStringLiteral("a.json, line 1: a member name in double quotes was expected, but \"a\" was found."));
    row("comment", "{\n// why\n\"a\": 1}",
        QStringLiteral("a.json, line 2: a member name in double quotes was expected, but \"/\" was found."));
    row("two documents", "{}\n{}",
        QStringLiteral("a.json, line 2: there is more text after the end of the document, beginning with \"{\". Remove "
                       "it."));
    row("unclosed text", "[\"abc", QStringLiteral("a.json, line 1: a text is not closed by a double quote."));
    row("text over a line break", "[\n\"ab\nc\"]",
        QStringLiteral("a.json, line 2: a text holds a line break or control character. Write it as an escape such as "
                       "\\n, or close the text with a double quote."));
    row("unknown escape", "[\"a\\x\"]",
        QStringLiteral("a.json, line 1: the text \"a\\x\" holds an escape that JSON does not have."));
    row("half a surrogate pair", "[\"\\ud800\"]",
        QStringLiteral("a.json, line 1: the text \"\\ud800\" holds an escape that JSON does not have."));
    row("invalid UTF-8 in a text", "[\n\"a\xff\"]",
        QStringLiteral("a.json, line 2: a text is not valid UTF-8. Save the file with the encoding UTF-8."));
    row("overlong UTF-8", "[\"\xc0\x80\"]",
        QStringLiteral("a.json, line 1: a text is not valid UTF-8. Save the file with the encoding UTF-8."));
    row("invalid UTF-8 outside", "[\xff]",
        QStringLiteral("a.json, line 1: a value was expected, but the byte 0xff was found."));
    row("NUL in a text", "[\"a\\u0000\"]",
        QStringLiteral("a.json, line 1: the text \"a\\u0000\" holds a NUL character, which no database stores. Remove "
                       "it."));
    row("NUL outside", QByteArray("[\0]", 3),
        QStringLiteral("a.json, line 1: a value was expected, but the byte 0x00 was found."));
    row("leading zero", "[01]", QStringLiteral("a.json, line 1: a number begins with a zero. Remove the zero."));
    row("plus sign", "[+1]", QStringLiteral("a.json, line 1: a value was expected, but \"+\" was found."));
    row("lone minus", "[-]", QStringLiteral("a.json, line 1: a value was expected, but \"-\" was found."));
    row("no digit after the point", "[1.]",
        QStringLiteral("a.json, line 1: a digit after the decimal point was expected, but \"]\" was found."));
    row("no digit in the exponent", "[1e+]",
        QStringLiteral("a.json, line 1: a digit in the exponent was expected, but \"]\" was found."));
    row("NaN", "[NaN]", QStringLiteral("a.json, line 1: a value was expected, but \"N\" was found."));
    row("number beyond a double", "[1e999]",
        QStringLiteral("a.json, line 1: the number 1e999 is too large or too close to zero for a 64-bit floating point "
                       "number."));
    row("member twice", "{\"a\": {\n\"b\": 1,\n\"b\": 2}}",
        QStringLiteral("a.json, line 3, a.b: is given twice in the same object. Remove one of the two."));
    row("member twice, once as an escape", "[{\"b\": 1,\n\"\\u0062\": 2}]",
        QStringLiteral("a.json, line 2, [0].b: is given twice in the same object. Remove one of the two."));
}

void JsonTextTest::badTextIsRefusedWithItsLine() {
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto document = parseLocatedJson(text, QStringLiteral("a.json"));
    QVERIFY(!document);
    QCOMPARE(document.error().what, message);
    QCOMPARE(document.error().kind, ErrorKind::InvalidInput);
}

void JsonTextTest::textOverTheSizeLimitIsRefused() {
    const auto document = parseLocatedJson("[1, 2]", QStringLiteral("a.json"), 5);
    QVERIFY(!document);
    QCOMPARE(document.error().what, QStringLiteral("a.json: the file has 6 bytes; at most 5 are read. Check that it is "
                                                   "the right file."));
    QVERIFY(parseLocatedJson("[1, 2]", QStringLiteral("a.json"), 6));
}

void JsonTextTest::depthOf64IsRead() {
    QVERIFY(parseLocatedJson(QByteArray(64, '[') + QByteArray(64, ']'), QStringLiteral("a.json")));
}

void JsonTextTest::deeperNestingIsRefused() {
    QCOMPARE(errorOf(QByteArray(65, '[') + QByteArray(65, ']')),
             QStringLiteral("a.json, line 1: nested more than 64 levels deep."));
    QCOMPARE(errorOf(QByteArray(1'000'000, '[')), QStringLiteral("a.json, line 1: nested more than 64 levels deep."));
}

void JsonTextTest::objectOf1000MembersIsRead() {
    QByteArray text = "{\"m0\": 0";
    for (int i = 1; i < 1000; ++i)
        text += ",\"m" + QByteArray::number(i) + "\": 0";
    QVERIFY(parseLocatedJson(text + "}", QStringLiteral("a.json")));
}

void JsonTextTest::objectOf1001MembersIsRefused() {
    QByteArray text = "{\"m0\": 0";
    for (int i = 1; i < 1001; ++i)
        text += ",\n\"m" + QByteArray::number(i) + "\": 0";
    QCOMPARE(errorOf(text + "}"),
             QStringLiteral("a.json, line 1001, m1000: is one member too many: an object may have at most 1000."));
}

void JsonTextTest::byteOrderMarkIsSkipped() {
    const auto document = parseLocatedJson("\xEF\xBB\xBF{\n\"a\": 1}", QStringLiteral("a.json"));
    QVERIFY(document);
    QCOMPARE(document->root.at("a").get<int>(), 1);
    QCOMPARE(document->lineOf("/a"), 2);
}

void JsonTextTest::errorNamesFileLineAndMember_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* pointer, const QString& message) {
        QTest::newRow(pointer) << QString::fromLatin1(pointer) << message;
    };
    row("", QStringLiteral("a.json, line 1: is wrong."));
    row("/rules", QStringLiteral("a.json, line 2, rules: is wrong."));
    row("/rules/1/daily_cap", QStringLiteral("a.json, line 5, rules[1].daily_cap: is wrong."));
    row("/rules/1/missing", QStringLiteral("a.json, line 4, rules[1].missing: is wrong."));
    row("/rules/7/missing/deeper", QStringLiteral("a.json, line 2, rules[7].missing.deeper: is wrong."));
    row("/a~1b ~0", QStringLiteral("a.json, line 6, \"a/b ~\": is wrong."));
}

void JsonTextTest::errorNamesFileLineAndMember() {
    QFETCH(QString, pointer);
    QFETCH(QString, message);
    const auto document =
        parseLocatedJson("{\n\"rules\": [\n{},\n{\n\"daily_cap\": 1}],\n\"a/b ~\": 2}", QStringLiteral("a.json"));
    QVERIFY(document);
    QCOMPARE(document->errorAt(pointer.toStdString(), QStringLiteral("is wrong.")).what, message);
}

void JsonTextTest::scannerTakesWhatTheParserTakes() {
    AFFINITY_PROPERTY("the scanner takes and refuses what the parser does", [] {
        std::string text = anyJson(3).dump(*rc::gen::element(-1, 1));
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i) { // damage a byte or two
            const auto at = *rc::gen::inRange<size_t>(0, text.size());
            text[at] = *rc::gen::elementOf(std::string("{}[],:\"\\ \n019.-+eEtu\xc3\xff"));
        }
        const auto fault = findJsonFault(text);
        // The parser lets a repeated member overwrite the first and reads the escape for NUL.
        const bool isStricter = fault && (fault->reason.contains(QStringLiteral("given twice")) ||
                                          fault->reason.contains(QStringLiteral("NUL")) ||
                                          fault->reason.contains(QStringLiteral("too close to zero")));
        RC_CLASSIFY(!fault, "well formed");
        RC_ASSERT(isStricter || fault.has_value() == Json::parse(text, nullptr, false).is_discarded());
    });
}

void JsonTextTest::everyValuesLineIsFound() {
    AFFINITY_PROPERTY("every value stands on the line that lineOf gives", [] {
        Json list = Json::array();
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
            list.push_back(anyJson(2));
        // Independently of the scanner: put a marker in place of one value and look where it is printed.
        std::vector<std::string> pointers;
        collectPointers(list, {}, pointers);
        const std::string pointer = *rc::gen::elementOf(pointers);
        RC_PRE(!pointer.empty());
        Json marked = list;
        marked.at(Json::json_pointer(pointer)) = "@here@";
        const std::string text = marked.dump(1);
        const auto at = text.begin() + static_cast<std::ptrdiff_t>(text.find("\"@here@\""));
        const auto expected = 1 + static_cast<int>(std::count(text.begin(), at, '\n'));
        RC_ASSERT(lineOfJsonValue(text, pointer) == std::optional<int>(expected));
        RC_ASSERT(!lineOfJsonValue(text, pointer + "/none"));
    });
}

} // namespace affinity::test
