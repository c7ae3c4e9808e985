#include "tests/ui/simulation/draftfile_test.h"

#include "tests/support/property.h"
#include "tests/ui/simulation/bench.h"
#include "ui/shared/formatting.h"
#include "ui/simulation/draftchanges.h"
#include "ui/simulation/draftjson.h"

#include <QTest>

namespace affinity::test {

using ui::DraftChange;
using ui::Field;
using ui::KeptDraft;
using ui::Member;

namespace {

KeptDraft someDraft() {
    KeptDraft draft;
    draft.fileName = QStringLiteral("/somewhere/mine.json");
    draft.fileSha256 = QByteArray(32, '\x5a');
    draft.editedAtUs = 1'763'000'000'000'000;
    draft.processId = 4711;
    draft.host = QStringLiteral("desk");
    draft.baseline = smallScenario(100, 10);
    draft.saved = draft.baseline;
    draft.scenario = draft.baseline;
    return draft;
}

/// Sets fields to anything a form takes, wrong values too, and changes rows.
void changeAtRandom(sim::Scenario& scenario) {
    const int edits = *rc::gen::inRange(0, 6);
    for (int i = 0; i < edits; ++i) {
        const std::vector<Field> fields = ui::allFields(scenario);
        const Field& field = fields[*rc::gen::inRange<size_t>(0, fields.size())];
        if (ui::isNumber(field))
            ui::setFieldNumber(scenario, field, *rc::gen::inRange(-1000, 1000) / 8.0);
        else
            ui::setFieldText(scenario, field, QString::fromStdString(*rc::gen::string<std::string>()));
    }
    switch (*rc::gen::inRange(0, 8)) {
    case 0:
        ui::removeRule(scenario, 0);
        break;
    case 1:
        scenario.calendar.push_back({scenario.startDate, {}, {{QStringLiteral("chat"), 2.5}}, {}, {}});
        scenario.calendar.back().rules[QStringLiteral("chat")].isEnabled = false;
        break;
    case 2:
        scenario.start.histogram = {{5, 0.25}, {9, 1e-300}};
        scenario.start.snapshotFile = QStringLiteral("values.json");
        break;
    case 3:
        scenario.personas.clear();
        break;
    case 4:
        scenario.ruleSet.levels.front().rewards = base::Json::object({{"kind", nullptr}});
        break;
    case 5:
        std::swap(scenario.ruleSet.rules[0], scenario.ruleSet.rules[1]);
        break;
    default:
        break;
    }
}

QStringList sentences(const std::vector<DraftChange>& changes) {
    QStringList texts;
    for (const DraftChange& change : changes)
        texts << ui::sentenceOf(change);
    return texts;
}

} // namespace

void DraftFileTest::everyDraftIsReadBackEqual() {
    const KeptDraft draft = someDraft();
    AFFINITY_PROPERTY("read back", [&draft] {
        KeptDraft edited = draft;
        changeAtRandom(edited.scenario);
        if (*rc::gen::arbitrary<bool>())
            changeAtRandom(edited.saved);
        if (*rc::gen::arbitrary<bool>())
            changeAtRandom(edited.baseline);
        const ui::ReadDraft read = ui::draftFrom(ui::bytesOf(edited));
        RC_ASSERT(read.draft.has_value());
        RC_ASSERT(*read.draft == edited);
    });
}

void DraftFileTest::damagedBytesAreNeverAnotherDraft() {
    KeptDraft draft = someDraft();
    draft.scenario.ruleSet.rules[0].dailyCap = 99;
    const QByteArray whole = ui::bytesOf(draft);
    AFFINITY_PROPERTY("damage", [&] {
        QByteArray bytes = whole;
        const auto place = *rc::gen::inRange<qsizetype>(0, bytes.size() - 2); // the last two are "}\n"
        if (*rc::gen::arbitrary<bool>())
            bytes.truncate(place);
        else
            bytes[place] = static_cast<char>(bytes[place] ^ (1 << *rc::gen::inRange(0, 7)));
        const ui::ReadDraft read = ui::draftFrom(bytes);
        RC_ASSERT(!read.draft || *read.draft == draft);
        RC_ASSERT(read.draft || read.isOfNewerProgram || !read.damage.isEmpty());
    });
}

void DraftFileTest::scenariosThatDifferHaveChangesAndEqualOnesNone() {
    const sim::Scenario before = smallScenario(100, 10);
    AFFINITY_PROPERTY("changes", [&before] {
        sim::Scenario after = before;
        changeAtRandom(after);
        RC_ASSERT(ui::changesBetween(before, after).empty() == (before == after));
        RC_ASSERT(ui::changesBetween(after, before).empty() == (before == after));
    });
}

void DraftFileTest::changesNameFieldsAndRows() {
    const sim::Scenario before = smallScenario(1000, 10);
    sim::Scenario after = before;
    ui::setFieldNumber(after, {Member::Cooldown, 2, 0, {}}, 45);
    after.ruleSet.rules[3].isEnabled = !before.ruleSet.rules[3].isEnabled;
    after.devices = 2500;
    after.personas.pop_back();
    after.ruleSet.rules.push_back(before.ruleSet.rules[0]);
    after.ruleSet.rules.back().key = QStringLiteral("wave");
    after.ruleSet.setting.isDecayEnabled = !before.ruleSet.setting.isDecayEnabled;
    const QStringList texts = sentences(ui::changesBetween(before, after));
    const QString cooldown = QStringLiteral("Rule %1, Cooldown: %2 s → 45 s")
                                 .arg(before.ruleSet.rules[2].key)
                                 .arg(ui::numberText(before.ruleSet.rules[2].cooldownSeconds));
    const QString persona = QStringLiteral("Persona “%1” was removed").arg(before.personas.back().name);
    const QString all = texts.join(QLatin1Char('\n'));
    QVERIFY2(texts.contains(cooldown), qPrintable(all));
    QVERIFY2(texts.contains(QStringLiteral("Rule %1, Enabled: on → off").arg(before.ruleSet.rules[3].key)),
             qPrintable(all));
    QVERIFY2(texts.contains(QStringLiteral("Scenario, Devices: 1,000 → 2,500")), qPrintable(all));
    QVERIFY2(texts.contains(persona), qPrintable(all));
    QVERIFY2(texts.contains(QLatin1String("Rule wave was added")), qPrintable(all));
    QVERIFY2(texts.contains(QStringLiteral("Setting, Decay: off → on")) ||
                 texts.contains(QStringLiteral("Setting, Decay: on → off")),
             qPrintable(all));
    QCOMPARE(texts.size(), 6);
    sim::Scenario moved = before;
    std::swap(moved.ruleSet.rules[0], moved.ruleSet.rules[1]);
    QCOMPARE(sentences(ui::changesBetween(before, moved)),
             QStringList{QStringLiteral("Rules, Order: as it was → another")});
}

} // namespace affinity::test
