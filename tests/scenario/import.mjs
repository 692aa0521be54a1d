// SPDX-License-Identifier: AGPL-3.0-or-later
// A small dump, written here, through the command: the account of its rows, the second run that changes nothing, a dump
// that is cut off, and the old addresses of the community, which lead to the new ones. The real dump is import_test.c's.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, TMP, check, done, equal, hearth, hearthOk, lastLine, request, serve, test, unescapeHtml } from "./lib.mjs";

const dump = join(TMP, "small"), dir = join(TMP, "site"), data = ["--data", dir];
const at = (day) => `2018-03-${String(day).padStart(2, "0")}T10:00:00.000`;
const row = (fields) => `<row ${Object.entries(fields).map(([k, v]) => `${k}="${String(v).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;")}"`).join(" ")} />`;
const FILES = {
	Users: [{ Id: 1, Reputation: 101, CreationDate: at(1), DisplayName: "Ada B. Lovelace" }, { Id: 2, Reputation: 55, CreationDate: at(1), DisplayName: "Ben" }],
	Tags: [{ Id: 1, TagName: "valves", Count: 1 }],
	Posts: [
		{ Id: 10, PostTypeId: 1, AcceptedAnswerId: 11, CreationDate: at(2), Score: 4, ViewCount: 90, Body: "<p>Which way does it open?</p>", OwnerUserId: 1, Title: "Which way does this valve open?", Tags: "<valves>" },
		{ Id: 11, PostTypeId: 2, ParentId: 10, CreationDate: at(3), Score: 7, Body: "<p>Against the clock.</p>", OwnerUserId: 2 },
	],
	Comments: [{ Id: 20, PostId: 11, Score: 0, Text: "Thanks", CreationDate: at(4), UserId: 1 }],
	PostLinks: [], Votes: [{ Id: 30, PostId: 11, VoteTypeId: 2, CreationDate: at(4) }, { Id: 31, PostId: 404, VoteTypeId: 2, CreationDate: at(4) }],
	Badges: [{ Id: 40, UserId: 2, Name: "Teacher", Date: at(5), Class: 3 }],
};
mkdirSync(dump);
for (const [name, rows] of Object.entries(FILES)) writeFileSync(join(dump, `${name}.xml`), `<?xml version="1.0" encoding="utf-8"?>\n<${name.toLowerCase()}>\n${rows.map(row).join("\n")}\n</${name.toLowerCase()}>\n`);
hearthOk("init", ...data);

await test("import/accounts-for-every-row", () => {
	const r = hearth("import", "stackexchange", dump, ...data, "--space", "valves", "--redirects", "Old.example");
	equal(r.code, 0, r.err);
	check(/not in the dump|absent|no post/i.test(r.out) || /skipped/i.test(r.out), r.out);
	const stats = JSON.parse(hearthOk("stats", ...data, "--json"));
	equal([stats.members, stats.topics, stats.answers, stats.comments, stats.accepted, stats.tags], [3, 1, 1, 1, 1, 1], "stats");
	equal(hearthOk("setting", "get", "redirects.host", ...data), "old.example", "the setting");
});

await test("import/second-run-changes-nothing", () => {
	const before = hearthOk("stats", ...data, "--json");
	check(hearthOk("import", "stackexchange", dump, ...data, "--space", "valves").includes("nothing changed"), "says so");
	equal(hearthOk("stats", ...data, "--json"), before, "stats");
	hearthOk("doctor", ...data, "--replay");
});

await test("import/a-dump-that-is-cut-off-is-refused", () => {
	const cut = join(TMP, "cut"), fresh = ["--data", join(TMP, "fresh")];
	mkdirSync(cut);
	for (const name of Object.keys(FILES)) writeFileSync(join(cut, `${name}.xml`), `<${name.toLowerCase()}>\n<row Id="1"`);
	hearthOk("init", ...fresh);
	const r = hearth("import", "stackexchange", cut, ...fresh);
	check(r.code !== 0 && /\.xml: line 2, byte \d+/.test(r.err), r.err);
	equal(JSON.parse(hearthOk("stats", ...fresh, "--json")).members, 1, "half imported");
	const none = hearth("import", "stackexchange", join(TMP, "nowhere"), ...fresh);
	check(none.code !== 0 && none.err.includes("nowhere"), none.err);
});

