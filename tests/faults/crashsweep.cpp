#include "tests/faults/crashsweep.h"

#include "engine/rules/localday.h"
#include "engine/store/rediscounters.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QUuid>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr int pointsOfADay = 100; ///< Django's demo setting
constexpr int crashTries = 5;     ///< a client on a busy machine may lose its transaction before the step
constexpr int statePollMs = 5;

/// The third field of its line in /proc; the second is its name in brackets.
bool isStopped(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) == "T";
}

} // namespace

bool isFaultOfTheClient(CrashFault fault) {
    return fault == CrashFault::KillClient || fault == CrashFault::StopClient;
}

std::vector<CrashCase> allCrashCases() {
    std::vector<CrashCase> cases;
    for (const Operation operation : allOperations) {
        for (const CrashStep step : stepsOf(operation)) {
            for (const CrashFault fault :
                 {CrashFault::KillClient, CrashFault::StopClient, CrashFault::RestartServer, CrashFault::KillServer})
                cases.push_back({operation, step, fault});
            if (operation == Operation::Apply)
                cases.push_back({operation, step, CrashFault::KillRedis});
        }
    }
    return cases;
}

std::vector<CrashCase> chosenCrashCases() {
    constexpr size_t wanted = 60;
    std::vector<CrashCase> cases;
    std::vector<CrashCase> further;
    for (const CrashCase& each : allCrashCases())
        (isFaultOfTheClient(each.fault) ? cases : further).push_back(each);
    const size_t room = wanted - cases.size();
    for (size_t i = 0; i < room; ++i)
        cases.push_back(further[i * further.size() / room]);
    return cases;
}

/// One case under way.
struct CrashSweep::Course {
    CrashOrder order;
    QString where;
    std::unique_ptr<QProcess> client;
    std::unique_ptr<FaultClient> other; ///< another console
    std::unique_ptr<store::SqlConnection> direct;
    base::Json result; ///< what the client printed; null when it could not
};

void CrashSweep::run(const CrashCase& wanted) {
    Course course;
    course.where = QStringLiteral("%1, %2, %3").arg(name(wanted.operation), name(wanted.step), name(wanted.fault));
    for (int i = 0; i < crashTries; ++i) {
        redis::Target redisTarget = m_redis.target();
        course.direct = required(connectTo(m_server.target(), patientOptions()));
        course.other = std::make_unique<FaultClient>(m_server.target(), patientOptions(), longestMs,
                                                     std::make_unique<store::RedisCounters>(redisTarget));
        course.order = {m_server.target(),
                        redisTarget.port,
                        wanted.operation,
                        makeDevice(*course.direct),
                        QUuid::createUuid().toString(QUuid::WithoutBraces),
                        wanted.step,
                        wanted.fault};
        if (!reachesStep(course))
            continue;
        strike(course);
        readResult(course);
        waitForLocks(course);
        judge(course);
        repeat(course);
        if (wanted.operation == Operation::Apply)
            exhaustTheDay(course);
        return;
    }
    addViolation(course, QStringLiteral("the step was never reached"));
}

bool CrashSweep::reachesStep(Course& course) {
    course.client = std::make_unique<QProcess>();
    course.client->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    course.client->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    course.client->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child")});
    course.client->write(QByteArray::fromStdString(toJson(course.order).dump()) + '\n');
    while (!course.client->canReadLine() && course.client->waitForReadyRead(longestMs)) {
    }
    return course.client->readLine() == atStep;
}

void CrashSweep::strike(Course& course) {
    switch (course.order.fault) {
    case CrashFault::KillClient:
        return;
    case CrashFault::StopClient:
        while (!isStopped(course.client->processId()) && !course.client->waitForFinished(statePollMs)) {
        }
        waitForLocks(course); // the server has taken back what the stopped client held
        repeat(course);
        ::kill(static_cast<pid_t>(course.client->processId()), SIGCONT);
        return;
    case CrashFault::RestartServer:
    case CrashFault::KillServer:
        if (course.order.fault == CrashFault::KillServer)
            m_server.server().killNow();
        else
            m_server.server().stop();
        if (!m_server.server().start())
            addViolation(course, QStringLiteral("the server did not start again"));
        break;
    case CrashFault::KillRedis:
        m_redis.killNow();
        if (!m_redis.start())
            addViolation(course, QStringLiteral("Redis did not start again"));
        break;
    }
    course.client->write("\n");
}

void CrashSweep::readResult(Course& course) {
    if (!course.client->waitForFinished(2 * longestMs)) {
        addViolation(course, QStringLiteral("the client hangs"));
        course.client->kill();
        course.client->waitForFinished();
    }
    const QByteArray line = course.client->readAllStandardOutput().trimmed();
    if (!line.isEmpty())
        course.result = base::Json::parse(line.toStdString());
}

