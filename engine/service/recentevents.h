// RecentEvents: what the events of the last minute held, so that a repeated id with other content is seen without SQL.
#pragma once

#include "engine/service/writeplan.h"

#include <QHash>

#include <deque>
#include <optional>

namespace affinity::service {

/// What two deliveries of one event have in common.
struct EventContent {
    base::UserId userId;
    base::DeviceId deviceId;
    QString ruleKey;
    QString source;
    QByteArray metadataHash; ///< of the members in one order; empty for no members

    friend bool operator==(const EventContent&, const EventContent&) = default;
};

EventContent contentOf(const Action& action);
EventContent contentOf(const rules::LogRow& row);

/// True when a row that carries this action's event id came from another event (difference D5).
bool isOtherEvent(const rules::LogRow& row, const Action& action);

/// At most 10,000 ids, each for the event window less a second: after the window another process may have applied the
/// id again with other content. Times are a Pace's.
class RecentEvents {
public:
    /// Whether the id came with other content; nothing when the id is not held.
    std::optional<bool> isOther(const Action& action, qint64 nowUs) const;
    /// `content`: of the row that has the id; nothing when the log has none, so that nothing differs from it.
    void put(const QString& eventId, const std::optional<EventContent>& content, qint64 nowUs);

private:
    struct Entry {
        std::optional<EventContent> content;
        qint64 atUs = 0;
        quint64 number = 0;
    };
    struct Place {
        QString eventId;
        qint64 atUs = 0;
        quint64 number = 0;
    };
    QHash<QString, Entry> m_entries;
    std::deque<Place> m_order; ///< oldest first; a place whose number is not its entry's was put again later
    quint64 m_lastNumber = 0;
};

} // namespace affinity::service
