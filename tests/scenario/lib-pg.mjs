// SPDX-License-Identifier: AGPL-3.0-or-later
// The work of pg.sh, with a server's address in HEARTH_TEST_PG.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import http from "node:http";
import { api, Browser, check, done, equal, hearth, hearthOk, lastLine, request, serve, test, TMP } from "./lib.mjs";

const URL = process.env.HEARTH_TEST_PG, db = ["--db", URL];
const wait = (ms) => new Promise((r) => { setTimeout(r, ms); });
// serve() of lib.mjs says --data DIR; with --db that folder is not looked at.
const start = () => serve("/nonexistent", ...db, "--page-cache", "16", "--no-rate-limits");

const tokens = [], passwords = [];
await test("pg/init", () => {
	check(lastLine(hearthOk("init", ...db, "--name", "Two nodes")).length === 24, "no password");
	hearthOk("space", "create", ...db, "help", "Help");
	for (const name of ["ann", "bob"]) {
		passwords.push(lastLine(hearthOk("user", "add", name, ...db)));
		tokens.push(lastLine(hearthOk("token", "create", ...db, "--member", name)));
	}
	hearthOk("doctor", ...db);
});

const nodes = [await start(), await start()];
const as = (n) => api(nodes[n].port, tokens[n]), guest = (n) => api(nodes[n].port);
const acknowledged = new Map(); // id -> word
let serial = 0, topic;

let busy = 0;
async function post(n) {
	const word = `word${++serial}x`, say = () => as(n).post(`/api/v1/topics/${topic.id}/posts`, { body: `${word} stands here.` }, { "Idempotency-Key": word });
	let r = await say();
	for (let tries = 0; r.status === 503 && tries < 5; tries++) { // as it asks for
		check(r.headers["retry-after"], "503 without Retry-After");
		busy++;
		await wait(50);
		r = await say();
	}
	if (r.status === 201) acknowledged.set(r.json.id, word);
	return { ...r, word };
}

async function until(what, ms, fn) {
	const began = Date.now();
	for (;;) {
		if (await fn()) return Date.now() - began;
		check(Date.now() - began < ms, `${what}: not after ${ms} ms`);
		await wait(25);
	}
}

// What was acknowledged before the look began, as a member sees it, whose pages no cache holds.
async function lookAtAll(n) {
	const found = new Set(), expected = [...acknowledged];
	for (let from = 0; from !== null;) {
		const r = await as(n).get(`/api/v1/topics/${topic.id}/posts?from=${from}&limit=100`);
		equal(r.status, 200, "posts");
		for (const p of r.json.items) { check(!found.has(p.id), `${p.id} is there twice`); found.add(p.id); }
		from = r.json.next_from;
	}
	for (const [id, word] of expected) check(found.has(id), `acknowledged and lost: ${id} ${word}`);
}

await test("pg/ask-on-one-read-on-the-other", async () => {
	const r = await as(0).post("/api/v1/topics", { space: "help", title: "Where do the two nodes meet?", body: "In one database, I hope.", tags: "nodes" });
	equal(r.status, 201, `ask: ${r.body}`);
	topic = r.json;
	equal((await as(1).get(`/api/v1/topics/${topic.id}`)).status, 200, "read by a member at once");
});

await test("pg/a-post-is-seen-by-guests-of-the-other-node-within-a-second", async () => {
	const page = (await guest(1).get(`/api/v1/topics/${topic.id}`)).json.url.replace(/^https?:\/\/[^/]*/, "");
	const slowest = [0, 0];
	for (let i = 0; i < 10; i++) {
		const from = i % 2, to = 1 - from;
		await guest(to).get(page); // stands in the cache there
		const r = await post(from);
		equal(r.status, 201, `post: ${r.body}`);
		slowest[to] = Math.max(slowest[to], await until(`${r.word} on node ${to}`, 1000, async () => (await guest(to).get(page)).body.includes(r.word)));
		check((await guest(from).get(page)).body.includes(r.word), "its own node shows it at once");
	}
	console.log(`# slowest: ${slowest.join(" and ")} ms`);
});