/// Locks of a client that is gone are given back: another one gets them.
void CrashSweep::waitForLocks(Course& course) {
    QElapsedTimer timer;
    timer.start();
    QString why;
    do { // the first question on a connection that a server's end has broken may fail
        const auto transaction = course.other->store->begin(store::Access::Write);
        if (!transaction)
            continue;
        const auto event = (*transaction)->lockEventId(course.order.id);
        if (event && (*transaction)->lockBinding(course.order.device))
            return;
        why = event ? QStringLiteral("the device stays locked") : event.error().what;
    } while (timer.elapsed() < longestMs);
    addViolation(course, why);
}

void CrashSweep::judge(Course& course) {
    const Operation operation = course.order.operation;
    const DeviceTruth truth = truthOf(*course.direct, course.order.device);
    const std::string outcome = course.result.is_null() ? "nothing" : course.result.at("outcome").get<std::string>();
    {
        const std::lock_guard lock(m_mutex);
        ++m_cases;
        ++m_figures[name(operation) + QStringLiteral(", ") + name(course.order.fault)]
                   [QStringLiteral("told ") + QString::fromStdString(outcome) +
                    (truth.logRows > 0 ? QStringLiteral(" and it stands") : QStringLiteral(" and nothing stands"))];
    }
    if (const auto broken = brokenUnit(operation, truth))
        addViolation(course, QStringLiteral("half an effect: ") + *broken);
    if (course.result.is_null()) {
        if (course.order.fault != CrashFault::KillClient)
            addViolation(course, QStringLiteral("the client ended without a result"));
        return;
    }
    const bool isStopped = course.order.fault == CrashFault::StopClient; // then another one has done it
    const bool isRight = outcome == "applied"    ? truth == truthAfter(operation, 1, course.result.at("log_id"))
                         : outcome == "error"    ? truth.logRows == (isStopped ? 1 : 0)
                         : outcome == "in_doubt" ? true
                                                 : isStopped && outcome == "noop_event_duplicate" && truth.logRows == 1;
    const bool isNamed = course.result.at("kind") != "internal";
    if (!isRight || !isNamed)
        addViolation(
            course, QStringLiteral("told %1; %2").arg(QString::fromStdString(course.result.at("text")), textOf(truth)));
}

/// The same id again, by another console: one effect in all.
void CrashSweep::repeat(Course& course) {
    const Operation operation = course.order.operation;
    const service::ApplyResult again = course.other->perform(operation, course.order.device, course.order.id);
    const DeviceTruth truth = truthOf(*course.direct, course.order.device);
    if (!saysItStands(again) || truth != truthAfter(operation, 1, truth.lastLogId))
        addViolation(course, QStringLiteral("the repetition: %1; %2").arg(textOf(again), textOf(truth)));
    const std::lock_guard lock(m_mutex);
    ++m_laterOperations;
}

/// Whatever the counters lost or counted, a day's cap holds to the point.
void CrashSweep::exhaustTheDay(Course& course) {
    const auto event = [&] {
        return course.other->perform(Operation::Apply, course.order.device,
                                     QUuid::createUuid().toString(QUuid::WithoutBraces));
    };
    const service::ApplyResult rest = event();
    const service::ApplyResult over = event();
    const DeviceTruth truth = truthOf(*course.direct, course.order.device);
    if (rest.outcome != Outcome::Applied || over.outcome != Outcome::GlobalDailyCap || truth.logSum != pointsOfADay)
        addViolation(
            course,
            QStringLiteral("the rest of the day: %1, then %2; %3").arg(textOf(rest), textOf(over), textOf(truth)));
    const qint64 nowUs = required(course.other->store->nowUs());
    const auto zone = required(rules::settingZone("Asia/Shanghai"));
    const auto counted = required(course.other->counters->read(
        {course.order.device, QStringLiteral("festival"), {}, rules::localDate(nowUs, zone)}));
    if (counted.ruleDaySum > pointsOfADay || counted.globalDaySum > pointsOfADay)
        addViolation(
            course,
            QStringLiteral("Redis counted %1 and %2 points of 100").arg(counted.ruleDaySum).arg(counted.globalDaySum));
    const std::lock_guard lock(m_mutex);
    m_laterOperations += 2;
}

void CrashSweep::addViolation(const Course& course, const QString& text) {
    const std::lock_guard lock(m_mutex);
    m_violations << course.where + QStringLiteral(": ") + text;
}

int CrashSweep::cases() const {
    const std::lock_guard lock(m_mutex);
    return m_cases;
}

QStringList CrashSweep::violations() const {
    const std::lock_guard lock(m_mutex);
    return m_violations;
}

QStringList CrashSweep::lines() const {
    const std::lock_guard lock(m_mutex);
    QStringList lines;
    for (const auto& [fault, outcomes] : m_figures) {
        QStringList parts;
        for (const auto& [outcome, count] : outcomes)
            parts << QStringLiteral("%1 × %2").arg(count).arg(outcome);
        lines << fault + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
    }
    lines << QStringLiteral("%1 cases, %2 later operations, %3 violations")
                 .arg(m_cases)
                 .arg(m_laterOperations)
                 .arg(m_violations.size());
    return lines;
}

} // namespace affinity::test
