#include "tests/unit/rules/rulesetjson_test.h"

#include "engine/rules/rulesetjson.h"
#include "tests/support/anyruleset.h"
#include "tests/support/changedtext.h"
#include "tests/support/property.h"

using namespace affinity::base;
using namespace affinity::rules;

namespace affinity::test {

namespace {

/// Lines are counted by the table below.
const QByteArray goodText = R"({
  "format": "affinity-rule-set",
  "version": 1,
  "setting": {
    "max_affinity": 1000,
    "global_daily_cap": 100,
    "timezone": "Asia/Shanghai",
    "enable_notify": true,
    "decay_enabled": true,
    "decay_idle_days": 7,
    "decay_rule_key": "decay"
  },
  "rules": [
    {"rule_key": "chat", "name": "聊天", "min_change": 1, "max_change": 2,
     "single_cap": 5, "daily_cap": 20, "cooldown_seconds": 60, "is_enabled": false},
    {"rule_key": "decay", "min_change": -5, "max_change": -4,
     "single_cap": 8, "daily_cap": 9, "cooldown_seconds": 0}
  ],
  "levels": [
    {"level": 1, "min_value": 0, "name": "Newcomer", "rewards": []},
    {"level": 2, "min_value": 50, "rewards": [{"type": "coin", "amount": 20}]},
    {"level": 3, "min_value": 120}
  ]
}
)";

RuleSet read(const QByteArray& text) {
    const auto ruleSet = ruleSetFromText(text, QStringLiteral("rules.json"));
    if (!ruleSet)
        QTest::qFail(qPrintable(ruleSet.error().what), __FILE__, __LINE__);
    return ruleSet ? *ruleSet : RuleSet();
}

} // namespace

void RuleSetJsonTest::everyMemberIsRead() {
    RuleSet expected;
    expected.setting = {1000, 100, "Asia/Shanghai", true, true, 7, QStringLiteral("decay")};
    Rule chat;
    chat.key = QStringLiteral("chat");
    chat.name = QStringLiteral("聊天");
    chat.minChange = 1;
    chat.maxChange = 2;
    chat.singleCap = 5;
    chat.dailyCap = 20;
    chat.cooldownSeconds = 60;
    chat.isEnabled = false;
    Rule decay;
    decay.key = QStringLiteral("decay");
    decay.name = decay.key;
    decay.minChange = -5;
    decay.maxChange = -4;
    decay.singleCap = 8;
    decay.dailyCap = 9;
    expected.rules = {chat, decay};
    expected.levels = {{1, 0, QStringLiteral("Newcomer"), Json::array()},
                       {2, 50, QStringLiteral("Lv2"), Json::parse(R"([{"type": "coin", "amount": 20}])")},
                       {3, 120, QStringLiteral("Lv3"), Json::array()}};
    QVERIFY(read(goodText) == expected);
}

void RuleSetJsonTest::optionalMembersHaveDefaults() {
    const RuleSet ruleSet = read(goodText);
    QCOMPARE(ruleSet.rules.at(1).name, QStringLiteral("decay")); // the key
    QVERIFY(ruleSet.rules.at(1).isEnabled);
    QVERIFY(!ruleSet.rules.at(1).isDeleted);
    QCOMPARE(ruleSet.levels.at(1).name, QStringLiteral("Lv2"));
    QVERIFY(ruleSet.levels.at(2).rewards == Json::array());
}

void RuleSetJsonTest::levelsAreSortedByNumber() {
    QByteArray text = changedText(goodText, "\"level\": 1, \"min_value\": 0", "\"level\": 4, \"min_value\": 200");
    const RuleSet ruleSet = read(text);
    QCOMPARE(ruleSet.levels.at(0).level, 2);
    QCOMPARE(ruleSet.levels.at(2).level, 4);
}

void RuleSetJsonTest::deletedRulesMayShareAKey() {
    const RuleSet ruleSet = read(
        changedText(goodText, "  \"rules\": [",
                    "  \"rules\": [{\"rule_key\": \"chat\", \"min_change\": 9, \"max_change\": 9, \"single_cap\": 9, "
                    "\"daily_cap\": 9, \"cooldown_seconds\": 9, \"is_deleted\": true},"));
    QCOMPARE(ruleSet.rules.size(), size_t{3});
    QVERIFY(ruleSet.rules.at(0).isDeleted);
    QCOMPARE(ruleSet.rules.at(1).key, QStringLiteral("chat"));
}

