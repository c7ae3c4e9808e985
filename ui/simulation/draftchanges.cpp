#include "ui/simulation/draftchanges.h"

#include "ui/shared/formatting.h"
#include "ui/simulation/field.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <optional>

namespace affinity::ui {
namespace {

struct DraftChangesWords {
    Q_DECLARE_TR_FUNCTIONS(DraftChanges)
};

constexpr size_t mostListedStartValues = 40;

enum class List { Rules, Levels, Personas, Calendar, None };

List listOf(Member member) {
    if (member >= Member::RuleKey && member <= Member::Cooldown)
        return List::Rules;
    if (member >= Member::LevelNumber && member <= Member::RewardAmount)
        return List::Levels;
    if (member >= Member::PersonaName && member <= Member::Retry)
        return List::Personas;
    return member >= Member::EntryFrom && member <= Member::EntryDecayIdleDays ? List::Calendar : List::None;
}

QString onOff(bool isOn) {
    return isOn ? DraftChangesWords::tr("on") : DraftChangesWords::tr("off");
}

QString onOff(const std::optional<bool>& isOn) {
    return isOn ? onOff(*isOn) : DraftChangesWords::tr("not set");
}

QString placeOf(const rules::Rule& rule) {
    return DraftChangesWords::tr("Rule %1").arg(visibleText(rule.key, 40));
}

QString placeOf(const rules::Level& level) {
    return DraftChangesWords::tr("Level %1").arg(level.level);
}

QString placeOf(const sim::Persona& persona) {
    return DraftChangesWords::tr("Persona “%1”").arg(visibleText(persona.name, 40));
}

QString placeOf(const sim::CalendarEntry& entry) {
    return DraftChangesWords::tr("Calendar from %1").arg(entry.from.toString(Qt::ISODate));
}

class Comparison {
public:
    Comparison(const sim::Scenario& before, const sim::Scenario& after) : m_before(before), m_after(after) {}

    std::vector<DraftChange> changes() {
        compareStart();
        compareRows(List::Rules, Member::RuleKey, m_before.ruleSet.rules, m_after.ruleSet.rules,
                    DraftChangesWords::tr("Rules"));
        compareRows(List::Levels, Member::LevelNumber, m_before.ruleSet.levels, m_after.ruleSet.levels,
                    DraftChangesWords::tr("Levels"));
        compareRows(List::Personas, Member::PersonaName, m_before.personas, m_after.personas,
                    DraftChangesWords::tr("Personas"));
        compareRows(List::Calendar, Member::EntryFrom, m_before.calendar, m_after.calendar,
                    DraftChangesWords::tr("Calendar"));
        compareFields();
        compareSwitches();
        comparePrices();
        return std::move(m_changes);
    }

private:
    struct Rows {
        std::vector<std::optional<int>> before; ///< by row of `after`: where it was
        std::vector<bool> isChanged;            ///< was there and has other content now
    };

    void add(const QString& place, const QString& field, const QString& before, const QString& after) {
        m_changes.push_back({ChangeKind::Changed, place, field, before, after});
    }

    template<typename Row>
    void compareRows(List list, Member key, const std::vector<Row>& before, const std::vector<Row>& after,
                     const QString& name) {
        Rows& rows = m_rows[list];
        std::vector<bool> isThere(before.size(), false);
        int last = -1;
        bool isMoved = false;
        for (size_t i = 0; i < after.size(); ++i) {
            const auto there = inBaseline({key, static_cast<int>(i), 0, {}}, m_after, m_before);
            const bool isTaken = there && isThere[static_cast<size_t>(there->row)]; // two rows with one key
            rows.before.push_back(there && !isTaken ? std::optional<int>(there->row) : std::nullopt);
            rows.isChanged.push_back(rows.before.back() && before[static_cast<size_t>(there->row)] != after[i]);
            if (!rows.before.back()) {
                m_changes.push_back({ChangeKind::Added, placeOf(after[i]), {}, {}, {}});
                continue;
            }
            isThere[static_cast<size_t>(there->row)] = true;
            isMoved = isMoved || there->row < last;
            last = there->row;
        }
        for (size_t i = 0; i < before.size(); ++i) {
            if (!isThere[i])
                m_changes.push_back({ChangeKind::Removed, placeOf(before[i]), {}, {}, {}});
        }
        if (isMoved)
            add(name, DraftChangesWords::tr("Order"), DraftChangesWords::tr("as it was"),
                DraftChangesWords::tr("another"));
    }

