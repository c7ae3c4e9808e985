// The editors of who lives through a scenario and when: personas, calendar, and the numbers of a run.
#pragma once

#include "ui/simulation/listeditor.h"

namespace affinity::ui {

class HourBars;

class PersonasEditor : public ListEditor {
    Q_OBJECT
public:
    explicit PersonasEditor(Draft& draft, QWidget* parent = nullptr);
    bool showField(const Field& field) override;

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
    void buildHours();
    void rebuildEvents(const QStringList& keys);
    void chooseHour(int hour);
    QGridLayout* m_events;
    std::vector<DraftField*> m_eventFields;
    QStringList m_ruleKeys;
    HourBars* m_hours;
    DraftField* m_hourWeight;
};

class CalendarEditor : public ListEditor {
    Q_OBJECT
public:
    explicit CalendarEditor(Draft& draft, QWidget* parent = nullptr);

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
    void rebuildRules(const QStringList& keys);
    QGridLayout* m_rules;
    std::vector<DraftField*> m_ruleFields;
    QStringList m_ruleKeys;
};

/// Name, size, seed, first day, start values, prices.
class RunEditor : public SectionEditor {
    Q_OBJECT
public:
    explicit RunEditor(Draft& draft, QWidget* parent = nullptr);
    bool showField(const Field& field) override;

private:
    void refresh();
    void rebuildStart(int count);
    void rebuildPrices(const QStringList& types);
    QGridLayout *m_start, *m_prices;
    TextLabel *m_snapshot, *m_noPrices;
    int m_startCount = -1;
    QStringList m_types;
    bool m_hasPrices = false;
};

} // namespace affinity::ui