void RuleSetJsonTest::badFileIsRefusedInPlainWords_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& from, const QByteArray& to, const QString& message) {
        QTest::newRow(name) << from << to << message;
    };
    row("not an object", goodText, "[]",
        QStringLiteral("rules.json, line 1: must be an object in braces, not a list."));
    row("no format", "  \"format\": \"affinity-rule-set\",\n", "",
        QStringLiteral("rules.json, line 1, format: is missing. If this is the right file, add \"format\": "
                       "\"affinity-rule-set\"."));
    row("a scenario", "affinity-rule-set", "affinity-scenario",
        QStringLiteral("rules.json, line 2, format: must be \"affinity-rule-set\", not \"affinity-scenario\". This is "
                       "another kind of file."));
    row("newer version", "\"version\": 1", "\"version\": 2",
        QStringLiteral("rules.json, line 3, version: is 2, but this program reads only versions up to 1. Update the "
                       "program."));
    row("version as a text", "\"version\": 1", "\"version\": \"1\"",
        QStringLiteral("rules.json, line 3, version: must be a whole number from 1 to 2147483647, not \"1\"."));
    row("no setting", "\"setting\": {", "\"settings\": {",
        QStringLiteral("rules.json, line 4, settings: is not a member that this format has here. Correct its name or "
                       "remove it; known are format, version, setting, rules, levels."));
    row("ceiling 0", "\"max_affinity\": 1000", "\"max_affinity\": 0",
        QStringLiteral(
            "rules.json, line 5, setting.max_affinity: must be a whole number from 1 to 2147483647, not 0."));
    row("cap beyond the column", "\"global_daily_cap\": 100", "\"global_daily_cap\": 2147483648",
        QStringLiteral("rules.json, line 6, setting.global_daily_cap: must be a whole number from 1 to 2147483647, not "
                       "2147483648."));
    row("cap beyond 63 bits", "\"global_daily_cap\": 100", "\"global_daily_cap\": 18446744073709551615",
        QStringLiteral("rules.json, line 6, setting.global_daily_cap: must be a whole number from 1 to 2147483647, not "
                       "18446744073709551615."));
    row("no cap", "    \"global_daily_cap\": 100,\n", "",
        QStringLiteral("rules.json, line 4, setting.global_daily_cap: is missing. Add it."));
    row("unknown zone", "Asia/Shanghai", "Asia/Shangri-La",
        QStringLiteral("rules.json, line 7, setting.timezone: \"Asia/Shangri-La\" is not a time zone that this machine "
                       "knows. Use an IANA name such as \"Asia/Shanghai\"."));
    row("switch as a number", "\"enable_notify\": true", "\"enable_notify\": 1",
        QStringLiteral("rules.json, line 8, setting.enable_notify: must be true or false, not 1."));
    row("null", "\"decay_enabled\": true", "\"decay_enabled\": null",
        QStringLiteral("rules.json, line 9, setting.decay_enabled: must be true or false, not null."));
    row("negative days", "\"decay_idle_days\": 7", "\"decay_idle_days\": -1",
        QStringLiteral("rules.json, line 10, setting.decay_idle_days: must be a whole number from 0 to 2147483647, not "
                       "-1."));
    row("decay without its rule", "\"decay_rule_key\": \"decay\"", "\"decay_rule_key\": \"gone\"",
        QStringLiteral(
            "rules.json, line 11, setting.decay_rule_key: \"gone\" is not the key of a rule. Decay is on and "
            "needs one: add the rule or turn decay_enabled off."));
    row("edit time", "\"decay_rule_key\": \"decay\"", "\"decay_rule_key\": \"decay\", \"updated_at\": \"2026-01-01\"",
        QStringLiteral(
            "rules.json, line 11, setting.updated_at: is not a member that this format has here. Correct its "
            "name or remove it; known are max_affinity, global_daily_cap, timezone, enable_notify, "
            "decay_enabled, decay_idle_days, decay_rule_key."));
    row("rules as an object", "  \"rules\": [", "  \"rules\": {}, \"x\": [",
        QStringLiteral("rules.json, line 13, rules: must be a list of 0 to 1000 items, not an object."));
    row("rule as a text", "  \"rules\": [", "  \"rules\": [\"chat\",",
        QStringLiteral("rules.json, line 13, rules[0]: must be an object in braces, not \"chat\"."));
    row("typo in a column", "\"daily_cap\": 20", "\"daly_cap\": 20",
        QStringLiteral("rules.json, line 15, rules[0].daly_cap: is not a member that this format has here. Correct its "
                       "name or remove it; known are rule_key, name, min_change, max_change, single_cap, daily_cap, "
                       "cooldown_seconds, is_enabled, is_deleted."));
    row("empty key", "\"rule_key\": \"chat\"", "\"rule_key\": \"\"",
        QStringLiteral("rules.json, line 14, rules[0].rule_key: must be a text of 1 to 32 characters, not \"\"."));
    row("long key", "\"rule_key\": \"chat\"", "\"rule_key\": \"" + QByteArray(33, 'k') + "\"",
        QStringLiteral("rules.json, line 14, rules[0].rule_key: must be a text of 1 to 32 characters, not "
                       "\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\"."));
    row("colon in a key", "\"rule_key\": \"chat\"", "\"rule_key\": \"a:b\"",
        QStringLiteral(
            "rules.json, line 14, rules[0].rule_key: must not hold a colon: counters in Redis part their names "
            "with it. Choose another key."));
    row("reserved key _global", "\"rule_key\": \"chat\"", "\"rule_key\": \"_global\"",
        QStringLiteral("rules.json, line 14, rules[0].rule_key: \"_global\" is reserved by the engine. Choose another "
                       "key."));
    row("reserved key admin", "\"rule_key\": \"chat\"", "\"rule_key\": \"admin\"",
        QStringLiteral("rules.json, line 14, rules[0].rule_key: \"admin\" is reserved by the engine. Choose another "
                       "key."));
    row("line break in a key", "\"rule_key\": \"chat\"", "\"rule_key\": \"a\\nb\"",
        QStringLiteral(
            "rules.json, line 14, rules[0].rule_key: holds a line break or another control character. Remove "
            "it."));
    row("key twice", "\"rule_key\": \"decay\"", "\"rule_key\": \"chat\"",
        QStringLiteral(
            "rules.json, line 16, rules[1].rule_key: \"chat\" is the key of rules[0] too. Give each rule a key "
            "of its own."));
    row("long name", "聊天", QByteArray("聊").repeated(65),
        QStringLiteral("rules.json, line 14, rules[0].name: must be a text of 0 to 64 characters, not \"%1….")
            .arg(QString(59, QChar(u'聊'))));
    row("minimum above maximum", "\"min_change\": 1", "\"min_change\": 3",
        QStringLiteral("rules.json, line 14, rules[0].min_change: must not be above max_change, but 3 is above 2."));
    row("change with a decimal point", "\"max_change\": 2", "\"max_change\": 2.0",
        QStringLiteral(
            "rules.json, line 14, rules[0].max_change: must be a whole number from -2147483647 to 2147483647, "
            "not 2.0."));
    row("single cap 0", "\"single_cap\": 5", "\"single_cap\": 0",
        QStringLiteral(
            "rules.json, line 15, rules[0].single_cap: must be a whole number from 1 to 2147483647, not 0."));
    row("daily cap below 0", "\"daily_cap\": 20", "\"daily_cap\": -20",
        QStringLiteral(
            "rules.json, line 15, rules[0].daily_cap: must be a whole number from 1 to 2147483647, not -20."));
    row("cooldown below 0", "\"cooldown_seconds\": 60", "\"cooldown_seconds\": -1",
        QStringLiteral(
            "rules.json, line 15, rules[0].cooldown_seconds: must be a whole number from 0 to 2147483647, not "
            "-1."));
    row("level below 0", "\"level\": 1", "\"level\": -1",
        QStringLiteral("rules.json, line 20, levels[0].level: must be a whole number from 0 to 2147483647, not -1."));
    row("level twice", "\"level\": 2", "\"level\": 1",
        QStringLiteral("rules.json, line 21, levels[1].level: 1 is the number of another level too. Give each level a "
                       "number of its own."));
    row("thresholds that do not rise", "\"min_value\": 120", "\"min_value\": 50",
        QStringLiteral("rules.json, line 22, levels[2].min_value: must be above the 50 of level 2, not 50."));
    row("rewards as an object", "\"rewards\": []", "\"rewards\": {}",
        QStringLiteral("rules.json, line 20, levels[0].rewards: must be a list of 0 to 1000 items, not an object."));
    row("reward as a text", "\"rewards\": []", "\"rewards\": [\"coin\"]",
        QStringLiteral("rules.json, line 20, levels[0].rewards[0]: must be an object in braces, not \"coin\"."));
    row("column twice", "\"max_change\": 2,", "\"max_change\": 2, \"max_change\": 3,",
        QStringLiteral("rules.json, line 14, rules[0].max_change: is given twice in the same object. Remove one of the "
                       "two."));
}

void RuleSetJsonTest::badFileIsRefusedInPlainWords() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, message);
    const auto ruleSet = ruleSetFromText(changedText(goodText, from, to), QStringLiteral("rules.json"));
    QVERIFY(!ruleSet);
    QCOMPARE(ruleSet.error().what, message);
    QCOMPARE(ruleSet.error().kind, ErrorKind::InvalidInput);
}

void RuleSetJsonTest::writtenRuleSetsAreReadBackEqual() {
    AFFINITY_PROPERTY("toJson is read back equal", [] {
        const RuleSet ruleSet = anyRuleSet();
        const QByteArray text = pythonJson(toJson(ruleSet), *rc::gen::element(NonAscii::Keep, NonAscii::Escape));
        const auto result = ruleSetFromText(text, QStringLiteral("rules.json"));
        if (!result)
            RC_FAIL(result.error().what.toStdString());
        RC_ASSERT(*result == ruleSet);
    });
}

} // namespace affinity::test
