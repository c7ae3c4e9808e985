#include "ui/simulation/scenariopage.h"

#include "ui/shared/cellmodel.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/populationeditors.h"
#include "ui/simulation/ruleeditors.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int mostFindingRows = 4; // shown without scrolling

/// Which section a member stands in, for findings about a whole list.
int sectionOf(const QString& member) {
    static const std::pair<const char*, int> starts[] = {{"rule_set.rules", 0},   {"rule_set.levels", 1},
                                                         {"rule_set.setting", 2}, {"population.personas", 3},
                                                         {"calendar", 4},         {"population.start", 5}};
    for (const auto& [start, section] : starts) {
        if (member.startsWith(QLatin1String(start)))
            return section;
    }
    return 5;
}

} // namespace

ScenarioPage::ScenarioPage(Draft& draft, QWidget* parent)
    : QWidget(parent),
      m_draft(draft),
      m_sections(new SegmentedControl(
          {tr("Rules"), tr("Levels"), tr("Setting"), tr("Personas"), tr("Calendar"), tr("Run")}, tr("Section"))),
      m_pages(new QStackedWidget),
      m_editors{new RulesEditor(draft),    new LevelsEditor(draft),   new SettingEditor(draft),
                new PersonasEditor(draft), new CalendarEditor(draft), new RunEditor(draft)},
      m_findings(new Panel(tr("Findings"), tr("the scenario cannot be run or saved like this; Enter leads there"))),
      m_model(new CellModel({{tr("Where"), false, {}}, {tr("What"), false, {}}}, this)),
      m_table(new QTableView) {
    m_sections->setObjectName(QStringLiteral("sections"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* head = new QHBoxLayout;
    head->addWidget(m_sections);
    head->addStretch(1);
    head->addWidget(new TextLabel(tr("What differs from the baseline is blue."), TextStyle::Caption, TextTone::Muted));
    rows->addLayout(head);
    for (SectionEditor* editor : m_editors)
        m_pages->addWidget(editor);
    rows->addWidget(m_pages, 1);
    m_table->setObjectName(QStringLiteral("findings"));
    m_table->setModel(m_model);
    setUpTable(*m_table, {{360}, {400, true}}, RowHeight::Compact, tr("Findings"));
    m_table->horizontalHeader()->hide();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_findings->setFlushBody();
    m_findings->body()->addWidget(m_table, 1);
    rows->addWidget(m_findings);
    connect(m_sections, &SegmentedControl::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.isValid() && static_cast<size_t>(index.row()) < m_shown.size())
            showFinding(m_shown[static_cast<size_t>(index.row())]);
    });
    connect(&m_draft, &Draft::changed, this, &ScenarioPage::refresh);
    refresh();
}

bool ScenarioPage::showFinding(const Finding& finding) {
    m_sections->setCurrent(sectionOf(finding.member));
    for (const Field& field : allFields(m_draft.scenario())) {
        if (!isAbout(finding, field))
            continue;
        if (showField(field))
            return true;
    }
    return false;
}

bool ScenarioPage::showField(const Field& field) {
    for (size_t i = 0; i < m_editors.size(); ++i) {
        if (!m_editors[i]->showField(field))
            continue;
        m_sections->setCurrent(static_cast<int>(i));
        return true;
    }
    return false;
}

void ScenarioPage::refresh() {
    const sim::Scenario& scenario = m_draft.scenario();
    const size_t counts[] = {scenario.ruleSet.rules.size(), scenario.ruleSet.levels.size(), 0,
                             scenario.personas.size(),      scenario.calendar.size(),       0};
    for (int i = 0; i < 6; ++i)
        m_sections->setCount(i, static_cast<int>(counts[i]));
    m_findings->setVisible(!m_draft.findings().empty());
    if (m_shown == m_draft.findings())
        return;
    m_shown = m_draft.findings();
    std::vector<std::vector<Cell>> rows;
    for (const Finding& finding : m_shown)
        rows.push_back({iconCell(Icon::Error, Tone::Danger, visibleText(finding.member, 80)),
                        textCell(visibleText(finding.reason, 300))});
    m_model->setRows(std::move(rows));
    const int shown = std::clamp(static_cast<int>(m_shown.size()), 1, mostFindingRows);
    m_table->setFixedHeight(shown * measure::rowCompact + 8);
}

} // namespace affinity::ui
