#include "ui/rewards/deliverydetail.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/rewardstext.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int stripHeight = 92; // facts in one line, an error in up to three

QString connectorText(const QString& connector) {
    if (connector == QLatin1String("ledger"))
        return DeliveryDetail::tr("the store's own row");
    if (connector == QLatin1String("webhook"))
        return DeliveryDetail::tr("webhook");
    return connector.isEmpty() ? DeliveryDetail::tr("nobody yet") : visibleText(connector);
}

QString factsOf(const store::RewardDelivery& delivery, const QTimeZone& zone) {
    return DeliveryDetail::tr("Delivery %1 · user %2 · granted %3 by log row %4 · handed out by: %5")
        .arg(QString::number(delivery.id), QString::number(delivery.userId.value),
             dateTimeText(delivery.createdAtUs, zone), QString::number(delivery.logId.value),
             connectorText(delivery.connector));
}

/// What the second line says: the error, or where the delivery stands without one.
QString courseOf(const store::RewardDelivery& delivery) {
    if (!delivery.lastError.isEmpty())
        return visibleText(engineText(delivery.lastError));
    if (delivery.state == store::DeliveryState::Delivered)
        return rewardsText(delivery.rewards);
    return DeliveryDetail::tr("No attempt has failed.");
}

} // namespace

DeliveryDetail::DeliveryDetail(const QTimeZone& zone, QWidget* parent)
    : QWidget(parent),
      m_zone(zone),
      m_facts(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_icon(new IconLabel(Icon::Error, TextTone::Danger)),
      m_error(new TextLabel),
      m_openDevice(new Button(tr("Open the device"), ButtonKind::Link, Icon::Devices)) {
    setFixedHeight(stripHeight);
    m_facts->setObjectName(QStringLiteral("deliveryFacts"));
    m_facts->setElided(true);
    m_error->setObjectName(QStringLiteral("deliveryError"));
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_openDevice->setObjectName(QStringLiteral("openDevice"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, measure::gapSmall, measure::gap, measure::gapSmall);
    rows->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->addWidget(m_facts, 1);
    head->addWidget(m_openDevice);
    rows->addLayout(head);
    auto* line = new QHBoxLayout;
    line->setSpacing(measure::gap);
    line->addWidget(m_icon, 0, Qt::AlignTop);
    line->addWidget(m_error, 1, Qt::AlignTop);
    rows->addLayout(line, 1);
    connect(m_openDevice, &QPushButton::clicked, this, [this] { Q_EMIT deviceRequested(m_deviceId); });
    setDelivery(std::nullopt);
}

void DeliveryDetail::setDelivery(const std::optional<store::RewardDelivery>& delivery) {
    m_openDevice->setVisible(delivery.has_value());
    m_icon->setVisible(delivery && !delivery->lastError.isEmpty());
    if (!delivery) {
        m_facts->setText({});
        m_error->setText(tr("Choose a delivery to read about it."));
        m_error->setTone(TextTone::Muted);
        return;
    }
    m_deviceId = delivery->deviceId;
    const bool isDead = delivery->state == store::DeliveryState::Dead;
    m_facts->setText(factsOf(*delivery, m_zone));
    m_icon->setIcon(isDead ? Icon::Error : Icon::Warning, isDead ? TextTone::Danger : TextTone::Warn);
    m_error->setText(courseOf(*delivery));
    m_error->setTone(delivery->lastError.isEmpty() ? TextTone::Secondary : TextTone::Normal);
}

void DeliveryDetail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().detail);
    painter.fillRect(QRect(0, 0, width(), 1), tokens().border);
}

} // namespace affinity::ui
