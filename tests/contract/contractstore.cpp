#include "tests/contract/contractstore.h"

#include "engine/store/memorystore.h"
#include "engine/store/open.h"
#include "engine/store/sqlconnection.h"
#include "tests/contract/renamedschema.h"
#include "tests/contract/serverdatabase.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace affinity::test {

using base::Result;

namespace {

#ifdef __SANITIZE_ADDRESS__
/// What only a bare store does is done by bare SQLite there, under Django's names and others.
constexpr bool hasBareServers = false;
#else
constexpr bool hasBareServers = true;
#endif

} // namespace

void addBackends(const std::function<bool(Backend)>& isWanted) {
    constexpr std::pair<const char*, Backend> all[]{
        {"memory", Backend::Memory},
        {"bare memory", Backend::BareMemory},
        {"embedded sqlite", Backend::Embedded},
        {"bare django sqlite", Backend::DjangoBare},
        {"prepared django sqlite", Backend::DjangoPrepared},
        {"bare django postgresql", Backend::PostgresBare},
        {"prepared django postgresql", Backend::PostgresPrepared},
        {"bare django mariadb", Backend::MariaDbBare},
        {"prepared django mariadb", Backend::MariaDbPrepared},
        {"renamed sqlite", Backend::RenamedSqlite},
        {"renamed postgresql", Backend::RenamedPostgres},
        {"renamed mariadb", Backend::RenamedMariaDb},
    };
    QTest::addColumn<int>("backend");
    for (const auto& [name, backend] : all) {
        if (isWanted(backend) && (hasBareServers || !isServer(backend) || isPrepared(backend)))
            QTest::newRow(name) << static_cast<int>(backend);
    }
}

Backend currentBackend() {
    QFETCH_GLOBAL(int, backend);
    return static_cast<Backend>(backend);
}

bool isSqlite(Backend backend) {
    return backend == Backend::Embedded || backend == Backend::DjangoBare || backend == Backend::DjangoPrepared ||
           backend == Backend::RenamedSqlite;
}

bool isServer(Backend backend) {
    return backend == Backend::PostgresBare || backend == Backend::PostgresPrepared ||
           backend == Backend::RenamedPostgres || isMariaDb(backend);
}

bool isMariaDb(Backend backend) {
    return backend == Backend::MariaDbBare || backend == Backend::MariaDbPrepared || backend == Backend::RenamedMariaDb;
}

bool isRenamed(Backend backend) {
    return backend == Backend::RenamedSqlite || backend == Backend::RenamedPostgres ||
           backend == Backend::RenamedMariaDb;
}

QString kindOf(Backend backend) {
    if (isServer(backend))
        return isMariaDb(backend) ? QStringLiteral("mariadb") : QStringLiteral("postgresql");
    return isSqlite(backend) ? QStringLiteral("sqlite") : QStringLiteral("memory");
}

bool isPrepared(Backend backend) {
    return backend != Backend::BareMemory && backend != Backend::DjangoBare && backend != Backend::PostgresBare &&
           backend != Backend::MariaDbBare && backend != Backend::RenamedMariaDb;
}

