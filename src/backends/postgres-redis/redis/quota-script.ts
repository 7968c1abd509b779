import { Script } from './script.ts';

/**
 * KEYS a bucket each; ARGV now, then of each bucket its capacity and how much comes back in a millisecond. Takes one
 * from each, or from none: then it answers with the place of the one that refuses for the longest, and until when,
 * where waiting helps. A key lapses when its bucket has long been full.
 */
export const takeOneOfEach: Script = new Script(`
local now = tonumber(ARGV[1])
local never = math.huge

local function decimal(amount)
  if math.abs(amount) >= ${Number.MAX_SAFE_INTEGER} / 1e9 then return amount end
  local billionths = amount * 1e9
  local whole = math.floor(billionths)
  if billionths - whole >= 0.5 then whole = whole + 1 end
  return whole / 1e9
end

local levels, lapses = {}, {}
local place, retry = 0, 0
for i, key in ipairs(KEYS) do
  local capacity, refill = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local level = levels[key]
  if not level then
    local taken, at = string.match(redis.call('GET', key) or '', '^(%S+) (%S+)$')
    level = { tonumber(taken or 0), tonumber(at or now) }
  end
  local taken, at = level[1], level[2]
  if refill ~= 0 then
    at = math.min(at, now + capacity / refill)
    taken = math.max(0, taken - math.max(0, now - at) * refill)
  end
  at = math.max(at, now)
  local sum = taken + 1
  if refill == 0 then sum = decimal(sum) end
  if decimal(sum) <= capacity then
    levels[key] = { sum, at }
    lapses[key] = refill == 0 and 86400000 or math.min(sum / refill + 60000, 86400000)
  else
    local again = never
    if refill ~= 0 and capacity >= 1 then again = math.ceil(at + (taken + 1 - capacity) / refill) end
    if place == 0 or again > retry then place, retry = i, again end
  end
end
if place > 0 then
  if retry == never then return { place } end
  return { place, string.format('%.17g', retry) }
end
for key, level in pairs(levels) do
  redis.call('SET', key, string.format('%.17g %.17g', level[1], level[2]), 'PX', math.ceil(lapses[key]))
end
return { 0 }
`);
