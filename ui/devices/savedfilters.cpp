#include "ui/devices/savedfilters.h"

#include "ui/devices/savedfilterjson.h"
#include "ui/shared/formatting.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <utility>

namespace affinity::ui {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 largestFile = 1 << 20; // bytes; a filter takes about 200

struct SavedFiltersWords {
    Q_DECLARE_TR_FUNCTIONS(SavedFilters)
};

bool isSameName(const QString& one, const QString& other) {
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

Error refused(const QString& what) {
    return {ErrorKind::Refused, what};
}

Error unknown(const QString& name) {
    return refused(SavedFiltersWords::tr("There is no saved filter “%1”.").arg(visibleText(name)));
}

} // namespace

std::vector<SavedFilter> builtInFilters(const rules::RuleSet& ruleSet) {
    DeviceView idle;
    idle.filter.activity = Activity::IdleFor7Days;
    idle.sort = store::DeviceSort::Value;
    idle.isDescending = true;
    DeviceView ceiling;
    ceiling.filter.valueAtLeast = ruleSet.setting.maxAffinity;
    std::vector<SavedFilter> filters{{SavedFiltersWords::tr("Idle for 7 days, highest value first"), idle},
                                     {SavedFiltersWords::tr("At the ceiling"), ceiling}};
    if (!ruleSet.levels.empty()) {
        DeviceView highest;
        highest.filter.levelAtLeast = ruleSet.levels.back().level;
        filters.push_back({SavedFiltersWords::tr("At the highest level"), highest});
    }
    return filters;
}

SavedFilters::SavedFilters(const QString& fileName, std::vector<SavedFilter> builtIns)
    : m_fileName(fileName), m_builtIns(std::move(builtIns)) {
    if (m_fileName.isEmpty())
        m_saveObstacle = SavedFiltersWords::tr("This window has no file to keep filters in.");
    load();
}

void SavedFilters::load() {
    if (m_fileName.isEmpty())
        return;
    m_saveObstacle.clear();
    QFile file(m_fileName);
    if (!file.exists()) {
        m_filters.clear();
        return;
    }
    if (!file.open(QIODevice::ReadOnly)) { // not damaged: it may be readable again later
        m_problem = {SavedFiltersWords::tr("The saved filters cannot be read: %1.").arg(file.errorString()),
                     SavedFiltersWords::tr("The file %1 stays as it is, and nothing can be saved.")
                         .arg(QDir::toNativeSeparators(m_fileName))};
        m_saveObstacle = m_problem.what;
        return;
    }
    if (file.size() > largestFile) {
        keepAside(SavedFiltersWords::tr("the file is larger than 1 MiB"));
        return;
    }
    const FilterFile read = filtersFromJson(file.readAll());
    file.close();
    if (read.isOfNewerProgram) {
        m_filters.clear();
        m_problem = {SavedFiltersWords::tr("The saved filters are of a newer version of this program."),
                     SavedFiltersWords::tr("They stay in %1 untouched. This version cannot show or save filters.")
                         .arg(QDir::toNativeSeparators(m_fileName))};
        m_saveObstacle = m_problem.what;
    } else if (!read.damage.isEmpty()) {
        keepAside(read.damage);
    } else {
        m_filters = read.filters;
    }
}

/// The file goes out of the way under a name that is free; what was read before stays in memory and is written again
/// with the next change.
void SavedFilters::keepAside(const QString& why) {
    QString aside;
    for (int number = 1; aside.isEmpty() || QFile::exists(aside); ++number)
        aside = m_fileName + QStringLiteral(".damaged-%1").arg(number);
    const bool isMoved = QFile::rename(m_fileName, aside);
    m_problem.what = SavedFiltersWords::tr("The saved filters cannot be read: %1.").arg(why);
    m_problem.meaning = isMoved ? SavedFiltersWords::tr("The file is kept as %1, and a new one is begun.")
                                      .arg(QDir::toNativeSeparators(aside))
                                : SavedFiltersWords::tr("The file %1 could not be moved aside and stays as it is.")
                                      .arg(QDir::toNativeSeparators(m_fileName));
    if (!isMoved)
        m_saveObstacle = m_problem.what;
}

std::vector<SavedFilter>::const_iterator SavedFilters::placeOf(const QString& name) const {
    return std::find_if(m_filters.begin(), m_filters.end(),
                        [&name](const SavedFilter& each) { return isSameName(each.name, name); });
}

std::optional<SavedFilter> SavedFilters::find(const QString& name) const {
    const auto place = placeOf(name);
    if (place != m_filters.end())
        return *place;
    const auto builtIn = std::find_if(m_builtIns.begin(), m_builtIns.end(),
                                      [&name](const SavedFilter& each) { return isSameName(each.name, name); });
    return builtIn == m_builtIns.end() ? std::nullopt : std::optional(*builtIn);
}

bool SavedFilters::isBuiltIn(const QString& name) const {
    return std::any_of(m_builtIns.begin(), m_builtIns.end(),
                       [&name](const SavedFilter& each) { return isSameName(each.name, name); });
}

QString SavedFilters::nameObstacle(const QString& name) const {
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return SavedFiltersWords::tr("The filter needs a name.");
    if (trimmed.size() > longestName)
        return SavedFiltersWords::tr("A name has at most %1 characters.").arg(longestName);
    if (isBuiltIn(trimmed))
        return SavedFiltersWords::tr("“%1” is a built-in filter.").arg(visibleText(trimmed));
    if (placeOf(trimmed) != m_filters.end())
        return SavedFiltersWords::tr("There is a filter “%1” already.").arg(visibleText(trimmed));
    return {};
}

Result<void> SavedFilters::add(const QString& name, const DeviceView& view) {
    load();
    if (const QString obstacle = nameObstacle(name); !obstacle.isEmpty())
        return refused(obstacle);
    std::vector<SavedFilter> filters = m_filters;
    filters.push_back({name.trimmed(), view});
    return write(std::move(filters));
}

Result<void> SavedFilters::update(const QString& name, const DeviceView& view) {
    load();
    const auto place = placeOf(name);
    if (place == m_filters.end())
        return unknown(name);
    std::vector<SavedFilter> filters = m_filters;
    filters[static_cast<size_t>(place - m_filters.begin())].view = view;
    return write(std::move(filters));
}

Result<void> SavedFilters::rename(const QString& from, const QString& to) {
    load();
    const auto place = placeOf(from);
    if (place == m_filters.end())
        return unknown(from);
    // Another spelling of its own name is free.
    if (const QString obstacle = nameObstacle(to); !obstacle.isEmpty() && !isSameName(from, to.trimmed()))
        return refused(obstacle);
    std::vector<SavedFilter> filters = m_filters;
    filters[static_cast<size_t>(place - m_filters.begin())].name = to.trimmed();
    return write(std::move(filters));
}

Result<void> SavedFilters::remove(const QString& name) {
    load();
    const auto place = placeOf(name);
    if (place == m_filters.end())
        return unknown(name);
    std::vector<SavedFilter> filters = m_filters;
    filters.erase(filters.begin() + (place - m_filters.begin()));
    return write(std::move(filters));
}

Result<void> SavedFilters::write(std::vector<SavedFilter> filters) {
    if (!m_saveObstacle.isEmpty())
        return refused(m_saveObstacle);
    std::sort(filters.begin(), filters.end(), [](const SavedFilter& one, const SavedFilter& other) {
        return one.name.compare(other.name, Qt::CaseInsensitive) < 0;
    });
    QDir().mkpath(QFileInfo(m_fileName).absolutePath());
    QSaveFile file(m_fileName);
    const QByteArray text = jsonFromFilters(filters);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return Error{ErrorKind::StorageFull, SavedFiltersWords::tr("The saved filters cannot be written to %1: %2")
                                                 .arg(QDir::toNativeSeparators(m_fileName), file.errorString())};
    }
    m_filters = std::move(filters);
    return {};
}

} // namespace affinity::ui
