// MissingPanel: "Why did nothing come?" A rule and a time (and an event id) go in; what stood in the way comes out.
#pragma once

#include "ui/workspace/ask.h"
#include "ui/workspace/whytext.h"
#include "ui/workspace/workspace.h"

#include <QWidget>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;

namespace affinity::ui {

class WhyPanel;

class MissingPanel : public QWidget {
    Q_OBJECT
public:
    explicit MissingPanel(Workspace& workspace, QWidget* parent = nullptr);
    /// Asks about this device from now on; `nowUs` is the time proposed when the device is another one.
    void setDevice(base::DeviceId id, qint64 nowUs);
    /// What the form asks now.
    MomentAsked asked() const;
    /// Fills the form in.
    void setAsked(const QString& ruleKey, const QString& eventId, qint64 atUs);
    void explain();

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeForm();

    Workspace& m_workspace;
    base::DeviceId m_device;
    QComboBox* m_rule;
    QDateTimeEdit* m_time;
    QLineEdit* m_event;
    WhyPanel* m_why;
    LatestRequest<service::Explanation> m_request;
};

} // namespace affinity::ui
