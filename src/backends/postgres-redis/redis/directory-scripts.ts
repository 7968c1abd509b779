/** The directory, at one moment of Redis. Instants are Redis's own. */
import { Script } from './script.ts';

const begin = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function changed()
  redis.call('SET', KEYS[3], time[1] .. '.' .. time[2])
end
local function forget(node, hosts, notices)
  for _, agent in ipairs(redis.call('HKEYS', notices .. node)) do
    redis.call('SREM', hosts .. agent, node)
    if redis.call('EXISTS', hosts .. agent) == 0 then redis.call('SREM', KEYS[2], agent) end
  end
  redis.call('DEL', notices .. node)
  redis.call('ZREM', KEYS[1], node)
end
`;

/** KEYS nodes, agents, directory; ARGV what goes before hosts and notices, the node, how long it is remembered, then agents with their notices. */
export const sayNotices: Script = new Script(`${begin}
local hosts, notices, node = ARGV[1], ARGV[2], ARGV[3]
forget(node, hosts, notices)
redis.call('ZADD', KEYS[1], now + ARGV[4], node)
for place = 5, #ARGV, 2 do
  local agent = ARGV[place]
  redis.call('SADD', KEYS[2], agent)
  redis.call('SADD', hosts .. agent, node)
  redis.call('HSET', notices .. node, agent, ARGV[place + 1])
end
changed()
`);

/** KEYS nodes, agents, directory; ARGV what goes before hosts and notices, the node. */
export const takeBackNotices: Script = new Script(`${begin}
forget(ARGV[3], ARGV[1], ARGV[2])
changed()
`);

/**
 * KEYS nodes, agents, directory; ARGV what goes before hosts and notices, the node or nothing, how long it is
 * remembered, and when the directory last changed as far as the asker knows. Answers whether the node is known, when
 * the directory last changed, and if that is later: of each agent its id, and of each of its nodes name and notice.
 */
export const lookAround: Script = new Script(`${begin}
local hosts, notices, node = ARGV[1], ARGV[2], ARGV[3]
local known = node ~= '' and redis.call('ZADD', KEYS[1], 'XX', 'CH', now + ARGV[4], node) and redis.call('ZSCORE', KEYS[1], node)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  forget(gone, hosts, notices)
  changed()
end
local version = redis.call('GET', KEYS[3]) or ''
local answer = { known and 1 or 0, version }
if version == ARGV[5] then return answer end
for _, agent in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  local of = { agent }
  for _, host in ipairs(redis.call('SMEMBERS', hosts .. agent)) do
    of[#of + 1] = host
    of[#of + 1] = redis.call('HGET', notices .. host, agent)
  end
  answer[#answer + 1] = of
end
return answer
`);