// What one node takes an open page on either node hears of before readers of the journal would come to it, five seconds later.
await test("pg/open-pages-of-both-nodes-hear-of-a-post-at-once", async () => {
	const known = (await as(0).get(`/api/v1/topics/${topic.id}/posts?limit=100`)).json.items.length;
	const reader = new Browser(nodes[0].port);
	equal((await reader.post("/sign-in", { handle: "ann", password: passwords[0], next: "/" })).status, 303, "sign in");
	const heard = [0, 0], listen = (n) => http.get({ host: "127.0.0.1", port: nodes[n].port, path: `/t/${topic.id}/live.stream?after=${known}`, headers: reader.headers() }, (res) => {
		res.setEncoding("utf8").on("data", (text) => { for (const m of text.matchAll(/^event: posted\ndata: (\d+)$/gm)) heard[n] = Math.max(heard[n], Number(m[1])); });
		res.on("error", () => {});
	});
	const streams = [listen(0), listen(1)];
	for (const s of streams) s.on("error", () => {});
	await wait(1000); // both listen
	for (let i = 1; i <= 4; i++) {
		equal((await post(i % 2)).status, 201, "post");
		await Promise.all([0, 1].map((n) => until(`post ${i} heard of on node ${n}`, 4000, () => heard[n] >= known + i)));
	}
	for (const s of streams) s.destroy();
});

// What is shown beside a name, to guests of both nodes with the page cache on, follows a deed on one of them; readers of the journal
// come to it five seconds later, and count it once (pg/ends-well).
await test("pg/a-kudo-changes-the-score-shown-on-both-nodes-within-a-second", async () => {
	const [mona, dan] = ["mona", "dan"].map((h) => {
		hearthOk("user", "add", h, ...db, "--role", h === "mona" ? "manager" : "member");
		return lastLine(hearthOk("token", "create", ...db, "--member", h));
	});
	const kudos = (n, id, value) => api(nodes[n].port, mona).post(`/api/v1/posts/${id}/vote`, { value });
	const posts = [], page = async (n, path) => (await request(nodes[n].port, "GET", path)).body;
	for (let i = 0; i < 6; i++) {
		const asked = (await as(0).post("/api/v1/topics", { space: "help", title: `Why does node ${i} forget its neighbour?`, body: "After each restart.", tags: "radar" })).json;
		posts.push((await api(nodes[1].port, dan).post(`/api/v1/topics/${asked.id}/posts`, { body: `Turn off fast start, step ${i}.` })).json.id);
		equal((await as(0).post(`/api/v1/posts/${posts[i]}/accept`, { accepted: true })).status, 200, "accept");
		posts.url = asked.url.replace(/^https?:\/\/[^/]*/, "");
	}
	const shown = { // by page
		board: async (n) => /class="n" data-label="Credibility"><a href="\/m\/dan\/why">(\d+)/.exec(await page(n, "/members"))?.[1],
		profile: async (n) => /<dd class="stat-value"><a href="\/m\/dan\/why">(\d+)/.exec(await page(n, "/m/dan"))?.[1],
		why: async (n) => /id="score" value="(\d+)"/.exec(await page(n, "/m/dan/why"))?.[1],
		chip: async (n) => /(\d+) solutions? in radar, (\d+) kept/.exec(await page(n, posts.url))?.slice(1).join(),
	};
	const all = (what, n) => Promise.all(what.map((k) => shown[k](n)));
	await until("the first pass", 20000, async () => (await shown.chip(1)) === "6,6" && (await shown.board(1)) !== undefined);
	await wait(6000); // the acceptances have settled
	const took = [];
	const follows = async (what, deed) => {
		const before = [await all(what, 0), await all(what, 1)];
		equal((await deed()).status, 200, "the deed");
		await Promise.all([0, 1].flatMap((n) => what.map(async (k, i) => took.push(await until(`deed ${took.length}, ${k} on node ${n}, ${JSON.stringify(before)}`, 3000, async () => (await shown[k](n)) !== before[n][i])))));
	};
	for (let i = 0; i < 12; i++) await follows(["board", "profile", "why"], () => kudos((i >> 1) % 2, posts[i >> 1], 1 - i % 2)); // and taken back
	for (let i = 0; i < 4; i++) await follows(["chip"], () => as(0).post(`/api/v1/posts/${posts[4 + (i >> 1)]}/accept`, { accepted: i % 2 === 1 }));
	equal([await all(["board", "profile"], 0)], [await all(["board", "profile"], 1)], "the same on both");
	took.sort((a, b) => a - b);
	console.log(`# ${took.length} looks: half within ${took[took.length >> 1]} ms, all within ${took.at(-1)} ms`);
	check(took[took.length >> 1] < 1000, "not within a second");
});

