// SPDX-License-Identifier: AGPL-3.0-or-later
// The work of generators.sh: mutates, runs, judges. Inputs that failed are kept in TMPDIR until the end and printed.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = Number(process.env.ROUNDS || 500), SEED = Number(process.env.SEED || Date.now() % 1000000007);
const SECONDS_MAX = Number(process.env.SECONDS_MAX || 25), TMP = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), "generators-"));
const SQLC = process.env.SQLC ?? "build/debug/tools/sqlc", TMPLC = process.env.TMPLC ?? "build/debug/tools/tmplc";
process.on("exit", () => rmSync(TMP, { recursive: true, force: true }));

let state = SEED;
const random = (n) => { // mulberry32
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
};

const read = (dir, ext) => readdirSync(dir).filter((f) => f.endsWith(ext)).sort().map((f) => readFileSync(join(dir, f)));
const S = "tools/sqlc/golden", T = "tools/tmplc/golden";
const sql = [...read(`${S}/ok`, ".sql"), ...read(`${S}/refuse`, ".sql")], migrations = readdirSync(`${S}/migrations`).sort();
const html = [...read(`${T}/ok`, ".html"), ...read(`${T}/refuse`, ".html"), ...read(`${T}/types`, ".html")];
const catalogue = readFileSync(`${T}/messages.en.txt`);
const WORDS = ["{{", "}}", "{%", "%}", "{#", "#}", "{% for x in v %}", "{% end %}", "{% if a %}", "<script>", "\"", "'", "<a href=\"", "--", "-- name: x :many\n", "-- args: ", "-- @pg\n", ":id", ";", "(", ")", "\0", "\xff", "\n", "a".repeat(300), "x AS \"n:int\"", "/*", "*/", "{t:id}", "SELECT", "{{ t \"", "1e999", "[one]", " = "];

function mutate(input, others) {
	let b = input;
	for (let n = 1 + random(4); n > 0; n--) {
		const at = random(b.length + 1), end = Math.min(b.length, at + random(40));
		const other = others[random(others.length)], from = random(other.length);
		const pieces = [Buffer.alloc(0), b.subarray(at, end), Buffer.from([random(256)]), Buffer.from(WORDS[random(WORDS.length)], "latin1"), other.subarray(from, from + random(80)), Buffer.concat([b.subarray(at, end), b.subarray(at, end)])];
		b = Buffer.concat([b.subarray(0, at), pieces[random(pieces.length)], b.subarray(random(3) ? end : at)]);
	}
	return random(20) ? b : b.subarray(0, random(b.length));
}

function sqlcCase(dir, n) {
	mkdirSync(join(dir, "m"));
	const damaged = n % 4 === 0 ? migrations[random(migrations.length)] : null;
	for (const m of migrations) {
		const text = readFileSync(join(S, "migrations", m));
		writeFileSync(join(dir, "m", m), m === damaged ? mutate(text, sql) : text);
	}
	const base = sql[random(sql.length)];
	writeFileSync(join(dir, "q.sql"), damaged ? base : mutate(base, sql));
	return [SQLC, ["--name", "x", "--queries", join(dir, "q.sql"), "--migrations", join(dir, "m"), "--out-h", join(dir, "x.h"), "--out-c", join(dir, "x.c")]];
}

function tmplcCase(dir, n) {
	const messages = join(dir, "messages.en.txt"), page = join(dir, "page.html");
	writeFileSync(messages, n % 5 ? catalogue : mutate(catalogue, html));
	writeFileSync(page, mutate(html[random(html.length)], html));
	return n % 10 ? [TMPLC, ["--name", "golden", "--catalogue", messages, "--out-h", join(dir, "x.h"), "--out-c", join(dir, "x.c"), page]] : [TMPLC, ["--messages", "--catalogue", messages, "--out-c", join(dir, "m.c")]];
}

function run(program, args) {
	return new Promise((resolve) => {
		const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ASAN_OPTIONS: "detect_leaks=0:exitcode=99", UBSAN_OPTIONS: "exitcode=99" } });
		let err = "";
		const late = setTimeout(() => child.kill("SIGKILL"), 10000);
		child.stderr.on("data", (d) => { if (err.length < 20000) err += d; });
		child.on("error", (e) => resolve({ code: 127, err: String(e) }));
		child.on("close", (code, signal) => { clearTimeout(late); resolve({ code, signal, err }); });
	});
}

const seen = { ran: 0, accepted: 0, refused: 0, bad: 0 };
const began = Date.now();

async function one(n) {
	const dir = join(TMP, String(n)), which = n % 2 ? "sqlc" : "tmplc";
	mkdirSync(dir);
	const [program, args] = (n % 2 ? sqlcCase : tmplcCase)(dir, n >> 1);
	const { code, signal, err } = await run(program, args);
	seen.ran++;
	if (code === 0) seen.accepted++;
	else if (code === 1 && err.length) seen.refused++;
	else {
		seen.bad++;
		const input = n % 2 ? "q.sql" : "page.html";
		console.log(`${which} round ${n} of SEED=${SEED}: ${signal ?? code}\n${err.slice(0, 1500)}\ninput (base64): ${readFileSync(join(dir, input)).toString("base64").slice(0, 3000)}`);
	}
	rmSync(dir, { recursive: true, force: true });
}

let next = 0;
async function worker() {
	while (next < ROUNDS && Date.now() - began < SECONDS_MAX * 1000 && seen.bad < 5) await one(next++);
}
await Promise.all([worker(), worker(), worker()]);
console.log(`seed ${SEED}: ${JSON.stringify(seen)} in ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${seen.bad ? "not ok" : "ok"} generators/damaged-input-is-taken-or-refused`);
const enough = seen.bad || (seen.ran >= Math.min(ROUNDS, 60) && seen.refused > seen.ran / 10);
console.log(`${enough ? "ok" : "not ok"} generators/enough-was-tried`);
process.exitCode = seen.bad || !enough ? 1 : 0;
