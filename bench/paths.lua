-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk -s paths.lua URL -- PATHS_FILE [HEADER VALUE]…: asks for the paths of the file in turn, each thread beginning
-- elsewhere; prints one line of key=value.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  paths, at = {}, 0
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  for i = 2, #args - 1, 2 do wrk.headers[args[i]] = args[i + 1] end
  for i, p in ipairs(paths) do paths[i] = wrk.format("GET", p) end
  at = math.floor(#paths / 2) * number
end

function request()
  at = at % #paths + 1
  return paths[at]
end

function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format("WRK requests=%d rps=%.0f p50_us=%d p99_us=%d bytes=%d errors=%d\n", summary.requests,
    summary.requests * 1e6 / summary.duration, latency:percentile(50), latency:percentile(99),
    summary.requests > 0 and summary.bytes / summary.requests or 0, e.connect + e.read + e.write + e.status + e.timeout))
end