await test("pg/an-idempotency-key-holds-on-both-nodes", async () => {
	const data = { body: "Said once, sent twice." }, key = { "Idempotency-Key": "one" };
	const a = await api(nodes[0].port, tokens[0]).post(`/api/v1/topics/${topic.id}/posts`, data, key), b = await api(nodes[1].port, tokens[0]).post(`/api/v1/topics/${topic.id}/posts`, data, key);
	equal([a.status, b.status], [201, 201], "statuses");
	equal(a.json.id, b.json.id, "the second reply");
});

await test("pg/both-write-at-once", async () => {
	const replies = await Promise.all(Array.from({ length: 60 }, (_, i) => post(i % 2)));
	const statuses = {};
	for (const r of replies) statuses[r.status] = (statuses[r.status] ?? 0) + 1;
	equal(statuses, { 201: 60 }, "statuses");
	await lookAtAll(0);
	await lookAtAll(1);
});

await test("pg/killing-either-node-loses-nothing", async () => {
	for (let round = 0; round < 6; round++) {
		const victim = round % 2, stop = { now: false };
		const posters = [0, 1, 0, 1].map(async (n) => {
			while (!stop.now) {
				try {
					const r = await post(n);
					check(r.status === 201 || (n === victim && r.status === 503), `post on node ${n}: ${r.status} ${r.body}`);
				} catch (error) {
					if (n === victim && !error.message.startsWith("post on")) return; // it is gone
					throw error;
				}
			}
		});
		try {
			await wait(150 + round * 40);
			await nodes[victim].kill();
			await lookAtAll(1 - victim); // the other one goes on
			equal((await post(1 - victim)).status, 201, "a post on the other node");
		} finally {
			stop.now = true;
			await Promise.all(posters);
		}
		nodes[victim] = await start();
		await lookAtAll(victim);
	}
	console.log(`# ${acknowledged.size} acknowledged, ${busy} times busy`);
	check(acknowledged.size > 100, `only ${acknowledged.size} posts`);
});

// Readers stay behind the newest facts here, since a lower id may become visible later; the doctor waits for them.
await test("pg/doctor-knows-the-newest", async () => {
	equal((await post(0)).status, 201, "a post");
	hearthOk("doctor", ...db, "--replay");
});

await test("pg/backup-restores", async () => {
	const file = `${TMP}/site.dump`, other = URL.replace(/\/[^/?]*(\?|$)/, "/copied$1");
	await as(0).post(`/api/v1/topics/${topic.id}/posts`, { body: "The last one before the copy." });
	hearthOk("backup", ...db, "--out", file);
	check((statSync(file).mode & 0o777) === 0o600, "others can read the copy");
	check(hearth("backup", ...db, "--out", file).code !== 0, "a file that is there is written over");
	execFileSync("psql", ["-q", "-d", URL, "-c", "CREATE DATABASE copied"]);
	execFileSync("pg_restore", ["--no-owner", "-d", other, file]);
	equal(hearthOk("stats", "--db", other, "--json"), hearthOk("stats", ...db, "--json"), "what was copied");
	hearthOk("doctor", "--db", other);
	const wrong = hearth("backup", "--db", URL.replace(/\/[^/?]*(\?|$)/, "/absent$1"), "--out", `${file}.2`);
	check(wrong.code !== 0 && !existsSync(`${file}.2`), "half a copy is left");
});

// Last, since from now on this database has two sites, and a server without --site serves both by their hosts.
await test("pg/several-sites-by-host", async () => {
	for (const node of nodes) await node.stop();
	nodes.length = 0;
	hearthOk("init", ...db, "--site", "other", "--name", "The other", "--url", "http://other.example");
	hearthOk("space", "create", ...db, "--site", "other", "help", "Help elsewhere");
	const both = await start();
	const page = (host) => request(both.port, "GET", "/", { headers: { Host: host } });
	const other = await page("other.example");
	check(other.status === 200 && other.body.includes("Help elsewhere") && !other.body.includes("Two nodes"), "the other site");
	equal((await page("main.example")).status, 421, "main has no host names");
	await both.stop();
	const one = await serve("/nonexistent", ...db, "--site", "main");
	check((await request(one.port, "GET", "/", { headers: { Host: "any.example" } })).body.includes("Two nodes"), "one alone");
	await one.stop();
});

await test("pg/ends-well", async () => {
	for (const node of nodes) await node.stop();
	hearthOk("doctor", ...db, "--replay");
});
done();