    void compareStart() {
        const auto& before = m_before.start.histogram;
        const auto& after = m_after.start.histogram;
        const QString place = DraftChangesWords::tr("Start values");
        if (m_before.start.snapshotFile != m_after.start.snapshotFile)
            add(place, DraftChangesWords::tr("Snapshot"), valueText(visibleText(m_before.start.snapshotFile, 60)),
                valueText(visibleText(m_after.start.snapshotFile, 60)));
        if (before == after)
            return;
        if (before.size() != after.size() || before.size() > mostListedStartValues) {
            add(place, DraftChangesWords::tr("Entries"), numberText(static_cast<qint64>(before.size())),
                before.size() != after.size() ? numberText(static_cast<qint64>(after.size()))
                                              : DraftChangesWords::tr("%1, others").arg(after.size()));
            return;
        }
        for (int row = 0; row < static_cast<int>(after.size()); ++row) {
            for (const Member member : {Member::StartValue, Member::StartWeight})
                compareField({member, row, 0, {}}, {member, row, 0, {}});
        }
    }

    void compareFields() {
        sim::Scenario fields = m_after;
        fields.start.histogram.clear(); // compared already; there may be a million
        for (const Field& field : allFields(fields)) {
            const List list = listOf(field.member);
            Field there = field;
            if (list != List::None) {
                const Rows& rows = m_rows[list];
                const auto row = static_cast<size_t>(field.row);
                if (!rows.isChanged[row])
                    continue;
                there.row = *rows.before[row];
            }
            if (field.member != Member::Price)
                compareField(field, there);
        }
    }

    void compareField(const Field& field, const Field& there) {
        const QString before = fieldText(m_before, there);
        const QString after = fieldText(m_after, field);
        if (before != after)
            add(placeOfField(field), fieldName(field), withUnit(before, field), withUnit(after, field));
    }

    template<typename Row, typename Compare>
    void eachChanged(List list, const std::vector<Row>& before, const std::vector<Row>& after, Compare compare) {
        const Rows& rows = m_rows[list];
        for (size_t i = 0; i < after.size(); ++i) {
            if (rows.isChanged[i])
                compare(placeOf(after[i]), before[static_cast<size_t>(*rows.before[i])], after[i]);
        }
    }

    template<typename T> void compareSwitch(const QString& place, const QString& name, T before, T after) {
        if (before != after)
            add(place, name, onOff(before), onOff(after));
    }

    void compareSwitches() {
        eachChanged(List::Rules, m_before.ruleSet.rules, m_after.ruleSet.rules,
                    [this](const QString& place, const rules::Rule& one, const rules::Rule& other) {
                        compareSwitch(place, DraftChangesWords::tr("Enabled"), one.isEnabled, other.isEnabled);
                    });
        eachChanged(List::Levels, m_before.ruleSet.levels, m_after.ruleSet.levels,
                    [this](const QString& place, const rules::Level& one, const rules::Level& other) {
                        if (one.rewards.size() != other.rewards.size())
                            add(place, DraftChangesWords::tr("Number of rewards"),
                                numberText(qint64(one.rewards.size())), numberText(qint64(other.rewards.size())));
                    });
        const rules::Setting& one = m_before.ruleSet.setting;
        const rules::Setting& other = m_after.ruleSet.setting;
        const QString place = DraftChangesWords::tr("Setting");
        compareSwitch(place, DraftChangesWords::tr("Decay"), one.isDecayEnabled, other.isDecayEnabled);
        compareSwitch(place, DraftChangesWords::tr("Notices to clients"), one.isNotifyEnabled, other.isNotifyEnabled);
        eachChanged(List::Calendar, m_before.calendar, m_after.calendar,
                    [this](const QString& at, const sim::CalendarEntry& was, const sim::CalendarEntry& is) {
                        compareEntry(at, was, is);
                    });
    }

