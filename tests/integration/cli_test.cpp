#include "tests/integration/cli_test.h"

#include "tests/integration/console.h"
#include "tests/integration/djangofile.h"

#include <QFile>
#include <QTemporaryDir>

#include <array>

#include <unistd.h>

namespace affinity::test {

namespace {

const QStringList operatorPassword{QStringLiteral("AFFINITY_OPERATOR_PASSWORD=oracle-operator-pw")};

QStringList words(const char* line) {
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// A Django file in a folder of its own.
class Store {
public:
    Store() : m_file(makeDjangoFile(m_folder.path(), QStringLiteral("django.sqlite"))) {}
    QString file() const { return m_file; }
    QStringList arguments() const { return {QStringLiteral("--store"), QStringLiteral("sqlite:") + m_file}; }
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private:
    QTemporaryDir m_folder;
    QString m_file;
};

QStringList adjustment(const Store& store, const QStringList& change, const QString& reason, const QString& person) {
    return store.arguments() + words("adjust --user 1 --device 1 --reason-code goodwill") + change +
           QStringList{QStringLiteral("--reason"), reason, QStringLiteral("--operator"), person};
}

} // namespace

void CliTest::badCallIsRefused_data() {
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* call, int exitCode, const char* message) {
        QTest::newRow(call) << QString::fromLatin1(call) << exitCode << QString::fromLatin1(message);
    };
    add("explode", 2, "There is no command \"explode\"");
    add("--store memory: apply --user 1", 2, "apply needs --device ID");
    add("--store memory: apply --user x --device 1 --rule r --source decay", 2, "--user must be a whole number");
    add("--store memory: decay --dry-run --dry-run", 2, "--dry-run is given twice");
    add("--store memory: decay --sql", 2, "There is no option --sql for decay");
    add("--store memory: decay --date yesterday", 2, "--date must be a date");
    add("--store memory: adjust --user 1 --device 1 --reason-code test --reason x --operator o", 2,
        "either --delta or --set-to");
    add("--store ftp://x reconcile", 2, "ftp");
    add("--store sqlite:/no/such/file reconcile", 3, "/no/such/file");
    add("reconcile", 2, "reconcile needs --store URL");
    add("prepare --roles", 2, "prepare needs --store URL");
    add("--store sqlite:any.sqlite prepare --roles --sql", 2, "Roles are a database server's");
    add("--store memory: --schema-map names.json reconcile", 2, "--schema-map means nothing without --store");
    add("--store sqlite:x --schema-map /no/such/names.json reconcile", 2, "/no/such/names.json");
    add("--store sqlite:x --schema-map /no/such/names.json prepare", 2, "/no/such/names.json");
    add("simulate /no/such/scenario.json", 2, "/no/such/scenario.json");
    add("simulate", 2, "simulate needs SCENARIO");
    add("simulate scenario.json --devices 0", 2, "scenario.json");
    add("compare a.json", 2, "compare needs B.");
    add("compare a.json b.json c.json", 2, "compare does not take \"c.json\"");
    add("compare a.json b.json --seed -1", 2, "a.json");
}

void CliTest::badCallIsRefused() {
    QFETCH(QString, call);
    QFETCH(int, exitCode);
    QFETCH(QString, message);
    const ConsoleRun run = runConsole(call.split(QLatin1Char(' ')));
    QVERIFY2(run.exitCode == exitCode, (QByteArray::number(run.exitCode) + ": " + run.errors).constData());
    QVERIFY2(run.errors.contains(message.toUtf8()), run.errors.constData());
    QVERIFY(run.output.isEmpty());
}

void CliTest::badAdjustmentIsRefused_data() {
    QTest::addColumn<QStringList>("change");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("person");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* change, const char* reason, const char* person, const char* password,
                        const char* message) {
        QTest::newRow(message) << words(change) << QString::fromLatin1(reason) << QString::fromLatin1(person)
                               << QString::fromLatin1(password) << QString::fromLatin1(message);
    };
    add("--delta 5", " ", "operator", "oracle-operator-pw", "The reason is empty");
    add("--delta 501", "why", "operator", "oracle-operator-pw", "over your limit of 500");
    add("--delta 5", "why", "operator", "wrong", "The user name or the password is wrong");
    add("--delta 5", "why", "nobody", "wrong", "The user name or the password is wrong");
    add("--delta 5", "why", "viewer", "oracle-viewer-pw", "is not staff");
    add("--delta 5 --ticket 0123456789012345678901234567890123456789012345678901234567890123456789", "why", "operator",
        "oracle-operator-pw", "The ticket number is longer");
}

