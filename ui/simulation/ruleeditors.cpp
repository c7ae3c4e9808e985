#include "ui/simulation/ruleeditors.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/formrow.h"
#include "ui/shared/panel.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/draftfield.h"
#include "ui/workspace/rewardstext.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

/// "chat", then "chat_2", "chat_3" … until no rule has it.
QString freeKey(const sim::Scenario& scenario, const QString& wanted) {
    const auto isTaken = [&](const QString& key) {
        return std::any_of(scenario.ruleSet.rules.begin(), scenario.ruleSet.rules.end(),
                           [&](const rules::Rule& rule) { return rule.key == key; });
    };
    QString key = wanted;
    for (int i = 2; isTaken(key); ++i)
        key = QStringLiteral("%1_%2").arg(wanted.left(28)).arg(i);
    return key;
}

rules::Rule* ruleAt(sim::Scenario& scenario, int row) {
    return static_cast<size_t>(row) < scenario.ruleSet.rules.size() ? &scenario.ruleSet.rules[static_cast<size_t>(row)]
                                                                    : nullptr;
}

/// What a reward says besides type and amount, as JSON: kept, not edited here.
QString otherMembers(const base::Json& reward) {
    if (!reward.is_object())
        return visibleText(QString::fromStdString(reward.dump()), 80);
    base::Json rest = reward;
    rest.erase("type");
    rest.erase("amount");
    return rest.empty() ? QString() : visibleText(QString::fromStdString(rest.dump()), 80);
}

} // namespace

// ---- rules -----------------------------------------------------------------------------------------------------

RulesEditor::RulesEditor(Draft& draft, QWidget* parent)
    : ListEditor(draft,
                 {tr("Rules"), tr("changed cells read baseline → draft"), tr("Add a rule"), tr("Duplicate the rule"),
                  tr("Remove the rule")},
                 {{tr("Rule"), false, {}},
                  {tr("Name"), false, {}},
                  {tr("Smallest"), true, tr("Points of one event, at least.")},
                  {tr("Largest"), true, tr("Points of one event, at most.")},
                  {tr("Single cap"), true, tr("One event moves the value by at most this much.")},
                  {tr("Daily cap"), true, tr("Points of one device and local day.")},
                  {tr("Cooldown, s"), true, tr("Seconds between two events that count.")},
                  {tr("On"), false, {}}},
                 {120, 120, 96, 96, 96, 104, 112, 56}, 1, QStringLiteral("rules"), parent) {
    form()->addGrid({rowField(Member::RuleKey), rowField(Member::RuleName)}, 2);
    m_enabled = new DraftCheck(
        draft, tr("The rule is on"),
        [this](const sim::Scenario& s) {
            return static_cast<size_t>(currentRow()) < s.ruleSet.rules.size() &&
                   s.ruleSet.rules[static_cast<size_t>(currentRow())].isEnabled;
        },
        [this](sim::Scenario& after, bool isOn) {
            if (rules::Rule* rule = ruleAt(after, currentRow()))
                rule->isEnabled = isOn;
        });
    form()->rows()->addWidget(m_enabled);
    form()->addHeading(tr("Change"), tr("drawn evenly between the two"));
    form()->addGrid({rowField(Member::MinChange), rowField(Member::MaxChange)}, 2);
    form()->addHeading(tr("Limits"));
    form()->addGrid({rowField(Member::SingleCap), rowField(Member::DailyCap)}, 2);
    form()->addGrid({rowField(Member::Cooldown)}, 2);
    form()->rows()->addStretch(1);
    start();
}

int RulesEditor::rowCount() const {
    return static_cast<int>(scenario().ruleSet.rules.size());
}

