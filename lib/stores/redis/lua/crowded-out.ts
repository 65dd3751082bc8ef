/** Which sessions give way to the newest, as `crowdedOut` says of the embedded store. */
export const CROWDED_OUT = `
-- What the head of a record says of its place among others.
local function seat_of(value)
  local at, standing, network = string.match(value, '^%S+ (%d+) (%d) (%S+) ')
  if not at then error('not a record') end
  return { at = tonumber(at), standing = tonumber(standing), network = network, nth = 0 }
end

local function is_strangers(value)
  return seat_of(value).standing == 1
end

local function latest_first(a, b)
  if a.at ~= b.at then return a.at > b.at end
  return a.id > b.id
end

local function first_to_go(a, b)
  if a.standing ~= b.standing then return a.standing < b.standing end
  if a.nth ~= b.nth then return a.nth > b.nth end
  return latest_first(b, a)
end

local function crowded_out(records, newest, limit)
  local own, others, taken, counts = nil, {}, {}, { [true] = 0, [false] = 0 }
  for id, value in pairs(records) do
    local seat = seat_of(value)
    seat.id = id
    if id == newest then own = seat else table.insert(others, seat) end
  end
  table.sort(others, latest_first)
  for i = 0, #others do
    local seat = i == 0 and own or others[i]
    if seat.standing == 1 then
      seat.nth = (taken[seat.network] or 0) + 1
      taken[seat.network] = seat.nth
    end
    counts[seat.standing == 1] = counts[seat.standing == 1] + 1
  end
  table.sort(others, first_to_go)
  local out = {}
  for _, seat in ipairs(others) do
    local strangers = seat.standing == 1
    if counts[strangers] > limit then
      counts[strangers] = counts[strangers] - 1
      table.insert(out, seat.id)
    end
  end
  return out
end
`;
