// SPDX-License-Identifier: AGPL-3.0-or-later
// The server is killed (-9) at random moments while CLIENTS (8) people post at the same time; CYCLES (30) times.
// After each restart: every acknowledged post is there exactly once; a request without a reply that is sent again with its
// Idempotency-Key gets the post that was made, or makes it; no post is there that nobody sent; counters equal rows; what
// was acknowledged last is found by the search; `hearth doctor --replay` is content. SEED=n repeats the choice of moments.
// `make crash` runs it for 500 cycles, see tests/crash/run.sh.
import http from "node:http";
import { api, check, done, equal, hearth, hearthOk, lastLine, serve, short, site, test } from "./lib.mjs";

const CYCLES = Number(process.env.CYCLES || 30), CLIENTS = Number(process.env.CLIENTS || 8), TOPICS = 4;
const SEED = Number(process.env.SEED || Date.now() % 1000000007);
const RUN_MS = Number(process.env.RUN_MS || 1200); // posting for at most that long before a kill

let state = SEED;
const random = () => { // mulberry32
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const wait = (ms) => new Promise((r) => { setTimeout(r, ms); });

const { dir } = site("crash", { help: "Help" });
const tokens = [];
for (let i = 0; i < CLIENTS; i++) {
	hearthOk("user", "add", `poster-${i}`, "--data", dir);
	tokens.push(lastLine(hearthOk("token", "create", "--data", dir, "--member", `poster-${i}`)));
}

// What was sent, by its key: {kind, topic, word, body, id (once acknowledged)}.
const sent = new Map();
const counts = { acknowledged: 0, repeated: 0, hadBeenMade: 0, restartMs: 0, slowestStartMs: 0, refused: 0 };
let serial = 0;
const topics = [];

function next(client) {
	const n = ++serial, word = `w${n.toString(36)}z${SEED.toString(36)}`, asks = n % 25 === 0;
	const filler = "It happens again and again, with and without the cover. ".repeat(1 + (n % 7 === 0 ? 60 : n % 9));
	return { client, key: `key-${SEED}-${n}`, word, kind: asks ? "topic" : "post", topic: topics[n % TOPICS], title: `Another trouble ${word}`, body: `${word} begins.\n\n${filler}\n\n${word} ends.` };
}

async function send(server, agent, item) {
	const who = api(server.port, tokens[item.client]), headers = { "Idempotency-Key": item.key };
	const r = item.kind === "topic"
		? await who.post("/api/v1/topics", { space: "help", title: item.title, body: item.body, tags: "trouble" }, headers, { agent, timeout: 20000 })
		: await who.post(`/api/v1/topics/${item.topic}/posts`, { body: item.body }, headers, { agent, timeout: 20000 });
	if (r.status !== 201) throw Object.assign(new Error(`${r.status} ${short(r.body)}`), { status: r.status });
	if (item.id) equal(r.json.id, item.id, `the key ${item.key} got another post`);
	else counts.acknowledged++;
	item.id = r.json.id;
}

async function poster(server, client, stop) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	while (!stop.now) {
		const item = next(client);
		sent.set(item.key, item);
		try {
			await send(server, agent, item);
		} catch (error) {
			if (error.status && error.status !== 503) throw error; // a refusal is no crash
			if (error.status) counts.refused++;
			else if (!stop.killed) throw error; // the connection broke before the kill
			break;
		}
	}
	agent.destroy();
}

// All posts of a topic by pages, as a guest sees them.
async function postsOf(guest, topic) {
	const all = [];
	for (let from = 0; from !== null;) {
		const r = await guest.get(`/api/v1/topics/${topic}/posts?from=${from}&limit=100`);
		equal(r.status, 200, `posts of ${topic}`);
		all.push(...r.json.items);
		from = r.json.next_from;
	}
	return all;
}

async function topicsOf(guest) {
	const all = [];
	for (let cursor = ""; cursor !== null;) {
		const r = await guest.get(`/api/v1/topics?limit=100&cursor=${encodeURIComponent(cursor)}`);
		equal(r.status, 200, "topics");
		all.push(...r.json.items);
		cursor = r.json.cursor;
	}
	return all;
}

const whole = (html, item) => html.includes(`${item.word} begins.`) && html.includes(`${item.word} ends.`);
const wordOf = (html) => /w[0-9a-z]+z[0-9a-z]+(?= begins\.)/.exec(html)?.[0];

