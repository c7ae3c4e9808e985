// DeviceList: the left panel of the Devices screen: search, filters, the list, and paging without a count.
#pragma once

#include "ui/devices/devicefilter.h"
#include "ui/devices/devicemodel.h"
#include "ui/shared/panel.h"
#include "ui/workspace/workspace.h"

class QStackedWidget;
class QTableView;
class QTimer;

namespace affinity::ui {

class FilterChips;
class IconButton;
class SearchField;
class TextLabel;

class DeviceList : public Panel {
    Q_OBJECT
public:
    explicit DeviceList(Workspace& workspace, QWidget* parent = nullptr);

    DeviceModel& model() { return *m_model; }
    const DeviceFilter& filter() const { return m_filter; }
    /// Shows a filter in field and chips and asks for it.
    void setFilter(const DeviceFilter& filter);
    void refresh();
    void focusSearch();
    /// 336 px wide without the Seen column, for narrow windows.
    void setNarrow(bool isNarrow);
    /// Marks a device if it is loaded, without announcing it.
    void select(base::DeviceId id);

Q_SIGNALS:
    /// The user moved to another row; comes after a short rest on it.
    void deviceChosen(affinity::base::DeviceId id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeFooter();
    void setUpView();
    void ask();
    void showState();
    void sortBy(int column);
    void showSort();
    void shiftScroll(int rows);
    void onCurrentChanged();
    void announceCurrent();

    DeviceModel* m_model;
    DeviceFilter m_filter;
    SearchField* m_search;
    FilterChips* m_chips;
    QTableView* m_view;
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
