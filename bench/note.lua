-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk -s note.lua URL -- ORIGIN BODY: sends what a page's clock counted, the same again and again; prints one line of key=value.
function init(args)
  wrk.headers["Origin"] = args[1]
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded;charset=UTF-8"
  note = wrk.format("POST", "/attention", nil, args[2])
end

function request() return note end

function done(summary, _, _)
  local e = summary.errors
  io.write(string.format("WRK requests=%d errors=%d\n", summary.requests, e.connect + e.read + e.write + e.status + e.timeout))
end
