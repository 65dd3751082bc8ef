import { CROWDED_OUT } from './crowded-out.ts';

const DAY_MS = 86_400_000;

/**
 * What every script begins with. The keys of a user (see `keysOf`): `enrollment` is a hash of
 * version and document, `sessions` of facts and records, `challenges` of slots, `budgets` of
 * counts. Each write to the last three is followed by `keep`: nothing there lives for ever.
 */
export const SHARED = `
local ENROLLMENT, SESSIONS, CHALLENGES, BUDGETS = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local args = cjson.decode(ARGV[1])

-- Consecutive failures are not forgotten by waiting: a guess a day must reach the cap.
local BUDGETS_MS = ${400 * DAY_MS}
-- Facts that no session needs stay long enough to outlive whoever is still about to write older ones.
local FACTS_MS = 600000

local function text(number)
  return string.format('%.0f', number)
end

local function keep(key, ms)
  if redis.call('PTTL', key) < ms then
    redis.call('PEXPIRE', key, text(math.max(ms, 1)))
  end
end

local function number(key, field)
  local value = redis.call('HGET', key, field)
  if not value then return 0 end
  return tonumber(value) or error('not a number')
end

local function starts(field, with)
  return string.sub(field, 1, #with) == with
end

-- The secret of a session record; false when there is none.
local function secret_of(session)
  local value = redis.call('HGET', SESSIONS, 'record:' .. session)
  return value and (string.match(value, '^(%S+) ') or error('not a record'))
end

-- What the head of a challenge says; nothing when there is none.
local function head(value)
  if not value then return {} end
  local id, factor, expires_at, tries, expects = string.match(value, '^(%S+) (%S+) (%d+) (%d+) (%S+) ')
  if not id then error('not a challenge') end
  return { id = id, factor = factor, expires_at = tonumber(expires_at), tries = tonumber(tries), expects = expects }
end

local function wrong_of(slot) return slot .. '#wrong' end
local function taken_of(slot) return slot .. '#taken' end
local function before_of(slot) return slot .. '#before' end
-- Where a challenge is kept that made room for the one of this id.
local function out_of(slot, id) return slot .. '#out:' .. id end

local function write_facts(facts)
  if number(SESSIONS, 'facts:v') > facts.version then return end
  redis.call('HSET', SESSIONS, 'facts', facts.document, 'facts:v', text(facts.version))
  keep(SESSIONS, FACTS_MS)
end

local function can_move(move)
  return not move or secret_of(move.id) == move.secret
end

local function forgive(counters, place)
  for _, counter in ipairs(counters) do
    redis.call('HDEL', BUDGETS, 'failures:' .. counter, 'until:' .. counter)
  end
  redis.call('HDEL', BUDGETS, 'sends:' .. place, 'rest:' .. place)
end

-- Sessions that are over take their challenges along.
local function drop(sessions)
  if #sessions == 0 then return end
  for _, session in ipairs(sessions) do
    redis.call('HDEL', SESSIONS, 'record:' .. session, 'seen:' .. session)
  end
  for _, field in ipairs(redis.call('HKEYS', CHALLENGES)) do
    for _, session in ipairs(sessions) do
      if starts(field, session .. '/') then redis.call('HDEL', CHALLENGES, field) end
    end
  end
end
${CROWDED_OUT}
-- All records of the user, by the id of their session.
local function records()
  local found, fields = {}, redis.call('HGETALL', SESSIONS)
  for i = 1, #fields, 2 do
    local id = string.match(fields[i], '^record:(.*)$')
    if id then found[id] = fields[i + 1] end
  end
  return found
end

-- The record was there (see can_move), so the key has its time to live.
local function move_session(move)
  if not move then return end
  local before = redis.call('HGET', SESSIONS, 'record:' .. move.id)
  redis.call('HSET', SESSIONS, 'record:' .. move.id, move.record)
  redis.call('HDEL', SESSIONS, 'seen:' .. move.id)
  -- It was a stranger's and takes a place among those that are not.
  if is_strangers(before) and not is_strangers(move.record) then
    drop(crowded_out(records(), move.id, number(SESSIONS, 'limit')))
  end
end
`;
