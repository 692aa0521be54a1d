// SPDX-License-Identifier: AGPL-3.0-or-later
// A manager changes a rule, sees who would move, and publishes; members and guests cannot.
import { Browser, api, check, done, equal, hearthOk, lastLine, serve, site, test, unescapeHtml } from "./lib.mjs";

const { dir, password } = site("rulebook");
hearthOk("user", "add", "asker", "--data", dir);
const server = await serve(dir, "--no-rate-limits"), admin = new Browser(server.port), guest = new Browser(server.port);
await admin.get("/sign-in");
await admin.post("/sign-in", { handle: "admin", password, next: "/" });
// A job runs in the background, a quarter of a second or two after it was asked for.
async function waitFor(look, what) {
	for (let i = 0; i < 100; i++) {
		const found = await look();
		if (found) return found;
		await new Promise((r) => { setTimeout(r, 100); });
	}
	throw new Error(`${what} did not come`);
}
const textOf = (page) => unescapeHtml(/<textarea[^>]*id="toml"[^>]*>([\s\S]*?)<\/textarea>/.exec(page.body)[1]);

await test("rulebook/is-for-managers", async () => {
	for (const path of ["/board/rules", "/board/backtest", "/board/rules/trials/1"]) check([302, 303, 401, 403].includes((await guest.get(path)).status), path);
	const refused = await guest.post("/board/rules/try", { toml: "x" });
	check(refused.status === 401 || refused.status === 403 || refused.headers.location?.startsWith("/sign-in"), `a guest tries: ${refused.status} ${refused.headers.location}`);
	equal((await admin.get("/board/rules")).status, 200, "the administrator");
});

await test("rulebook/rules-that-cannot-be-read-are-kept-and-explained", async () => {
	const r = await admin.post("/board/rules/try", { toml: "[ruleset]\nname = \"mine\"\nversion = 1\nnonsense = 2\n\n[[rule]]\nid = \"a\"\non = \"posted\"\nscore = \"contribution\"\npoints = 1\n" });
	equal(r.status, 422, "status");
	check(r.body.includes("nonsense = 2"), "what was typed stays");
	check(/rules:4: [^<]*nonsense/.test(unescapeHtml(r.body)), "line and reason");
});

await test("rulebook/what-is-checked-is-said-beside-its-line", async () => {
	const page = await admin.get("/board/rules"), text = textOf(page).slice(1); // the first line end is none
	check(/<span id="L1\d">1\d<\/span>/.test(page.body) && /\n500\n/.test(page.body), "lines have numbers");
	check(/<a href="#L\d+" data-line="\d+">Answers marked as the solution<\/a>/.test(page.body), "a table of contents");
	check(!page.body.includes("In this text</th>") && !page.body.includes('class="changed"'), "nothing is changed");
	const typed = `${text.replace("points = 15", "points = 30")}\n[[rule]]\nid = "chatter"\non = "commented"\nscore = "credibility"\npoints = 5\n`;
	const line = typed.split("\n").indexOf('id = "chatter"');
	const checked = await admin.post("/board/rules/check", { toml: typed });
	equal(checked.status, 200, "checked");
	equal(textOf(checked).slice(1), typed, "what was typed stays");
	check(checked.body.includes(`<span id="L${line}" class="bad">${line}</span>`), "its line is marked");
	check(new RegExp(`<pre class="code-notes" aria-hidden="true">\n{${line}}<span class="bad">`).test(checked.body), "beside its line"); // the first is none in a <pre>
	equal(checked.body.match(/class="changed"/g)?.length, 2, "rows of what changed");
	check(/>15 credibility<[\s\S]*>30 credibility</.test(checked.body), "now and then");
	check(checked.body.includes('aria-current="step"') && checked.body.includes("Rules with errors cannot be published"), "where one is");
	equal((await admin.post("/board/rules/check", { toml: "[ruleset" })).status, 422, "what cannot be read");
	check(!(await admin.get("/board/rules")).body.includes("chatter"), "nothing is kept");
});

await test("rulebook/try-look-publish", async () => {
	const rules = textOf(await admin.get("/board/rules")).replace("points = 15", "points = 30");
	const tried = await admin.post("/board/rules/try", { toml: rules });
	equal(tried.status, 303, "tried");
	const at = tried.headers.location;
	const page = await waitFor(async () => { const p = await admin.get(at); return p.body.includes("Before and after") && p; }, "the job");
	check(page.body.includes("Nobody would move"), "an empty community");
	equal((await admin.post(`${at}/publish`, { note: "" })).status, 422, "a note is needed");
	await admin.get(at);
	check(!(await admin.get("/board/rules")).body.includes("is published and in force"), "nothing was published yet");
	await admin.get(at);
	const done = await admin.post(`${at}/publish`, { note: "Solutions count double." });
	equal(done.status, 303, "published");
	const after = await admin.get(done.headers.location);
	check(after.body.includes("Version 2 is published and in force."), "the page says so");
	check(after.body.includes("version 2"), "version 2 is in force");
	check(after.body.includes("Solutions count double."), "with its note");
	check(textOf(after).includes("points = 30"), "its text is in the editor");
	check(hearthOk("audit", "--data", dir).includes("rules.published"), "audited");
});

