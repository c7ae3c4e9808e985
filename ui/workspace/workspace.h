// Workspace: what all screens share while one store is open: engine, session, setting, time zone, how
// counters and outbox are, jobs, toasts.
#pragma once

#include "engine/engine.h"
#include "ui/shell/connectionstate.h"
#include "ui/shell/jobs.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimeZone>

#include <functional>
#include <optional>
#include <vector>

namespace affinity::ui {

/// An account of the demo store, which everybody may use.
struct DemoAccount {
    QString username;
    QString about; ///< what it may do, translated
    QByteArray password;
};

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
    /// The store's time now, microseconds since 1970 UTC: its last known time plus what passed since on a monotonic
    /// clock, so that ages do not follow the desktop's clock.
    qint64 nowUs() const;
    /// Takes the store's time from a fresh answer: a monotonic clock may stand still while the machine sleeps.
    void noteStoreTime(qint64 storeNowUs);
    Environment environment() const { return m_environment; }
    /// How the counters were when it was last told.
    const CounterStatus& counters() const { return m_opened.counters; }
    /// What waits in the outbox; nothing: it was not told yet, or nothing is sent from here (no outbox, read-only).
    const std::optional<OutboxStatus>& outbox() const { return m_outbox; }
    /// For dialogs' strips and the window: environment, name, lock, operator, zone.
    ConnectionState connectionState() const;

    const std::optional<access::Session>& session() const { return m_session; }
    void setSession(const std::optional<access::Session>& session);

    /// Accounts the sign-in page offers: those of the demo store, none elsewhere.
    const std::vector<DemoAccount>& demoAccounts() const { return m_demoAccounts; }
    void setDemoAccounts(std::vector<DemoAccount> accounts) { m_demoAccounts = std::move(accounts); }

    /// Why nothing can be written now (read-only store, nobody signed in, role), as a sentence; empty when it can.
    QString writeObstacle() const;

    /// Tells the user that something finished, with at most one action ("Undo", "Show"); errors are never told this
    /// way.
    void announce(const QString& text, const QString& action = {}, const std::function<void()>& run = {}) {
        Q_EMIT announced(text, action, run);
    }
    /// Asks the window to show a device on the Devices screen.
    void openDevice(base::DeviceId id) { Q_EMIT deviceRequested(id); }
    /// Asks the window for the list of reward deliveries, of all states or of one.
    void openDeliveries(std::optional<store::DeliveryState> state) { Q_EMIT deliveriesRequested(state); }

Q_SIGNALS:
    void sessionChanged();
    void announced(const QString& text, const QString& action, const std::function<void()>& run);
    void deviceRequested(affinity::base::DeviceId id);
    void deliveriesRequested(std::optional<affinity::store::DeliveryState> state);
    void countersChanged(const affinity::CounterStatus& status);
    void outboxChanged(const affinity::OutboxStatus& status);

private:
    Engine& m_engine;
    JobList& m_jobs;
    Opened m_opened;
    std::optional<OutboxStatus> m_outbox;
    QTimeZone m_zone;
    Environment m_environment;
    std::optional<access::Session> m_session;
    std::vector<DemoAccount> m_demoAccounts;
    qint64 m_storeNowUs = 0;
    QElapsedTimer m_sinceStoreNow;
};

} // namespace affinity::ui
