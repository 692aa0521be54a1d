#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The contract of the command line: what scripts rely on. Every step prints its verdict; what a step wrote stands before a
# `not ok`.
set -u
cd "$(dirname "$0")/../.." || exit 2
HEARTH=${HEARTH:-$PWD/build/debug/hearth}
T=$(mktemp -d "${TMPDIR:-/tmp}/cli-XXXXXX")
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; rm -rf "$T"' EXIT
failed=0

# it NAME: the verdict of the command before it.
it() {
	rc=$?
	if [ $rc -eq 0 ]; then echo "ok cli/$1"; else
		failed=1
		echo "stdout: $(head -c 2000 "$T/out")"
		echo "stderr: $(head -c 2000 "$T/err")"
		echo "not ok cli/$1"
	fi
}
# run WANTED-CODE ARGS…: exits 0 if hearth ends with that code. '!' is any code but 0.
run() {
	want=$1
	shift
	timeout 60 "$HEARTH" "$@" >"$T/out" 2>"$T/err" <"${IN:-/dev/null}"
	rc=$?
	[ "$want" = '!' ] && { [ $rc -ne 0 ] && [ $rc -lt 124 ]; return; }
	[ $rc -eq "$want" ] || echo "exited with $rc, not $want" >>"$T/err"
	[ $rc -eq "$want" ]
}
# "hearth: …" on stderr and nothing on stdout: what a person is told.
told() { [ ! -s "$T/out" ] && grep -q '^hearth: .' "$T/err" && { [ $# -eq 0 ] || grep -qF -- "$1" "$T/err"; }; }
lines() { [ "$(wc -l <"$T/out")" -eq "$1" ]; }

# --- init
A=$T/a
run 0 init --data "$A" --name 'First' --admin admin@example.com
it init
tail -n 1 "$T/out" | grep -qE '^[0-9a-z]{24}$' && [ ! -s "$T/err" ]
it init-last-line-is-the-password
tail -n 1 "$T/out" >"$T/password"
find "$A" -type f -perm /027 | grep . >"$T/out"
[ ! -s "$T/out" ]
it init-files-are-not-for-others
run '!' init --data "$A" && told
it init-refuses-a-second-time
run '!' init && told '--data'
it init-needs-a-place
run '!' init --data /dev/null/x && told
it init-says-what-is-wrong-with-the-place

# --- stats
run 0 stats --data "$A" --json && cp "$T/out" "$T/s1" &&
	grep -qxE '\{"members":1,"topics":0,"answers":0,"comments":0,"votes":0,"accepted":0,"tags":0,"facts":[0-9]+\}' "$T/s1" && lines 1
it stats-json
run 0 stats --data "$A" --json && cmp "$T/out" "$T/s1"
it stats-same-bytes-again
B=$T/b
run 0 init --data "$B" --name 'Second' && run 0 stats --data "$B" --json && cmp "$T/out" "$T/s1"
it stats-same-bytes-for-equal-content
run 0 stats --data "$A" && lines 8 && [ "$(awk '{ printf "%s ", $1 }' "$T/out")" = 'members topics answers comments votes accepted tags facts ' ]
it stats-for-people
run '!' stats --data "$T/nothing-here" --json && told
it stats-of-no-site-fails
[ ! -e "$T/nothing-here" ]
it stats-of-no-site-makes-none

# --- spaces, members, tokens
run 0 space create --data "$A" routers 'Routers & <Switches>'
it space-create
run 5 space create --data "$A" routers Again && told routers
it space-create-refuses-a-taken-slug
run '!' space create --data "$A" 'Bad Slug' Title && told
it space-create-refuses-a-bad-slug
run 0 space create --data "$A" antennas 'Antennas' --parent routers --kind discussion --visibility members --persona ideas --style dialogic --description 'Talk of waves'
it space-create-with-everything-said
run 4 space create --data "$A" lost 'Lost' --parent nowhere && told nowhere && run 2 space create --data "$A" odd 'Odd' --kind shouting && told --kind &&
	run 2 space create --data "$A" odd 'Odd' --visibility friends && told --visibility && run 2 space create --data "$A" odd 'Odd' --persona clown && told --persona && run 2 space create --data "$A" odd 'Odd' --style loud && told --style
it space-create-refuses-what-there-is-not
run '!' space create --data "$A" lonely && told
it space-create-needs-a-title
run 0 user add ada --data "$A" --role helper && lines 1 && grep -qxE '[0-9a-z]{24}' "$T/out"
it user-add-prints-the-password-alone
run 5 user add ADA --data "$A" && told
it user-add-refuses-a-taken-name
run '!' user add 'a b' --data "$A" && told
it user-add-refuses-a-bad-name
run '!' user add eve --data "$A" --role king && told '--role'
it user-add-refuses-an-unknown-role
run 0 user passwd ada --data "$A" && lines 1 && grep -qxE '[0-9a-z]{24}' "$T/out"
it user-passwd-prints-the-password-alone
cp "$T/out" "$T/ada"
run 4 user passwd nobody --data "$A" && told nobody
it user-passwd-of-nobody
run 0 token create --data "$A" --member ada --label tests && lines 1 && grep -qxE '[^ ]{20,}' "$T/out"
it token-create-prints-the-token-alone
cp "$T/out" "$T/token"
run 4 token create --data "$A" --member nobody && told nobody
it token-create-for-nobody
run '!' token create --data "$A" && told '--member'
it token-create-needs-a-member
run 0 stats --data "$A" --json && grep -q '"members":2,' "$T/out"
it stats-counts-the-member
run 0 stats --json --data="$A" && grep -q '"members":2,' "$T/out"
it options-take-an-equals-sign
run 0 stats --data "$A" --site main --json && grep -q '"members":2,' "$T/out"
it site-main-is-the-default
run 0 init --data "$A" --site other && run 0 stats --data "$A" --site other --json && grep -q '"members":1,' "$T/out"
it a-second-site-is-apart

# --- errors of usage
run 0 --help && grep -q 'space create' "$T/out" && [ ! -s "$T/err" ]
it help
[ -z "$(sed -n '/^Options/q; s/^  \([a-z ]*[a-z]\)  .*/\1/p' "$T/out" | sort | uniq -d | tee "$T/err")" ]
it help-names-each-verb-once
"$HEARTH" --help | sed -n '/^Options/q; s/^  \([a-z ]*[a-z]\)  .*/\1/p' >"$T/verbs"
[ "$(wc -l <"$T/verbs")" -ge 30 ] && grep -qx 'import stackexchange' "$T/verbs"
it help-names-the-verbs
while read -r verb; do
	# shellcheck disable=SC2086
	run 0 $verb --help && head -n 1 "$T/out" | grep -qF "$verb"
	it "help-$(echo "$verb" | tr ' ' '-')"
done <"$T/verbs"
# The front door says what it has.
make help >"$T/help" 2>"$T/err"
sed -n 's/^\.PHONY: help //p' Makefile | tr ' ' '\n' | while read -r target; do grep -q "make $target\b" "$T/help" || echo "$target"; done >"$T/out"
[ -s "$T/help" ] && [ ! -s "$T/out" ]
it make-help-names-each-target
run '!' fly --data "$A" && told fly
it unknown-verb
run '!' stats --data "$A" --colour red && told '--colour'
it unknown-option
run '!' stats --data && told '--data'
it option-without-a-value
run '!' serve --data "$A" --workers many && told '--workers'
it option-that-is-no-number
run '!' user --data "$A" && told
it half-a-verb
run 2 stats --data "$A" json && told '"json"' && run 2 space create --data "$A" acme My space && told '"space"' && run 2 token create ada --data "$A" --member ada && told '"ada"'
it one-word-too-many
run 0 user --help && grep -q '^  user affiliation ' "$T/out" && ! grep -q -e '^  space' -e '--workers' "$T/out" && run 2 user && told 'hearth user --help'
it help-of-half-a-verb
run 0 stats --help && [ "$(sed -n 's/^  \(--[a-z]*\) .*/\1/p' "$T/out" | tr '\n' ' ')" = '--data --db --site --json --help ' ] && grep -q '^  hearth stats ' "$T/out"
it help-has-the-options-of-the-verb
run 0 completion && grep -q complete "$T/out"
it completion
# typed WORDS: what bash would offer after them
typed() { bash -c 'source "$1"; shift; COMP_WORDS=(hearth "$@"); COMP_CWORD=$#; _hearth; printf "%s\n" "${COMPREPLY[@]}"' _ "$T/completion" "$@" | sort -u | tr '\n' ' '; }
cp "$T/out" "$T/completion"
[ "$(typed st)" = 'stats ' ] && [ "$(typed user '')" = 'add affiliation passwd role ' ] && [ "$(typed setting g)" = 'get ' ] && [ "$(typed serve --no)" = '--no-rate-limits ' ] && [ "$(typed text redact --)" = '--help ' ] && [ "$(typed backup --d)" = '--data --db ' ]
it completion-completes
# --help, completion and the manual page are made from the same tables.
"$HEARTH" --help | sed -n 's/^  \(--[a-z-]*\) .*/\1/p' | sort -u >"$T/options"
"$HEARTH" --help | sed -n '/^Options/q; s/^  \([a-z ]*[a-z]\)  .*/\1/p' | sort -u >"$T/verbs"
run 0 man && cp "$T/out" "$T/man" && sed -n 's/^\.It Fl -/--/p' "$T/man" | sed 's/ .*//' | sort -u | diff "$T/options" - >"$T/out" && [ -s "$T/options" ]
it man-page-has-the-options
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/s/^\.Cm //p' "$T/man" | sort -u | diff "$T/verbs" - >"$T/out" && sed -n '/^The verbs/,/^\.Sh OPT/s/^\.It Cm //p' "$T/man" | sort -u | diff "$T/verbs" - >>"$T/out" && [ -s "$T/verbs" ]
it man-page-has-the-verbs
! command -v groff >/dev/null || { groff -mandoc -Tascii -ww "$T/man" 2>"$T/err" | grep -q 'reverse proxy' && [ ! -s "$T/err" ]; }
it man-page-is-sound

# --- settings, roles, audit
run 0 setting get site.name --data "$A" && [ "$(cat "$T/out")" = First ]
it setting-get-prints-the-value-alone
run 0 setting set site.name 'First & <only>' --data "$A" && [ ! -s "$T/out" ] && run 0 setting get site.name --data "$A" && [ "$(cat "$T/out")" = 'First & <only>' ]
it setting-set
run 2 setting set site.url 'first.example' --data "$A" && told 'site.url' && told 'http(s)://HOST'
it setting-set-says-what-would-fit
run 2 setting set members.session_days 0 --data "$A" && told '1 to 400 days'
it setting-set-says-the-bounds
run 4 setting set site.colour red --data "$A" && told 'site.colour'
it setting-set-of-an-unknown-one
run 2 setting set site.name --data "$A" && told value
it setting-set-needs-a-value
run 4 setting get site.secret --data "$A" && told
it setting-get-hides-the-secret
run 0 setting set site.hosts 'WWW.first.example first.example' --data "$A" && run 0 setting get site.hosts --data "$A" && [ "$(cat "$T/out")" = 'www.first.example first.example' ]
it setting-set-brings-into-form
run 5 setting set site.hosts first.example --data "$A" --site other && told 'site main'
it setting-set-refuses-the-host-of-another-site
run 5 init --data "$A" --site third --url http://first.example && told 'site main' && [ ! -e "$A/sites/third.db" ]
it init-refuses-the-host-of-another-site
run 2 init --data "$T/bad" --url nonsense && told site.url && [ ! -e "$T/bad" ]
it init-refuses-a-bad-url-before-making-anything
run 0 setting list --data "$A" && grep -q '^members.sign_up = on$' "$T/out" && ! grep -q secret "$T/out"
it setting-list
run 0 setting list --data "$A" --json && "${NODE:-node}" -e 'const v = JSON.parse(require("fs").readFileSync(process.argv[1])); if (!v.every((s) => s.name && s.takes && s.description)) process.exit(1)' "$T/out"
it setting-list-for-programs
run 0 user role ada moderator --data "$A" && run 0 user affiliation ada employee --data "$A"
it user-role-and-affiliation
printf 'handle,affiliation\nada,customer\n\n"bob" ; partner\n' >"$T/sides.csv"
run 0 user add bob --data "$A" && IN=$T/sides.csv run 0 user affiliation --data "$A" && grep -qx '2 members' "$T/out" && run 0 audit --data "$A" && grep -q 'ada.*-> customer, verified' "$T/out" && grep -q 'bob.*-> partner' "$T/out"
it user-affiliation-of-a-list
printf 'ada\nbob\n' >"$T/handles" && IN=$T/handles run 0 user affiliation customer --data "$A" && run 0 audit --data "$A" && tail -n 1 "$T/out" | grep -q 'bob.*partner -> customer, verified'
it user-affiliation-of-handles
printf 'bob,partner\nnobody,customer\nada,friend\nada\n' >"$T/sides.csv"
IN=$T/sides.csv run 2 user affiliation --data "$A" && told '3 of 4 lines are wrong, nothing was changed' && told 'line 2: there is no member nobody' && told 'line 3: "friend"' && told 'line 4: ada is said to be nothing' && run 0 audit --data "$A" && tail -n 1 "$T/out" | grep -q 'bob.*-> customer, verified'
it user-affiliation-tells-each-wrong-line-and-changes-nothing
run 2 user role ada king --data "$A" && told king && run 2 user affiliation ada friend --data "$A" && told friend && run 4 user role nobody helper --data "$A" && told nobody
it user-role-refuses-what-is-not-there
run 5 user role admin member --data "$A" && told 'last administrator'
it user-role-keeps-an-administrator
run 0 audit --data "$A" && grep -q 'role  *ada: helper -> moderator' "$T/out" && grep -q 'affiliation  *ada: customer, not verified -> employee' "$T/out" &&
	grep -q 'setting  *site.name: "First" -> "First & <only>"' "$T/out" && grep -q 'space ' "$T/out" && grep -q 'token ' "$T/out" && ! grep -q secret "$T/out"
it audit
run 0 audit --data "$A" --json && "${NODE:-node}" -e 'for (const l of require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n")) if (!JSON.parse(l).action) process.exit(1)' "$T/out"
it audit-for-programs
run 0 doctor --data "$A"
it doctor
run 0 doctor --data "$A" --replay
it doctor-replay

# --- serve
# up ARGS…: serves on a free port in the background; $url when it is ready.
up() {
	: >"$T/err" # what the server before this one said is not this one's
	"$HEARTH" serve --data "$A" --site main "$@" >"$T/out" 2>"$T/err" </dev/null &
	pid=$!
	n=0
	until grep -q '^listening on ' "$T/err" || ! kill -0 "$pid" 2>/dev/null || [ $n -ge 300 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	url=$(sed -n 's/^listening on //p' "$T/err")
	[ -n "$url" ]
}
# down: SIGTERM; 0 if it ends with 0 within five seconds.
down() {
	began=$(date +%s%N)
	kill -TERM "$pid"
	wait "$pid"
	rc=$?
	pid=
	took=$((($(date +%s%N) - began) / 1000000))
	[ $rc -eq 0 ] && [ $took -le 5000 ] || { echo "ended with $rc after $took ms" >>"$T/err" && return 1; }
}
fetch() { "${NODE:-node}" -e 'fetch(process.argv[1], { redirect: "manual", headers: JSON.parse(process.argv[2] || "{}") }).then(async (r) => { console.log(r.status, r.headers.get("location") ?? ""); console.log(await r.text()); })' "$1" "${2:-}" >"$T/page" 2>&1; }
up --listen 127.0.0.1:0 && echo "$url" | grep -qxE 'http://127\.0\.0\.1:[1-9][0-9]*'
it serve-says-where-it-listens
fetch "$url/s/routers" && grep -q '^200' "$T/page" && grep -qF 'Routers &amp; &lt;Switches&gt;' "$T/page"
it serve-serves
run 0 stats --data "$A" --json && run 0 token create --data "$A" --member ada && lines 1
it verbs-work-while-it-serves
# within NAME PATTERN…: the page at URL says so within a second and a half (a loaded machine is given the half)
within() {
	n=0
	until fetch "$1" && grep -qF "$2" "$T/page"; do
		n=$((n + 1))
		[ $n -lt 15 ] || return 1
		sleep 0.1
	done
}
fetch "$url/" && run 0 setting set site.name 'Renamed while it serves' --data "$A" && within "$url/" 'Renamed while it serves'
it setting-is-taken-over-by-a-running-server
fetch "$url/sign-up" && grep -q 'name="handle"' "$T/page" && run 0 setting set members.sign_up off --data "$A" && within "$url/sign-up" 'makes no new accounts'
it setting-closes-the-door
"${NODE:-node}" -e 'fetch(process.argv[1], { method: "POST", redirect: "manual", headers: { Origin: process.argv[2], "Content-Type": "application/x-www-form-urlencoded" }, body: "handle=eve&password=correct+horse+battery&email=&next=/" }).then((r) => { console.log(r.status); process.exit(r.status === 403 ? 0 : 1); })' "$url/sign-up" "$url" >"$T/out" 2>&1
it setting-closes-it-for-forms-too
run 0 setting set members.sign_up on --data "$A" && within "$url/sign-up" 'name="handle"'
it setting-opens-it-again
fetch "$url/api/v1/spaces" "{\"Authorization\": \"Bearer $(cat "$T/token")\"}" && grep -q '^200' "$T/page"
it token-works
as_ada="{\"Authorization\": \"Bearer $(cat "$T/token")\"}"
run 0 user passwd ada --keep-tokens --data "$A" && fetch "$url/api/v1/spaces" "$as_ada" && grep -q '^200' "$T/page" &&
	run 0 user passwd ada --data "$A" && lines 1 && fetch "$url/api/v1/spaces" "$as_ada" && grep -q '^401' "$T/page"
it user-passwd-ends-tokens-unless-they-are-kept
run 0 backup --data "$A" --out "$T/copy.db" && [ -s "$T/copy.db" ]
it backup-while-it-serves
# An idle and an unfinished connection do not hold it up.
"${NODE:-node}" -e '
	const net = require("net"), port = Number(process.argv[1]);
	net.connect(port, "127.0.0.1").on("error", () => {});
	const half = net.connect(port, "127.0.0.1", () => half.write("GET / HTTP/1.1\r\nHost: x\r\n"));
	half.on("error", () => {}); setTimeout(() => {}, 20000);' "${url##*:}" &
holder=$!
sleep 0.5
down
it serve-ends-on-sigterm
kill "$holder" 2>/dev/null
wait "$holder" 2>/dev/null
up --listen 127.0.0.1:0 --page-cache 0 --no-rate-limits && fetch "$url/" && grep -q '^200' "$T/page"
it serve-without-cache-and-limits
kill -INT "$pid" && wait "$pid"
it serve-ends-on-sigint
pid=
up --listen '[::1]:0' && echo "$url" | grep -qxE 'http://\[::1\]:[1-9][0-9]*' && fetch "$url/healthz" && grep -q '^200' "$T/page" && down
it serve-on-ipv6
[ -z "$pid" ] || { kill -9 "$pid"; wait "$pid" 2>/dev/null; pid=; }
up --listen 127.0.0.1:0 --access-log "$T/access" && fetch "$url/search?q=secretword" && fetch "$url/s/routers" && fetch "$url/s/routers" && fetch "$url/nothing/here" && fetch "$url/healthz" && down &&
	"${NODE:-node}" -e '
		const lines = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse);
		const wanted = ["GET /search 200", "GET /s/{slug} 200", "GET /s/{slug} 200", "GET null 404", "GET /healthz 200"];
		const got = lines.map((l) => `${l.method} ${l.route} ${l.status}`);
		console.log(got);
		for (const l of lines) if (!(l.bytes > 100 && l.us > 0 && Date.parse(l.at) > 0 && !("site" in l))) process.exit(1);
		process.exit(JSON.stringify(got) === JSON.stringify(wanted) ? 0 : 1);' "$T/access" >"$T/out" && ! grep -qE 'secretword|nothing|127\.' "$T/access"
it access-log
run '!' serve --data "$A" --site main --listen 127.0.0.1:0 --access-log "$T/no/such/folder" && told --access-log
it access-log-says-what-is-wrong
run '!' serve --data "$A" --listen 0.0.0.0:0 --no-rate-limits && told '--no-rate-limits'
it no-rate-limits-off-loopback-is-refused
run '!' serve --data "$A" --listen 127.evil.example:0 --no-rate-limits && told
it no-rate-limits-for-a-name-is-refused
run '!' serve --data "$A" --listen nowhere && told
it serve-refuses-a-bad-address
up --listen 127.0.0.1:0 && run '!' serve --data "$A" --listen "${url#http://}" && told
it serve-says-that-the-port-is-taken
[ -z "$pid" ] || down || true
run '!' serve --data "$T/nothing-here" --listen 127.0.0.1:0 && told
it serve-of-no-site-fails

# --- boards (docs/boards.md)
run 0 board --data "$A" --by accepted --window 91d --compare year --tsv && head -n 1 "$T/out" | grep -q '^place	place_to	member_id	handle	accepted	low	high	before	place_before	content	'
it board-prints-a-table
run 0 board --data "$A" --by content --window 2026-01-01..2026-03-31 --among everybody --area '#radar' && lines 1
it board-of-nobody-is-its-header
run '!' board --data "$A" --by noise && told '--by' && run '!' board --data "$A" --window 2026-03-31..2026-01-01 && told '--window' && run '!' board --data "$A" --area radar && told '--area'
it board-says-what-it-takes

# --- backup
mkdir -p "$T/c/sites" && cp "$T/copy.db" "$T/c/sites/main.db" && run 0 doctor --data "$T/c" && run 0 stats --data "$T/c" --json && cp "$T/out" "$T/s2" &&
	run 0 stats --data "$A" --json && cmp "$T/out" "$T/s2"
it backup-restores
run '!' backup --data "$A" && told '--out'
it backup-needs-a-file
cp "$T/copy.db" "$T/keep.db"
run '!' backup --data "$A" --out "$T/keep.db" && told && cmp "$T/copy.db" "$T/keep.db"
it backup-does-not-overwrite
run '!' backup --data "$A" --out "$T/no/such/folder.db" && told
it backup-says-what-is-wrong-with-the-file

# --- a damaged database is told apart from a sound one
mkdir -p "$T/d/sites" && cp "$T/copy.db" "$T/d/sites/main.db"
size=$(wc -c <"$T/copy.db")
dd if=/dev/urandom of="$T/d/sites/main.db" bs=4096 seek=4 count=$((size / 4096 - 6)) conv=notrunc 2>/dev/null
run '!' doctor --data "$T/d" && grep -q '^hearth: ' "$T/err"
it doctor-finds-damage
exit $failed
