/** What is asked of an agent's queue beside BullMQ, at one moment of Redis. Instants are Redis's own. */
import { Script } from './script.ts';

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * KEYS held, withdrawn, since; ARGV how long it holds, how long a withdrawal is remembered, then jobs in hand.
 * Answers whether the queue was never heard of before, then those of the jobs that were withdrawn.
 */
export const tellHeld: Script = new Script(`${now}
local answer = { redis.call('SET', KEYS[3], now, 'NX') and 1 or 0 }
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
for place = 3, #ARGV do
  if redis.call('ZSCORE', KEYS[2], ARGV[place]) then answer[#answer + 1] = ARGV[place]
  else redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[place]) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return answer
`);

/** KEYS held, withdrawn; ARGV how long it is remembered, then jobs that are withdrawn. */
export const markWithdrawn: Script = new Script(`${now}
for place = 2, #ARGV do
  redis.call('ZADD', KEYS[2], now, ARGV[place])
  redis.call('ZREM', KEYS[1], ARGV[place])
end
redis.call('PEXPIRE', KEYS[2], ARGV[1])
`);

/**
 * KEYS prioritized, wait, held, withdrawn, since; ARGV what goes before a job's key, then jobs.
 * Answers for how long the queue has been heard of, then 1 for each job that waits or is in living hands.
 */
export const whichAreThere: Script = new Script(`${now}
redis.call('SET', KEYS[5], now, 'NX')
local answer = { now - redis.call('GET', KEYS[5]) }
for place = 2, #ARGV do
  local job = ARGV[place]
  local there = redis.call('ZSCORE', KEYS[1], job) or redis.call('LPOS', KEYS[2], job)
  if not there and not redis.call('ZSCORE', KEYS[4], job) then
    local until_ = redis.call('ZSCORE', KEYS[3], job)
    there = redis.call('EXISTS', ARGV[1] .. job .. ':lock') == 1 or (until_ and tonumber(until_) > now)
  end
  answer[#answer + 1] = there and 1 or 0
end
return answer
`);