std::vector<std::vector<Cell>> RulesEditor::cells() const {
    std::vector<std::vector<Cell>> rows;
    for (int row = 0; row < rowCount(); ++row) {
        const rules::Rule& rule = scenario().ruleSet.rules[static_cast<size_t>(row)];
        std::vector<Cell> cells{fieldCell({Member::RuleKey, row, 0, {}}, true),
                                fieldCell({Member::RuleName, row, 0, {}})};
        for (const Member member :
             {Member::MinChange, Member::MaxChange, Member::SingleCap, Member::DailyCap, Member::Cooldown})
            cells.push_back(fieldCell({member, row, 0, {}}));
        cells.push_back(switchCell(rule.isEnabled, rule.isEnabled ? tr("on") : tr("off")));
        for (Cell& cell : cells) {
            if (!rule.isEnabled && cell.kind != CellKind::Change)
                cell = muted(cell);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

bool RulesEditor::isOfList(const Field& field) const {
    return field.member >= Member::RuleKey && field.member <= Member::Cooldown;
}

void RulesEditor::addRow(sim::Scenario& after, int at) {
    rules::Rule rule;
    rule.key = freeKey(after, QStringLiteral("new_rule"));
    rule.name = tr("New rule");
    rule.minChange = 1;
    rule.maxChange = 3;
    rule.singleCap = 3;
    rule.dailyCap = 30;
    after.ruleSet.rules.insert(after.ruleSet.rules.begin() + at, rule);
}

void RulesEditor::duplicateRow(sim::Scenario& after, int row) {
    rules::Rule rule = after.ruleSet.rules[static_cast<size_t>(row)];
    const QString from = rule.key;
    rule.key = freeKey(after, from);
    for (sim::Persona& persona : after.personas) { // it comes as often
        const auto found = persona.eventsPerActiveDay.find(from);
        if (found != persona.eventsPerActiveDay.end())
            persona.eventsPerActiveDay[rule.key] = found->second;
    }
    after.ruleSet.rules.insert(after.ruleSet.rules.begin() + row + 1, rule);
}

void RulesEditor::removeRow(sim::Scenario& after, int row) {
    removeRule(after, row);
}

void RulesEditor::moveRow(sim::Scenario& after, int row, int to) {
    moveIn(after.ruleSet.rules, row, to);
}

void RulesEditor::refreshForm() {
    m_enabled->refresh();
}

// ---- levels ----------------------------------------------------------------------------------------------------

LevelsEditor::LevelsEditor(Draft& draft, QWidget* parent)
    : ListEditor(
          draft,
          {tr("Levels"), tr("sorted by number"), tr("Add a level"), tr("Duplicate the level"), tr("Remove the level")},
          {{tr("Level"), false, {}},
           {tr("From, points"), true, tr("Reached when the value is at least this.")},
           {tr("Span"), true, tr("Points to the next level.")},
           {tr("Name"), false, {}},
           {tr("Rewards"), false, {}}},
          {72, 136, 88, 160, 240}, 4, QStringLiteral("levels"), parent),
      m_rewards(new QGridLayout),
      m_noRewards(new TextLabel(tr("This level gives nothing."), TextStyle::Caption, TextTone::Muted)) {
    form()->addGrid({rowField(Member::LevelNumber), rowField(Member::LevelFrom)}, 2);
    form()->rows()->addWidget(rowField(Member::LevelName));
    form()->addHeading(tr("Rewards"), tr("granted once, when the level is reached"));
    m_rewards->setHorizontalSpacing(measure::gap);
    m_rewards->setVerticalSpacing(measure::gapSmall);
    m_rewards->setColumnStretch(0, 3);
    m_rewards->setColumnStretch(1, 2);
    form()->rows()->addLayout(m_rewards);
    form()->rows()->addWidget(m_noRewards);
    auto* add = new Button(tr("Add a reward"), ButtonKind::Normal, Icon::Plus);
    add->setObjectName(QStringLiteral("addReward"));
    form()->rows()->addWidget(add, 0, Qt::AlignLeft);
    form()->rows()->addStretch(1);
    connect(add, &QPushButton::clicked, this, [this] {
        changeRewards(tr("Add a reward"), [](base::Json& rewards) {
            rewards.push_back({{"type", "coin"}, {"amount", 10}});
        });
    });
    start();
}

int LevelsEditor::rowCount() const {
    return static_cast<int>(scenario().ruleSet.levels.size());
}

std::vector<std::vector<Cell>> LevelsEditor::cells() const {
    const auto& levels = scenario().ruleSet.levels;
    const int highest = levels.empty() ? 1 : std::max(1, levels.back().level);
    std::vector<std::vector<Cell>> rows;
    for (int row = 0; row < rowCount(); ++row) {
        const auto i = static_cast<size_t>(row);
        const Cell span = i + 1 < levels.size() ? numberCell(levels[i + 1].minValue - levels[i].minValue)
                                                : muted(numberCell(tr("the last")));
        Cell rewards = textCell(rewardsText(levels[i].rewards));
        if (levels[i].rewards.empty())
            rewards = muted(rewards);
        rows.push_back({levelCell(levels[i].level, highest), fieldCell({Member::LevelFrom, row, 0, {}}), span,
                        fieldCell({Member::LevelName, row, 0, {}}), rewards});
    }
    return rows;
}

bool LevelsEditor::isOfList(const Field& field) const {
    return field.member >= Member::LevelNumber && field.member <= Member::RewardAmount;
}

void LevelsEditor::addRow(sim::Scenario& after, int at) {
    auto& levels = after.ruleSet.levels;
    rules::Level level;
    if (at > 0) {
        level.level = levels[static_cast<size_t>(at) - 1].level + 1;
        level.minValue = levels[static_cast<size_t>(at) - 1].minValue + 100;
    }
    level.name = tr("Level %1").arg(level.level);
    // A level in between: those above move up by one.
    for (size_t i = static_cast<size_t>(at), number = static_cast<size_t>(level.level); i < levels.size(); ++i) {
        if (static_cast<size_t>(levels[i].level) > number)
            break;
        levels[i].level = static_cast<int>(++number);
    }
    if (static_cast<size_t>(at) < levels.size()) {
        const int below = at > 0 ? levels[static_cast<size_t>(at) - 1].minValue : 0;
        level.minValue = below + (levels[static_cast<size_t>(at)].minValue - below) / 2;
    }
    levels.insert(levels.begin() + at, level);
}

void LevelsEditor::duplicateRow(sim::Scenario& after, int row) {
    const rules::Level original = after.ruleSet.levels[static_cast<size_t>(row)];
    addRow(after, row + 1);
    rules::Level& copy = after.ruleSet.levels[static_cast<size_t>(row) + 1];
    copy.rewards = original.rewards;
    copy.name = original.name;
}

void LevelsEditor::removeRow(sim::Scenario& after, int row) {
    after.ruleSet.levels.erase(after.ruleSet.levels.begin() + row);
}

void LevelsEditor::moveRow(sim::Scenario&, int, int) {
}

void LevelsEditor::changeRewards(const QString& title, const std::function<void(base::Json&)>& change) {
    draft().endGesture();
    draft().edit(title, [&](sim::Scenario& after) {
        base::Json& rewards = after.ruleSet.levels[static_cast<size_t>(currentRow())].rewards;
        if (!rewards.is_array())
            rewards = base::Json::array();
        change(rewards);
    });
}

void LevelsEditor::rebuildRewards(int count) {
    m_rewardCount = count;
    for (DraftField* field : m_rewardFields)
        dropField(field);
    m_rewardFields.clear();
    m_others.clear();
    while (QLayoutItem* item = m_rewards->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (int i = 0; i < count; ++i) {
        DraftField* type = rowField(Member::RewardType, i);
        DraftField* amount = rowField(Member::RewardAmount, i);
        auto* remove = new IconButton(Icon::Trash, tr("Remove the reward"));
        auto* others = new TextLabel({}, TextStyle::Code, TextTone::Muted);
        others->setElided(true);
        m_rewardFields.push_back(type);
        m_rewardFields.push_back(amount);
        m_others.push_back(others);
        m_rewards->addWidget(type, 2 * i, 0);
        m_rewards->addWidget(amount, 2 * i, 1);
        m_rewards->addWidget(remove, 2 * i, 2);
        m_rewards->addWidget(others, 2 * i + 1, 0, 1, 3);
        connect(remove, &QToolButton::clicked, this, [this, i] {
            changeRewards(tr("Remove the reward"), [i](base::Json& rewards) { rewards.erase(static_cast<size_t>(i)); });
        });
    }
}

void LevelsEditor::refreshForm() {
    const auto row = static_cast<size_t>(currentRow());
    if (row >= scenario().ruleSet.levels.size())
        return;
    const base::Json& rewards = scenario().ruleSet.levels[row].rewards;
    const int count = rewards.is_array() ? static_cast<int>(rewards.size()) : 0;
    if (count != m_rewardCount)
        rebuildRewards(count);
    m_noRewards->setVisible(count == 0);
    for (size_t i = 0; i < m_others.size(); ++i) {
        m_others[i]->setText(otherMembers(rewards[i]));
        m_others[i]->setVisible(!m_others[i]->text().isEmpty());
    }
}

// ---- setting ---------------------------------------------------------------------------------------------------

SettingEditor::SettingEditor(Draft& draft, QWidget* parent) : SectionEditor(draft, parent), m_decayRule(new QComboBox) {
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* panel = new Panel(tr("Setting"), tr("the service's one row of settings"));
    panel->setFlushBody();
    auto* form = new FormArea;
    panel->body()->addWidget(form, 1);
    outer->addWidget(panel, 1);
    auto field = [&](Member member, const QString& hint) {
        auto* line = new DraftField(draft, {member, 0, 0, {}});
        line->setHint(hint);
        return line;
    };
    form->addHeading(tr("Values"));
    form->addGrid({field(Member::Ceiling, tr("No value goes above it.")),
                   field(Member::GlobalDailyCap, tr("Points gained by all rules of one device and local day.")),
                   field(Member::TimeZone, tr("IANA name; it decides what a day is."))},
                  3);
    form->addHeading(tr("Decay"), tr("runs at the start of each local day, for devices that were idle"));
    form->rows()->addWidget(new DraftCheck(
        draft, tr("Decay is on"), [](const sim::Scenario& s) { return s.ruleSet.setting.isDecayEnabled; },
        [](sim::Scenario& after, bool isOn) { after.ruleSet.setting.isDecayEnabled = isOn; }));
    m_decayRule->setObjectName(QStringLiteral("decayRule"));
    auto* rule =
        new FormRow(labelOf({Member::DecayRuleKey, 0, 0, {}}), m_decayRule, tr("The rule that decay applies."));
    form->addGrid({field(Member::DecayIdleDays, tr("Local days without activity.")), rule, new QWidget}, 3);
    form->addHeading(tr("Notices"));
    form->rows()->addWidget(new DraftCheck(
        draft, tr("Level changes are pushed to clients"),
        [](const sim::Scenario& s) { return s.ruleSet.setting.isNotifyEnabled; },
        [](sim::Scenario& after, bool isOn) { after.ruleSet.setting.isNotifyEnabled = isOn; }));
    form->rows()->addStretch(1);
    connect(m_decayRule, &QComboBox::activated, this, [this](int index) {
        const QString key = m_decayRule->itemData(index).toString();
        this->draft().endGesture();
        this->draft().edit(labelOf({Member::DecayRuleKey, 0, 0, {}}),
                           [&](sim::Scenario& after) { after.ruleSet.setting.decayRuleKey = key; });
    });
    connect(&draft, &Draft::changed, this, &SettingEditor::refresh);
    refresh();
}

void SettingEditor::refresh() {
    const QString chosen = scenario().ruleSet.setting.decayRuleKey;
    QStringList keys;
    for (const rules::Rule& rule : scenario().ruleSet.rules)
        keys << rule.key;
    if (!keys.contains(chosen))
        keys << chosen;
    m_decayRule->clear();
    for (const QString& key : keys)
        m_decayRule->addItem(key.isEmpty() ? tr("none") : visibleText(key), key);
    m_decayRule->setCurrentIndex(static_cast<int>(keys.indexOf(chosen)));
}

bool SettingEditor::showField(const Field& field) {
    if (field.member == Member::DecayRuleKey) {
        m_decayRule->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    return field.member >= Member::Ceiling && field.member <= Member::DecayIdleDays && focusField(field);
}

} // namespace affinity::ui
