#include "tests/contract/contractcounters.h"

namespace affinity::test {

using redis::Effect;

void addCounterBackends() {
    QTest::addColumn<CounterBackend>("backend");
    QTest::newRow("memory") << CounterBackend::Memory;
    QTest::newRow("redis") << CounterBackend::Redis;
}

redis::Reply raw(redis::Connection& connection, const redis::Command& command) {
    return must(connection.command(command, Effect::Once, redis::within(farMs)));
}

void age(redis::Connection& connection, qint64 us) {
    static const QByteArray script = R"lua(
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 and left <= tonumber(ARGV[1]) then
    redis.call('DEL', key)
  elseif left >= 0 then
    redis.call('PEXPIRE', key, left - tonumber(ARGV[1]))
  end
end
return 1)lua";
    raw(connection, {"EVAL", script, "0", QByteArray::number(us / 1000)});
}

ContractCounters::ContractCounters(RedisServer& server) {
    QFETCH_GLOBAL(CounterBackend, backend);
    if (backend == CounterBackend::Memory) {
        m_counters = std::make_unique<store::MemoryCounters>(m_clock);
        return;
    }
    m_connection = std::make_unique<redis::Connection>(server.target());
    raw(*m_connection, {"FLUSHALL"});
    raw(*m_connection, {"SET", ":1:affinity:console:epoch", "set"});
    m_counters = std::make_unique<store::RedisCounters>(server.target(), store::RedisCountersOptions{.callMs = farMs});
}

void ContractCounters::pass(qint64 us) {
    m_clock.setNowUs(m_clock.nowUs() + us);
    if (m_connection)
        age(*m_connection, us);
}

bool ContractCounters::isAbout(qint64 actualUs, qint64 expectedUs) const {
    return actualUs == expectedUs || (m_connection && actualUs < expectedUs && actualUs > expectedUs - nearUs());
}

bool ContractCounters::isAbout(const std::vector<store::CounterEntry>& actual,
                               const std::vector<store::CounterEntry>& expected) const {
    return std::equal(actual.begin(), actual.end(), expected.begin(), expected.end(),
                      [this](const store::CounterEntry& one, const store::CounterEntry& other) {
                          return one.key == other.key && one.value == other.value &&
                                 isAbout(one.ttlSeconds * secondUs, other.ttlSeconds * secondUs);
                      });
}

bool ContractCounters::isAbout(const store::CounterFacts& actual, const store::CounterFacts& expected) const {
    store::CounterFacts same = actual;
    same.cooldownLeftUs = expected.cooldownLeftUs;
    return same == expected && isAbout(actual.cooldownLeftUs, expected.cooldownLeftUs);
}

} // namespace affinity::test
