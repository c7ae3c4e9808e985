// UserPage: everything about one user: who, since when, all bindings (unbound ones too), and the log of all devices.
#pragma once

#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QStackedWidget>

class QTableView;
class QTimer;

namespace affinity::ui {

class BindingModel;
class IconButton;
class Panel;
class Tag;
class TextLabel;
class TimelineView;

/// Stands where a device's page stands; the list beside it stays. GUI thread.
class UserPage : public QStackedWidget {
    Q_OBJECT
public:
    explicit UserPage(Workspace& workspace, QWidget* parent = nullptr);

    void showUser(base::UserId id);
    base::UserId user() const { return m_user; }
    void refresh();
    /// The keyboard goes to the bindings as soon as they are there.
    void focusBindings();
    /// Offers the way back to the page that led here; empty: none.
    void setBackText(const QString& where);
    BindingModel& bindings() { return *m_bindings; }
    TimelineView& timeline() { return *m_timeline; }
    /// False while the first answer is on its way.
    bool isLoaded() const { return m_isLoaded; }

Q_SIGNALS:
    void backRequested();
    void exportRequested(const affinity::store::LogQuery& query);
    void deviceRequested(affinity::base::DeviceId id);
    /// Show this user's bindings in the list.
    void listRequested(affinity::base::UserId id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Page { LoadingPage, ContentPage };
    QWidget* makeContent();
    QWidget* makeHead();
    QWidget* makeBindings();
    QWidget* makeLog();
    void receiveUser(const base::Result<std::vector<rules::User>>& answer);
    void receiveBindings(const base::Result<store::DevicePage>& answer);
    void fillHead(const rules::User& user);
    void fitTable();
    void openCurrent();
    void showError(const base::Error& error);

    Workspace& m_workspace;
    base::UserId m_user;
    bool m_isLoaded = false;
    bool m_wantsFocus = false;
    LatestRequest<std::vector<rules::User>> m_userRequest;
    LatestRequest<store::DevicePage> m_bindingRequest;
    QTimer* m_slow;
    QWidget* m_error = nullptr;
    IconButton* m_back;
    TextLabel* m_name;
    Tag* m_inactive;
    TextLabel* m_facts;
    BindingModel* m_bindings;
    QTableView* m_table;
    ui::Panel* m_bindingPanel; ///< QFrame has a Panel of its own
    TimelineView* m_timeline;
};

} // namespace affinity::ui
