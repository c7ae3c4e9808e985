// The small tables of a device's page: rewards granted and daily counters. Plain copies of what was loaded.
#pragma once

#include "engine/engine.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace affinity::ui {

/// Levels whose rewards were granted, newest first.
class GrantModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { LevelColumn, RewardsColumn, GrantedColumn, ColumnCount };
    explicit GrantModel(const QTimeZone& zone, QObject* parent = nullptr);
    void setDetail(const service::DeviceDetail& detail);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QTimeZone m_zone;
    std::vector<rules::Grant> m_grants;
    std::vector<rules::Level> m_levels;
};

/// The audit counters of the last 30 local days, newest first.
class CounterModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { DayColumn, RuleColumn, SumColumn, EventsColumn, ColumnCount };
    /// `rules` name the rules, deleted ones too.
    explicit CounterModel(std::vector<rules::Rule> rules, QObject* parent = nullptr);
    void setDetail(const service::DeviceDetail& detail);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString ruleText(base::RuleId id) const;
    std::vector<rules::Rule> m_rules;
    std::vector<rules::DailyCounter> m_counters;
};

} // namespace affinity::ui
