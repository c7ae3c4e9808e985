#include "ui/simulation/populationeditors.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/draftfield.h"
#include "ui/simulation/hourbars.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace affinity::ui {
namespace {

constexpr int personaFormWidth = 520;
constexpr int calendarFormWidth = 640;
constexpr int mostStartRows = 40; // more are a file's matter

QStringList ruleKeys(const sim::Scenario& scenario) {
    QStringList keys;
    for (const rules::Rule& rule : scenario.ruleSet.rules)
        keys << rule.key;
    keys.removeDuplicates();
    return keys;
}

void clear(QGridLayout& grid) {
    while (QLayoutItem* item = grid.takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

double eventsOf(const sim::Persona& persona) {
    double events = 0;
    for (const auto& [key, mean] : persona.eventsPerActiveDay)
        events += mean;
    return events;
}

QString weekdayName(int weekday) {
    static const char* const names[] = {
        QT_TRANSLATE_NOOP("PersonasEditor", "Mon"), QT_TRANSLATE_NOOP("PersonasEditor", "Tue"),
        QT_TRANSLATE_NOOP("PersonasEditor", "Wed"), QT_TRANSLATE_NOOP("PersonasEditor", "Thu"),
        QT_TRANSLATE_NOOP("PersonasEditor", "Fri"), QT_TRANSLATE_NOOP("PersonasEditor", "Sat"),
        QT_TRANSLATE_NOOP("PersonasEditor", "Sun")};
    return QCoreApplication::translate("PersonasEditor", names[weekday]);
}

TextLabel* columnHead(const QString& text, Qt::Alignment alignment = Qt::AlignRight) {
    auto* label = new TextLabel(text, TextStyle::Caption, TextTone::Muted);
    label->setAlignment(alignment | Qt::AlignBottom);
    return label;
}

TextLabel* ruleLabel(const QString& key) {
    auto* label = new TextLabel(visibleText(key, 20), TextStyle::Code, TextTone::Secondary);
    label->setElided(true);
    return label;
}

} // namespace

// ---- personas --------------------------------------------------------------------------------------------------

PersonasEditor::PersonasEditor(Draft& draft, QWidget* parent)
    : ListEditor(draft,
                 {tr("Personas"), {}, tr("Add a persona"), tr("Duplicate the persona"), tr("Remove the persona")},
                 {{tr("Persona"), false, {}},
                  {tr("Share, %"), true, tr("Percent of the devices; all shares add up to 100.")},
                  {tr("Active, %"), true, tr("Percent of the days that are active.")},
                  {tr("Events"), true, tr("Mean number on an active day, all rules.")}},
                 {120, 112, 112, 88}, 0, QStringLiteral("personas"), parent),
      m_events(new QGridLayout),
      m_hours(new HourBars) {
    setFormWidth(personaFormWidth);
    form()->addGrid({rowField(Member::PersonaName), rowField(Member::Share)}, 2);
    form()->addHeading(tr("Events per active day"), tr("mean number by rule"));
    m_events->setHorizontalSpacing(measure::pageEdge);
    m_events->setVerticalSpacing(measure::gapSmall);
    form()->rows()->addLayout(m_events);
    buildHours();
    form()->addHeading(tr("Weekdays"), tr("factor on all rates"));
    auto* days = new QGridLayout;
    days->setHorizontalSpacing(measure::gapSmall);
    days->setVerticalSpacing(2);
    for (int day = 0; day < 7; ++day) {
        DraftField* factor = rowField(Member::WeekdayFactor, day);
        factor->setLabel(weekdayName(day));
        days->addWidget(factor, 0, day, Qt::AlignTop);
        days->setColumnStretch(day, 1);
    }
    form()->rows()->addLayout(days);
    form()->addHeading(tr("Activity"));
    form()->addGrid({rowField(Member::ActiveProbability), rowField(Member::Churn), rowField(Member::Return)}, 3);
    form()->addHeading(tr("Irregularity"), tr("dispersion 0 is Poisson"));
    form()->addGrid({rowField(Member::Dispersion), rowField(Member::Retry)}, 2);
    form()->rows()->addStretch(1);
    start();
}

void PersonasEditor::buildHours() {
    form()->addHeading(tr("Hours of the day"), tr("weights from local midnight; drag, or use the arrow keys"));
    m_hours->setObjectName(QStringLiteral("hourBars"));
    form()->rows()->addWidget(m_hours);
    m_hourWeight = rowField(Member::HourWeight, 12);
    auto* line = new QHBoxLayout;
    line->addWidget(m_hourWeight, 1);
    line->addStretch(1);
    form()->rows()->addLayout(line);
    connect(m_hours, &HourBars::hourChosen, this, &PersonasEditor::chooseHour);
    connect(m_hours, &HourBars::settled, this, [this] { draft().endGesture(); });
    connect(m_hours, &HourBars::weightChanged, this, [this](int hour, double weight) {
        draft().edit(
            tr("Hours of the day"),
            [&](sim::Scenario& after) {
                setFieldNumber(after, {Member::HourWeight, currentRow(), hour, {}}, weight);
            },
            QStringLiteral("hours %1").arg(currentRow()));
    });
    m_hours->setCurrentHour(12);
}

void PersonasEditor::chooseHour(int hour) {
    m_hourWeight->setLabel(tr("Weight at %1:00").arg(hour, 2, 10, QLatin1Char('0')));
    m_hourWeight->setField({Member::HourWeight, currentRow(), hour, {}});
}

int PersonasEditor::rowCount() const {
    return static_cast<int>(scenario().personas.size());
}

std::vector<std::vector<Cell>> PersonasEditor::cells() const {
    std::vector<std::vector<Cell>> rows;
    for (int row = 0; row < rowCount(); ++row) {
        const sim::Persona& persona = scenario().personas[static_cast<size_t>(row)];
        rows.push_back({strongCell(visibleText(persona.name)), fieldCell({Member::Share, row, 0, {}}),
                        fieldCell({Member::ActiveProbability, row, 0, {}}),
                        numberCell(decimalText(eventsOf(persona), 1))});
    }
    return rows;
}

bool PersonasEditor::isOfList(const Field& field) const {
    return field.member >= Member::PersonaName && field.member <= Member::Retry;
}

bool PersonasEditor::showField(const Field& field) {
    if (field.member == Member::HourWeight) {
        m_hours->setCurrentHour(field.part);
        chooseHour(field.part);
    }
    return ListEditor::showField(field);
}

void PersonasEditor::addRow(sim::Scenario& after, int at) {
    sim::Persona persona;
    persona.name = tr("new persona");
    persona.share = after.personas.empty() ? 1 : 0;
    persona.hourProfile.fill(1);
    persona.weekdayFactor.fill(1);
    for (const rules::Rule& rule : after.ruleSet.rules)
        persona.eventsPerActiveDay[rule.key] = rule.key == after.ruleSet.setting.decayRuleKey ? 0 : 1;
    for (int i = 2; std::any_of(after.personas.begin(), after.personas.end(),
                                [&](const sim::Persona& other) { return other.name == persona.name; });
         ++i)
        persona.name = tr("new persona %1").arg(i);
    after.personas.insert(after.personas.begin() + at, persona);
}

void PersonasEditor::duplicateRow(sim::Scenario& after, int row) {
    // The two share what the one had, so that the shares still add up.
    sim::Persona& original = after.personas[static_cast<size_t>(row)];
    original.share /= 2;
    sim::Persona copy = original;
    for (int i = 2; std::any_of(after.personas.begin(), after.personas.end(),
                                [&](const sim::Persona& other) { return other.name == copy.name; });
         ++i)
        copy.name = QStringLiteral("%1 %2").arg(original.name.left(56)).arg(i);
    after.personas.insert(after.personas.begin() + row + 1, copy);
}

void PersonasEditor::removeRow(sim::Scenario& after, int row) {
    after.personas.erase(after.personas.begin() + row);
}

void PersonasEditor::moveRow(sim::Scenario& after, int row, int to) {
    moveIn(after.personas, row, to);
}

void PersonasEditor::rebuildEvents(const QStringList& keys) {
    m_ruleKeys = keys;
    for (DraftField* field : m_eventFields)
        dropField(field);
    m_eventFields.clear();
    clear(*m_events);
    constexpr int perRow = 2;
    for (int i = 0; i < keys.size(); ++i) {
        DraftField* field = rowField(Member::Events, 0, keys.at(i));
        field->setLabel(tr("%1, events per active day").arg(keys.at(i)));
        field->edit()->setFixedWidth(96);
        m_eventFields.push_back(field);
        m_events->addWidget(ruleLabel(keys.at(i)), i / perRow, i % perRow * 2);
        m_events->addWidget(field, i / perRow, i % perRow * 2 + 1);
        m_events->setColumnStretch(i % perRow * 2, 1);
    }
}

void PersonasEditor::refreshForm() {
    const QStringList keys = ruleKeys(scenario());
    if (keys != m_ruleKeys)
        rebuildEvents(keys);
    const auto row = static_cast<size_t>(currentRow());
    if (row >= scenario().personas.size())
        return;
    const Field field{Member::HourWeight, currentRow(), 0, {}};
    const auto there = inBaseline(field, scenario(), draft().baseline());
    const auto& weights = scenario().personas[row].hourProfile;
    m_hours->setWeights(weights,
                        there ? draft().baseline().personas[static_cast<size_t>(there->row)].hourProfile : weights);
    chooseHour(m_hours->currentHour());
}

// ---- calendar --------------------------------------------------------------------------------------------------

CalendarEditor::CalendarEditor(Draft& draft, QWidget* parent)
    : ListEditor(draft,
                 {tr("Calendar"), tr("later entries win"), tr("Add an entry"), tr("Duplicate the entry"),
                  tr("Remove the entry")},
                 {{tr("From"), false, {}}, {tr("To"), false, {}}, {tr("Changes"), false, {}}}, {104, 104, 140}, 2,
                 QStringLiteral("calendar"), parent),
      m_rules(new QGridLayout) {
    setFormWidth(calendarFormWidth);
    DraftField* from = rowField(Member::EntryFrom);
    DraftField* to = rowField(Member::EntryTo);
    from->setHint(tr("Local date, inclusive."));
    to->setHint(tr("Local date, inclusive."));
    form()->addGrid({from, to}, 2);
    form()->addHeading(tr("Rules"), tr("rate × and what is set while it lasts; empty: unchanged"));
    m_rules->setHorizontalSpacing(measure::gapSmall);
    m_rules->setVerticalSpacing(measure::gapSmall);
    form()->rows()->addLayout(m_rules);
    form()->addHeading(tr("Setting"), tr("empty: unchanged"));
    form()->addGrid(
        {rowField(Member::EntryCeiling), rowField(Member::EntryGlobalDailyCap), rowField(Member::EntryDecayIdleDays)},
        3);
    form()->rows()->addStretch(1);
    start();
}

int CalendarEditor::rowCount() const {
    return static_cast<int>(scenario().calendar.size());
}

std::vector<std::vector<Cell>> CalendarEditor::cells() const {
    std::vector<std::vector<Cell>> rows;
    for (int row = 0; row < rowCount(); ++row) {
        const sim::CalendarEntry& entry = scenario().calendar[static_cast<size_t>(row)];
        QStringList parts;
        if (!entry.rateFactor.empty())
            parts << tr("rates: %1").arg(entry.rateFactor.size());
        if (!entry.rules.empty())
            parts << tr("rules: %1").arg(entry.rules.size());
        if (entry.setting != sim::SettingColumns{})
            parts << tr("setting");
        rows.push_back(
            {fieldCell({Member::EntryFrom, row, 0, {}}), fieldCell({Member::EntryTo, row, 0, {}}),
             parts.isEmpty() ? muted(textCell(tr("nothing yet"))) : textCell(parts.join(QStringLiteral(", ")))});
    }
    return rows;
}

bool CalendarEditor::isOfList(const Field& field) const {
    return field.member >= Member::EntryFrom && field.member <= Member::EntryDecayIdleDays;
}

void CalendarEditor::addRow(sim::Scenario& after, int at) {
    sim::CalendarEntry entry;
    entry.from = after.startDate.addDays(std::min(7, std::max(0, after.days - 1)));
    entry.to = entry.from.addDays(6);
    after.calendar.insert(after.calendar.begin() + at, entry);
}

void CalendarEditor::duplicateRow(sim::Scenario& after, int row) {
    const sim::CalendarEntry copy = after.calendar[static_cast<size_t>(row)];
    after.calendar.insert(after.calendar.begin() + row + 1, copy);
}

void CalendarEditor::removeRow(sim::Scenario& after, int row) {
    after.calendar.erase(after.calendar.begin() + row);
}

void CalendarEditor::moveRow(sim::Scenario& after, int row, int to) {
    moveIn(after.calendar, row, to);
}

void CalendarEditor::rebuildRules(const QStringList& keys) {
    constexpr std::pair<Member, const char*> members[] = {
        {Member::RateFactor, QT_TR_NOOP("Rate ×")},       {Member::EntryMinChange, QT_TR_NOOP("Smallest")},
        {Member::EntryMaxChange, QT_TR_NOOP("Largest")},  {Member::EntrySingleCap, QT_TR_NOOP("Single cap")},
        {Member::EntryDailyCap, QT_TR_NOOP("Daily cap")}, {Member::EntryCooldown, QT_TR_NOOP("Cooldown")}};
    m_ruleKeys = keys;
    for (DraftField* field : m_ruleFields)
        dropField(field);
    m_ruleFields.clear();
    clear(*m_rules);
    int place = 1;
    m_rules->addWidget(columnHead(tr("Rule"), Qt::AlignLeft), 0, 0);
    for (const auto& [member, name] : members)
        m_rules->addWidget(columnHead(tr(name)), 0, place++);
    for (int i = 0; i < keys.size(); ++i) {
        m_rules->addWidget(ruleLabel(keys.at(i)), i + 1, 0);
        place = 1;
        for (const auto& [member, name] : members) {
            DraftField* field = rowField(member, 0, keys.at(i));
            field->setLabel(QStringLiteral("%1, %2").arg(keys.at(i), tr(name)));
            m_ruleFields.push_back(field);
            m_rules->addWidget(field, i + 1, place);
            m_rules->setColumnStretch(place++, 2);
        }
    }
    m_rules->setColumnStretch(0, 3);
}

void CalendarEditor::refreshForm() {
    const QStringList keys = ruleKeys(scenario());
    if (keys != m_ruleKeys)
        rebuildRules(keys);
}

// ---- run -------------------------------------------------------------------------------------------------------

RunEditor::RunEditor(Draft& draft, QWidget* parent)
    : SectionEditor(draft, parent),
      m_start(new QGridLayout),
      m_prices(new QGridLayout),
      m_snapshot(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_noPrices(new TextLabel(tr("No level gives a reward with a type."), TextStyle::Caption, TextTone::Muted)) {
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(measure::panelGap);
    const auto panel = [&](const QString& title, const QString& caption, int stretch) {
        auto* box = new Panel(title, caption);
        box->setFlushBody();
        auto* form = new FormArea;
        box->body()->addWidget(form, 1);
        outer->addWidget(box, stretch);
        return form;
    };
    const auto field = [&](Member member, const QString& hint = {}) {
        auto* line = new DraftField(draft, {member, 0, 0, {}});
        line->setHint(hint);
        return line;
    };
    FormArea* size = panel(tr("Run"), tr("the same for baseline and draft, name aside"), 1);
    size->rows()->addWidget(field(Member::ScenarioName));
    size->addGrid({field(Member::Devices, tr("1 to 100,000,000.")), field(Member::Days, tr("1 to 730."))}, 2);
    size->addGrid({field(Member::StartDate, tr("Local date in the setting's zone.")),
                   field(Member::Seed, tr("Same seed, same result."))},
                  2);
    size->rows()->addStretch(1);

    FormArea* start = panel(tr("Start values"), tr("each device draws one by weight"), 1);
    m_snapshot->setWordWrap(true);
    start->rows()->addWidget(m_snapshot);
    for (QGridLayout* grid : {m_start, m_prices}) {
        grid->setHorizontalSpacing(measure::gap);
        grid->setVerticalSpacing(measure::gapSmall);
    }
    start->rows()->addLayout(m_start);
    auto* add = new Button(tr("Add a start value"), ButtonKind::Normal, Icon::Plus);
    start->rows()->addWidget(add, 0, Qt::AlignLeft);
    start->rows()->addStretch(1);
    connect(add, &QPushButton::clicked, this, [this] {
        this->draft().endGesture();
        this->draft().edit(tr("Add a start value"), [](sim::Scenario& after) {
            const int highest = after.start.histogram.empty() ? 0 : after.start.histogram.back().value;
            after.start.histogram.push_back({highest + 100, 1});
        });
    });
    FormArea* prices = panel(tr("Prices"), tr("of one unit of a reward; empty: shown as units"), 1);
    prices->rows()->addLayout(m_prices);
    prices->rows()->addWidget(m_noPrices);
    prices->rows()->addStretch(1);
    connect(&draft, &Draft::changed, this, &RunEditor::refresh);
    refresh();
}

void RunEditor::rebuildStart(int count) {
    m_startCount = count;
    clear(*m_start);
    m_start->addWidget(columnHead(tr("Value, points")), 0, 0);
    m_start->addWidget(columnHead(tr("Weight")), 0, 1);
    for (int i = 0; i < std::min(count, mostStartRows); ++i) {
        auto* remove = new IconButton(Icon::Trash, tr("Remove the start value"));
        remove->setEnabled(count > 1);
        m_start->addWidget(new DraftField(draft(), {Member::StartValue, i, 0, {}}, FieldLook::Bare), i + 1, 0);
        m_start->addWidget(new DraftField(draft(), {Member::StartWeight, i, 0, {}}, FieldLook::Bare), i + 1, 1);
        m_start->addWidget(remove, i + 1, 2);
        connect(remove, &QToolButton::clicked, this, [this, i] {
            draft().endGesture();
            draft().edit(tr("Remove the start value"),
                         [i](sim::Scenario& after) { after.start.histogram.erase(after.start.histogram.begin() + i); });
        });
    }
    if (count > mostStartRows)
        m_start->addWidget(columnHead(tr("and %n more", nullptr, count - mostStartRows)), mostStartRows + 1, 0);
}

void RunEditor::rebuildPrices(const QStringList& types) {
    m_types = types;
    m_hasPrices = true;
    clear(*m_prices);
    m_prices->setColumnStretch(0, 1);
    for (int i = 0; i < types.size(); ++i) {
        auto* price = new DraftField(draft(), {Member::Price, 0, 0, types.at(i)}, FieldLook::Bare);
        price->setLabel(tr("Price of one %1").arg(types.at(i)));
        price->edit()->setFixedWidth(120);
        m_prices->addWidget(ruleLabel(types.at(i)), i, 0);
        m_prices->addWidget(price, i, 1);
    }
    m_noPrices->setVisible(types.isEmpty());
}

void RunEditor::refresh() {
    const sim::StartValues& start = scenario().start;
    const bool isSnapshot = !start.snapshotFile.isEmpty();
    m_snapshot->setVisible(isSnapshot);
    m_snapshot->setText(tr("From the snapshot file %1.").arg(visibleText(start.snapshotFile, 200)));
    const int count = isSnapshot ? 0 : static_cast<int>(start.histogram.size());
    if (count != m_startCount)
        rebuildStart(count);
    QStringList types;
    for (size_t row = 0; row < scenario().ruleSet.levels.size(); ++row) {
        const base::Json& rewards = scenario().ruleSet.levels[row].rewards;
        for (int part = 0; rewards.is_array() && part < static_cast<int>(rewards.size()); ++part)
            types << fieldText(scenario(), {Member::RewardType, static_cast<int>(row), part, {}});
    }
    for (const auto& [type, price] : scenario().prices)
        types << type;
    types.removeAll(QString());
    types.removeDuplicates();
    types.sort();
    if (types != m_types || !m_hasPrices)
        rebuildPrices(types);
}

bool RunEditor::showField(const Field& field) {
    return field.member <= Member::Price && focusField(field);
}

} // namespace affinity::ui
