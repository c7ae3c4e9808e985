// DeviceList: the left panel of the Devices screen: search, filters, the list, and paging without a count.
#pragma once

#include "ui/devices/devicefilter.h"
#include "ui/devices/devicemodel.h"
#include "ui/devices/savedfilters.h"
#include "ui/shared/panel.h"
#include "ui/workspace/workspace.h"

class QStackedWidget;
class QTableView;
class QTimer;

namespace affinity::ui {

class FilterChips;
class IconButton;
class SavedFilterBar;
class SearchField;
class TextLabel;
class UserOffer;

class DeviceList : public Panel {
    Q_OBJECT
public:
    /// Workspace and saved filters outlive it.
    DeviceList(Workspace& workspace, SavedFilters& filters, QWidget* parent = nullptr);

    DeviceModel& model() { return *m_model; }
    const DeviceFilter& filter() const { return m_view.filter; }
    const DeviceView& view() const { return m_view; }
    /// Shows filter and order, and keeps what is shown beside the list.
    void setView(const DeviceView& view);
    SavedFilterBar& savedFilters() { return *m_saved; }
    /// Shows a filter in field and chips and asks for it.
    void setFilter(const DeviceFilter& filter);
    /// Filters to all bindings of a user, unbound ones too, and keeps what is shown beside the list.
    void showBindingsOf(base::UserId id);
    void refresh();
    /// Why there is no page before or after the one shown, as a sentence; empty when there is.
    QString pageObstacle(bool isNext) const;
    void showPage(bool isNext);
    void focusSearch();
    /// 336 px wide without the columns 30 days and Seen, for narrow windows.
    void setNarrow(bool isNarrow);
    /// Marks a device if it is loaded, without announcing it.
    void select(base::DeviceId id);
    /// The user whose page the search offers; nothing when it names none.
    std::optional<base::UserId> offeredUser() const;

Q_SIGNALS:
    /// The user moved to another row; comes after a short rest on it.
    void deviceChosen(affinity::base::DeviceId id);
    void userRequested(affinity::base::UserId id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeFooter();
    void setUpView();
    void showView(const DeviceView& view);
    void ask();
    void askUsers();
    void showState();
    void sortBy(int column);
    void showSort();
    void shiftScroll(int rows);
    void onCurrentChanged();
    void announceCurrent();

    Workspace& m_workspace;
    DeviceModel* m_model;
    DeviceView m_view;
    SavedFilterBar* m_saved;
    UserOffer* m_offer;
    LatestRequest<std::vector<rules::User>> m_userRequest;
    SearchField* m_search;
    FilterChips* m_chips;
    QTableView* m_table;
    QStackedWidget* m_stack;
    QWidget* m_notice = nullptr;
    TextLabel* m_range;
    IconButton* m_previous;
    IconButton* m_next;
    QTimer* m_rest;
    base::DeviceId m_chosen;
    bool m_isSelecting = false;
    bool m_choosesFirst = true;
};

} // namespace affinity::ui
