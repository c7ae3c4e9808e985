// DeliveriesDialog: the list of reward deliveries, why some were given up, and having them sent again.
#pragma once

#include "ui/rewards/deliverymodel.h"
#include "ui/shell/dialogframe.h"
#include "ui/workspace/workspace.h"

class QStackedWidget;
class QTableView;

namespace affinity::ui {

class BannerStack;
class DeliveryDetail;
class SegmentedControl;
class TextLabel;

/// Follows the outbox: when what waits changes, the rows shown are read again. GUI thread; the workspace outlives it.
class DeliveriesDialog : public DialogFrame {
    Q_OBJECT
public:
    DeliveriesDialog(Workspace& workspace, std::optional<store::DeliveryState> state, QWidget* parent = nullptr);

    /// Shows the dialog over `parent`'s window; it deletes itself when it is closed.
    static DeliveriesDialog* open(Workspace& workspace, std::optional<store::DeliveryState> state, QWidget* parent);

    DeliveryModel& model() const { return *m_model; }
    /// Reads the rows again.
    void refresh();
    void setFilter(std::optional<store::DeliveryState> state);

private:
    QWidget* makeBar(std::optional<store::DeliveryState> state);
    QWidget* makeFooter();
    void makeTable();
    QString handlerSentence() const;
    QWidget* makeNotice();
    void showCounts();
    void showState();
    void showFailure(const QString& what, const base::Error& error);
    void keepChoice();
    void showChoice();
    void refreshObstacle();
    QString obstacle() const;
    const store::RewardDelivery* chosen() const;
    void openDevice(base::DeviceId id);
    void sendAgain();
    void receiveSent(const base::Result<bool>& isWaiting, int level);

    Workspace& m_workspace;
    DeliveryModel* m_model;
    BannerStack* m_banners;
    SegmentedControl* m_filter = nullptr;
    QStackedWidget* m_stack;
    QWidget* m_notice = nullptr; ///< instead of the table
    QTableView* m_table;
    DeliveryDetail* m_detail;
    TextLabel* m_range;
    Button* m_more;
    qint64 m_chosenId = 0;
    QString m_typedFor; ///< for which delivery the connection's name is asked for
    bool m_isSending = false;
};

} // namespace affinity::ui