const server = await serve(dir);
const get = (path, host = "old.example") => request(server.port, "GET", path, { headers: { Host: host } });
await test("import/old-addresses-lead-to-the-new", async () => {
	const ends = {};
	for (const path of ["/questions/10", "/questions/10/which-way", "/questions/10/which-way/11", "/q/10", "/q/10/1", "/a/11", "/a/11/2", "/users/2", "/users/2/ben"]) {
		let r = await get(path);
		equal(r.status, 301, path);
		for (let i = 0; i < 3 && r.headers.location; i++) r = await get(ends[path] = r.headers.location.replace(/#.*/, ""));
		equal(r.status, 200, `${path} ends at ${ends[path]}`);
	}
	equal(new Set(["/questions/10", "/q/10", "/questions/10/which-way"].map((p) => ends[p])).size, 1, "one question, one address");
	check(ends["/users/2"].startsWith("/m/"), ends["/users/2"]);
	check((await get(ends["/a/11"])).body.includes("Against the clock."), "the answer");
});

await test("import/each-post-says-who-wrote-it-where-and-how-it-may-be-used", async () => {
	const body = (await follow("/questions/10")).body, sources = [...body.matchAll(/<p class="source">([\s\S]*?)<\/p>/g)].map((m) => m[1]);
	equal(sources.map((p) => p.replace(/<svg[\s\S]*?<\/svg>|<[^>]+>/g, "")), ["Original by Ada B. Lovelace, CC BY-SA 3.0", "Original by Ben, CC BY-SA 3.0"], "the name as it was published, not the handle made of it");
	equal(sources.map((p) => /<a href="([^"]+)"/.exec(p)[1].toLowerCase()), ["https://old.example/q/10", "https://old.example/a/11"], "the originals");
	const id = JSON.parse((await get("/api/v1/topics")).body).items[0].id, posts = JSON.parse((await get(`/api/v1/topics/${id}/posts`)).body).items;
	equal(posts.map((p) => p.external_id), ["10", "11"], "ids of the source");
});

await test("import/only-under-the-old-host", async () => {
	for (const path of ["/questions/10", "/q/10", "/users/2"]) equal((await get(path, "new.example")).status, 404, path);
	for (const path of ["/questions/x", "/users/404", "/a/999999"]) check([404].includes((await follow(path)).status), path);
	check([301, 302, 303].includes((await get("/origin/stackexchange/11", "new.example")).status), "by the old id");
});
async function follow(path) {
	let r = await get(path);
	for (let i = 0; i < 3 && r.headers.location; i++) r = await get(r.headers.location.replace(/#.*/, ""));
	return r;
}

await test("import/an-archive-has-boards-of-its-days", async () => {
	const password = lastLine(hearthOk("user", "passwd", "admin", ...data)), admin = new Browser(server.port);
	await admin.get("/sign-in");
	await admin.post("/sign-in", { handle: "admin", password, next: "/" });
	const quarter = (await admin.get("/board?by=accepted")).body;
	const at = quarter.match(/href="([^"]+)">The last days with anything/);
	check(at && quarter.includes("Everybody, 365 days"), "what is offered where nobody did anything");
	check((await admin.get(unescapeHtml(at[1]))).body.includes(">Ben<"), "who had an answer accepted then");
	const year = (await admin.get("/board?period=365d&among=everybody")).body;
	check(year.includes("The last days with anything") && !year.includes("Everybody, 365 days"), "not what was just asked");
});

await server.stop();
done();
