#include "engine/store/counterscripts.h"

namespace affinity::store {

namespace {

/// Shared by the scripts that add to sums. A number of at most 15 digits is exact in Lua; what Redis itself would not
/// take for INCRBY (" 1", "+1", "007") counts as not plain.
constexpr char sumFaultFunction[] = R"lua(
local function sumFault(index)
  local value = redis.pcall('GET', KEYS[index])
  if type(value) == 'table' then return {'error', index, value.err} end
  if value == false or value == '0' then return nil end
  if #value <= 16 and string.find(value, '^%-?[1-9]%d*$') and math.abs(tonumber(value)) < 1e15 then return nil end
  return {'value', index, value}
end
local function setLife(key, ms)
  if tonumber(ms) > 0 and redis.call('PTTL', key) < tonumber(ms) then redis.call('SET', key, '1', 'PX', ms) end
end
)lua";

constexpr char confirmText[] = R"lua(
if redis.call('EXISTS', KEYS[1]) == 1 then return {'done'} end
for index = 4, 5 do
  local fault = ARGV[index] ~= '0' and sumFault(index)
  if fault then return fault end
end
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
setLife(KEYS[2], ARGV[2])
setLife(KEYS[3], ARGV[3])
for index = 4, 5 do
  if ARGV[index] ~= '0' then
    redis.call('SET', KEYS[index], '0', 'PX', ARGV[6], 'NX')
    redis.call('INCRBY', KEYS[index], ARGV[index])
    if redis.call('PTTL', KEYS[index]) == -1 then redis.call('PEXPIRE', KEYS[index], ARGV[6]) end
  end
end
return {'done'}
)lua";

constexpr char raiseText[] = R"lua(
local sums, lives = tonumber(ARGV[2]), tonumber(ARGV[3])
for index = 1, sums do
  local fault = sumFault(index)
  if fault then return fault end
end
for index = 1, sums do
  local number = ARGV[3 + index]
  if tonumber(redis.call('GET', KEYS[index]) or '0') < tonumber(number) then
    local left = redis.call('PTTL', KEYS[index])
    if left <= 0 then left = ARGV[1] end
    redis.call('SET', KEYS[index], number, 'PX', left)
  end
end
for index = sums + 1, sums + lives do setLife(KEYS[index], ARGV[3 + index]) end
for index = sums + lives + 1, #KEYS do redis.call('SET', KEYS[index], '1', 'PX', ARGV[1], 'NX') end
return {'done'}
)lua";

constexpr char plainNumberText[] = R"lua(
if redis.call('GET', KEYS[1]) == ARGV[1] then
  local left = redis.call('PTTL', KEYS[1])
  if left <= 0 then left = ARGV[3] end
  redis.call('SET', KEYS[1], ARGV[2], 'PX', left)
end
return {'done'}
)lua";

constexpr char endRebuildText[] = R"lua(
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
)lua";

} // namespace

const redis::Script& confirmScript() {
    static const redis::Script script(QByteArray(sumFaultFunction) + confirmText);
    return script;
}

const redis::Script& raiseScript() {
    static const redis::Script script(QByteArray(sumFaultFunction) + raiseText);
    return script;
}

const redis::Script& plainNumberScript() {
    static const redis::Script script{QByteArray(plainNumberText)};
    return script;
}

const redis::Script& endRebuildScript() {
    static const redis::Script script{QByteArray(endRebuildText)};
    return script;
}

} // namespace affinity::store
