// SPDX-License-Identifier: AGPL-3.0-or-later
// `hearth demo`: a living community within a minute, that one can look at with everybody's eyes.
import { join } from "node:path";
import { Browser, TMP, api, check, done, equal, hearth, hearthOk, request, short, start, test, unescapeHtml } from "./lib.mjs";

const dir = join(TMP, "demo"), began = Date.now();
const server = await start("demo", dir, "--no-rate-limits"), took = Date.now() - began, guest = api(server.port);
const get = (path) => request(server.port, "GET", path);

await test("demo/opens-within-a-minute", () => check(took < 60000, `${took} ms`));
await test("demo/is-big-and-varied", async () => {
	const stats = JSON.parse(hearthOk("stats", "--data", dir, "--json"));
	check(stats.topics >= 300 && stats.accepted >= 50 && stats.accepted < stats.topics && stats.votes > 500 && stats.comments > 50, JSON.stringify(stats));
	const spaces = (await guest.get("/api/v1/spaces")).json.items;
	check(spaces.length >= 3 && spaces.every((s) => s.topics > 0), short(JSON.stringify(spaces)));
});
await test("demo/ten-topics-repeat-no-sentence", async () => {
	const items = (await guest.get("/api/v1/topics?limit=100")).json.items, seen = new Map(), twice = [];
	for (let i = 0; i < 10; i++) {
		const topic = items[i * 9];
		for (const post of (await guest.get(`/api/v1/topics/${topic.id}/posts?from=0&limit=100`)).json.items)
			for (const s of unescapeHtml(post.html.replace(/<[^>]+>/g, " ")).split(/(?<=[.!?])\s+/).map((x) => x.trim().toLowerCase()).filter((x) => x.length > 24)) {
				if (seen.has(s)) twice.push(`"${s}" in ${seen.get(s)} and ${topic.id}`);
				seen.set(s, topic.id);
			}
	}
	check(seen.size > 20, `${seen.size} sentences`);
	equal(twice.slice(0, 5), [], `${twice.length} sentences stand twice`);
});
await test("demo/look-as-everybody", async () => {
	const b = new Browser(server.port);
	check((await b.get("/")).body.includes('action="/demo/look-as"'), "the bar");
	for (const as of ["member", "helper", "moderator", "manager", "admin", "visitor"]) {
		const r = await b.post("/demo/look-as", { as, next: "/" });
		equal(r.status, 303, as);
		const page = await b.get("/");
		check(new RegExp(`value="${as}" aria-pressed="true"`).test(page.body), `${as} is not the one who looks`);
		equal(page.body.includes("/settings"), as !== "visitor", `${as}: signed in`);
	}
});
await test("demo/evidence-stands-beside-names-everywhere", async () => {
	const brief = /class="cred cred-brief" href="\/m\/([^"\/]+)(\/why[^"]*)" title="([^"]+)"/;
	const hits = (await get("/search?q=router")).body.replaceAll("<wbr>", "").split('<li class="hit">').slice(1); // names may break
	const [, who, why, title] = hits.map((h) => h.match(brief)).find(Boolean) ?? [];
	check(who && hits.some((h) => h.includes(`<span>${who}</span>`)), "no chip in a hit, or beside another name");
	check(/^\d+ solutions?( in .+)?, \d+ kept$/.test(title), title);
	equal((await get(`/m/${who}${why}`)).status, 200, why);
	const topics = (await guest.get("/api/v1/topics?limit=100")).json.items;
	let found = 0;
	for (let i = 0; i < topics.length && !found; i++) {
		const page = (await get(`/t/${topics[i].id}/x`)).body;
		found = page.split('<li class="comment"').slice(1).filter((c) => brief.test(c.slice(0, c.indexOf("</li>")))).length;
	}
	check(found > 0, "no comment with a chip");
});
await test("demo/pages-answer", async () => { for (const path of ["/", "/members", "/tags", "/search?q=radar", "/feed.atom"]) equal((await get(path)).status, 200, path); });
await test("demo/ends-well", async () => {
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});
done();