void CliTest::badAdjustmentIsRefused() {
    QFETCH(QStringList, change);
    QFETCH(QString, reason);
    QFETCH(QString, person);
    QFETCH(QString, password);
    QFETCH(QString, message);
    const Store store;
    const ConsoleRun run = runConsole(adjustment(store, change, reason, person),
                                      {QStringLiteral("AFFINITY_OPERATOR_PASSWORD=") + password});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.json().at("outcome").get<std::string>(), std::string("error"));
    QVERIFY2(run.json().at("error").get<std::string>().find(message.toStdString()) != std::string::npos,
             run.output.constData());
    QCOMPARE(queryFile(store.file(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QStringLiteral("0"));
}

void CliTest::previewLeavesEveryByteOfTheFile() {
    const Store store;
    const QByteArray before = fileHash(store.file());
    const ConsoleRun applied =
        runConsole(store.arguments() + words("apply --user 2 --device 3 --rule gift --source device_event --preview"));
    QCOMPARE(applied.exitCode, 0);
    QCOMPARE(applied.json().at("after_value").get<int>(), 510);
    QVERIFY(applied.json().at("log_id").is_null());
    const QStringList change = words("--delta 60 --preview");
    const ConsoleRun adjusted =
        runConsole(adjustment(store, change, QStringLiteral("why"), QStringLiteral("operator")), operatorPassword);
    QCOMPARE(adjusted.exitCode, 0);
    QCOMPARE(adjusted.json().at("rewards_granted").size(), size_t{1});
    QCOMPARE(runConsole(store.arguments() + words("decay --dry-run")).exitCode, 0);
    QCOMPARE(fileHash(store.file()), before);
    QVERIFY(!QFile::exists(store.file() + QStringLiteral("-wal")));
}

void CliTest::previewWithTraceShowsEveryStep() {
    const Store store;
    const ConsoleRun run = runConsole(
        store.arguments() + words("apply --user 2 --device 3 --rule capped --source device_event --preview --trace"));
    std::vector<std::string> steps;
    const base::Json result = run.json();
    for (const base::Json& step : result.at("trace"))
        steps.push_back(step.at("step").get<std::string>() + " " + step.at("verdict").get<std::string>());
    QCOMPARE(steps, (std::vector<std::string>{"rule passed", "cooldown passed", "binding passed", "change cut",
                                              "rule_daily_cap passed", "global_daily_cap passed", "bounds passed",
                                              "level passed"}));
}

void CliTest::adjustmentIsWrittenWithItsOperator() {
    const Store store;
    const QStringList change = words("--set-to 60 --ticket CS-1 --operation-id op-7");
    const ConsoleRun run =
        runConsole(adjustment(store, change, QStringLiteral("补发"), QStringLiteral("operator")), operatorPassword);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(
        queryFile(store.file(), QStringLiteral("SELECT operator_admin_id || ' ' || reason || ' ' || source || ' ' || "
                                               "rule_key || ' ' || after_value FROM userapp_affinitylog")),
        QStringLiteral("2 补发 admin_adjust_single admin 60"));
    QCOMPARE(queryFile(store.file(), QStringLiteral("SELECT metadata FROM userapp_affinitylog")),
             QStringLiteral("{\"requested_delta\": 60, \"set_to\": 60, \"operation_id\": \"op-7\", "
                            "\"reason_code\": \"goodwill\", \"ticket\": \"CS-1\"}"));
}

void CliTest::decayTakesPointsOnceADay() {
    const Store store;
    // All seven bindings were bound on the day the rows were made; from the year 2000 they are idle for long.
    queryFile(store.file(),
              QStringLiteral("UPDATE device_interaction_userdevice SET bound_at = '2000-01-01 00:00:00'"));
    const QStringList call = store.arguments() + words("--no-other-writer decay");
    const base::Json first = runConsole(call).json();
    QCOMPARE(first.at("devices_idle").get<int>(), 6);
    QCOMPARE(first.at("applied").get<int>(), 5);
    QCOMPARE(first.at("refused").get<int>(), 1); // one has no points to lose
    QCOMPARE(first.at("points_taken").get<int>(), 23);
    const base::Json second = runConsole(call).json();
    QCOMPARE(second.at("done_before").get<int>(), 5);
    QCOMPARE(second.at("applied").get<int>(), 0);
    QCOMPARE(queryFile(store.file(), QStringLiteral("SELECT count(*) FROM device_interaction_userdevice WHERE "
                                                    "last_active_at IS NOT NULL")),
             QStringLiteral("0"));
}

void CliTest::reconcileFindsThePlantedLevel() {
    const Store store;
    const ConsoleRun run = runConsole(store.arguments() + words("reconcile"));
    QCOMPARE(run.exitCode, 1);
    const base::Json report = run.json();
    QCOMPARE(report.at("findings").size(), size_t{1});
    QCOMPARE(report.at("findings")[0].at("kind").get<std::string>(), std::string("level"));
    QCOMPARE(report.at("findings")[0].at("device_id").get<int>(), 5);
    QCOMPARE(runConsole(store.arguments() + words("reconcile --device 1")).exitCode, 0);
    QCOMPARE(runConsole(store.arguments() + words("reconcile --device 99")).exitCode, 1);
}

void CliTest::sharedStoreNeedsTheWordThatNobodyElseWrites() {
    const Store store;
    const ConsoleRun run =
        runConsole(store.arguments() + words("apply --user 2 --device 3 --rule gift --source device_event"));
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.errors.contains("--no-other-writer") && run.errors.contains("--redis"));
    QCOMPARE(queryFile(store.file(), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QStringLiteral("0"));
}

void CliTest::renamedStoreWithoutGroupsWorksAndSaysSo() {
    const Store store;
    for (const char* sql : {"ALTER TABLE userapp_affinitylog RENAME COLUMN change_value TO \"order\"",
                            "ALTER TABLE userapp_affinitylog RENAME TO PointsLog", "DROP TABLE auth_user_groups",
                            "ALTER TABLE userapp_affinitysetting RENAME COLUMN decay_enabled TO fade"})
        queryFile(store.file(), QString::fromLatin1(sql));
    const QString names = store.file() + QStringLiteral(".json");
    QFile file(names);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"format": "affinity-schema-mapping", "version": 1, "tables": {"userapp_affinitylog": "PointsLog"},
                   "columns": {"userapp_affinitylog": {"change_value": "order"}}})");
    file.close();
    const QStringList event = words("--no-other-writer apply --user 2 --device 3 --rule gift --source device_event");
    const ConsoleRun refused = runConsole(store.arguments() + event);
    QCOMPARE(refused.exitCode, 3);
    QVERIFY2(refused.errors.contains("table userapp_affinitylog is missing"), refused.errors.constData());

    const QStringList opening = store.arguments() + QStringList{QStringLiteral("--schema-map"), names};
    const ConsoleRun run = runConsole(opening + event);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(queryFile(store.file(), QStringLiteral("SELECT \"order\" FROM PointsLog")).toInt(),
             run.json().at("change_value").get<int>());
    QVERIFY2(run.errors.contains("Warning: only superusers are designers: the store has no auth_user_groups."),
             run.errors.constData());
    QVERIFY2(run.errors.contains("Warning: decay is off: the store has no userapp_affinitysetting.decay_enabled."),
             run.errors.constData());
    QCOMPARE(runConsole(opening + words("prepare")).exitCode, 0);
    QCOMPARE(runConsole(opening + words("reconcile")).exitCode, 1); // it finds the planted level
}

