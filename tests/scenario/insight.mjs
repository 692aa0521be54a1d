// SPDX-License-Identifier: AGPL-3.0-or-later
// Insight from outside: an imported community is read to its end, the pages' numbers are those of the API and of the command
// line, a new post is read within seconds, spam is hidden and brought back, and corrections make a layer that can be switched.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, TMP, api, check, done, equal, hearth, hearthOk, lastLine, serve, site, test } from "./lib.mjs";

const { dir } = site("insight", { support: "Support", quantum: "Quantum" });
const escape = (s) => s.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const LIKES = ["I love this, it is wonderful and it works perfectly.", "Terrible, it is broken again and I hate it.", "The meeting is on Tuesday in room four.", "Ich liebe dieses Gerät, es ist wunderbar und sehr zuverlässig."];
const dump = join(TMP, "insight-dump");
mkdirSync(dump);
const rows = (name, list) => writeFileSync(join(dump, `${name}.xml`), `<?xml version="1.0" encoding="utf-8"?>\n<${name.toLowerCase()}>\n${list.map((r) => `  <row ${Object.entries(r).map(([k, v]) => `${k}="${escape(String(v))}"`).join(" ")} />`).join("\n")}\n</${name.toLowerCase()}>\n`);
const day = (n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 23);
rows("Users", [{ Id: 1, Reputation: 1, CreationDate: day(0), DisplayName: "olga", LastAccessDate: day(1), Views: 0, UpVotes: 0, DownVotes: 0, AccountId: 1 }]);
rows("Posts", Array.from({ length: 120 }, (_, i) => (i % 3 === 0
	? { Id: i + 1, PostTypeId: 1, CreationDate: day(i), Score: 0, ViewCount: 1, Body: `<p>${LIKES[i % 4]}</p>`, OwnerUserId: 1, LastActivityDate: day(i), Title: `A question about part ${i}`, Tags: "<gate>", AnswerCount: 2, CommentCount: 0 }
	: { Id: i + 1, PostTypeId: 2, ParentId: i - (i % 3) + 1, CreationDate: day(i), Score: 0, Body: `<p>${LIKES[i % 4]}</p>`, OwnerUserId: 1, LastActivityDate: day(i), CommentCount: 0 })));
rows("Comments", Array.from({ length: 30 }, (_, i) => ({ Id: i + 1, PostId: i * 3 + 1, Score: 0, Text: "Thank you so much, great!", CreationDate: day(i), UserId: 1 })));
for (const [name, list] of [["Tags", [{ Id: 1, TagName: "gate", Count: 40 }]], ["Votes", []], ["Badges", []], ["PostLinks", []]]) rows(name, list);
hearthOk("import", "stackexchange", dump, "--data", dir, "--space", "quantum");

for (const [h, role] of [["ada", "member"], ["max", "manager"], ["mona", "moderator"]]) hearthOk("user", "add", h, "--data", dir, "--role", role);
const status = () => JSON.parse(hearthOk("insight", "status", "--data", dir, "--json"));
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function until(what, condition) {
	for (let n = 0; n < 300; n++) {
		const got = await condition();
		if (got) return got;
		await sleep(100);
	}
	throw new Error(`${what}: not after thirty seconds`);
}

await test("insight/nothing-is-read-before-the-first-pass", () => {
	const s = status();
	equal([s.written, s.read, s.finished], [150, 0, false]);
	check(hearthOk("insight", "status", "--data", dir).includes("none yet"), "the status says so");
});

const server = await serve(dir, "--no-rate-limits");
const ada = api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", "ada")));
async function signIn(h) {
	const b = new Browser(server.port), once = lastLine(hearthOk("user", "passwd", h, "--keep-tokens", "--data", dir));
	equal((await b.post("/sign-in", { handle: h, password: once, next: "/" })).status, 303, h);
	return b;
}
const max = await signIn("max"), mona = await signIn("mona");
// The first fact that a running server sees begins the pass.
const topic = (await ada.post("/api/v1/topics", { space: "support", title: "How do I descale the kettle?", body: "It whistles.", tags: "kettle" })).json;

await test("insight/a-running-server-reads-everything", async () => {
	await until("the pass", () => status().finished && status().read === 151);
	equal([status().written, status().read, status().read_comments], [151, 151, 30]);
	check((await max.get("/insight")).body.includes("Everything is read"), "the page says so");
});

