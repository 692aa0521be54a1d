// SPDX-License-Identifier: AGPL-3.0-or-later
// Reputation as people meet it: a kudo changes the score that is shown within a second, the chip leads to the facts, the lines
// sum to the score, an objection reaches the managers, and who wants to is on no board.
import { Browser, api, check, done, equal, hearth, hearthOk, lastLine, request, serve, site, source, test } from "./lib.mjs";

const { dir } = site("reputation", { routers: "Routers" });
const people = ["ada", "ben", "dora", "mona"], who = {}, browsers = {};
for (const h of people) hearthOk("user", "add", h, "--data", dir, "--role", h === "mona" ? "manager" : "member");
const server = await serve(dir, "--no-rate-limits");
for (const h of people) who[h] = api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", h)));
const get = async (path) => (await request(server.port, "GET", path)).body;
const sum = (html, kind) => [...html.matchAll(new RegExp(`class="${kind}[^"]*" value="(-?\\d+)"`, "g"))].reduce((n, m) => n + Number(m[1]), 0);
const score = (html) => Number(/id="score" value="(-?\d+)"/.exec(html)?.[1]);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function signIn(h) {
	const b = (browsers[h] = new Browser(server.port)), once = lastLine(hearthOk("user", "passwd", h, "--keep-tokens", "--data", dir));
	equal((await b.post("/sign-in", { handle: h, password: once, next: "/" })).status, 303, h);
	return b;
}

const posts = [];
for (let i = 0; i < 6; i++) {
	const topic = (await who.ada.post("/api/v1/topics", { space: "routers", title: `The router forgets its channel, part ${i}`, body: "After each restart.", tags: "radar" })).json;
	posts.push((await who.ben.post(`/api/v1/topics/${topic.id}/posts`, { body: `Turn off fast start, step ${i}.` })).json.id);
	await who.ada.post(`/api/v1/posts/${posts[i]}/accept`, { accepted: true });
	if (i === 0) posts.url = topic.url;
}

async function until(what, condition) {
	const began = Date.now();
	while (!(await condition())) {
		check(Date.now() - began < 10000, `${what}: not after ten seconds`);
		await sleep(50);
	}
	return Date.now() - began;
}

