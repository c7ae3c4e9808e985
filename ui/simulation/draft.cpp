#include "ui/simulation/draft.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"

#include <QRegularExpression>

#include <algorithm>

namespace affinity::ui {

/// One undo step: the scenario before and after it.
class ScenarioEdit : public QUndoCommand {
public:
    ScenarioEdit(Draft& draft, const QString& title, sim::Scenario after, QString mergeKey)
        : QUndoCommand(title),
          m_draft(draft),
          m_before(draft.m_scenario),
          m_after(std::move(after)),
          m_mergeKey(std::move(mergeKey)) {}

    void undo() override { m_draft.put(m_before); }
    void redo() override { m_draft.put(m_after); }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* later = static_cast<const ScenarioEdit*>(other); // equal ids: the same class
        if (later->m_mergeKey != m_mergeKey)
            return false;
        m_after = later->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    Draft& m_draft;
    sim::Scenario m_before, m_after;
    QString m_mergeKey;
};

namespace {

constexpr size_t mostCheckedStartValues = 1000;

Finding findingOf(const QString& what) {
    // Of a file: "draft, line 12, rule_set.rules[0].daily_cap: must be …"; of the simulator without the place.
    static const QRegularExpression place(QStringLiteral("^draft, line \\d+(, )?"));
    const QString text = QString(what).remove(place);
    const qsizetype colon = text.indexOf(QLatin1String(": "));
    return colon < 0 ? Finding{{}, engineText(text)} : Finding{text.left(colon), engineText(text.mid(colon + 2))};
}

std::optional<Finding> firstFinding(const sim::Scenario& scenario) {
    if (const auto checked = sim::checkScenario(scenario); !checked)
        return findingOf(checked.error().what);
    // What only a file refuses: reserved keys, names that are too long, thresholds that do not rise.
    sim::Scenario filed = scenario;
    if (filed.start.histogram.size() > mostCheckedStartValues)
        filed.start.histogram.resize(mostCheckedStartValues);
    const QByteArray text = QByteArray::fromStdString(sim::toJson(filed).dump());
    const auto read = sim::scenarioFromText(text, QStringLiteral("draft"));
    return read ? std::nullopt : std::optional<Finding>(findingOf(read.error().what));
}

/// Sets what a finding is about to something harmless, so that the next one shows. False when it is not known how.
bool setRight(sim::Scenario& scenario, const sim::Scenario& baseline, const Finding& finding) {
    for (const Field& field : allFields(scenario)) {
        if (!isAbout(finding, field))
            continue;
        const auto there = inBaseline(field, scenario, baseline);
        const QString now = fieldText(scenario, field);
        if (there && fieldText(baseline, *there) != now)
            return setFieldText(scenario, field, fieldText(baseline, *there)).isEmpty();
        if (isNumber(field) && fieldNumber(scenario, field) != 1) {
            setFieldNumber(scenario, field, 1);
            return true;
        }
        return false;
    }
    return false;
}

} // namespace

bool isAbout(const Finding& finding, const Field& field) {
    const QString member = memberOf(field);
    if (field.member == Member::Share && finding.member == QLatin1String("population.personas"))
        return true; // the sum of all shares
    if (!finding.member.startsWith(member)) {
        // A whole list is wrong: shown at each of its parts.
        const bool isPart = field.member == Member::HourWeight || field.member == Member::WeekdayFactor ||
                            field.member == Member::Events;
        return isPart && !finding.member.isEmpty() && member.startsWith(finding.member) &&
               finding.member.contains(QLatin1Char(']'));
    }
    const QString rest = finding.member.mid(member.size());
    return rest.isEmpty() || rest.startsWith(QLatin1Char('.')) || rest.startsWith(QLatin1Char('['));
}

std::vector<Finding> findingsOf(const sim::Scenario& scenario, const sim::Scenario& baseline, int most) {
    std::vector<Finding> findings;
    sim::Scenario rest = scenario;
    while (static_cast<int>(findings.size()) < most) {
        const std::optional<Finding> finding = firstFinding(rest);
        const bool isKnown = finding && std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
                                 return other.member == finding->member;
                             });
        if (!finding || isKnown)
            break;
        findings.push_back(*finding);
        if (!setRight(rest, baseline, *finding))
            break;
    }
    return findings;
}

Draft::Draft(QObject* parent) : QObject(parent) {
    connect(&m_stack, &QUndoStack::cleanChanged, this, &Draft::changed);
}

Draft::~Draft() {
    m_stack.disconnect(this); // it says that it is clean while it goes
}

void Draft::open(const sim::Scenario& scenario, const QString& fileName) {
    m_isOpen = true;
    m_baseline = scenario;
    m_scenario = scenario;
    m_saved = scenario;
    m_fileName = fileName;
    m_unreadable.clear();
    endGesture();
    m_stack.clear();
    check();
    Q_EMIT opened();
    Q_EMIT changed();
}

void Draft::goOn(const sim::Scenario& baseline, const sim::Scenario& saved, const sim::Scenario& scenario,
                 const QString& fileName) {
    open(saved, fileName);
    m_baseline = baseline;
    edit(tr("Edits of the draft that was kept"), scenario);
    endGesture();
    check();
    Q_EMIT changed();
}