async function look(server, fresh) {
	const guest = api(server.port), byWord = new Map([...sent.values()].map((i) => [i.word, i]));
	const listed = await topicsOf(guest), seen = new Map();
	equal(new Set(listed.map((t) => t.id)).size, listed.length, "a topic is listed twice");
	for (const t of listed) {
		const full = topics.includes(t.id) ? await postsOf(guest, t.id) : null;
		if (full) {
			equal(t.answers, full.length - 1, `answers counted for ${t.id}`);
			equal(full.map((p) => p.number), full.map((_, i) => i), `numbers of the posts of ${t.id}`);
			for (const p of full.slice(1)) {
				const word = wordOf(p.html), item = byWord.get(word);
				check(item && whole(p.html, item), `a post that nobody sent, or a part of one: ${p.id} ${short(p.html)}`);
				check(!seen.has(word), `${word} is there twice: ${p.id} and ${seen.get(word)}`);
				seen.set(word, p.id);
				if (item.id) equal(p.id, item.id, `the post ${word}`);
			}
		} else {
			const word = /w[0-9a-z]+z[0-9a-z]+$/.exec(t.title)?.[0];
			check(byWord.get(word) && !seen.has(word), `topic ${t.id} "${t.title}" is one too many`);
			seen.set(word, t.id);
		}
	}
	for (const item of sent.values()) if (item.id) check(seen.get(item.word) === item.id, `acknowledged and lost: ${item.kind} ${item.id} (${item.word})`);
	for (const item of fresh) { // the last ones before the kill, by the search and by their own address
		if (!seen.has(item.word)) continue;
		const hits = (await guest.get(`/api/v1/search?q=${item.word}&limit=5`)).json.items;
		equal(hits.length, 1, `${item.word} in the search`);
		if (item.kind !== "topic") continue;
		const posts = await postsOf(guest, seen.get(item.word));
		check(posts.length === 1 && whole(posts[0].html, item), `the opening of ${item.word}`);
	}
	const total = [...sent.values()].filter((i) => seen.has(i.word));
	const stats = JSON.parse(hearthOk("stats", "--data", dir, "--json"));
	equal([stats.topics, stats.answers], [TOPICS + total.filter((i) => i.kind === "topic").length, total.filter((i) => i.kind === "post").length], "stats: topics and answers");
}

// What people wrote; the background adds facts of its own meanwhile (badges, answers that repeat another), and the doctor
// compares the journal with the rows.
function rows() {
	const { facts, ...rest } = JSON.parse(hearthOk("stats", "--data", dir, "--json"));
	check(facts >= rest.topics + rest.answers, `${facts} facts of ${rest.topics} topics and ${rest.answers} answers`);
	return rest;
}

let server = await serve(dir, "--no-rate-limits");
for (let i = 0; i < TOPICS; i++) topics.push((await api(server.port, tokens[0]).post("/api/v1/topics", { space: "help", title: `Trouble number ${i} w0z`, body: "opening" })).json.id);

const began = Date.now();
async function cycle(n) {
	const first = sent.size, stop = { now: false, killed: false };
	const clients = Array.from({ length: CLIENTS }, (_, i) => poster(server, i, stop));
	const all = Promise.all(clients);
	all.catch(() => {});
	// Most kills come early, when files have just been opened and recovered.
	await wait(random() < 0.3 ? random() * 60 : random() * random() * RUN_MS);
	stop.killed = true;
	stop.now = true;
	const end = await server.kill();
	check(end.signal === "SIGKILL", `the server ended by itself with ${JSON.stringify(end)}: ${server.log.slice(-2000)}`);
	await all;
	// Now and then the database is opened by doctor first, and sometimes the recovery is killed as well.
	if (n % 5 === 0) equal(hearth("doctor", "--data", dir).code, 0, "doctor straight after the kill");
	if (n % 4 === 0) {
		const early = serve(dir, "--no-rate-limits");
		early.catch(() => {});
		await wait(random() * 40);
		const s = await Promise.race([early.catch(() => null), wait(5).then(() => undefined)]);
		await (s ?? await early.catch(() => null))?.kill();
	}
	const at = Date.now();
	server = await serve(dir, "--no-rate-limits");
	const took = Date.now() - at;
	counts.restartMs += took;
	counts.slowestStartMs = Math.max(counts.slowestStartMs, took);
	const fresh = [...sent.values()].slice(first), open = fresh.filter((i) => !i.id);
	if (n % 2) { // half of the time before anything is repeated
		await look(server, fresh.slice(-6));
	}
	const stats = rows();
	await Promise.all(open.map((item) => send(server, undefined, item)));
	const after = rows(), made = after.topics + after.answers - stats.topics - stats.answers;
	counts.repeated += open.length;
	counts.hadBeenMade += open.length - made;
	await Promise.all(fresh.slice(-CLIENTS).map((item) => send(server, undefined, item))); // all of them a second time
	equal(rows(), after, "stats after the same posts were sent again");
	await look(server, fresh.slice(-6));
	const doctor = hearth("doctor", "--data", dir, ...(n % 3 ? [] : ["--replay"]));
	equal(doctor.code, 0, `doctor: ${doctor.err}${doctor.out.replace(/.* as counted\n/g, "")}`);
}

let good = 0;
await test(`crash/${CYCLES}-kills-lose-nothing`, async () => {
	console.log(`seed ${SEED}`);
	for (let n = 1; n <= CYCLES; n++) {
		try {
			await cycle(n);
			good = n;
		} catch (error) {
			error.message = `cycle ${n} (SEED=${SEED}): ${error.message}`;
			error.stack = `${error.message}\n${error.stack.split("\n").slice(1).join("\n")}`;
			throw error;
		}
	}
});
console.log(`# ${good} cycles in ${Math.round((Date.now() - began) / 1000)} s: ${JSON.stringify(counts)}`);
await test("crash/enough-was-going-on", () => {
	check(good < CYCLES || counts.acknowledged > CYCLES * 5, `only ${counts.acknowledged} posts in ${good} cycles`);
	check(good < Math.min(CYCLES, 20) || counts.repeated > CYCLES, `only ${counts.repeated} requests were cut off`);
});
await test("crash/ends-well", async () => {
	if (server.child.exitCode === null && server.child.signalCode === null) await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});
done();
