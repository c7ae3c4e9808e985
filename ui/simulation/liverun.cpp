#include "ui/simulation/liverun.h"

#include "ui/shared/formatting.h"

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr int progressIntervalMs = 100;
constexpr double firstFrameS = 0.05; // what a slider move may take until the curves move
constexpr int graceMs = 150;         // a first stage younger than this is let finish
constexpr qint64 fewestDevices = 100;
constexpr qint64 previewDevices = 2'000;
constexpr qint64 refinedDevices = 20'000;

} // namespace

sim::Scenario alignedTo(sim::Scenario a, const sim::Scenario& b) {
    a.devices = b.devices;
    a.days = b.days;
    a.startDate = b.startDate;
    a.seed = b.seed;
    return a;
}

std::vector<qint64> liveStages(qint64 devices, double devicesPerSecond) {
    const auto first = std::clamp(static_cast<qint64>(devicesPerSecond * firstFrameS), fewestDevices, previewDevices);
    std::vector<qint64> stages;
    for (const qint64 stage : {first, previewDevices, refinedDevices}) {
        const bool isWorthIt = stages.empty() || stage >= 2 * stages.back();
        if (isWorthIt && stage * 2 <= devices)
            stages.push_back(stage);
    }
    stages.push_back(devices);
    return stages;
}

LiveRun::LiveRun(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {
    m_progressTimer.setInterval(progressIntervalMs);
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        if (m_job)
            m_workspace.jobs().report(m_jobId, share() > 0 ? std::optional<double>(share()) : std::nullopt);
        Q_EMIT progressed();
    });
}

LiveRun::~LiveRun() {
    if (m_job) {
        m_job->isCancelled = true;
        m_workspace.jobs().finish(m_jobId);
    }
}

void LiveRun::runWhole(const RunRequest& request) {
    m_next.reset();
    m_isSettled = true;
    begin(request, {request.b.devices});
}

void LiveRun::preview(const RunRequest& request) {
    m_isSettled = false;
    if (isFirstFrame()) {
        m_next = request;
        return;
    }
    begin(request, liveStages(request.b.devices, m_devicesPerSecond));
}

void LiveRun::settle() {
    if (m_isSettled)
        return;
    m_isSettled = true;
    if (!m_job && m_stage + 1 < m_stages.size()) {
        ++m_stage;
        runStage();
    }
}

void LiveRun::cancel() {
    m_next.reset();
    m_isSettled = true;
    m_stages = {m_request.b.devices};
    m_stage = 0;
    stop();
    Q_EMIT progressed();
}

bool LiveRun::isFirstFrame() const {
    return m_job && m_stage == 0 && m_stages.size() > 1 && m_sinceStage.elapsed() < graceMs;
}

void LiveRun::begin(const RunRequest& request, std::vector<qint64> stages) {
    m_request = request;
    if (m_request.a)
        m_request.a = alignedTo(*m_request.a, m_request.b);
    m_stages = std::move(stages);
    m_stage = 0;
    runStage();
}

void LiveRun::runStage() {
    stop();
    m_job = std::make_shared<JobControl>();
    m_sinceStage.start();
    const QString devices = m_stages[m_stage] == m_request.b.devices
                                ? numberText(m_request.b.devices)
                                : tr("%1 of %2").arg(numberText(m_stages[m_stage]), numberText(m_request.b.devices));
    m_jobId = m_workspace.jobs().start(tr("Simulating %1 devices × %2 days").arg(devices).arg(m_request.b.days),
                                       [this, job = std::weak_ptr<JobControl>(m_job)] {
                                           if (!job.expired() && job.lock() == m_job)
                                               Q_EMIT cancelAsked();
                                       });
    m_progressTimer.start();
    m_isAsked = false;
    if (m_inFlight == 0)
        askEngine();
    Q_EMIT progressed();
}

void LiveRun::askEngine() {
    m_isAsked = true;
    ++m_inFlight;
    m_sinceStage.start();
    RunRequest part = m_request;
    part.b.devices = m_stages[m_stage];
    if (part.a) {
        part.a->devices = part.b.devices;
        ask<ComparisonSummary>(this, compareSummary(m_workspace.engine(), *part.a, part.b, m_job),
                               [this, job = m_job](const base::Result<ComparisonSummary>& answer) {
                                   if (isWanted(job))
                                       receive(answer);
                               });
    } else {
        ask<SimulationSummary>(this, simulateSummary(m_workspace.engine(), part.b, m_job),
                               [this, job = m_job](const base::Result<SimulationSummary>& answer) {
                                   if (isWanted(job))
                                       receiveAlone(answer);
                               });
    }
}

bool LiveRun::isWanted(const JobHandle& job) {
    --m_inFlight;
    if (job == m_job)
        return true;
    if (m_job && !m_isAsked)
        askEngine();
    return false;
}

void LiveRun::receive(const base::Result<ComparisonSummary>& answer) {
    if (!answer)
        return fail(answer.error());
    take({m_request, m_stages[m_stage], answer->b, *answer});
}

void LiveRun::receiveAlone(const base::Result<SimulationSummary>& answer) {
    if (!answer)
        return fail(answer.error());
    take({m_request, m_stages[m_stage], *answer, std::nullopt});
}

void LiveRun::take(RunOutcome outcome) {
    const double seconds = std::max(1e-3, static_cast<double>(m_sinceStage.elapsed()) / 1000);
    m_devicesPerSecond = static_cast<double>(outcome.devices) / seconds;
    stop();
    Q_EMIT received(outcome);
    if (m_job) // a receiver began another run
        return;
    finishStage();
}

void LiveRun::finishStage() {
    if (m_next) {
        const RunRequest next = *std::exchange(m_next, std::nullopt);
        begin(next, liveStages(next.b.devices, m_devicesPerSecond));
        return;
    }
    const bool hasMore = m_stage + 1 < m_stages.size();
    if (hasMore && (m_isSettled || m_stages[m_stage + 1] <= previewDevices)) {
        ++m_stage;
        runStage();
        return;
    }
    Q_EMIT progressed();
    if (!hasMore)
        Q_EMIT ended();
}

void LiveRun::fail(const base::Error& error) {
    stop();
    m_next.reset();
    m_isSettled = true;
    m_stages = {m_request.b.devices};
    m_stage = 0;
    Q_EMIT progressed();
    Q_EMIT failed(error);
    Q_EMIT ended();
}

void LiveRun::stop() {
    if (!m_job)
        return;
    m_job->isCancelled = true; // harmless when it has ended
    m_workspace.jobs().finish(m_jobId);
    m_job.reset();
    m_progressTimer.stop();
}

} // namespace affinity::ui
