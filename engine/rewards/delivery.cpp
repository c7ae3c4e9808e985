#include "engine/rewards/delivery.h"

#include "engine/base/isotime.h"

namespace affinity::rewards {

QString idempotencyKey(const Delivery& delivery) {
    return QStringLiteral("affinity-reward-%1-%2").arg(delivery.deviceId.value).arg(delivery.level);
}

QByteArray bodyOf(const Delivery& delivery) {
    base::Json body;
    body["type"] = "level_reward";
    body["device_id"] = delivery.deviceId.value;
    body["user_id"] = delivery.userId.value;
    body["level"] = delivery.level;
    body["name"] = base::jsonText(delivery.name);
    body["rewards"] = delivery.rewards;
    body["log_id"] = delivery.logId.isValid() ? base::Json(delivery.logId.value) : base::Json();
    body["granted_at"] = base::jsonText(base::isoFromTime(delivery.createdAtUs));
    return QByteArray::fromStdString(body.dump(-1, ' ', false, base::Json::error_handler_t::replace));
}

} // namespace affinity::rewards