namespace {

rules::Rule rule(const QString& key, int change, int cooldownSeconds) {
    rules::Rule made;
    made.key = key;
    made.name = key + QStringLiteral(" 规则");
    made.minChange = change;
    made.maxChange = change;
    made.singleCap = 20;
    made.dailyCap = 40;
    made.cooldownSeconds = cooldownSeconds;
    made.updatedAtUs = noonUs - 86'400 * secondUs;
    return made;
}

void fillRuleSet(store::MemoryDatabase& database) {
    rules::RuleSet ruleSet;
    ruleSet.setting.isDecayEnabled = true;
    ruleSet.setting.updatedAtUs = noonUs - 86'400 * secondUs;
    ruleSet.rules = {rule(QStringLiteral("chat"), 2, 60), rule(QStringLiteral("gift"), 10, 0),
                     rule(QStringLiteral("decay"), -5, 0), rule(QStringLiteral("disabled"), 5, 0),
                     rule(QStringLiteral("removed"), 5, 0)};
    ruleSet.rules[3].isEnabled = false;
    ruleSet.rules[4].isDeleted = true;
    for (int i = 0; i < static_cast<int>(ruleSet.rules.size()); ++i)
        ruleSet.rules[static_cast<size_t>(i)].id.value = i + 1;
    base::Json rewards = base::Json::array();
    rewards.push_back({{"type", "coin"}, {"amount", 20}});
    ruleSet.levels = {{1, 0, QStringLiteral("Lv1"), base::Json::array()},
                      {2, 50, QStringLiteral("Lv2"), rewards},
                      {3, 120, QStringLiteral("亲密"), rewards}};
    must(database.add(ruleSet));
}

void fillPeople(store::MemoryDatabase& database) {
    for (const char* name : {"alice", "bob", "carol"})
        must(database.add(
            rules::User{{}, QString::fromLatin1(name), QString::fromLatin1(name).toUpper(), true, noonUs}));
    struct Row {
        int user;
        const char* serial;
        const char* nickname;
        int value;
        int activeSecondsAgo; ///< 0: never
    };
    const std::vector<Row> rows{{1, "SN-1", "Momo", 10, 50},  {1, "SN-2", "Ki_ki", 48, 40},
                                {2, "SN-3", "小白", 500, 30}, {2, "SN-4", "Kixki", 200, 20},
                                {3, "SN-5", "Old", 5, 10},    {3, "SN-6", "50%", 3, 0}};
    for (const Row& row : rows) {
        rules::Binding binding;
        binding.userId.value = row.user;
        binding.serial = QString::fromLatin1(row.serial);
        binding.nickname = QString::fromUtf8(row.nickname);
        binding.favorability = row.value;
        binding.affinityLevel = row.value >= 120 ? 3 : 1;
        binding.boundAtUs = noonUs - 1000 * secondUs;
        if (row.activeSecondsAgo > 0)
            binding.lastActiveAtUs = noonUs - row.activeSecondsAgo * secondUs;
        if (binding.serial == QLatin1String("SN-5"))
            binding.unboundAtUs = noonUs - 5 * secondUs;
        must(database.add(binding));
    }
}

} // namespace

void fill(store::MemoryDatabase& database) {
    fillRuleSet(database);
    fillPeople(database);
    for (const char* name : {"admin", "designer", "support", "viewer"}) {
        store::OperatorRecord record;
        record.person.username = QString::fromLatin1(name);
        record.person.isActive = true;
        record.person.isStaff = record.person.username != QLatin1String("viewer");
        record.person.isSuperuser = record.person.username == QLatin1String("admin");
        record.person.isDesigner = record.person.username == QLatin1String("designer");
        record.passwordHash = QStringLiteral("!") + record.person.username;
        must(database.add(record));
    }
}

Result<store::WriteReceipt> written(store::Store& store, const std::vector<store::WritePlan>& plans) {
    store::WriteReceipt receipt;
    for (const store::WritePlan& plan : plans) {
        auto transaction = store.begin(store::Access::Write);
        if (!transaction)
            return transaction.error();
        Result<store::WriteReceipt> done = transaction.value()->write(plan);
        if (!done)
            return done;
        if (const Result<void> committed = transaction.value()->commit(); !committed)
            return committed.error();
        receipt = *done;
    }
    return receipt;
}

rules::LogRow chatRow() {
    rules::LogRow row;
    row.userId.value = 1;
    row.deviceId.value = 1;
    row.ruleId = base::RuleId{1};
    row.ruleKey = QStringLiteral("chat");
    row.changeValue = 2;
    row.beforeValue = 10;
    row.afterValue = 12;
    row.source = QStringLiteral("device_event");
    row.createdAtUs = noonUs;
    return row;
}

store::WritePlan chatPlan() {
    store::WritePlan plan;
    plan.log = chatRow();
    plan.refreshesActivity = true;
    plan.counter = rules::DailyCounter{0, plan.log.deviceId, base::RuleId{1}, QDate(2026, 3, 1), 2, 1};
    plan.note.drawnChange = 3;
    return plan;
}

store::WritePlan chatPlanAfter(int number, qint64 atUs) {
    store::WritePlan plan = chatPlan();
    plan.log.beforeValue += 2 * number;
    plan.log.afterValue += 2 * number;
    plan.log.createdAtUs = atUs;
    return plan;
}

