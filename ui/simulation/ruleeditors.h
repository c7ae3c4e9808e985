// The editors of the rule set: rules, levels with their rewards, and the setting.
#pragma once

#include "ui/simulation/listeditor.h"

namespace affinity::ui {

class Button;

class RulesEditor : public ListEditor {
    Q_OBJECT
public:
    explicit RulesEditor(Draft& draft, QWidget* parent = nullptr);

protected:
    int rowCount() const override;
    std::vector<std::vector<Cell>> cells() const override;
    bool isOfList(const Field& field) const override;
    void addRow(sim::Scenario& after, int at) override;
    void duplicateRow(sim::Scenario& after, int row) override;
    void removeRow(sim::Scenario& after, int row) override;
    void moveRow(sim::Scenario& after, int row, int to) override;
    void refreshForm() override;

private:
    DraftCheck* m_enabled;
};

/// Levels stay sorted by number: there is no reordering.
class LevelsEditor : public ListEditor {
    Q_OBJECT
public:
    explicit LevelsEditor(Draft& draft, QWidget* parent = nullptr);

protected:
    int rowCount() const override;
    std::vector<std::vector<Cell>> cells() const override;
    bool isOfList(const Field& field) const override;
    bool canReorder() const override { return false; }
    void addRow(sim::Scenario& after, int at) override;
    void duplicateRow(sim::Scenario& after, int row) override;
    void removeRow(sim::Scenario& after, int row) override;
    void moveRow(sim::Scenario& after, int row, int to) override;
    void refreshForm() override;

private:
    void rebuildRewards(int count);
    void changeRewards(const QString& title, const std::function<void(base::Json&)>& change);
    QGridLayout* m_rewards;
    std::vector<DraftField*> m_rewardFields;
    std::vector<TextLabel*> m_others; // members of a reward besides type and amount
    TextLabel* m_noRewards;
    int m_rewardCount = -1;
};

class SettingEditor : public SectionEditor {
    Q_OBJECT
public:
    explicit SettingEditor(Draft& draft, QWidget* parent = nullptr);
    bool showField(const Field& field) override;

private:
    void refresh();
    QComboBox* m_decayRule;
};

} // namespace affinity::ui
