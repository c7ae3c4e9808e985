// DeliveryDetail: the strip below the list of deliveries with all of one: who, when, and the whole error.
#pragma once

#include "engine/engine.h"

#include <QTimeZone>
#include <QWidget>

class QVBoxLayout;

namespace affinity::ui {

class Button;
class IconLabel;
class TextLabel;

/// GUI thread.
class DeliveryDetail : public QWidget {
    Q_OBJECT
public:
    explicit DeliveryDetail(const QTimeZone& zone, QWidget* parent = nullptr);
    /// Nothing: no delivery is chosen.
    void setDelivery(const std::optional<store::RewardDelivery>& delivery);

Q_SIGNALS:
    void deviceRequested(affinity::base::DeviceId id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QTimeZone m_zone;
    base::DeviceId m_deviceId;
    TextLabel* m_facts;
    IconLabel* m_icon;
    TextLabel* m_error;
    Button* m_openDevice;
};

} // namespace affinity::ui