await test("rulebook/what-a-rank-gives-is-in-force", async () => {
	const token = (h) => api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", h)));
	for (const h of ["vera", "otto"]) hearthOk("user", "add", h, "--data", dir);
	hearthOk("space", "create", "kettles", "Kettles", "--data", dir);
	const asker = token("asker"), vera = token("vera"), otto = token("otto"), answers = [];
	for (let i = 0; i < 6; i++) {
		const topic = (await asker.post("/api/v1/topics", { space: "kettles", title: `Why does it whistle, part ${i}`, body: "Since today.", tags: i < 5 ? "steam" : "lid" })).json;
		answers.push((await (i < 5 ? vera : otto).post(`/api/v1/topics/${topic.id}/posts`, { body: `It boils, part ${i}.` })).json.id);
		if (i < 5) await asker.post(`/api/v1/posts/${answers[i]}/accept`, { accepted: true });
	}
	const ask = async (tags) => {
		const topic = (await asker.post("/api/v1/topics", { space: "kettles", title: `What of the ${tags}?`, body: "Since today.", tags })).json;
		return { ...topic, answer: (await otto.post(`/api/v1/topics/${topic.id}/posts`, { body: `Polish the ${tags}.` })).json.id };
	};
	const steam = await ask("steam"), spout = await ask("spout");
	const grants = (list) => async () => {
		const rules = textOf(await admin.get("/board/rules")).replace(/grants = \[[^\]]*\]/g, `grants = ${JSON.stringify(list)}`);
		const at = (await admin.post("/board/rules/try", { toml: rules })).headers.location;
		check(at, "read");
		await waitFor(async () => (await admin.get(at)).body.includes("Before and after"), "the job");
		const r = await admin.post(`${at}/publish`, { note: `Every rank gives ${list}.` });
		equal(r.status, 303, `published: ${r.body.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").slice(0, 900)}`);
	};
	const accept = async (who, post) => (await who.post(`/api/v1/posts/${post}/accept`, { accepted: true })).status;
	equal(await accept(vera, steam.answer), 403, "not yet");
	await grants(["can:mark_solution:area", "label:Kettle whisperer", "limit:kudos=2/day"])();
	await waitFor(async () => (await accept(vera, steam.answer)) < 300, "the right to mark solutions in her area");
	check((await guest.get(steam.url)).body.includes("Kettle whisperer"), "the label beside a name");
	check((await guest.get("/m/vera/why")).body.includes("It comes with the right to mark solutions for others in areas where"), "said on the why page");
	equal(await accept(otto, spout.answer), 403, "who has no area");
	const lonely = await ask("handle"); // in the space, too, five of hers were kept
	equal(await accept(vera, lonely.answer), 200, "the space is an area");
	const vote = async (post) => vera.post(`/api/v1/posts/${post}/vote`, { value: 1 });
	equal([(await vote(steam.answer)).status, (await vote(spout.answer)).status], [200, 200], "two votes");
	const third = await vote(lonely.answer);
	equal(third.status, 429, "not a third");
	check(third.json.detail?.includes("2 votes a day"), JSON.stringify(third.json));
	await grants(["can:mark_solution:area", "can:moderate:area"])();
	await waitFor(async () => (await vote(lonely.answer)).status === 200, "the limit to go");
	await grants(["label:Guest"])();
	await waitFor(async () => (await accept(vera, spout.answer)) === 403, "the right to go");
});

await test("rulebook/back-test-of-a-young-site-says-so", async () => {
	equal((await admin.post("/board/backtest")).status, 303, "asked");
	const page = await waitFor(async () => { const p = await admin.get("/board/backtest"); return p.body.includes("Worked out") && p; }, "the job");
	check(page.body.includes("too little history"), "says so");
});

await test("rulebook/pages-call-the-score-as-the-rules-do", async () => {
	check((await guest.get("/members")).body.includes("In the order of credibility"), "at first");
	const rules = textOf(await admin.get("/board/rules")).replace('board = "credibility"', 'board = "contribution"');
	const at = (await admin.post("/board/rules/try", { toml: rules })).headers.location;
	await waitFor(async () => (await admin.get(at)).body.includes("Before and after"), "the job");
	equal((await admin.post(`${at}/publish`, { note: "What counts is what is given." })).status, 303, "published");
	await waitFor(async () => (await guest.get("/members")).body.includes("In the order of contribution"), "the list of members");
	check((await guest.get("/m/vera")).body.includes("<dt>Contribution</dt>"), "the profile");
	const why = (await guest.get("/m/vera/why")).body;
	check(why.includes("<dt>Contribution</dt>") && !why.includes("<span>More posts</span>"), "answers are paid here");
	check((await guest.get("/m/vera/why?score=credibility")).body.includes("<dt>Credibility</dt>"), "the other score");
	check(!hearthOk("audit", "--data", dir).includes("reputation.score"), "nobody set it");
});

await server.stop();
done();
