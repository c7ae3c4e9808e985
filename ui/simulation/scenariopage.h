// ScenarioPage: the editor of a whole scenario: its sections, and below them everything that is wrong.
#pragma once

#include "ui/simulation/draft.h"

#include <QWidget>

class QStackedWidget;
class QTableView;

namespace affinity::ui {

class CellModel;
class Panel;
class SectionEditor;
class SegmentedControl;

/// GUI thread; the draft outlives it.
class ScenarioPage : public QWidget {
    Q_OBJECT
public:
    explicit ScenarioPage(Draft& draft, QWidget* parent = nullptr);

    /// Shows the field that a finding is about; false when it has no field of its own.
    bool showFinding(const Finding& finding);
    /// Shows a field with the keyboard in it; false when no editor has it.
    bool showField(const Field& field);

private:
    void refresh();
    Draft& m_draft;
    SegmentedControl* m_sections;
    QStackedWidget* m_pages;
    std::vector<SectionEditor*> m_editors;
    Panel* m_findings;
    CellModel* m_model;
    QTableView* m_table;
    std::vector<Finding> m_shown;
};

} // namespace affinity::ui
