// SavedFilters: filters of the device list kept under names, in a small JSON file of their own.
#pragma once

#include "ui/devices/devicefilter.h"

#include <QString>

#include <optional>
#include <vector>

namespace affinity::ui {

/// What the list asks for: conditions and order.
struct DeviceView {
    DeviceFilter filter;
    store::DeviceSort sort = store::DeviceSort::Id;
    bool isDescending = false;

    friend bool operator==(const DeviceView&, const DeviceView&) = default;
};

struct SavedFilter {
    QString name;
    DeviceView view;

    friend bool operator==(const SavedFilter&, const SavedFilter&) = default;
};

/// Filters that come with the program: they cannot be changed, renamed or deleted. Their ceiling and highest level are
/// those of `ruleSet`.
std::vector<SavedFilter> builtInFilters(const rules::RuleSet& ruleSet);

/// Names are unique without regard to case; built-in names are taken. The file is read again before each change and
/// written whole or not at all, so that two windows lose nothing of each other. GUI thread; the file is small.
class SavedFilters {
public:
    static constexpr int version = 1;
    static constexpr int longestName = 60; ///< characters

    /// A file that does not exist is empty. A damaged one is kept aside (problem() says where) and begun anew; one of a
    /// newer program stays untouched and nothing can be saved. An empty name: nothing is kept and saving is refused.
    explicit SavedFilters(const QString& fileName, std::vector<SavedFilter> builtIns = {});

    /// Sorted by name.
    const std::vector<SavedFilter>& filters() const { return m_filters; }
    const std::vector<SavedFilter>& builtIns() const { return m_builtIns; }
    std::optional<SavedFilter> find(const QString& name) const;
    bool isBuiltIn(const QString& name) const;

    /// What was wrong with the file and what became of it, as two sentences; empty when nothing was.
    struct Problem {
        QString what;
        QString meaning;
        bool isEmpty() const { return what.isEmpty(); }
        friend bool operator==(const Problem&, const Problem&) = default;
    };
    const Problem& problem() const { return m_problem; }
    /// Why nothing can be saved, as a sentence; empty when something can.
    const QString& saveObstacle() const { return m_saveObstacle; }
    /// Why a new filter cannot have this name, as a sentence; empty when it can.
    QString nameObstacle(const QString& name) const;

    // Changes. Refused for a name that is taken, unknown or built in; another kind when the file cannot be written:
    // then nothing changed.
    base::Result<void> add(const QString& name, const DeviceView& view);
    base::Result<void> update(const QString& name, const DeviceView& view);
    base::Result<void> rename(const QString& from, const QString& to);
    base::Result<void> remove(const QString& name);

private:
    void load();
    void keepAside(const QString& why);
    base::Result<void> write(std::vector<SavedFilter> filters);
    std::vector<SavedFilter>::const_iterator placeOf(const QString& name) const;

    QString m_fileName;
    std::vector<SavedFilter> m_builtIns;
    std::vector<SavedFilter> m_filters;
    Problem m_problem;
    QString m_saveObstacle;
};

} // namespace affinity::ui