const listed = async (query) => {
	const csv = (await max.get(`/s/quantum/insight/posts.csv?period=all&${query}`)).body.trimEnd().split("\r\n").slice(1);
	return csv.filter(Boolean);
};
await test("insight/numbers-are-those-of-other-means", async () => {
	const page = (await max.get("/s/quantum/insight?period=all")).body;
	const space = (await ada.get("/api/v1/spaces")).json.items.find((s) => s.slug === "quantum");
	const all = await listed("");
	equal(all.length, 150, "all texts");
	equal((await listed("what=posts")).length, space.posts ?? 120, "posts");
	check(page.includes(`>${all.length}<`), "the page's total");
	const tones = {};
	for (const line of all) tones[line.split(",").at(-4)] = (tones[line.split(",").at(-4)] ?? 0) + 1;
	for (const tone of ["neg", "neu", "pos"]) {
		equal((await listed(`tone=${tone}`)).length, tones[tone] ?? 0, tone);
		check(page.includes(`${tones[tone]} text`), `${tone}: ${tones[tone]} on the page`);
	}
	const german = await listed("lang=de"); // every fourth post is
	equal(german.length, 30, "German");
	check(german.every((l) => l.includes(",de,pos,")), "and positive");
	const days = (await max.get("/s/quantum/insight.csv?period=all")).body.trimEnd().split("\r\n").slice(1);
	equal(days.reduce((n, l) => n + Number(l.split(",")[2]), 0), 150, "by day");
	const january = await listed("").then((l) => l.filter((x) => x.startsWith("2020-01-")).length);
	const asked = (await max.get("/s/quantum/insight/posts.csv?period=days&from=2020-01-01&to=2020-01-31")).body.trimEnd().split("\r\n").length - 1;
	equal(asked, january, "a month");
});

await test("insight/a-new-post-is-read-within-seconds", async () => {
	const began = Date.now();
	const post = (await ada.post(`/api/v1/topics/${topic.id}/posts`, { body: "This is terrible, I hate the whistle, it is awful." })).json;
	await until("read", async () => (await max.get(`/insight/of/${post.id}`)).body.includes("“hate”"));
	check(Date.now() - began < 5000, `${Date.now() - began} ms`);
	check((await mona.get(topic.url)).body.includes("English · negative"), "beside the post, for a moderator");
	check(!(await ada.get(topic.url)).body.includes('class="reading"'), "for nobody else");
});

await test("insight/spam-is-hidden-with-one-click-and-brought-back", async () => {
	const text = "WINNER!! You have been selected to receive a FREE $1000 cash prize! Call now or text CLAIM to 80086.";
	const post = (await ada.post(`/api/v1/topics/${topic.id}/posts`, { body: text })).json;
	await until("listed", async () => (await mona.get("/insight/spam")).body.includes("WINNER!!"));
	equal((await mona.post(`/insight/spam/${post.id}`, { state: "hidden", back: "open" })).status, 303);
	await until("gone", async () => !(await mona.get(topic.url)).body.includes("WINNER!!"));
	check((await mona.get("/insight/spam?state=hidden")).body.includes("decided by mona"), "among the hidden");
	equal((await mona.post(`/insight/spam/${post.id}`, { state: "open", back: "hidden" })).status, 303);
	await until("back", async () => (await mona.get(topic.url)).body.includes("WINNER!!"));
	check(/hide|delete/.test(hearthOk("audit", "--data", dir)), "in the audit list");
});

await test("insight/corrections-become-a-layer", async () => {
	const ids = (await listed("tone=pos")).filter((l) => l.includes(",de,")).map((l) => /\/p\/([0-9a-z]+)/.exec(l)[1]);
	for (const id of ids) equal((await mona.post(`/insight/of/${id}`, { task: "sentiment", label: "0" })).status, 303, id);
	await until("learnt", async () => (await max.get("/insight/corrections")).body.includes('name="do" value="off"'));
	const page = (await max.get("/insight/corrections")).body;
	check(page.includes("Feeling: positive, right is negative"), "each is listed");
	equal((await listed("tone=neg&lang=de")).length, ids.length, "and stands at once");
	const undo = /\/insight\/corrections\/([0-9a-z]+)\/undo/.exec(page)[1];
	equal((await max.post(`/insight/corrections/${undo}/undo`, {})).status, 303, "taken back");
	check(!(await max.get("/insight/corrections")).body.includes(`/${undo}/undo`), "not listed any more");
	for (const what of ["off", "on"]) equal((await max.post("/insight/layers", { task: "sentiment", do: what })).status, 303, what);
	const lines = hearthOk("insight", "layer", "--data", dir);
	check(lines.startsWith(`sentiment\t`) && lines.includes(`${ids.length - 1} corrections`), lines);
	check(/in use|off: /.test(lines), "the verdict is said");
	check(hearthOk("insight", "layer", "--data", dir, "--off").includes("switched off"), "off");
	check((await max.get("/insight/corrections")).body.includes("switched off"), "the page says so");
	check(!hearthOk("insight", "layer", "--data", dir, "--on").includes("switched off"), "on");
	check(hearthOk("insight", "layer", "--data", dir, "--drop").includes("nothing was learnt"), "forgotten");
	equal(hearth("insight", "layer", "--data", dir, "--on", "--off").code !== 0, true, "not both");
});

await server.stop();
await test("insight/doctor-finds-all-in-order", () => equal(hearth("doctor", "--data", dir, "--replay").code, 0));
await test("insight/analysing-by-command-ends-with-everything-read", () => {
	hearthOk("insight", "analyse", "--data", dir);
	const s = status();
	equal([s.read, s.read_by_present_engine, s.facts_waiting], [s.written, s.written, 0]);
});
done();
