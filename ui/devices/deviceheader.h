// DeviceHeader: who the device is, whether its log adds up, where it stands, and what can be done with it.
#pragma once

#include "engine/engine.h"
#include "ui/shared/panel.h"
#include "ui/workspace/workspace.h"

namespace affinity::ui {

class Button;
class IconButton;
class IconLabel;
class LevelBlock;
class Tag;
class TextLabel;

class DeviceHeader : public Panel {
    Q_OBJECT
public:
    explicit DeviceHeader(Workspace& workspace, QWidget* parent = nullptr);

    void setDetail(const service::DeviceDetail& detail);
    /// Nothing: it is being checked.
    void setReconciled(const std::optional<base::Result<service::ReconcileReport>>& answer);
    void setCompact(bool isCompact);
    /// Offers the way back to a page that led here ("User 17"); empty: none.
    void setBackText(const QString& where);

Q_SIGNALS:
    void backRequested();
    void copyRequested();
    void adjustRequested();
    void userRequested(affinity::base::UserId id);

private:
    QLayout* makeTitleLine();
    QLayout* makeIdLine();
    void refreshObstacle();

    Workspace& m_workspace;
    service::DeviceDetail m_detail;
    IconButton* m_back;
    TextLabel* m_name;
    Tag* m_reconciled;
    Tag* m_unbound;
    Button* m_copy;
    Button* m_adjust;
    TextLabel* m_binding;
    TextLabel* m_serial;
    TextLabel* m_bound;
    Button* m_user;
    TextLabel* m_obstacle;
    QWidget* m_findingLine;
    TextLabel* m_finding;
    LevelBlock* m_level;
};

} // namespace affinity::ui