await test("reputation/chip-says-the-evidence", async () => {
	await until("chip", async () => (await get(posts.url)).includes("6 solutions in radar, 6 kept"));
	check((await get(posts.url)).includes('href="/m/ben/why?area=radar"'), "the chip leads to the facts of the area");
});
await test("reputation/kudo-shows-within-a-second", async () => {
	const shown = async () => /class="n" data-label="Credibility"><a href="\/m\/ben\/why">(\d+)/.exec(await get("/members"))?.[1];
	await until("board", async () => (await shown()) !== undefined);
	const before = await shown();
	await who.mona.post(`/api/v1/posts/${posts[0]}/vote`, { value: 1 });
	const took = await until("kudo", async () => (await shown()) !== before);
	check(took < 2000, `${took} ms`);
	await who.mona.post(`/api/v1/posts/${posts[0]}/vote`, { value: 0 });
	await until("taken back", async () => (await shown()) === before);
});
await test("reputation/chip-speaks-of-where-the-topic-belongs", async () => {
	const ask = async (title, tags) => {
		const topic = (await who.ada.post("/api/v1/topics", { space: "routers", title, body: "Since this morning.", tags })).json;
		await who.ben.post(`/api/v1/topics/${topic.id}/posts`, { body: "Which firmware?" });
		return topic.url;
	};
	const of = async (url) => (await get(url)).match(/class="cred" href="([^"]*)">.*?<\/svg>([^<]*)/)?.slice(1);
	equal(await of(await ask("Lamp and radar do not agree", "lamp radar")), ["/m/ben/why?area=radar", "6 solutions in radar, 6 kept"], "by its tag");
	equal(await of(await ask("The lamp does not light up", "lamp")), ["/m/ben/why?area=s%3Arouters", "6 solutions in Routers, 6 kept"], "or else its space");
	check(/Solutions kept in routers<\/dt><dd class="stat-value">6 <small>of 6/.test(await get("/m/ben/why?area=s%3Arouters")), "where it leads");
	check(/href="\/m\/ben\/why\?area=radar">radar<\/a><\/dt><dd>6 of 6 kept/.test(await get("/m/ben")), "the profile lists them");
});
await test("reputation/lines-sum-to-the-score", async () => {
	const html = await get("/m/ben/why"), total = score(html), rest = sum(html, "part rest");
	check(total > 0, "a score");
	equal(sum(html, "part"), total, "parts");
	equal(sum(html, "line") + rest, total, "lines");
	check(html.includes("Every point halves in 30 days") && html.includes("support-default") === false, "how age lowers it");
});
await test("reputation/taken-back-is-said", async () => {
	await who.ada.post(`/api/v1/posts/${posts[5]}/accept`, { accepted: false });
	await until("chip", async () => (await get(posts.url)).includes("6 solutions in radar, 5 kept"));
	check((await get("/m/ben/why?f=back")).includes("taken back, counts nothing"), "the fact stands there");
});
await test("reputation/rules-in-plain-words", async () => {
	const html = await get("/reputation");
	for (const text of ["Version 1", "half of it is left", "Superuser"]) check(html.includes(text), text);
});
await test("reputation/an-objection-reaches-the-managers", async () => {
	const dora = await signIn("dora"), mo = await signIn("mona");
	await dora.get("/m/ben/why");
	equal((await dora.post("/m/ben/object", { note: "no" })).status, 422, "too short");
	equal((await dora.post("/m/ben/object", { note: "These two know each other well." })).status, 303, "sent");
	const list = await mo.get("/objections"), id = /\/objections\/([a-z0-9]+)\/close/.exec(list.body)?.[1];
	check(list.body.includes("These two know each other well."), "it is there");
	equal((await mo.post(`/objections/${id}/close`, {})).status, 303, "closed");
	check(!(await mo.get("/objections")).body.includes("These two know"), "it is gone");
});
await test("reputation/on-no-board", async () => {
	const ben = await signIn("ben");
	await ben.get("/settings");
	equal((await ben.post("/settings/boards", { off: "1" })).status, 303, "off");
	await until("board", async () => !(await get("/members")).includes('href="/m/ben"'));
	check((await get("/m/ben/why")).includes("Not on the public board"), "others do not see the place");
	check(!(await ben.get("/m/ben/why")).body.includes("Not on the public board"), "he sees it");
	await ben.get("/settings");
	await ben.post("/settings/boards", { off: "0" });
	await until("board", async () => (await get("/members")).includes('href="/m/ben"'));
});
await test("reputation/card-is-signed-and-checked", async () => {
	const id = /\/members\/([a-z0-9]+)\/card/.exec((await browsers.ben.get("/me/data")).body)?.[1];
	const card = await get(`/members/${id}/card`), payload = JSON.parse(card).payload;
	equal([payload.handle, payload.solutions, payload.kept], ["ben", 6, 5], "what it says");
	check(new Date(payload.expires) > new Date(), "it is good for a while");
	const asked = async (text) => (await get(`/reputation/card?card=${encodeURIComponent(text)}`));
	const page = await asked(card);
	check(page.includes("This card is genuine"), "genuine");
	check(page.includes("<dd>Test &amp; &lt;Site&gt;</dd>"), "whose it is, in words");
	check((await asked(card.replace('"kept":5', '"kept":6'))).includes("was changed after it was signed"), "changed");
	check((await asked(JSON.stringify(JSON.parse(card), null, 2))).includes("This card is genuine"), "genuine, over several lines");
	check((await asked(card.slice(0, -9))).includes("This is no card"), "cut short");
});
await test("reputation/what-is-known-about-me", async () => {
	const html = (await browsers.ben.get("/me/data")).body;
	for (const text of ["Everything that this community keeps about you", "Answers marked as the solution", "Browsers signed in"]) check(html.includes(text), text);
	equal((await request(server.port, "GET", "/me/data")).status, 303, "guests are asked to sign in");
});
await test("reputation/the-documents-example-runs", async () => {
	const lines = /```sh\n([\s\S]*?)```/.exec(source("docs/reputation.md"))[1].trim().split("\n").map((l) => l.replace(/#.*/, "").trim().split(/\s+/).slice(1).map((w) => ({ "/srv/hearth": dir, ada: "ben" })[w] ?? w));
	const [explained, scored] = lines.map((args) => hearthOk(...args).trim().split("\n").map((l) => l.split("\t")));
	const last = explained.pop(), column = explained.slice(1).reduce((n, row) => n + Math.round(Number(row[9]) * 1000), 0);
	equal(column, Math.round(Number(last[9]) * 1000), "the last column sums to the score");
	check(scored.some((row) => row[3] === "ben" && Number(row[4]) > 0), "ben has credibility");
});
await test("reputation/ends-well", async () => {
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});
done();
