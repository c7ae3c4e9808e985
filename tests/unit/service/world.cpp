#include "tests/unit/service/world.h"

#include "engine/service/replay.h"

namespace affinity::test {

namespace {

access::Session session(qint64 id, const QString& name, access::Role role) {
    access::Session made;
    made.person.id = {id};
    made.person.username = name;
    made.person.isActive = true;
    made.role = role;
    return made;
}

} // namespace

void addServiceBackends() {
    QTest::addColumn<int>("backend");
    QTest::newRow("memory") << static_cast<int>(Backend::Memory);
    QTest::newRow("embedded sqlite") << static_cast<int>(Backend::Embedded);
    QTest::newRow("bare django sqlite") << static_cast<int>(Backend::DjangoBare);
}

World::World(Backend backend, const ContractStore::Filling& filling)
    : rows(backend, filling),
      inner(must(rows.open())),
      store(*inner),
      counters(rows.clock()),
      service(store, counters, draw, options()),
      elsewhere(must(rows.open())) {
}

service::ServiceOptions World::options() {
    service::ServiceOptions made;
    made.pace.nowUs = [this, waitedUs = m_waitedUs] { return rows.clock().nowUs() + *waitedUs; };
    made.pace.wait = [this, waitedUs = m_waitedUs](qint64 us) {
        *waitedUs += us;
        if (whileWaiting)
            whileWaiting();
    };
    made.pace.chance = [] { return 0.5; };
    return made;
}

service::ApplyRequest World::event(const QString& ruleKey, const QString& eventId) const {
    service::ApplyRequest request;
    request.userId = alice;
    request.deviceId = momo;
    request.ruleKey = ruleKey;
    request.source = QStringLiteral("device_event");
    request.eventId = eventId;
    return request;
}

service::ApplyResult World::apply(const QString& ruleKey, std::optional<int> change, const QString& eventId) {
    return apply(event(ruleKey, eventId), change);
}

service::ApplyResult World::apply(const service::ApplyRequest& request, std::optional<int> change) {
    draw.number = change;
    return service.apply(request);
}

service::ApplyResult World::applyElsewhere(const service::ApplyRequest& request, std::optional<int> change) {
    FaultyCounters empty(rows.clock());
    ChosenDraw chosen;
    chosen.number = change;
    return service::AffinityService(*elsewhere, empty, chosen, options()).apply(request);
}

service::AdjustRequest World::adjustment(base::DeviceId device, qint64 delta) const {
    service::AdjustRequest request;
    request.userId = device == momo || device == kiki ? alice : device == old || device == fifty ? carol : bob;
    request.deviceId = device;
    request.delta = delta;
    request.operatorId = {1};
    request.reason = QStringLiteral("a test");
    return request;
}

rules::Binding World::binding(base::DeviceId id) {
    return must(elsewhere->device(id))->binding;
}

std::vector<store::LogEntry> World::log() {
    return must(elsewhere->log({.isOldestFirst = true, .limit = 10'000})).entries;
}

QByteArray World::state() {
    return base::pythonJson(must(service::replayState(*elsewhere, counters)));
}

void World::editSetting(const store::SettingEdit& edit) {
    QCOMPARE(must(elsewhere->editSetting(edit, now())), 1);
}

void World::editRule(const QString& key, const store::RuleEdit& edit) {
    QCOMPARE(must(elsewhere->editRule(key, edit, now())), 1);
}

access::Session designer() {
    return session(1, QStringLiteral("admin"), access::Role::Designer);
}

access::Session support() {
    return session(3, QStringLiteral("support"), access::Role::Support);
}

access::Session viewer() {
    return session(4, QStringLiteral("viewer"), access::Role::Viewer);
}

} // namespace affinity::test
