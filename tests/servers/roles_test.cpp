#include "tests/servers/roles_test.h"

#include "engine/access/signin.h"
#include "engine/service/adjustments.h"
#include "engine/service/random.h"
#include "engine/service/roleterms.h"
#include "engine/store/memorycounters.h"
#include "engine/store/rights.h"
#include "tests/production/must.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QTest>

namespace affinity::test {

using base::ErrorKind;
using rules::Outcome;

namespace {

const base::SystemClock systemClock;

/// The engine on a store, for one call or more.
struct Console {
    explicit Console(std::unique_ptr<store::Store> opened) : store(std::move(opened)) {}

    std::unique_ptr<store::Store> store;
    store::MemoryCounters counters{systemClock};
    service::SystemDraw draw;
    service::AffinityService service{*store, counters, draw};
    service::Adjustments adjustments{service};
};

service::AdjustmentForm formOf(qint64 delta, const QString& operationId) {
    service::AdjustmentForm form;
    form.userId = {2};
    form.deviceId = {3};
    form.amount = delta;
    form.reasonCode = QStringLiteral("goodwill");
    form.reason = QStringLiteral("an apology");
    form.operationId = operationId;
    return form;
}

service::ApplyRequest giftRequest() {
    service::ApplyRequest request;
    request.userId = {2};
    request.deviceId = {3};
    request.ruleKey = QStringLiteral("gift");
    request.source = QStringLiteral("device_event");
    request.eventId = QStringLiteral("event-1");
    return request;
}

QString insertLog() {
    return QStringLiteral(
        "INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, reason, "
        "metadata, created_at, device_id, user_id) VALUES ('admin', 1, 0, 1, 'admin_adjust_single', '', '{}', "
        "'2026-03-01', 3, 2)");
}

/// What a statement does, and who may run it: v(iewer), s(upport), d(esigner), e(ngine).
struct Attempt {
    const char* name;
    QString sql;
    const char* onPostgres;
    const char* onMariaDb;
};

std::vector<Attempt> attempts() {
    const auto text = [](const char* latin1) { return QString::fromLatin1(latin1); };
    return {
        {"read values", text("SELECT favorability FROM device_interaction_userdevice"), "vsde", "vsde"},
        {"read notes", text("SELECT log_id FROM affinity_console_log_note"), "vsde", "vsde"},
        {"read who is staff", text("SELECT username, is_staff FROM auth_user"), "vsde", "vsde"},
        {"read passwords", text("SELECT password FROM auth_user"), "", "sd"},
        {"read mail addresses", text("SELECT email FROM auth_user"), "", ""},
        {"change a value", text("UPDATE device_interaction_userdevice SET favorability = 1 WHERE id = 3"), "e", "sde"},
        {"lock a binding", text("SELECT id FROM device_interaction_userdevice WHERE id = 3 FOR UPDATE"), "e", "vsde"},
        {"unbind", text("UPDATE device_interaction_userdevice SET unbound_at = '2026-03-01' WHERE id = 3"), "", ""},
        {"give a device away", text("UPDATE device_interaction_userdevice SET user_id = 1 WHERE id = 3"), "", ""},
        {"delete a device", text("DELETE FROM device_interaction_userdevice WHERE id = 6"), "", ""},
        {"add to the log", insertLog(), "e", "sde"},
        {"change the log", text("UPDATE userapp_affinitylog SET change_value = 5"), "", ""},
        {"delete from the log", text("DELETE FROM userapp_affinitylog"), "", ""},
        {"empty the log", text("TRUNCATE userapp_affinitylog"), "", ""},
        {"grant a level",
         text("INSERT INTO userapp_userlevelrewardgrant (level, rewards, granted_at, device_id) "
              "VALUES (9, '[]', '2026-03-01', 3)"),
         "e", "sde"},
        {"take a grant away", text("DELETE FROM userapp_userlevelrewardgrant"), "", ""},
        {"count", text("UPDATE userapp_useraffinitydailycounter SET trigger_count = 1"), "e", "e"},
        {"note",
         text("INSERT INTO affinity_console_log_note (log_id, operation_id, reason_code, ticket) "
              "VALUES (99, 'a', 'test', '')"),
         "e", "sde"},
        {"change a note", text("UPDATE affinity_console_log_note SET ticket = 'x'"), "", ""},
        {"change a rule", text("UPDATE userapp_affinityrule SET daily_cap = 99 WHERE id = 1"), "d", "d"},
        {"delete a rule", text("DELETE FROM userapp_affinityrule WHERE id = 13"), "", ""},
        {"change the settings", text("UPDATE userapp_affinitysetting SET max_affinity = 2000"), "d", "d"},
        {"change a level", text("UPDATE userapp_affinitylevel SET min_value = 51 WHERE level = 2"), "d", "d"},
        {"add a level",
         text("INSERT INTO userapp_affinitylevel (level, min_value, name, rewards) "
              "VALUES (11, 2000, 'Lv11', '[]')"),
         "d", "d"},
        {"write Django's history",
         text("INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, user_id) "
              "VALUES ('2026-03-01', 'a rule', 2, '[]', 4)"),
         "d", "d"},
        {"change Django's history", text("UPDATE django_admin_log SET user_id = 1"), "", ""},
        {"become staff", text("UPDATE auth_user SET is_superuser = is_staff"), "", ""},
        {"mark a migration", text("DELETE FROM affinity_console_schema_version"), "", ""},
    };
}

} // namespace

void RolesTest::initTestCase_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"postgresql", "mariadb"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void RolesTest::initTestCase() {
    m_servers[QStringLiteral("postgresql")] = std::make_unique<PostgresServer>();
    m_servers[QStringLiteral("mariadb")] = std::make_unique<MariaDbServer>();
    for (const auto& [kind, server] : m_servers)
        QVERIFY2(server->start(), server->output().constData());
}

void RolesTest::cleanupTestCase() {
    m_shared.clear();
    m_servers.clear();
}

DatabaseServer& RolesTest::server() const {
    QFETCH_GLOBAL(QString, kind);
    return *m_servers.at(kind);
}

RolesDatabase& RolesTest::shared() {
    QFETCH_GLOBAL(QString, kind);
    std::unique_ptr<RolesDatabase>& database = m_shared[kind];
    if (!database)
        database = std::make_unique<RolesDatabase>(server());
    return *database;
}

void RolesTest::serverAllowsWhatTheRoleNeedsAndNothingElse_data() {
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("letter");
    for (const auto& [login, letter] :
         {std::pair(viewerLogin, "v"), {supportLogin, "s"}, {designerLogin, "d"}, {engineLogin, "e"}})
        QTest::newRow(qPrintable(login)) << login << QString::fromLatin1(letter);
}

void RolesTest::serverAllowsWhatTheRoleNeedsAndNothingElse() {
    QFETCH(QString, login);
    QFETCH(QString, letter);
    const auto connection = shared().connect(login);
    for (const Attempt& attempt : attempts()) {
        must(connection->begin(store::Access::Write));
        const auto done = connection->runText(attempt.sql, {}, [](const store::SqlRow&) {});
        connection->rollBack();
        const char* allowed = shared().isPostgres() ? attempt.onPostgres : attempt.onMariaDb;
        const bool isAllowed = QLatin1String(allowed).contains(letter.front());
        QVERIFY2(done.isOk() == isAllowed,
                 qPrintable(QStringLiteral("%1: %2 %3")
                                .arg(login, QLatin1String(attempt.name), done ? QString() : done.error().what)));
        if (!isAllowed)
            QVERIFY2(done.error().kind == ErrorKind::ReadOnly, qPrintable(done.error().what));
    }
}

void RolesTest::viewerOpensReadOnlyAndBrowses() {
    const auto store = shared().open(viewerLogin);
    QVERIFY(store->info().isReadOnly);
    QVERIFY(store->info().isPrepared);
    QCOMPARE(must(store->devices({})).rows.size(), size_t{6});
    QCOMPARE(must(store->ruleSet()).rules.size(), size_t{13});
    must(store->log({.deviceId = base::DeviceId{3}}));
    must(store->valueCounts());
    must(store->levelHistory());
    const auto begun = store->begin(store::Access::Write);
    QVERIFY(!begun);
    QCOMPARE(begun.error(), store::roleMayOnlyRead(shared().connect(viewerLogin)->name()));
    QCOMPARE(store->editSetting({}, 0).error().kind, ErrorKind::ReadOnly);
    for (const QString& login : {supportLogin, designerLogin, engineLogin, ownerLogin})
        QVERIFY2(!shared().open(login)->info().isReadOnly, qPrintable(login));
}

void RolesTest::supportSignsInAndAdjusts() {
    const RolesDatabase database(server());
    Console console(database.open(supportLogin));
    const auto session =
        must(access::signIn(*console.store, supportLogin, access::Secret(QByteArrayLiteral("oracle-operator-pw"))));
    QCOMPARE(session.role, access::Role::Support);
    const service::ApplyResult result = console.adjustments.commit(session, formOf(200, QStringLiteral("op-1")), {});
    QVERIFY2(result.outcome == Outcome::Applied, result.error ? qPrintable(result.error->what) : "");
    QCOMPARE(result.rewardsGranted.size(), size_t{2});
    QCOMPARE(
        database.query(QStringLiteral("SELECT l.change_value, l.operator_admin_id, n.operation_id, d.favorability, "
                                      "d.affinity_level FROM userapp_affinitylog l JOIN affinity_console_log_note "
                                      "n ON n.log_id = l.id JOIN device_interaction_userdevice d ON "
                                      "d.id = l.device_id")),
        QByteArray("200\t2\top-1\t700\t8"));
    // Again under the same id: no second effect.
    QVERIFY(console.adjustments.commit(session, formOf(200, QStringLiteral("op-1")), {}).isAppliedEarlier);
    // Of others the password is not for everybody to read.
    if (database.isPostgres()) {
        const auto other = console.store->operatorByName(QStringLiteral("admin"));
        QVERIFY(!other);
        QVERIFY2(other.error().what.contains(QStringLiteral("operator may sign in as itself only, not as admin")),
                 qPrintable(other.error().what));
    }
    // Rules are another's.
    QCOMPARE(console.store->editRule(QStringLiteral("gift"), {.dailyCap = 99}, 0).error().kind, ErrorKind::ReadOnly);
}

void RolesTest::designerEditsRulesAndSettings() {
    const RolesDatabase database(server());
    Console console(database.open(designerLogin));
    const qint64 nowUs = must(console.store->nowUs());
    QCOMPARE(must(console.store->editRule(QStringLiteral("gift"), {.dailyCap = 99}, nowUs)), 1);
    QCOMPARE(must(console.store->editSetting({.globalDailyCap = 250}, nowUs)), 1);
    const auto session =
        must(access::signIn(*console.store, designerLogin, access::Secret(QByteArrayLiteral("oracle-operator-pw"))));
    QCOMPARE(session.role, access::Role::Designer);
    QCOMPARE(console.adjustments.commit(session, formOf(5, QStringLiteral("op-1")), {}).outcome, Outcome::Applied);
}

void RolesTest::engineAppliesEvents() {
    const RolesDatabase database(server());
    Console console(database.open(engineLogin));
    const service::ApplyResult result = console.service.apply(giftRequest());
    QVERIFY2(result.outcome == Outcome::Applied, result.error ? qPrintable(result.error->what) : "");
    QCOMPARE(console.service.apply(giftRequest()).outcome, Outcome::EventDuplicate);
    QCOMPARE(database.query(QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3")),
             QByteArray("510"));
    QCOMPARE(database.query(QStringLiteral("SELECT accumulated_change FROM userapp_useraffinitydailycounter")),
             QByteArray("10"));
}

void RolesTest::eventOfASupportRoleChangesNothing() {
    const RolesDatabase database(server());
    Console console(database.open(supportLogin));
    const service::ApplyResult result = console.service.apply(giftRequest());
    QCOMPARE(result.outcome, Outcome::Error);
    QCOMPARE(result.error->kind, ErrorKind::ReadOnly);
    if (database.isPostgres())
        QCOMPARE(*result.error, store::roleMayOnlyAdjust(database.connect(supportLogin)->name()));
    QCOMPARE(database.query(QStringLiteral("SELECT count(*) FROM userapp_affinitylog")), QByteArray("0"));
    QCOMPARE(database.query(QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3")),
             QByteArray("500"));
}

void RolesTest::statementsMayRunAgain() {
    const QString rights =
        shared().isPostgres()
            ? QStringLiteral(
                  "SELECT relname, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relacl IS NOT "
                  "NULL ORDER BY 1; SELECT attrelid::regclass, attname, attacl FROM pg_attribute WHERE attacl IS NOT "
                  "NULL AND attrelid >= 16384 ORDER BY 1, 2; SELECT proname, proacl, proowner::regrole, prosrc FROM "
                  "pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1;")
            : QStringLiteral("SELECT user, db, table_name, table_priv FROM mysql.tables_priv WHERE user LIKE "
                             "'affinity\\_%' AND db = database() ORDER BY 1, 2, 3; SELECT user, table_name, "
                             "column_name, column_priv FROM mysql.columns_priv WHERE db = database() ORDER BY 1, 2, 3;"
                             "SELECT user, role FROM mysql.roles_mapping ORDER BY 1, 2;");
    const QByteArray before = shared().query(rights);
    QVERIFY(before.contains("affinity_support") && !before.contains("ERROR"));
    const QStringList statements =
        must(store::roleSql(shared().url(ownerLogin), shared().options(ownerLogin), service::roleTerms()));
    QCOMPARE(shared().query(statements.join(QStringLiteral(";\n")) + QStringLiteral(";\n")), QByteArray());
    QCOMPARE(shared().query(rights), before);
}

void RolesTest::storeWithoutTheConsolesTablesIsRefused() {
    const QString url = server().makeDatabase(QStringLiteral("django"));
    const store::OpenOptions options{.password = server().password().toUtf8()};
    QCOMPARE(store::roleSql(url, options, service::roleTerms()).error().kind, ErrorKind::Refused);
    QCOMPARE(store::prepareRoles(url, options, service::roleTerms()).error().kind, ErrorKind::Refused);
    server().dropDatabase(DatabaseServer::databaseName(url));
}

void RolesTest::statementsHoldTheLimitsAndNoStrangeName() {
    store::RolePlace place{store::Dialect::PostgreSql, QStringLiteral("public"), {}};
    const auto statements = store::roleStatements(place, {11, 22, 33, {QStringLiteral("just_because")}});
    QVERIFY(statements);
    const QString all = statements->join(QLatin1Char('\n'));
    for (const char* part : {"> 11 THEN", "> 22 THEN", "> 33 THEN", "('just_because')", "'2000ms'", "\"public\"."})
        QVERIFY2(all.contains(QLatin1String(part)), part);
    QVERIFY(!all.contains(QLatin1String("{{")) && !all.contains(QLatin1Char('?')));
    QVERIFY(!all.contains(QLatin1String("ON \"public\".affinity_console_outbox"))); // which is not there
    for (const char* name : {"", "a\"b", "a'b", "a`b", "a$$;b\n", "schéma"}) {
        place.schema = QString::fromUtf8(name);
        QVERIFY2(!store::roleStatements(place, {}), name);
    }
}

void RolesTest::userWhoMayNotMakeRolesIsTold() {
    const auto done = store::prepareRoles(shared().url(ownerLogin), shared().options(ownerLogin), service::roleTerms());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::ReadOnly);
    QVERIFY2(done.error().what.contains(QStringLiteral("may not make the roles")), qPrintable(done.error().what));
}

} // namespace affinity::test
