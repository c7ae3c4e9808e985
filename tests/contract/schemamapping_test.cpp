#include "tests/contract/schemamapping_test.h"

#include "engine/store/open.h"
#include "engine/store/sqlconnection.h"
#include "tests/contract/renamedschema.h"
#include "tests/contract/serverdatabase.h"

namespace affinity::test {

using base::DeviceId;
using store::Access;
using store::Feature;
using store::MissingFeature;
using store::SchemaMapping;

namespace {

const base::VirtualClock& noonClock() {
    static const base::VirtualClock clock(noonUs);
    return clock;
}

QString q(const char* text) {
    return QString::fromLatin1(text);
}

/// Django's schema without all that the console can do without.
QStringList removingStatements(Backend backend) {
    const QString cascade = backend == Backend::PostgresBare ? q(" CASCADE") : QString();
    QStringList statements{q("DROP TABLE auth_user_groups"), q("DROP TABLE auth_group") + cascade,
                           q("ALTER TABLE device_interaction_userdevice DROP COLUMN nickname"),
                           q("ALTER TABLE userapp_paradiseuser DROP COLUMN nickname")};
    for (const char* column : {"decay_enabled", "decay_idle_days", "decay_rule_key"})
        statements << q("ALTER TABLE userapp_affinitysetting DROP COLUMN ") + q(column);
    if (isMariaDb(backend))
        statements.prepend(q("SET foreign_key_checks = 0"));
    return statements;
}

/// A filled store of Django's without the optional parts, never to be used by another test.
class ReducedStore {
public:
    explicit ReducedStore(Backend backend) : m_rows(isServer(backend) ? Backend::Memory : backend) {
        if (!isServer(backend)) {
            runSqlOn(m_rows.fileName(), removingStatements(backend));
            return;
        }
        store::MemoryDatabase rows(store::MemoryOptions{false});
        fill(rows);
        m_server = takeDatabase(backend);
        fillDatabase(*m_server, rows, noonClock());
        for (const QString& statement : removingStatements(backend))
            must(m_server->connection->runText(statement));
    }
    base::Result<std::unique_ptr<store::Store>> open() const {
        store::OpenOptions options{.isClockGiven = true};
        if (!m_server)
            return store::open(q("sqlite:") + m_rows.fileName(), options, noonClock());
        options.password = m_server->password;
        return store::open(m_server->url, options, noonClock());
    }

private:
    ContractStore m_rows;
    std::unique_ptr<ServerDatabase> m_server;
};

SchemaMapping renamedColumn(const char* table, const char* column, const char* name) {
    SchemaMapping mapping;
    mapping.columns[q(table)][q(column)] = q(name);
    return mapping;
}

base::Result<std::unique_ptr<store::Store>> openFile(const ContractStore& rows, const SchemaMapping& mapping) {
    return store::open(q("sqlite:") + rows.fileName(), {.access = Access::Read, .mapping = mapping}, noonClock());
}

} // namespace

void SchemaMappingTest::rowsAreWrittenUnderTheOtherNames() {
    const ContractStore rows(Backend::RenamedSqlite);
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {chatPlan()}));
    const auto value = [&](const char* sql) { return selectFrom(rows.fileName(), q(sql)); };
    QCOMPARE(value("SELECT `AfterValue$` FROM `UserappAffinitylog$` WHERE `from` = 'device_event'"),
             QStringList{q("12")});
    QCOMPARE(value("SELECT `Favorability$` FROM `DeviceInteractionUserdevice$` WHERE `select` = 1"),
             QStringList{q("12")});
    QCOMPARE(value("SELECT `TriggerCount$` FROM `UserappUseraffinitydailycounter$` WHERE `user` = '2026-03-01'"),
             QStringList{q("1")});
    QCOMPARE(value("SELECT count(*) FROM sqlite_master WHERE name LIKE 'userapp/_%' ESCAPE '/' AND type = 'table'"),
             QStringList{q("0")});
}

void SchemaMappingTest::renamedStoreIsRefusedWithoutItsMapping() {
    const ContractStore rows(Backend::RenamedSqlite);
    const auto opened = openFile(rows, {});
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == base::ErrorKind::Damaged);
    QVERIFY2(opened.error().what.contains(q("table userapp_paradiseuser is missing")), qPrintable(opened.error().what));
}

void SchemaMappingTest::missingColumnIsNamedWithDjangosName() {
    const ContractStore rows(Backend::DjangoBare);
    const auto opened = openFile(rows, renamedColumn("userapp_affinitylog", "created_at", "made_at"));
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == base::ErrorKind::Damaged);
    QVERIFY2(opened.error().what.contains(q("column made_at of table userapp_affinitylog (Django's "
                                            "userapp_affinitylog.created_at) is missing")),
             qPrintable(opened.error().what));
}