    void compareEntry(const QString& place, const sim::CalendarEntry& before, const sim::CalendarEntry& after) {
        compareSwitch(place, DraftChangesWords::tr("Decay"), before.setting.isDecayEnabled,
                      after.setting.isDecayEnabled);
        compareSwitch(place, DraftChangesWords::tr("Notices to clients"), before.setting.isNotifyEnabled,
                      after.setting.isNotifyEnabled);
        if (before.setting.decayRuleKey != after.setting.decayRuleKey)
            add(place, labelOf({Member::DecayRuleKey, 0, 0, {}}),
                valueText(visibleText(before.setting.decayRuleKey.value_or(QString()), 40)),
                valueText(visibleText(after.setting.decayRuleKey.value_or(QString()), 40)));
        for (const rules::Rule& rule : m_after.ruleSet.rules) {
            const auto isEnabled = [&rule](const sim::CalendarEntry& entry) {
                const auto found = entry.rules.find(rule.key);
                return found == entry.rules.end() ? std::nullopt : found->second.isEnabled;
            };
            compareSwitch(place, DraftChangesWords::tr("Enabled, %1").arg(visibleText(rule.key, 40)), isEnabled(before),
                          isEnabled(after));
        }
    }

    void comparePrices() {
        std::map<QString, double> all = m_before.prices;
        all.insert(m_after.prices.begin(), m_after.prices.end());
        for (const auto& [type, price] : all)
            compareField({Member::Price, 0, 0, type}, {Member::Price, 0, 0, type});
    }

    QString placeOfField(const Field& field) const {
        const auto row = static_cast<size_t>(field.row);
        switch (listOf(field.member)) {
        case List::Rules:
            return placeOf(m_after.ruleSet.rules[row]);
        case List::Levels:
            return placeOf(m_after.ruleSet.levels[row]);
        case List::Personas:
            return placeOf(m_after.personas[row]);
        case List::Calendar:
            return placeOf(m_after.calendar[row]);
        case List::None:
            break;
        }
        if (field.member == Member::StartValue || field.member == Member::StartWeight)
            return DraftChangesWords::tr("Start values");
        if (field.member == Member::Price)
            return DraftChangesWords::tr("Prices");
        return field.member >= Member::Ceiling && field.member <= Member::DecayRuleKey
                   ? DraftChangesWords::tr("Setting")
                   : DraftChangesWords::tr("Scenario");
    }

    static QString fieldName(const Field& field) {
        const QString label = labelOf(field);
        switch (field.member) {
        case Member::HourWeight:
            return QStringLiteral("%1, %2:00").arg(label).arg(field.part, 2, 10, QLatin1Char('0'));
        case Member::WeekdayFactor: {
            const QDate monday(2024, 1, 1);
            return QStringLiteral("%1, %2").arg(label, weekdayText(monday.addDays(field.part)));
        }
        case Member::RewardType:
        case Member::RewardAmount:
            return QStringLiteral("%1, %2").arg(label).arg(field.part + 1);
        case Member::StartValue:
        case Member::StartWeight:
            return QStringLiteral("%1, %2").arg(label).arg(field.row + 1);
        default:
            return field.key.isEmpty() ? label : QStringLiteral("%1, %2").arg(label, visibleText(field.key, 40));
        }
    }

    static QString valueText(const QString& text) { return text.isEmpty() ? DraftChangesWords::tr("not set") : text; }

    static QString withUnit(const QString& text, const Field& field) {
        const QString shown = valueText(visibleText(text, 60));
        const QString unit = text.isEmpty() ? QString() : unitOf(field);
        return unit == QLatin1String("%") ? shown + unit : joinedText(shown, unit);
    }

    const sim::Scenario& m_before;
    const sim::Scenario& m_after;
    std::map<List, Rows> m_rows;
    std::vector<DraftChange> m_changes;
};

} // namespace

std::vector<DraftChange> changesBetween(const sim::Scenario& before, const sim::Scenario& after) {
    if (before == after)
        return {};
    std::vector<DraftChange> changes = Comparison(before, after).changes();
    if (changes.empty())
        changes.push_back({ChangeKind::Changed, DraftChangesWords::tr("Scenario"),
                           DraftChangesWords::tr("Details that have no field"), DraftChangesWords::tr("as it was"),
                           DraftChangesWords::tr("another")});
    return changes;
}

QString sentenceOf(const DraftChange& change) {
    switch (change.kind) {
    case ChangeKind::Added:
        return DraftChangesWords::tr("%1 was added").arg(change.place);
    case ChangeKind::Removed:
        return DraftChangesWords::tr("%1 was removed").arg(change.place);
    case ChangeKind::Changed:
        break;
    }
    return DraftChangesWords::tr("%1, %2: %3 → %4").arg(change.place, change.field, change.before, change.after);
}

} // namespace affinity::ui
