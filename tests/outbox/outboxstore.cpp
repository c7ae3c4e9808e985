#include "tests/outbox/outboxstore.h"

#include "engine/store/bulkcopy.h"
#include "engine/store/sqlconnection.h"
#include "tests/production/must.h"

#include <QTest>

#include <algorithm>

namespace affinity::test {

namespace {

ServerKind serverKindOf(Backend backend) {
    return backend == Backend::PostgreSql ? ServerKind::PostgreSql : ServerKind::MariaDb;
}

} // namespace

void addBackends() {
    QTest::addColumn<Backend>("backend");
    QTest::newRow("embedded") << Backend::Embedded;
    QTest::newRow("postgresql") << Backend::PostgreSql;
    QTest::newRow("mariadb") << Backend::MariaDb;
}

void addServerBackends() {
    QTest::addColumn<Backend>("backend");
    QTest::newRow("postgresql") << Backend::PostgreSql;
    QTest::newRow("mariadb") << Backend::MariaDb;
}

Backend currentBackend() {
    QFETCH_GLOBAL(Backend, backend);
    return backend;
}

rules::RuleSet outboxRuleSet() {
    constexpr int noCap = 1'000'000;
    rules::RuleSet ruleSet = raceRuleSet();
    ruleSet.setting.maxAffinity = noCap;
    ruleSet.setting.globalDailyCap = noCap;
    const auto add = [&ruleSet](const QString& key, int change) {
        rules::Rule rule = ruleSet.rules.front();
        rule.id.value = static_cast<qint64>(ruleSet.rules.size()) + 1;
        rule.key = key;
        rule.name = key;
        rule.minChange = change;
        rule.maxChange = change;
        rule.singleCap = change;
        rule.dailyCap = noCap;
        rule.cooldownSeconds = 0;
        ruleSet.rules.push_back(rule);
    };
    add(pat, 1);
    add(festival, 150);
    ruleSet.levels.push_back({4, 140, QStringLiteral("Lv4"), base::Json::array()});
    return ruleSet;
}

OutboxStore::OutboxStore(Backend backend, StoreTime time, const std::vector<int>& values)
    : m_backend(backend), m_time(time) {
    if (backend == Backend::Embedded) {
        const QString fileName = m_folder.filePath(QStringLiteral("store.sqlite"));
        must(store::createEmbedded(fileName, storeClock()));
        m_url = QStringLiteral("sqlite:") + fileName;
    } else {
        m_url = databaseServer(serverKindOf(backend)).makeDatabase(QStringLiteral("django"));
        must(store::prepare(m_url, openOptions(), storeClock()));
    }
    const auto connection = must(store::connectTo(m_url, openOptions()));
    if (backend != Backend::Embedded) {
        for (const QString& table : tablesWithIds())
            must(connection->runText(QStringLiteral("DELETE FROM ") + table));
    }
    store::MemoryDatabase rows({true});
    fillGame(rows, outboxRuleSet(), values);
    must(store::copyStore(rows, *connection, storeClock()));
    if (backend == Backend::PostgreSql) {
        for (const QString& statement : sequenceStatements(ServerKind::PostgreSql, tablesWithIds()))
            must(connection->runText(statement));
    }
}

OutboxStore::~OutboxStore() {
    if (m_backend != Backend::Embedded)
        databaseServer(serverKindOf(m_backend)).dropDatabase(DatabaseServer::databaseName(m_url));
}

QByteArray OutboxStore::password() const {
    return m_backend == Backend::Embedded ? QByteArray() : databaseServer(serverKindOf(m_backend)).password().toUtf8();
}

store::OpenOptions OutboxStore::openOptions() const {
    return {.password = password(), .isClockGiven = isTimeGiven(), .lockMs = farMs};
}

quint16 OutboxStore::serverPort() const {
    return databaseServer(serverKindOf(m_backend)).port();
}

std::unique_ptr<store::Store> OutboxStore::open(store::Access access, quint16 port) const {
    store::OpenOptions options = openOptions();
    options.access = access;
    QString url = m_url;
    if (port != 0)
        url.replace(QStringLiteral(":%1/").arg(serverPort()), QStringLiteral(":%1/").arg(port));
    return must(store::open(url, options, storeClock()));
}

QString OutboxStore::query(const QString& sql) const {
    QString first;
    bool isFirst = true;
    must(must(store::connectTo(m_url, openOptions()))->runText(sql, {}, [&](const store::SqlRow& row) {
        if (std::exchange(isFirst, false))
            first = row.value(0).toString();
    }));
    return first;
}

store::OutboxFigures OutboxStore::figures() const {
    return must(open()->outbox()->figures());
}

std::vector<store::RewardDelivery> OutboxStore::deliveries() const {
    auto found = must(open()->outbox()->deliveries({}));
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace affinity::test
