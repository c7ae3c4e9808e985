#include "engine/service/recentevents.h"

#include "engine/base/isotime.h"
#include "engine/service/replay.h"

#include <QCryptographicHash>

namespace affinity::service {

namespace {

constexpr size_t mostEvents = 10'000;
constexpr qint64 heldUs = (store::eventWindowSeconds - 1) * base::usPerSecond;

QByteArray metadataHash(const base::Json& metadata) {
    if (metadata.empty())
        return {};
    return QCryptographicHash::hash(base::pythonJson(jsonbOrder(metadata)), QCryptographicHash::Sha256);
}

} // namespace

EventContent contentOf(const Action& action) {
    return {action.userId, action.deviceId, action.ruleKey, action.source, metadataHash(action.metadata)};
}

EventContent contentOf(const rules::LogRow& row) {
    return {row.userId, row.deviceId, row.ruleKey, row.source, metadataHash(row.metadata)};
}

bool isOtherEvent(const rules::LogRow& row, const Action& action) {
    return contentOf(row) != contentOf(action);
}

std::optional<bool> RecentEvents::isOther(const Action& action, qint64 nowUs) const {
    const auto at = m_entries.constFind(action.eventId);
    if (at == m_entries.constEnd() || nowUs - at->atUs >= heldUs)
        return std::nullopt;
    return at->content && *at->content != contentOf(action);
}

void RecentEvents::put(const QString& eventId, const std::optional<EventContent>& content, qint64 nowUs) {
    m_entries.insert(eventId, {content, nowUs, ++m_lastNumber});
    m_order.push_back({eventId, nowUs, m_lastNumber});
    while (m_order.size() > mostEvents || nowUs - m_order.front().atUs >= heldUs) {
        const Place& oldest = m_order.front();
        const auto at = m_entries.constFind(oldest.eventId);
        if (at != m_entries.constEnd() && at->number == oldest.number)
            m_entries.erase(at);
        m_order.pop_front();
    }
}

} // namespace affinity::service
