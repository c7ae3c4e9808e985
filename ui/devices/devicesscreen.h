// DevicesScreen: find a device on the left, read everything about it (or about a user) on the right.
#pragma once

#include "ui/devices/exporter.h"
#include "ui/devices/savedfilters.h"
#include "ui/shared/tokens.h"
#include "ui/shell/commands.h"
#include "ui/workspace/workspace.h"

#include <QWidget>

#include <memory>
#include <vector>

class QStackedWidget;

namespace affinity::ui {

class BannerStack;
class DeviceDetailView;
class DeviceList;
class TimelineView;
class Splitter;
class UserPage;

/// One page of the right side: a user's when `user` is valid, else a device's.
struct DevicePlace {
    base::DeviceId device;
    base::UserId user;
};

/// What the screen shows and does, for the one made anew in another language.
struct DevicesState {
    DeviceView view;
    DevicePlace place;
    std::vector<DevicePlace> history;
    std::unique_ptr<Exporter> exporter; ///< with the exports that run
};

/// The workspace outlives it. GUI thread.
class DevicesScreen : public QWidget {
    Q_OBJECT
public:
    /// `savedFiltersFile` is where filters are kept; empty: none can be saved.
    explicit DevicesScreen(Workspace& workspace, const QString& savedFiltersFile = {}, QWidget* parent = nullptr);
    ~DevicesScreen() override;

    /// Takes its state away; after that it can only be deleted.
    DevicesState takeState();
    void setState(DevicesState state);

    /// Shows a device's page and marks it in the list where it is loaded.
    void showDevice(base::DeviceId id);
    /// Shows a user's page; Back returns to what was shown.
    void openUser(base::UserId id);
    void goBack();
    /// Asks again for the list and the page shown; what is shown stays until the answers come.
    void refresh();

    DeviceList& list() { return *m_list; }
    DeviceDetailView& detail() { return *m_detail; }
    UserPage& userPage() { return *m_userPage; }
    bool isUserShown() const;
    /// What can be done here, for the window or whoever shows the screen.
    std::vector<Command> commands();
    Exporter& exporter() { return *m_exporter; }

Q_SIGNALS:
    void adjustRequested(const affinity::service::DeviceDetail& detail);
    void reverseRequested(const affinity::service::DeviceDetail& detail, const affinity::rules::LogRow& row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    using Place = DevicePlace;
    void setExporter(std::unique_ptr<Exporter> exporter);
    void connectParts();
    std::vector<Command> findingCommands();
    std::vector<Command> deviceCommands();
    std::vector<Command> recordCommands();
    TimelineView& shownTimeline() const;
    /// The user that the search offers, else that of the device shown; nothing where there is none.
    std::optional<base::UserId> reachableUser() const;
    /// "No device is chosen." where no device's page is shown, or it is not read yet.
    QString deviceObstacle() const;
    Place place() const;
    void go(const Place& target);
    void openDevice(base::DeviceId id);
    void fitWindow();
    void onApplied(const service::ApplyResult& result, base::DeviceId device);
    void exportDevices();
    void exportTimeline(const store::LogQuery& query);
    void showFault(const QString& cause, Tone tone, const QString& what, const QString& meaning);

    Workspace& m_workspace;
    SavedFilters m_savedFilters;
    std::unique_ptr<Exporter> m_exporter;
    BannerStack* m_banners;
    DeviceList* m_list;
    Splitter* m_columns = nullptr;
    QStackedWidget* m_pages;
    DeviceDetailView* m_detail;
    UserPage* m_userPage;
    bool m_isNarrow = false;
    std::vector<Place> m_history; ///< where jumps came from, oldest first; a choice in the list begins anew
};

} // namespace affinity::ui
