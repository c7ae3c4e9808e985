// What can be done on the Devices screen, by name.
#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/devices/savedfilterbar.h"
#include "ui/devices/timelineview.h"
#include "ui/devices/userpage.h"

#include <QClipboard>
#include <QGuiApplication>

#include <iterator>
#include <utility>

namespace affinity::ui {
namespace {

/// A list that grows by one command a call.
struct Commands {
    std::vector<Command> all;

    void operator()(const char* id, const QString& text, Icon icon, QList<QKeySequence> keys, std::function<void()> run,
                    std::function<QString()> obstacle = {}) {
        all.push_back({QLatin1String(id), text, icon, std::move(keys), {}, std::move(run), std::move(obstacle)});
    }
};

} // namespace

TimelineView& DevicesScreen::shownTimeline() const {
    return isUserShown() ? m_userPage->timeline() : m_detail->timeline();
}

QString DevicesScreen::deviceObstacle() const {
    return isUserShown() || !m_detail->detail() ? tr("No device is chosen.") : QString();
}

std::optional<base::UserId> DevicesScreen::reachableUser() const {
    if (const auto offered = m_list->offeredUser())
        return offered;
    if (isUserShown() || !m_detail->detail())
        return std::nullopt;
    return m_detail->detail()->device.binding.userId;
}

std::vector<Command> DevicesScreen::commands() {
    std::vector<Command> all = findingCommands();
    for (std::vector<Command>& more : std::vector{deviceCommands(), recordCommands()})
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return all;
}

std::vector<Command> DevicesScreen::findingCommands() {
    Commands add;
    SavedFilterBar& saved = m_list->savedFilters();
    add("devices.search", tr("Search devices"), Icon::Search, {QKeySequence(QKeySequence::Find)},
        [this] { m_list->focusSearch(); });
    add(
        "devices.clear", tr("Clear search and filters"), Icon::Close, {}, [this] { m_list->setFilter({}); },
        [this] { return isNarrowing(m_list->filter()) ? QString() : tr("Nothing is searched or filtered."); });
    add("devices.savedFilters", tr("Choose a saved filter…"), Icon::Filter,
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, [&saved] { saved.openMenu(); });
    add(
        "devices.saveFilter", tr("Save the current filter…"), Icon::Save, {}, [&saved] { saved.beginSaving(); },
        [&saved] { return saved.saveObstacle(); });
    add(
        "devices.previousPage", tr("Show the page before"), Icon::ChevronLeft, {QKeySequence(Qt::ALT | Qt::Key_PageUp)},
        [this] { m_list->showPage(false); }, [this] { return m_list->pageObstacle(false); });
    add(
        "devices.nextPage", tr("Show the page after"), Icon::ChevronRight, {QKeySequence(Qt::ALT | Qt::Key_PageDown)},
        [this] { m_list->showPage(true); }, [this] { return m_list->pageObstacle(true); });
    add("devices.export", tr("Export devices…"), Icon::Export, {QKeySequence(Qt::CTRL | Qt::Key_E)},
        [this] { exportDevices(); });
    return std::move(add.all);
}

std::vector<Command> DevicesScreen::deviceCommands() {
    Commands add;
    const auto needsDevice = [this] { return deviceObstacle(); };
    add(
        "devices.adjust", tr("Adjust the device…"), Icon::PlusMinus, {QKeySequence(Qt::CTRL | Qt::Key_J)},
        [this] { Q_EMIT adjustRequested(*m_detail->detail()); },
        [this] {
            const QString reason = deviceObstacle();
            return reason.isEmpty() ? m_workspace.writeObstacle() : reason;
        });
    add(
        "devices.copySnapshot", tr("Copy the snapshot of the device"), Icon::Copy,
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { m_detail->copySnapshot(); }, needsDevice);
    add(
        "devices.copyId", tr("Copy the binding id"), Icon::Copy, {},
        [this] {
            const QString id = QString::number(m_detail->device().value);
            QGuiApplication::clipboard()->setText(id);
            m_workspace.announce(tr("%1 is on the clipboard.").arg(id));
        },
        needsDevice);
    add(
        "devices.user", tr("Open the page of the user"), Icon::User, {QKeySequence(Qt::ALT | Qt::Key_U)},
        [this] { openUser(*reachableUser()); },
        [this] {
            if (reachableUser())
                return QString();
            return isUserShown() ? tr("The page of the user is shown already.") : tr("No device is chosen.");
        });
    add(
        "devices.userBindings", tr("List the bindings of the user"), Icon::Filter, {},
        [this] { m_list->showBindingsOf(m_userPage->user()); },
        [this] { return isUserShown() ? QString() : tr("No page of a user is shown."); });
    add(
        "devices.back", tr("Go back to the page before"), Icon::ChevronLeft, {QKeySequence(Qt::ALT | Qt::Key_Left)},
        [this] { goBack(); }, [this] { return m_history.empty() ? tr("There is no page to go back to.") : QString(); });
    return std::move(add.all);
}

std::vector<Command> DevicesScreen::recordCommands() {
    Commands add;
    const auto needsDevice = [this] { return deviceObstacle(); };
    add(
        "devices.reverse", tr("Reverse the log row…"), Icon::Undo, {QKeySequence(Qt::CTRL | Qt::Key_R)},
        [this] { shownTimeline().reverseCurrent(); }, [this] { return shownTimeline().reverseObstacle(); });
    add(
        "devices.exportTimeline", tr("Export the timeline…"), Icon::Export,
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, [this] { shownTimeline().requestExport(); },
        [this] { return isUserShown() ? QString() : deviceObstacle(); });
    add(
        "devices.missing", tr("Explain why an event left no row"), Icon::Help, {},
        [this] { m_detail->toggleMissing(); }, needsDevice);
    const QStringList records{tr("Show the timeline"), tr("Show the grants"), tr("Show the daily counters")};
    for (int tab = 0; tab < records.size(); ++tab)
        add(
            QStringLiteral("devices.records%1").arg(tab).toLatin1().constData(), records.at(tab), Icon::Table, {},
            [this, tab] { m_detail->showRecords(tab); }, needsDevice);
    return std::move(add.all);
}

} // namespace affinity::ui
