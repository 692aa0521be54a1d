// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is about to ask is shown what was asked before; what became of it is counted, and managers see it.
import { Browser, api, check, done, equal, hearth, hearthOk, lastLine, request, serve, short, site, test, unescapeHtml } from "./lib.mjs";

const { dir } = site("asking", { help: "Help" });
for (const h of ["ann", "ben", "mona"]) hearthOk("user", "add", h, "--data", dir, "--role", h === "mona" ? "manager" : "member");
const server = await serve(dir, "--no-rate-limits"), port = server.port;
const token = (h) => api(port, lastLine(hearthOk("token", "create", "--data", dir, "--member", h)));
const ann = token("ann"), ben = token("ben"), guest = api(port);

async function signIn(h) {
	const b = new Browser(port), once = lastLine(hearthOk("user", "passwd", h, "--keep-tokens", "--data", dir));
	equal((await b.post("/sign-in", { handle: h, password: once, next: "/" })).status, 303, h);
	return b;
}
const page = { ann: await signIn("ann"), ben: await signIn("ben"), mona: await signIn("mona") };

const ask = async (title, body) => (await ann.post("/api/v1/topics", { space: "help", title, body, tags: "kettle" })).json;
const descale = await ask("How do I descale the kettle?", "White flakes float in the water.");
await ask("Why does the toaster smell of plastic?", "It is new.");
const answer = (await ben.post(`/api/v1/topics/${descale.id}/posts`, { body: "With vinegar and *patience*." })).json;
await ann.post(`/api/v1/posts/${answer.id}/accept`, { accepted: true });

const askingOf = (html) => /name="asking" value="([^"]+)"/.exec(html)[1];
const similar = (b, title, asking) => b.send("GET", `/ask/similar?title=${encodeURIComponent(title)}&asking=${asking}`, { headers: { "HX-Request": "true" } });
const figures = async () => [...(await page.mona.get("/asking")).body.matchAll(/<dd class="stat-value">(?:<a [^>]*>)?(\d+)/g)].map((m) => Number(m[1]));
async function until(what, expected) {
	const began = Date.now();
	for (;;) {
		const got = await figures();
		if (String(got) === String(expected)) return;
		check(Date.now() - began < 10000, `${what}: ${got} instead of ${expected}`);
		await new Promise((r) => setTimeout(r, 100));
	}
}

await test("asking/api-finds-the-solved-one", async () => {
	const r = await guest.get(`/api/v1/topics/similar?title=${encodeURIComponent("descaling a kettle")}`);
	equal(r.status, 200, short(r.body));
	equal([r.json.items.length, r.json.items[0].id, r.json.items[0].solved, r.json.items[0].excerpt, r.json.items[0].author], [1, descale.id, true, "With vinegar and patience.", "ben"]);
	equal((await guest.get("/api/v1/topics/similar?title=short")).status, 422, "a title that says nothing");
	equal((await guest.get("/api/v1/topics/similar")).status, 422, "no title");
});

await test("asking/a-suggestion-solves-it", async () => {
	const asking = askingOf((await page.ben.get("/ask")).body);
	const r = await similar(page.ben, "Descale my kettle please", asking);
	check(r.status === 200 && !r.body.includes("<html"), "a part of a page");
	check(r.body.includes("How do I descale the kettle?") && r.body.includes("With vinegar and patience."), short(r.body));
	const link = unescapeHtml(/href="(\/ask\/open\/[^"]+)"/.exec(r.body)[1]);
	const opened = await page.ben.get(link);
	equal([opened.status, opened.headers.location], [303, descale.url], "leads to the topic");
	await until("opened", [1, 1, 0, 0, 1]);
	const solved = await page.ben.post(`/ask/solved/${descale.id}`, { asking });
	equal([solved.status, solved.headers.location], [303, descale.url]); // his own solution: no mark, but it solved it
	await until("solved", [1, 1, 1, 0, 0]);
});

await test("asking/asked-anyway", async () => {
	const html = (await page.ann.get("/ask")).body, asking = askingOf(html), space = /<option value="([^"]+)"/.exec(html)[1];
	await similar(page.ann, "Descale my kettle", asking);
	await similar(page.ann, "Descale my kettle without vinegar", asking); // as one types on
	const r = await page.ann.post("/ask", { space, title: "Descale my kettle without vinegar?", body: "I cannot stand the smell.", tags: "", asking });
	equal(r.status, 303, short(r.body));
	await until("asked", [2, 1, 1, 1, 0]);
	const body = (await page.mona.get("/asking?days=7")).body;
	check(body.includes(`href="${r.headers.location}"`), "the question that was asked anyway");
	check(body.includes(`href="${descale.url}"`), "the suggestion");
});

