#include "tests/outbox/inbox.h"

#include "tests/production/must.h"
#include "tests/production/servers.h"
#include "tests/support/channelslistener.h"

#include <QDeadlineTimer>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int takeMs = 20;
constexpr int tooManyMs = 60; ///< how long one too many is waited for

} // namespace

Inbox::Inbox(const redis::Target& target) : m_thread([this, target] { listen(target); }) {
    while (!m_isReady)
        std::this_thread::yield();
}

Inbox::~Inbox() {
    m_isEnding = true;
    m_thread.join();
}

void Inbox::listen(const redis::Target& target) {
    ChannelsListener listener(target);
    for (int user = 1; user <= 3; ++user) {
        if (listener.join("affinity_user_" + QByteArray::number(user)).isEmpty())
            qFatal("the listener could not join");
    }
    m_isReady = true;
    while (!m_isEnding) {
        const auto frame = listener.nextEvent(takeMs);
        if (!frame || !*frame)
            continue; // nothing came, or the server is away
        push::LevelEvent event = must(push::levelEventFromJson((*frame)->event));
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
    }
}

QStringList Inbox::changesOf(base::DeviceId device) const {
    QStringList changes;
    const std::lock_guard lock(m_mutex);
    for (const push::LevelEvent& event : m_events) {
        const auto* update = std::get_if<push::AffinityUpdate>(&event);
        if (update && update->deviceId == device)
            changes << QStringLiteral("%1>%2").arg(update->before).arg(update->after);
    }
    return changes;
}

QStringList Inbox::types() const {
    QStringList types;
    const std::lock_guard lock(m_mutex);
    for (const push::LevelEvent& event : m_events)
        types << push::typeName(event);
    return types;
}

int Inbox::count() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_events.size());
}

bool Inbox::hasExactly(int events) const {
    const bool hasCome = QTest::qWaitFor([&] { return count() >= events; }, farMs);
    return hasCome && !QTest::qWaitFor([&] { return count() > events; }, tooManyMs);
}

} // namespace affinity::test