void SchemaMappingTest::tableOfUnknownSchemaIsNamed() {
    const auto database = takeDatabase(Backend::PostgresBare);
    SchemaMapping mapping;
    mapping.tables[q("auth_user")] = q("nowhere.auth_user");
    const auto opened = store::open(database->url, {.password = database->password, .mapping = mapping}, noonClock());
    QVERIFY(!opened);
    QVERIFY2(opened.error().what.contains(q("table nowhere.auth_user (Django's auth_user) is missing")),
             qPrintable(opened.error().what));
}

void SchemaMappingTest::schemaOfAnSqliteFileIsRefused() {
    const ContractStore rows(Backend::DjangoBare);
    SchemaMapping mapping;
    mapping.tables[q("auth_user")] = q("main.auth_user");
    FAILS_WITH(InvalidInput, openFile(rows, mapping));
}

void SchemaMappingTest::storeWithoutOptionalPartsWorksAndSaysSo_data() {
    QTest::addColumn<int>("backend");
    QTest::newRow("sqlite") << static_cast<int>(Backend::DjangoBare);
    QTest::newRow("postgresql") << static_cast<int>(Backend::PostgresBare);
    QTest::newRow("mariadb") << static_cast<int>(Backend::MariaDbBare);
}

void SchemaMappingTest::storeWithoutOptionalPartsWorksAndSaysSo() {
    QFETCH(int, backend);
    const ReducedStore rows(static_cast<Backend>(backend));
    TAKE(store, rows.open());
    const std::vector<MissingFeature> expected{
        {Feature::UserNicknames, q("userapp_paradiseuser.nickname")},
        {Feature::DeviceNicknames, q("device_interaction_userdevice.nickname")},
        {Feature::Decay, q("userapp_affinitysetting.decay_enabled, userapp_affinitysetting.decay_idle_days, "
                           "userapp_affinitysetting.decay_rule_key")},
        {Feature::DesignerGroups, q("auth_group, auth_user_groups")}};
    QCOMPARE(store->info().missingFeatures, expected);
    QVERIFY(!store->info().hasDecay);

    TAKE(ruleSet, store->ruleSet());
    QVERIFY(!ruleSet.setting.isDecayEnabled);
    TAKE(designer, store->operatorByName(q("designer")));
    QVERIFY(designer && !designer->person.isDesigner);
    TAKE(admin, store->operatorByName(q("admin")));
    QVERIFY(admin && admin->person.isDesigner);

    TAKE(page, store->devices({}));
    QCOMPARE(page.rows.size(), size_t{5});
    QCOMPARE(page.rows[0].binding.nickname, QString());
    QCOMPARE(page.rows[0].user.username, q("alice"));
    store::DeviceQuery byNickname;
    byNickname.text = q("omo");
    TAKE(found, store->devices(byNickname));
    QVERIFY(found.rows.empty());
    TAKE(receipt, written(*store, {chatPlan()}));
    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.favorability, 12);
}

void SchemaMappingTest::whatIsMissingIsNamedAsTheMappingHasIt() {
    const ContractStore rows(Backend::DjangoBare);
    SchemaMapping mapping = renamedColumn("userapp_affinitysetting", "decay_enabled", "fade");
    mapping.tables[q("auth_group")] = q("staff_group");
    TAKE(store, openFile(rows, mapping));
    const std::vector<MissingFeature> expected{{Feature::Decay, q("userapp_affinitysetting.fade")},
                                               {Feature::DesignerGroups, q("staff_group")}};
    QCOMPARE(store->info().missingFeatures, expected);
    TAKE(designer, store->operatorByName(q("designer")));
    QVERIFY(designer && !designer->person.isDesigner);
}

void SchemaMappingTest::preparationFollowsTheMapping() {
    const ContractStore rows(Backend::DjangoBare);
    runSqlOn(rows.fileName(), {q("ALTER TABLE userapp_affinitylog RENAME COLUMN id TO pk"),
                               q("ALTER TABLE userapp_affinitylog RENAME TO affinity_log")});
    SchemaMapping mapping = renamedColumn("userapp_affinitylog", "id", "pk");
    mapping.tables[q("userapp_affinitylog")] = q("affinity_log");
    const QString url = q("sqlite:") + rows.fileName();
    TAKE(sql, store::preparationSql(url, {.mapping = mapping}, noonClock()));
    QVERIFY(sql.join(QLatin1Char('\n')).contains(q("REFERENCES `affinity_log` (`pk`)")));
    SUCCEEDS(store::prepare(url, {.mapping = mapping}, noonClock()));
    TAKE(store, store::open(url, {.isClockGiven = true, .mapping = mapping}, noonClock()));
    QVERIFY(store->info().isPrepared);
    TAKE(receipt, written(*store, {chatPlan()}));
    QCOMPARE(selectFrom(rows.fileName(), q("SELECT log_id FROM affinity_console_log_note")),
             QStringList{QString::number(receipt.logId.value)});
}

} // namespace affinity::test