await test("asking/asked-without-suggestions", async () => {
	const html = (await page.ann.get("/ask")).body, space = /<option value="([^"]+)"/.exec(html)[1];
	await page.ann.post("/ask", { space, title: "Entirely different zebra matters", body: "x y z", tags: "", asking: askingOf(html) });
	await new Promise((r) => setTimeout(r, 1500));
	equal(await figures(), [2, 1, 1, 1, 0]);
	check((await page.mona.get("/asking")).body.includes("1 more asked without"), "said apart");
});

await test("asking/without-scripts", async () => {
	const asking = askingOf((await page.ann.get("/ask")).body);
	const r = await page.ann.post("/ask/similar", { title: "Descaling of a kettle", body: "What I typed so far", tags: "one two", asking });
	check(r.status === 200 && r.body.includes("How do I descale the kettle?"), short(r.body));
	const back = unescapeHtml(/href="(\/ask\?asking=[^"]+)"/.exec(r.body)[1]), form = (await page.ann.get(back)).body;
	check(form.includes("What I typed so far") && form.includes("Descaling of a kettle") && form.includes("one two"), "what was typed is still there");
	equal(askingOf(form), asking, "the same asking");
	await until("shown", [3, 1, 1, 1, 1]);
});

await test("asking/of-guests", async () => {
	const b = new Browser(port), first = await b.get("/ask/similar"), asking = askingOf(first.body);
	equal(first.status, 200);
	check((await request(port, "GET", "/")).body.includes('href="/ask/similar"'), "from the home page");
	const r = await b.get(`/ask/similar?title=Descaling+kettles&asking=${asking}`);
	check(r.body.includes("How do I descale the kettle?") && r.body.includes("Sign in and ask"), short(r.body));
	const solved = await b.post(`/ask/solved/${descale.id}`, { asking });
	equal([solved.status, solved.headers.location], [303, descale.url]);
	await until("of a guest", [4, 1, 2, 1, 1]);
	equal((await b.post(`/ask/solved/${descale.id}`, { asking }, { Origin: "https://evil.example" })).status, 403, "from another site");
});

await test("asking/refuses", async () => {
	equal((await page.ann.get("/asking")).status, 403, "figures are for managers");
	equal((await request(port, "GET", "/ask/open/zzzzzzzzzzz")).status, 404, "no such topic");
	await similar(page.ann, "Descale my kettle", "0000000000001"); // nobody's asking: an id out of another time
	const none = await similar(page.ann, "qwertz asdfgh yxcvbn", askingOf((await page.ann.get("/ask")).body));
	check(none.body.includes("Nothing like it"), short(none.body));
	check(!(await similar(page.ann, "kettle", "0")).body.includes("Nothing like it"), "too short to say so");
	equal(await figures(), [4, 1, 2, 1, 1]);
});

await test("asking/who-may-know", async () => {
	const open = await ask("Vinegar leaves flakes in the kettle", "White flakes float in the water still.");
	const who = `/ask/who/${open.id}`;
	const own = await page.ann.get(who);
	equal(own.status, 200, short(own.body));
	check(own.body.includes('href="/m/ben"') && own.body.includes("1 solution in kettle in 91 days"), "who solved the like, and what says so");
	check(own.body.includes("answered you once") && own.body.includes("/m/ben/why"), "to the asker it says you, and each leads to their why page");
	check((await page.mona.get(who)).body.includes("answered the asker once"), "who moderates sees it too");
	equal((await page.ben.get(who)).status, 403, "nobody else does");
	equal((await request(port, "GET", who)).status, 303, "guests are asked to sign in");
	equal((await page.ann.get("/ask/who/zzzzzzzzzzz")).status, 404);
	const links = async (b, url) => (await b.get(url)).body.includes('href="/ask/who/');
	equal([await links(page.ann, open.url), await links(page.mona, open.url), await links(page.ben, open.url)], [true, true, false]);
	check(!(await request(port, "GET", open.url)).body.toString().includes("/ask/who/"), "guests have no link");
	equal(await links(page.ann, descale.url), false, "what is solved asks for nobody");
	await ben.post(`/api/v1/topics/${open.id}/posts`, { body: "Rinse it twice." });
	check(!(await page.ann.get(who)).body.includes("answered you"), "who has answered here is not named");
});

await test("asking/ends-well", async () => {
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});
done();