void runSqlOn(const QString& fileName, const QStringList& statements) {
    const QString name = QStringLiteral("behind-the-back");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(fileName);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        for (const QString& statement : statements) {
            QSqlQuery query(database);
            if (!query.exec(statement))
                qFatal("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(name);
}

QStringList selectFrom(const QString& fileName, const QString& sql) {
    const QString name = QStringLiteral("behind-the-back");
    QStringList rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(fileName);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        while (query.next())
            rows << query.value(0).toString();
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

void loadDjango(const QString& fileName) {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/django/django-sqlite.sql"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("tests/data/django/django-sqlite.sql is missing");
    QStringList statements;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        statements << line.chopped(1); // one statement a line, with its semicolon
    runSqlOn(fileName, statements);
}

namespace {

void loadEmptyDjango(const QString& fileName) {
    loadDjango(fileName);
    QStringList statements;
    for (const char* table : {"device_interaction_userdevice", "userapp_paradiseuser", "userapp_affinityrule",
                              "userapp_affinitylevel", "auth_user"})
        statements << QStringLiteral("DELETE FROM %1").arg(QLatin1String(table));
    runSqlOn(fileName, statements);
}

/// Writes an empty store of that kind; each kind is made once, as making one waits for the disk several times.
void writeEmptyStore(Backend backend, const QString& fileName, const base::Clock& clock) {
    static std::map<Backend, QByteArray> made;
    if (made.contains(backend)) {
        QFile file(fileName);
        if (!file.open(QIODevice::WriteOnly) || file.write(made[backend]) != made[backend].size())
            qFatal("%s cannot be written", qPrintable(fileName));
        return;
    }
    if (backend == Backend::Embedded)
        must(store::createEmbedded(fileName, clock));
    else
        loadEmptyDjango(fileName);
    if (isRenamed(backend))
        runSqlOn(fileName, renamingStatements(store::Dialect::Sqlite));
    if (isPrepared(backend) && backend != Backend::Embedded)
        must(store::prepare(QStringLiteral("sqlite:") + fileName, {.mapping = mappingOf(backend)}, clock));
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(fileName));
    made[backend] = file.readAll();
}

} // namespace

ContractStore::ContractStore(Backend backend, const Filling& filling) : m_backend(backend) {
    m_database = std::make_shared<store::MemoryDatabase>(store::MemoryOptions{isPrepared(backend)});
    filling(*m_database);
    if (isSqlite(backend)) {
        m_fileName = m_folder.filePath(QStringLiteral("store.sqlite"));
        writeEmptyStore(backend, m_fileName, m_clock);
        const auto connection =
            must(store::connectTo(QStringLiteral("sqlite:") + m_fileName, {.mapping = mappingOf(backend)}));
        must(store::copyStore(*m_database, *connection, m_clock));
    } else if (isServer(backend)) {
        m_serverDatabase = takeDatabase(backend);
        fillDatabase(*m_serverDatabase, *m_database, m_clock);
    }
}

ContractStore::~ContractStore() {
    if (m_serverDatabase)
        giveBack(m_backend, std::move(m_serverDatabase));
}

Result<std::unique_ptr<store::Store>> ContractStore::open(store::Access access, int timeoutMs) const {
    store::OpenOptions options{
        .access = access, .isClockGiven = true, .lockMs = timeoutMs, .mapping = mappingOf(m_backend)};
    if (isServer(m_backend)) {
        options.password = m_serverDatabase->password;
        return store::open(m_serverDatabase->url, options, m_clock);
    }
    if (isSqlite(m_backend))
        return store::open(QStringLiteral("sqlite:") + m_fileName, options, m_clock);
    return std::unique_ptr<store::Store>(std::make_unique<store::MemoryStore>(m_database, m_clock, access, timeoutMs));
}

void ContractStore::runSql(const QString& sql) const {
    if (!isServer(m_backend)) {
        runSqlOn(m_fileName, {sql});
        return;
    }
    must(m_serverDatabase->connection->runText(sql));
}

bool ContractStore::isSqlRefused(const QString& sql) const {
    if (isServer(m_backend))
        return !m_serverDatabase->connection->runText(sql).isOk();
    const auto connection = must(store::connectTo(QStringLiteral("sqlite:") + m_fileName, {}));
    return !connection->runText(sql).isOk();
}

} // namespace affinity::test
