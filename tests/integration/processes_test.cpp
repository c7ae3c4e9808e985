#include "tests/integration/processes_test.h"

#include "tests/integration/console.h"
#include "tests/integration/djangofile.h"

#include <QTemporaryDir>

#include <map>

namespace affinity::test {

namespace {

constexpr int processCount = 8;

QStringList giftArguments(const QString& store, const QString& eventId) {
    QStringList arguments{QStringLiteral("--store"),
                          QStringLiteral("sqlite:") + store,
                          QStringLiteral("--no-other-writer"),
                          QStringLiteral("apply"),
                          QStringLiteral("--user"),
                          QStringLiteral("2"),
                          QStringLiteral("--device"),
                          QStringLiteral("3"),
                          QStringLiteral("--rule"),
                          QStringLiteral("gift"),
                          QStringLiteral("--source"),
                          QStringLiteral("device_event")};
    if (!eventId.isEmpty())
        arguments << QStringLiteral("--event-id") << eventId;
    return arguments;
}

/// Starts all, then waits for all; the number of runs by outcome.
std::map<std::string, int> runTogether(const QList<QStringList>& calls, const QStringList& environment = {}) {
    std::vector<std::unique_ptr<QProcess>> processes;
    for (const QStringList& call : calls)
        processes.push_back(startConsole(call, environment));
    std::map<std::string, int> outcomes;
    for (const auto& process : processes) {
        const ConsoleRun run = finishConsole(*process);
        const base::Json json = run.json();
        if (json.is_object())
            ++outcomes[json.at("outcome").get<std::string>()];
        else
            qWarning("exit %d: %s", run.exitCode, run.errors.constData());
    }
    return outcomes;
}

} // namespace

void ProcessesTest::oneEventIdHasOneEffectFromEightProcesses() {
    QTemporaryDir folder;
    const QString store = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    const auto outcomes =
        runTogether(QList<QStringList>(processCount, giftArguments(store, QStringLiteral("same-event"))));
    QCOMPARE(outcomes, (std::map<std::string, int>{{"applied", 1}, {"noop_event_duplicate", processCount - 1}}));
    QCOMPARE(queryFile(store, QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QStringLiteral("1"));
    QCOMPARE(queryFile(store, QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3")),
             QStringLiteral("510"));
}

void ProcessesTest::aCapOfFortyGivesExactlyFortyPoints() {
    QTemporaryDir folder;
    const QString store = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    QList<QStringList> calls;
    for (int i = 0; i < processCount; ++i)
        calls << giftArguments(store, {}); // 10 points each under a daily cap of 40
    const auto outcomes = runTogether(calls);
    QCOMPARE(outcomes, (std::map<std::string, int>{{"applied", 4}, {"noop_rule_daily_cap", 4}}));
    QCOMPARE(queryFile(store, QStringLiteral("SELECT sum(change_value) FROM userapp_affinitylog")),
             QStringLiteral("40"));
    QCOMPARE(queryFile(store, QStringLiteral("SELECT accumulated_change || ' ' || trigger_count FROM "
                                             "userapp_useraffinitydailycounter")),
             QStringLiteral("40 4"));
}

void ProcessesTest::oneOperationIdAdjustsOnce() {
    QTemporaryDir folder;
    const QString store = makeDjangoFile(folder.path(), QStringLiteral("django.sqlite"));
    const QStringList call{QStringLiteral("--store"),
                           QStringLiteral("sqlite:") + store,
                           QStringLiteral("adjust"),
                           QStringLiteral("--user"),
                           QStringLiteral("1"),
                           QStringLiteral("--device"),
                           QStringLiteral("1"),
                           QStringLiteral("--delta"),
                           QStringLiteral("7"),
                           QStringLiteral("--reason-code"),
                           QStringLiteral("goodwill"),
                           QStringLiteral("--reason"),
                           QStringLiteral("eight at once"),
                           QStringLiteral("--operator"),
                           QStringLiteral("operator"),
                           QStringLiteral("--operation-id"),
                           QStringLiteral("op-1")};
    const auto outcomes = runTogether(QList<QStringList>(processCount, call),
                                      {QStringLiteral("AFFINITY_OPERATOR_PASSWORD=oracle-operator-pw")});
    QCOMPARE(outcomes, (std::map<std::string, int>{{"applied", processCount}}));
    QCOMPARE(queryFile(store, QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 1")),
             QStringLiteral("7"));
}

} // namespace affinity::test
