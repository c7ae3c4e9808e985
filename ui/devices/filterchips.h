// FilterChips: the filters of the device list, each a chip that opens its choices.
#pragma once

#include "ui/devices/chipflow.h"
#include "ui/devices/devicefilter.h"

namespace affinity::ui {

class Chip;

/// Holds the filter apart from its text. GUI thread.
class FilterChips : public ChipFlow {
    Q_OBJECT
public:
    explicit FilterChips(std::vector<rules::Level> levels, QWidget* parent = nullptr);

    const DeviceFilter& filter() const { return m_filter; }
    /// Shows a filter without emitting.
    void setFilter(const DeviceFilter& filter);

Q_SIGNALS:
    /// The user changed a filter.
    void changed();

private:
    Chip* makeChip(const QString& name, const QString& objectName);
    void choose(const DeviceFilter& filter);
    void openLevelMenu();
    void openActivityMenu();
    void openValueMenu();
    void refresh();

    std::vector<rules::Level> m_levels;
    DeviceFilter m_filter;
    Chip* m_user;
    Chip* m_level;
    Chip* m_activity;
    Chip* m_value;
    Chip* m_unbound;
};

} // namespace affinity::ui