void CliTest::readOnlyForbidsWriting() {
    const Store store;
    const QByteArray before = fileHash(store.file());
    const QStringList call =
        store.arguments() + words("--read-only --no-other-writer apply --user 2 --device 3 --rule gift "
                                  "--source device_event");
    const ConsoleRun run = runConsole(call);
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.errors.contains("--read-only"));
    QCOMPARE(fileHash(store.file()), before);
}

void CliTest::damagedFileIsNamed() {
    const Store store;
    QFile file(store.file());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const ConsoleRun run = runConsole(store.arguments() + words("reconcile"));
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errors.contains("damaged") && run.errors.contains("django.sqlite"), run.errors.constData());
}

void CliTest::writeProtectedFileIsNamed() {
    if (::geteuid() == 0)
        QSKIP("root writes whatever the file says");
    const Store store;
    QVERIFY(QFile::setPermissions(store.file(), QFileDevice::ReadOwner));
    const ConsoleRun run = runConsole(
        store.arguments() + words("--no-other-writer apply --user 2 --device 3 --rule gift --source device_event"));
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.errors.contains("django.sqlite"));
}

void CliTest::passwordNeverShowsUp() {
    const Store store;
    const QString canary = QStringLiteral("canary-7f21-secret");
    const ConsoleRun run =
        runConsole(adjustment(store, words("--delta 5"), QStringLiteral("why"), QStringLiteral("operator")),
                   {QStringLiteral("AFFINITY_OPERATOR_PASSWORD=") + canary});
    QCOMPARE(run.exitCode, 1);
    QVERIFY(!run.output.contains(canary.toUtf8()));
    QVERIFY(!run.errors.contains(canary.toUtf8()));
}

