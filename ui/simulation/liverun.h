// LiveRun: runs of the draft against its baseline, a few devices first and then more; a new value ends the old run.
#pragma once

#include "ui/shell/jobs.h"
#include "ui/simulation/summary.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace affinity::ui {

/// A with the devices, days, start date and seed of B: the same devices and arrivals.
sim::Scenario alignedTo(sim::Scenario a, const sim::Scenario& b);

/// What to run: B alone where A is missing, both under common random numbers otherwise.
struct RunRequest {
    std::optional<sim::Scenario> a; ///< devices, days, start date and seed are taken from B
    sim::Scenario b;

    friend bool operator==(const RunRequest&, const RunRequest&) = default;
};

/// What came out, of all devices or of the first ones only.
struct RunOutcome {
    RunRequest request;
    qint64 devices = 0; ///< that were run, at most request.b.devices
    SimulationSummary summary;
    std::optional<ComparisonSummary> comparison;

    bool isWhole() const { return devices == request.b.devices; }
};

/// Device counts of a live run, ascending, the whole population last: as many as `devicesPerSecond` gives in a
/// twentieth of a second, then 2,000, then 20,000. Stages that would hardly add anything are left out.
std::vector<qint64> liveStages(qint64 devices, double devicesPerSecond);

/// One run at a time. GUI thread; nothing waits.
class LiveRun : public QObject {
    Q_OBJECT
public:
    explicit LiveRun(Workspace& workspace, QObject* parent = nullptr);
    ~LiveRun() override;

    /// The whole population at once, as one job with progress.
    void runWhole(const RunRequest& request);
    /// A value moved: the first stages of it, at once. A first stage that began a moment ago may still end, so that a
    /// steady drag shows something.
    void preview(const RunRequest& request);
    /// The value stays: the stages up to the whole population.
    void settle();
    /// Ends the run; nothing of it is received.
    void cancel();

    bool isRunning() const { return m_job != nullptr; }
    /// Of the stage that runs, 0 to 1.
    double share() const { return m_job ? m_job->share.load() : 0; }
    qint64 stageDevices() const { return m_job ? m_stages[m_stage] : 0; }

Q_SIGNALS:
    /// Began, went on, ended: isRunning() and share() say how it stands.
    void progressed();
    void received(const affinity::ui::RunOutcome& outcome);
    void failed(const affinity::base::Error& error);
    /// The job list's Cancel was used: call cancel().
    void cancelAsked();
    /// All stages are done, or one failed; not after cancel().
    void ended();

private:
    void begin(const RunRequest& request, std::vector<qint64> stages);
    void runStage();
    void askEngine();
    /// The answer of a job that has left the engine's lane; false when it is not wanted any more.
    bool isWanted(const JobHandle& job);
    void receive(const base::Result<ComparisonSummary>& answer);
    void receiveAlone(const base::Result<SimulationSummary>& answer);
    void take(RunOutcome outcome);
    void fail(const base::Error& error);
    void stop();
    void finishStage();
    bool isFirstFrame() const;
    Workspace& m_workspace;
    JobHandle m_job;
    bool m_isAsked = false; // m_job is with the engine; else it waits until the one before has left
    int m_inFlight = 0;     // jobs with the engine, cancelled ones too: at most one, its queue is short
    JobList::JobId m_jobId = 0;
    QTimer m_progressTimer;
    QElapsedTimer m_sinceStage;
    RunRequest m_request;
    std::optional<RunRequest> m_next; // waits for the first stage of the one before
    std::vector<qint64> m_stages;
    size_t m_stage = 0;
    bool m_isSettled = true;
    double m_devicesPerSecond = 20'000; // measured on the last stage
};

} // namespace affinity::ui
