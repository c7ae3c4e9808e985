#include "engine/push/channelscripts.h"

namespace affinity::push {

namespace {

constexpr char listenersText[] = R"lua(
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - tonumber(ARGV[1]))
return {redis.call('ZCARD', KEYS[1]), redis.call('ZRANGE', KEYS[1], -tonumber(ARGV[2]), -1)}
)lua";

/// What is expired counts as gone and is removed only after a message went in: the first write is ZADD, which a server
/// without memory refuses, so that an error means that nothing was put in. Scores are whole microseconds; a double
/// still tells them apart in 2200. One that Python wrote may lie between two.
constexpr char fillText[] = R"lua(
local capacity, expiry, events = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local nowUs = tonumber(time[1]) * 1e6 + tonumber(time[2])
local old = tonumber(time[1]) - expiry
local function lastScoreUs(key)
  local newest = redis.pcall('ZRANGE', key, -1, -1, 'WITHSCORES')
  local newestUs = newest[2] and math.floor(tonumber(newest[2]) * 1e6) + 1 or 0
  if newestUs > nowUs and newestUs < nowUs + expiry * 1e6 then return newestUs end
  return nowUs
end
local function fill(index)
  local key, put = KEYS[index], 0
  local held = redis.pcall('ZCOUNT', key, '(' .. old, '+inf')
  if type(held) == 'table' then return put, held end
  local lastUs = lastScoreUs(key)
  for event = 1, math.min(events, capacity - held) do
    local score = string.format('%.6f', (lastUs + event) / 1e6)
    local added = redis.pcall('ZADD', key, score, ARGV[3 + (index - 1) * events + event])
    if type(added) == 'table' then return put, added end
    put = put + 1
  end
  if put == 0 then return put end
  redis.pcall('ZREMRANGEBYSCORE', key, 0, old)
  local ending = redis.pcall('EXPIRE', key, expiry)
  return put, type(ending) == 'table' and ending
end
local answer, fault, total = {}, nil, 0
for index = 1, #KEYS do
  local put, problem = fill(index)
  total = total + put
  if problem then fault = fault or problem; put = -1 end
  answer[index] = put
end
if fault and total == 0 then return fault end
return answer
)lua";

} // namespace

const redis::Script& listenersScript() {
    static const redis::Script script{QByteArray(listenersText)};
    return script;
}

const redis::Script& fillScript() {
    static const redis::Script script{QByteArray(fillText)};
    return script;
}

} // namespace affinity::push
