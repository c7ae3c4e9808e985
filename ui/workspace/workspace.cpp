#include "ui/workspace/workspace.h"

namespace affinity::ui {

namespace {

Environment environmentOf(affinity::Environment environment) {
    switch (environment) {
    case affinity::Environment::Demo:
        return Environment::Demo;
    case affinity::Environment::Dev:
        return Environment::Development;
    case affinity::Environment::Staging:
        return Environment::Staging;
    case affinity::Environment::Production:
        return Environment::Production;
    }
    Q_UNREACHABLE();
}

} // namespace

Workspace::Workspace(Engine& engine, JobList& jobs, const Opened& opened, QObject* parent)
    : QObject(parent),
      m_engine(engine),
      m_jobs(jobs),
      m_opened(opened),
      m_outbox(engine.outboxStatus()),
      m_zone(opened.ruleSet.setting.timeZone),
      m_environment(environmentOf(engine.connection().environment)) {
    if (!m_zone.isValid())
        m_zone = QTimeZone::utc();
    noteStoreTime(opened.storeNowUs);
    connect(&engine, &Engine::countersChanged, this, [this](const CounterStatus& status) {
        m_opened.counters = status;
        Q_EMIT countersChanged(status);
    });
    connect(&engine, &Engine::outboxChanged, this, [this](const OutboxStatus& status) {
        m_outbox = status;
        Q_EMIT outboxChanged(status);
    });
}

qint64 Workspace::nowUs() const {
    return m_storeNowUs + m_sinceStoreNow.nsecsElapsed() / 1000;
}

void Workspace::noteStoreTime(qint64 storeNowUs) {
    m_storeNowUs = storeNowUs;
    m_sinceStoreNow.start();
}

ConnectionState Workspace::connectionState() const {
    ConnectionState state;
    state.environment = m_environment;
    state.storeName = m_opened.info.name;
    state.link = LinkState::Connected;
    state.lock = m_opened.info.isReadOnly ? LockState::WriteForbidden : LockState::ReadWrite;
    if (m_session) {
        state.operatorName = m_session->person.username;
        if (m_session->role == access::Role::Viewer)
            state.lock = LockState::WriteForbidden;
    } else if (!m_opened.info.isReadOnly) {
        state.lock = LockState::ReadOnly; // the strip offers to unlock, which is signing in
    }
    state.zone = m_zone;
    return state;
}

void Workspace::setSession(const std::optional<access::Session>& session) {
    m_session = session;
    Q_EMIT sessionChanged();
}

QString Workspace::writeObstacle() const {
    if (m_opened.info.isReadOnly)
        return tr("This store is open read-only.");
    if (!m_session)
        return tr("Nobody is signed in. Sign in first.");
    if (m_session->role == access::Role::Viewer)
        return tr("%1 is not staff and may only look.").arg(m_session->person.username);
    return {};
}

} // namespace affinity::ui
