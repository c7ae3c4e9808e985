// Workspace: what all screens share while one store is open: engine, session, setting, time zone, jobs, toasts.
#pragma once

#include "engine/engine.h"
#include "ui/shell/connectionstate.h"
#include "ui/shell/jobs.h"

#include <QObject>
#include <QTimeZone>

#include <optional>

namespace affinity::ui {

/// Lives on the GUI thread; the engine and the job list outlive it.
class Workspace : public QObject {
    Q_OBJECT
public:
    Workspace(Engine& engine, JobList& jobs, const Opened& opened, QObject* parent = nullptr);

    Engine& engine() const { return m_engine; }
    JobList& jobs() const { return m_jobs; }
    const store::StoreInfo& storeInfo() const { return m_opened.info; }
    const rules::RuleSet& ruleSet() const { return m_opened.ruleSet; }
    /// The setting's zone: every time on screen is shown in it.
    QTimeZone zone() const { return m_zone; }
    Environment environment() const { return m_environment; }
    /// For dialogs' strips and the window: environment, name, lock, operator, zone.
    ConnectionState connectionState() const;

    const std::optional<access::Session>& session() const { return m_session; }
    void setSession(const std::optional<access::Session>& session);

    /// Why nothing can be written now (read-only store, nobody signed in, role), as a sentence; empty when it can.
    QString writeObstacle() const;

    /// Tells the user that something finished; errors are never told this way.
    void announce(const QString& text) { Q_EMIT announced(text); }
    /// Asks the window to show a device on the Devices screen.
    void openDevice(base::DeviceId id) { Q_EMIT deviceRequested(id); }

Q_SIGNALS:
    void sessionChanged();
    void announced(const QString& text);
    void deviceRequested(affinity::base::DeviceId id);

private:
    Engine& m_engine;
    JobList& m_jobs;
    Opened m_opened;
    QTimeZone m_zone;
    Environment m_environment;
    std::optional<access::Session> m_session;
};

} // namespace affinity::ui
