#include "tests/production/productionstore.h"

#include "engine/rules/levels.h"
#include "engine/store/bulkcopy.h"
#include "tests/production/must.h"

namespace affinity::test {

namespace {

constexpr int users = 3;

rules::Rule rule(qint64 id, const QString& key, int change, int cooldownSeconds) {
    rules::Rule made;
    made.id = {id};
    made.key = key;
    made.name = key;
    made.minChange = change;
    made.maxChange = change;
    made.singleCap = 20;
    made.dailyCap = 40;
    made.cooldownSeconds = cooldownSeconds;
    made.updatedAtUs = noonUs - 86'400 * secondUs;
    return made;
}

} // namespace

const QStringList& tablesWithIds() {
    static const QStringList tables{QStringLiteral("userapp_useraffinitydailycounter"),
                                    QStringLiteral("userapp_userlevelrewardgrant"),
                                    QStringLiteral("userapp_affinitylog"),
                                    QStringLiteral("device_interaction_userdevice"),
                                    QStringLiteral("userapp_paradiseuser"),
                                    QStringLiteral("userapp_affinityrule"),
                                    QStringLiteral("userapp_affinitylevel"),
                                    QStringLiteral("django_admin_log"),
                                    QStringLiteral("auth_user_groups"),
                                    QStringLiteral("auth_user_user_permissions"),
                                    QStringLiteral("auth_user")};
    return tables;
}

rules::RuleSet raceRuleSet() {
    rules::RuleSet ruleSet;
    ruleSet.setting.isDecayEnabled = true;
    ruleSet.setting.updatedAtUs = noonUs - 86'400 * secondUs;
    ruleSet.rules = {rule(1, chat, 2, 60), rule(2, gift, 10, 0), rule(3, wave, 10, 0), rule(4, decay, -5, 0)};
    base::Json rewards = base::Json::array();
    rewards.push_back({{"type", "coin"}, {"amount", 20}});
    ruleSet.levels = {{1, 0, QStringLiteral("Lv1"), base::Json::array()},
                      {2, 50, QStringLiteral("Lv2"), rewards},
                      {3, 120, QStringLiteral("亲密"), rewards}};
    return ruleSet;
}

base::UserId userOf(base::DeviceId device) {
    return {1 + (device.value - 1) % users};
}

void fillGame(store::MemoryDatabase& database, const rules::RuleSet& ruleSet, const std::vector<int>& values) {
    must(database.add(ruleSet));
    for (int i = 1; i <= users; ++i)
        must(database.add(rules::User{{}, QStringLiteral("user%1").arg(i), {}, true, noonUs - 86'400 * secondUs}));
    store::OperatorRecord record;
    record.person.username = QStringLiteral("admin");
    record.person.isActive = true;
    record.person.isStaff = true;
    record.person.isSuperuser = true;
    record.passwordHash = QStringLiteral("!");
    must(database.add(record));
    for (size_t i = 0; i < values.size(); ++i) {
        rules::Binding binding;
        binding.id.value = static_cast<qint64>(i) + 1;
        binding.userId = userOf(binding.id);
        binding.serial = QStringLiteral("SN-%1").arg(binding.id.value);
        binding.favorability = values[i];
        binding.affinityLevel = rules::levelOf(values[i], ruleSet.levels);
        binding.boundAtUs = noonUs - 1000 * secondUs;
        must(database.add(binding));
    }
}

ProductionStore::ProductionStore(ServerKind kind, const Filling& filling, StoreTime time, bool isPrepared)
    : m_kind(kind), m_time(time) {
    m_address = databaseServer(kind).makeDatabase(QStringLiteral("django"));
    if (isPrepared)
        must(store::prepare(m_address, openOptions(), m_clock));
    const auto connection = must(store::connectTo(m_address, openOptions()));
    for (const QString& table : tablesWithIds())
        must(connection->runText(QStringLiteral("DELETE FROM ") + table));
    store::MemoryDatabase rows({isPrepared});
    filling(rows);
    must(store::copyStore(rows, *connection, m_clock));
    for (const QString& statement : sequenceStatements(kind, tablesWithIds()))
        must(connection->runText(statement));
}

ProductionStore::ProductionStore(ServerKind kind, const std::vector<int>& values)
    : ProductionStore(kind, [&](store::MemoryDatabase& database) { fillGame(database, raceRuleSet(), values); }) {
}

ProductionStore::~ProductionStore() {
    databaseServer(m_kind).dropDatabase(database());
}

store::OpenOptions ProductionStore::openOptions() const {
    return {.password = databaseServer(m_kind).password().toUtf8(),
            .isClockGiven = m_time == StoreTime::Given,
            .lockMs = farMs};
}

base::Result<std::unique_ptr<store::Store>> ProductionStore::open() const {
    return store::open(m_address, openOptions(), m_clock);
}

std::unique_ptr<store::SqlConnection> ProductionStore::connect() const {
    auto connection = must(store::connectTo(m_address, openOptions()));
    const QString unlimited =
        m_kind == ServerKind::PostgreSql
            ? QStringLiteral("SELECT set_config('idle_in_transaction_session_timeout', '0', false), "
                             "set_config('statement_timeout', '0', false)")
            : QStringLiteral("SET SESSION idle_transaction_timeout = 0, SESSION max_statement_time = 0");
    must(connection->runText(unlimited));
    return connection;
}

void ProductionStore::runSql(const QString& sql) const {
    must(connect()->runText(sql));
}

StoreRows ProductionStore::rows() const {
    return must(readRows(*must(open())));
}

} // namespace affinity::test