void CliTest::simulationIsTheSameOnOneAndTwoThreads() {
    const QString scenario = QStringLiteral(AFFINITY_SCENARIOS "/bench8.json");
    const auto simulate = [&](const char* threads) {
        return runConsole({QStringLiteral("simulate"), scenario, QStringLiteral("--devices"), QStringLiteral("5000"),
                           QStringLiteral("--days"), QStringLiteral("30"), QStringLiteral("--kernel"),
                           QStringLiteral("plain"), QStringLiteral("--threads"), QString::fromLatin1(threads),
                           QStringLiteral("--out"), QStringLiteral("-")});
    };
    const ConsoleRun one = simulate("1");
    const ConsoleRun two = simulate("2");
    QVERIFY2(one.exitCode == 0, one.errors.constData());
    QCOMPARE(one.json().at("digest").get<std::string>(), two.json().at("digest").get<std::string>());
    const double meanValue = one.json().at("mean_value").get<double>();
    QVERIFY2(meanValue > 1314 && meanValue < 1320, one.output.left(200).constData());
    QCOMPARE(one.json().at("mean_level").get<double>(), 4.0);
}

void CliTest::comparisonShowsWhatDiffers() {
    QFile demo(QStringLiteral(AFFINITY_SCENARIOS "/demo.json"));
    QVERIFY(demo.open(QIODevice::ReadOnly));
    QByteArray text = demo.readAll();
    QCOMPARE(text.count("\"daily_cap\": 30, \"cooldown_seconds\": 60"), 1); // of the chat rule
    text.replace("\"daily_cap\": 30, \"cooldown_seconds\": 60", "\"daily_cap\": 20, \"cooldown_seconds\": 60");
    QTemporaryDir folder;
    QFile tighter(folder.filePath(QStringLiteral("tighter.json")));
    QVERIFY(tighter.open(QIODevice::WriteOnly));
    tighter.write(text);
    tighter.close();
    const auto compare = [&](const QStringList& more) {
        return runConsole(QStringList{QStringLiteral("compare"), demo.fileName(), tighter.fileName()} +
                          words("--devices 300 --days 20") + more);
    };
    const ConsoleRun common = compare({});
    QVERIFY2(common.exitCode == 0, common.errors.constData());
    const base::Json json = common.json();
    QVERIFY(json.at("has_common_random_numbers").get<bool>());
    QVERIFY(json.at("last_day").at("mean").get<double>() < 0);
    QVERIFY(json.at("last_day").at("band_95").at(1).get<double>() < 0);
    QVERIFY(json.at("worse_share").get<double>() > json.at("better_share").get<double>());
    const base::Json& value = json.at("metrics").at("mean_value");
    QVERIFY(std::abs(value.at("difference").get<double>() - json.at("last_day").at("mean").get<double>()) < 1e-9);
    QVERIFY(json.at("metrics").at("reward_cost").at("a").get<double>() > 0);
    QCOMPARE(json.at("by_day").size(), size_t{20});
    QCOMPARE(json.at("personas").size(), size_t{5});
    QVERIFY(json.at("losers").at(0).at("difference").get<int>() < 0);
    QVERIFY(compare(words("--threads 1")).json().at("by_day") == json.at("by_day"));

    const base::Json independent = compare(words("--seed-b 7")).json();
    QVERIFY(!independent.at("has_common_random_numbers").get<bool>());
    QVERIFY(independent.at("last_day").at("standard_error").get<double>() >
            5 * json.at("last_day").at("standard_error").get<double>());
}

