#include "tests/faults/restarts.h"

#include "tests/faults/threads.h"

#include <QUuid>

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr int restartsLimit = 120'000; ///< milliseconds; far more than any run takes
constexpr int largestNumber = 2'000'000'000;

service::ApplyResult onePointMore(FaultClient& client, bool isEvent, base::DeviceId device, const QString& id) {
    if (!isEvent)
        return client.perform(Operation::Adjust, device, id);
    service::ApplyRequest request = festivalEvent(device, id);
    request.ruleKey = QStringLiteral("bench_up");
    return client.service.apply(request);
}

} // namespace

/// No limit is in the way of many operations on one device.
void Restarts::makeRoom() {
    const auto connection = required(connectTo(m_server.target(), patientOptions()));
    required(connection->runText(
        QStringLiteral("UPDATE userapp_affinitysetting SET max_affinity = %1, global_daily_cap = %1")
            .arg(largestNumber)));
    for (int i = 0; i < m_plan.devices; ++i)
        m_devices.push_back(makeDevice(*connection));
}

void Restarts::run() {
    makeRoom();
    std::vector<std::unique_ptr<QThread>> writers;
    for (int i = 0; i < m_plan.writers; ++i) {
        writers.emplace_back(QThread::create([this, i] { write(i); }));
        writers.back()->start();
    }
    for (int i = 0; i <= m_plan.kills; ++i) {
        const int wanted = m_succeeded + m_plan.operationsBetween;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait_for(lock, std::chrono::milliseconds(restartsLimit),
                                    [&] { return m_succeeded >= wanted; }))
                m_violations << QStringLiteral("the writers stand still");
        }
        if (i < m_plan.kills)
            kill();
    }
    m_isEnding = true;
    for (const auto& writer : writers)
        writer->wait();
    check();
}

void Restarts::kill() {
    {
        const std::lock_guard lock(m_mutex);
        m_isServerUp = false;
    }
    m_server.server().killNow();
    if (!m_server.server().start())
        qFatal("%s", m_server.server().output().constData());
    const std::lock_guard lock(m_mutex);
    m_isServerUp = true;
    m_sinceUp.start();
    m_changed.notify_all();
}

void Restarts::waitForServer() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isServerUp; });
}

/// Each operation is sent until it stands, under one id; the next one follows.
void Restarts::write(int writer) {
    FaultClient client(m_server.target(), patientOptions(), 100);
    for (size_t number = 0; !m_isEnding; ++number) {
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        const base::DeviceId device = m_devices[(number * 7 + static_cast<size_t>(writer)) % m_devices.size()];
        for (int tries = 1;; ++tries) {
            const auto result = onePointMore(client, number % 2 == 0, device, id);
            if (saysItStands(result)) {
                noteSuccess(id, result, tries > 1);
                break;
            }
            ++(result.outcome == Outcome::InDoubt ? m_inDoubt : m_failed);
            waitForServer();
            if (tries > 1000) {
                const std::lock_guard lock(m_mutex);
                m_violations << id + QStringLiteral(" never succeeds: ") + textOf(result);
                m_changed.notify_all();
                return;
            }
        }
    }
}

void Restarts::noteSuccess(const QString& id, const service::ApplyResult& result, bool isAgain) {
    const bool isEarlier = result.outcome == Outcome::EventDuplicate || result.isAppliedEarlier;
    const std::lock_guard lock(m_mutex);
    ++m_succeeded;
    if (isEarlier)
        ++m_foundStanding;
    if (isEarlier && !isAgain)
        m_violations << id + QStringLiteral(" stood before it was sent");
    m_told[id] = result.logId ? result.logId->value : 0;
    if (isAgain && m_sinceUp.isValid())
        m_longestReturnMs = std::max(m_longestReturnMs, m_sinceUp.elapsed());
    m_changed.notify_all();
}

void Restarts::check() {
    const auto connection = required(connectTo(m_server.target(), patientOptions()));
    checkRows(*connection);
    checkDevices(*connection);
}

/// Each operation has one row, that which it was told; no row has no operation.
void Restarts::checkRows(store::SqlConnection& connection) {
    struct Row {
        qint64 logId;
        QString id;
    };
    const auto rows = required(connection.selectText(
        QStringLiteral("SELECT l.id, coalesce(l.event_id, n.operation_id) FROM userapp_affinitylog l JOIN "
                       "affinity_console_log_note n ON n.log_id = l.id"),
        {}, [](const store::SqlRow& row) {
            return Row{row.value(0).toLongLong(), row.value(1).toString()};
        }));
    std::map<QString, qint64> standing;
    for (const Row& row : rows) {
        if (!standing.emplace(row.id, row.logId).second)
            m_violations << row.id + QStringLiteral(" is doubled");
        if (!m_told.contains(row.id))
            m_violations << row.id + QStringLiteral(" stands and was never told to");
    }
    for (const auto& [id, logId] : m_told) {
        const auto row = standing.find(id);
        if (row == standing.end())
            m_violations << id + QStringLiteral(" is lost");
        else if (logId != 0 && logId != row->second)
            m_violations << id + QStringLiteral(" was told another row");
    }
}

/// Each device's rows follow one another without a gap up to its value.
void Restarts::checkDevices(store::SqlConnection& connection) {
    for (const base::DeviceId device : m_devices) {
        qint64 value = DeviceTruth{}.value;
        const auto rows = required(connection.selectText(
            QStringLiteral(
                "SELECT before_value, change_value, after_value FROM userapp_affinitylog WHERE device_id = ? "
                "ORDER BY id"),
            {device.value}, [](const store::SqlRow& row) {
                return std::array{row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong()};
            }));
        for (const auto& [before, change, after] : rows) {
            if (before != value || after != before + change)
                m_violations << QStringLiteral("device %1: a row from %2 to %3 after %4")
                                    .arg(device.value)
                                    .arg(before)
                                    .arg(after)
                                    .arg(value);
            value = after;
        }
        const DeviceTruth truth = truthOf(connection, device);
        if (truth.value != value || truth.notes != truth.logRows)
            m_violations << QStringLiteral("device %1: its rows end at %2; ").arg(device.value).arg(value) +
                                textOf(truth);
    }
}

QStringList Restarts::lines() const {
    return {
        QStringLiteral("%1 writers on %2 devices, server killed %3 times: %4 operations stand; %5 were told to have "
                       "failed and %6 to be in doubt, each was sent again and %7 of them stood already; the last "
                       "disturbed one succeeded %8 ms after the server was back; %9 violations")
            .arg(m_plan.writers)
            .arg(m_plan.devices)
            .arg(m_plan.kills)
            .arg(m_succeeded)
            .arg(m_failed)
            .arg(m_inDoubt)
            .arg(m_foundStanding)
            .arg(m_longestReturnMs)
            .arg(m_violations.size())};
}

} // namespace affinity::test