void Draft::close() {
    open({}, {});
    m_isOpen = false;
    m_findings.clear();
    Q_EMIT changed();
}

bool Draft::hasFile() const {
    return !m_fileName.isEmpty() && !m_fileName.startsWith(QLatin1Char(':'));
}

void Draft::edit(const QString& title, const sim::Scenario& after, const QString& mergeKey) {
    if (after == m_scenario)
        return;
    const QString key = mergeKey.isEmpty() ? QString() : QStringLiteral("%1 %2").arg(m_gesture).arg(mergeKey);
    m_stack.push(new ScenarioEdit(*this, title, after, key));
}

void Draft::edit(const QString& title, const std::function<void(sim::Scenario&)>& change, const QString& mergeKey) {
    sim::Scenario after = m_scenario;
    change(after);
    edit(title, after, mergeKey);
}

void Draft::setNumber(const Field& field, double number) {
    m_unreadable.erase(memberOf(field));
    edit(
        labelOf(field), [&](sim::Scenario& after) { setFieldNumber(after, field, number); }, memberOf(field));
}

void Draft::setText(const Field& field, const QString& text) {
    sim::Scenario after = m_scenario;
    QString problem;
    if (field.member == Member::RuleKey)
        renameRule(after, field.row, text);
    else
        problem = setFieldText(after, field, text);
    if (!problem.isEmpty()) {
        setUnreadable(field, problem);
        return;
    }
    const bool wasUnreadable = m_unreadable.erase(memberOf(field)) > 0;
    if (after != m_scenario) {
        edit(labelOf(field), after, memberOf(field));
    } else if (wasUnreadable) {
        check();
        Q_EMIT changed();
    }
}

void Draft::setUnreadable(const Field& field, const QString& reason) {
    const QString member = memberOf(field);
    const auto found = m_unreadable.find(member);
    if (reason.isEmpty() ? found == m_unreadable.end() : found != m_unreadable.end() && found->second == reason)
        return;
    if (reason.isEmpty())
        m_unreadable.erase(found);
    else
        m_unreadable[member] = reason;
    check();
    Q_EMIT changed();
}

void Draft::reset(const Field& field) {
    endGesture();
    m_unreadable.erase(memberOf(field));
    if (const auto text = baselineText(field))
        setText(field, *text);
    check();
    endGesture();
    Q_EMIT changed();
}

void Draft::forgetUnreadable() {
    m_unreadable.clear();
    check();
    Q_EMIT changed();
}

void Draft::undo() {
    m_unreadable.clear();
    endGesture();
    m_stack.undo();
}

void Draft::redo() {
    m_unreadable.clear();
    endGesture();
    m_stack.redo();
}

void Draft::setSaved(const QString& fileName, int step, const sim::Scenario& written) {
    m_fileName = fileName;
    m_saved = written;
    endGesture();
    if (m_stack.index() == step && m_scenario == written) // the step may have been undone and made anew
        m_stack.setClean();
    else
        m_stack.resetClean();
    Q_EMIT wasSaved();
    Q_EMIT changed();
}

void Draft::makeBaseline() {
    m_baseline = m_scenario;
    endGesture();
    check();
    Q_EMIT changed();
}

std::optional<QString> Draft::baselineText(const Field& field) const {
    const auto there = inBaseline(field, m_scenario, m_baseline);
    return there ? std::optional<QString>(fieldText(m_baseline, *there)) : std::nullopt;
}

bool Draft::isChanged(const Field& field) const {
    return exists(m_scenario, field) && baselineText(field) != fieldText(m_scenario, field);
}

int Draft::changeCount() const {
    if (!isChanged())
        return 0;
    int count = 0;
    for (const Field& field : allFields(m_scenario)) {
        if (inBaseline(field, m_scenario, m_baseline))
            count += isChanged(field) ? 1 : 0;
        else if (field.member == Member::RuleKey || field.member == Member::LevelNumber ||
                 field.member == Member::PersonaName || field.member == Member::EntryFrom)
            ++count;
    }
    const auto removed = [](size_t before, size_t now) { return before > now ? static_cast<int>(before - now) : 0; };
    count += removed(m_baseline.ruleSet.rules.size(), m_scenario.ruleSet.rules.size()) +
             removed(m_baseline.ruleSet.levels.size(), m_scenario.ruleSet.levels.size()) +
             removed(m_baseline.personas.size(), m_scenario.personas.size()) +
             removed(m_baseline.calendar.size(), m_scenario.calendar.size());
    return std::max(count, 1); // switches, rewards and order have no field of their own
}

QString Draft::problemOf(const Field& field) const {
    const auto found = std::find_if(m_findings.begin(), m_findings.end(),
                                    [&](const Finding& finding) { return isAbout(finding, field); });
    return found == m_findings.end() ? QString() : found->reason;
}

void Draft::put(const sim::Scenario& scenario) {
    m_scenario = scenario;
    check();
    Q_EMIT changed();
}

void Draft::check() {
    m_findings.clear();
    for (const auto& [member, reason] : m_unreadable)
        m_findings.push_back({member, reason});
    for (Finding& finding : findingsOf(m_scenario, m_baseline))
        m_findings.push_back(std::move(finding));
}

} // namespace affinity::ui