void CliTest::simulationWritesAReport() {
    QTemporaryDir folder;
    const QString report = folder.filePath(QStringLiteral("report"));
    const ConsoleRun run =
        runConsole({QStringLiteral("simulate"), QStringLiteral(AFFINITY_SCENARIOS "/demo.json"),
                    QStringLiteral("--devices"), QStringLiteral("200"), QStringLiteral("--report"), report});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QFile page(report + QStringLiteral("/index.html"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    QVERIFY(page.readAll().contains(QByteArray::fromStdString(run.json().at("digest").get<std::string>())));
    QVERIFY(QFile::exists(report + QStringLiteral("/value.png")));
}

void CliTest::exportWritesEveryRowAndChangesNothing() {
    const Store store;
    const QByteArray before = fileHash(store.file());
    const std::array tables{
        std::pair{"log", "userapp_affinitylog"}, std::pair{"devices", "device_interaction_userdevice"},
        std::pair{"grants", "userapp_userlevelrewardgrant"}, std::pair{"counters", "userapp_useraffinitydailycounter"}};
    for (const auto& [table, sqlName] : tables) {
        const int stored =
            queryFile(store.file(), QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(sqlName))).toInt();
        const QStringList call = store.arguments() + QStringList{QStringLiteral("export"), QLatin1String(table)};
        const ConsoleRun csv = runConsole(call);
        QVERIFY2(csv.exitCode == 0, csv.errors.constData());
        QCOMPARE(csv.output.count('\n'), stored + 1); // no cell of the recorded rows holds a line break
        const ConsoleRun json = runConsole(call + words("--format json"));
        QCOMPARE(json.json().size(), static_cast<size_t>(stored));
    }
    const QString file = store.path("log.csv");
    const ConsoleRun run = runConsole(store.arguments() + words("export log --out") + QStringList{file});
    QVERIFY2(run.exitCode == 0 && run.output.isEmpty(), run.errors.constData());
    QVERIFY(QFile(file).size() > 0);
    QCOMPARE(fileHash(store.file()), before);
}

void CliTest::exportOfAnUnknownTableOrDeviceIsRefused() {
    const Store store;
    const ConsoleRun table = runConsole(store.arguments() + words("export secrets"));
    QCOMPARE(table.exitCode, 2);
    QVERIFY2(table.errors.contains("devices, log, grants and counters"), table.errors.constData());
    const QString file = store.path("none.csv");
    const ConsoleRun device =
        runConsole(store.arguments() + words("export log --device 999999 --out") + QStringList{file});
    QCOMPARE(device.exitCode, 1);
    QVERIFY(!QFile::exists(file));
}

void CliTest::wrongScenarioNamesLineAndMember() {
    QFile good(QStringLiteral(AFFINITY_SCENARIOS "/bench8.json"));
    QVERIFY(good.open(QIODevice::ReadOnly));
    QByteArray text = good.readAll();
    QCOMPARE(text.count("\"global_daily_cap\": 50"), 1);
    text.replace("\"global_daily_cap\": 50", "\"global_daily_kap\": 50");
    QTemporaryDir folder;
    QFile bad(folder.filePath(QStringLiteral("bad.json")));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write(text);
    bad.close();
    const ConsoleRun run = runConsole({QStringLiteral("simulate"), bad.fileName()});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.errors.contains("bad.json") && run.errors.contains("line 14") &&
                 run.errors.contains("global_daily_kap"),
             run.errors.constData());
}

void CliTest::withoutADisplayTheTourLeavesAReport() {
    QTemporaryDir folder;
    const QString data = folder.filePath(QStringLiteral("data"));
    // An empty value counts as set for the process's own look-up, so the names are removed by env.
    QProcess process;
    process.start(QStringLiteral("env"),
                  {QStringLiteral("-u"), QStringLiteral("DISPLAY"), QStringLiteral("-u"),
                   QStringLiteral("WAYLAND_DISPLAY"), QStringLiteral("-u"), QStringLiteral("QT_QPA_PLATFORM"),
                   QStringLiteral("XDG_DATA_HOME=") + data, QStringLiteral(AFFINITY_CONSOLE)});
    const ConsoleRun run = finishConsole(process);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const QString report = data + QStringLiteral("/affinity-console/report/");
    QVERIFY2(run.output.contains((report + QStringLiteral("index.html")).toUtf8()), run.output.constData());
    for (const char* name : {"index.html", "value.png", "levels.png", "result.json"})
        QVERIFY2(QFile::exists(report + QLatin1String(name)), name);
    const QString store = data + QStringLiteral("/affinity-console/demo.sqlite");
    QCOMPARE(queryFile(store, QStringLiteral("SELECT count(*) FROM userapp_affinitylog WHERE rule_key = 'admin'")),
             QStringLiteral("1"));
    QCOMPARE(runConsole({QStringLiteral("--store"), QStringLiteral("sqlite:") + store, QStringLiteral("reconcile")})
                 .exitCode,
             0);
}

} // namespace affinity::test
