// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages and forms over a real port as a browser without scripts sees them: forms and their guards, feeds, caching.
import { Browser, api, check, done, equal, fieldsOf, hearth, hearthOk, lastLine, request, serve, settledStats, short, site, test, unescapeHtml } from "./lib.mjs";
import { wellFormed } from "./lib-xml.mjs";

const { dir, password } = site("pages", { help: "Help", lab: "Laboratory" });
hearthOk("user", "add", "author", "--data", dir);
const token = lastLine(hearthOk("token", "create", "--data", dir, "--member", "author"));
const server = await serve(dir, "--no-rate-limits");
const port = server.port, author = api(port, token);
const get = (path, headers) => request(port, "GET", path, { headers });
const newTopic = async (title, body = "A question.", space = "help", tags = "") => (await author.post("/api/v1/topics", { space, title, body, tags })).json;
const newAnswer = async (topic, body, who = author) => (await who.post(`/api/v1/topics/${topic}/posts`, { body })).json.id;
const openingOf = async (topic) => (await author.get(`/api/v1/topics/${topic}/posts?from=0&limit=1`)).json.items[0].id;
const stats = () => JSON.parse(hearthOk("stats", "--data", dir, "--json"));

const ann = await new Browser(port).signUp("ann"), ben = await new Browser(port).signUp("ben");
const boss = new Browser(port);
await test("forms/sign-in-of-the-administrator", async () => {
	const r = await boss.post("/sign-in", { handle: "admin", password, next: "/tags" });
	equal([r.status, r.headers.location], [303, "/tags"]);
	await boss.get("/ask");
});

// --- help ---------------------------------------------------------------------------------------------------------------

await test("help/shows-what-one-may-open-and-all-of-it-opens", async () => {
	const pages = {};
	for (const [who, browser] of [["guest", new Browser(port)], ["member", ann], ["admin", boss]]) {
		const body = (await browser.get("/help")).body, main = body.slice(body.indexOf("<main"), body.indexOf("</main>"));
		pages[who] = [...main.matchAll(/<a href="(\/[^"]*)"/g)].map((m) => m[1]);
		for (const path of pages[who]) equal([path, (await browser.get(path)).status], [path, 200], `${who}: a page of the list`);
	}
	check(pages.guest.includes("/tags") && !pages.guest.includes("/settings") && !pages.guest.includes("/board"), `a guest: ${pages.guest}`);
	check(pages.member.includes("/settings") && !pages.member.includes("/board"), `a member: ${pages.member}`);
	check(pages.admin.includes("/board") && pages.admin.includes("/reports"), `the administrator: ${pages.admin}`);
	const described = Object.entries(JSON.parse((await get("/api/v1/openapi.json")).body).paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method.toUpperCase()} ${path}`));
	const shown = [...(await get("/help")).body.matchAll(/<code>([A-Z]+ [^<]+)<\/code>/g)].map((m) => m[1].replace(/\{(\w+):\w+\}/g, "{$1}"));
	equal(shown.sort(), described.sort(), "the addresses for programs");
});

// --- accounts -----------------------------------------------------------------------------------------------------------

await test("forms/sign-up-signs-in", async () => {
	const b = new Browser(port), r = await b.post("/sign-up", { handle: "Ünal_7", email: "u@example.com", password: "a good long password", next: "/members" });
	equal([r.status, r.headers.location], [303, "/members"]);
	const cookie = r.headers["set-cookie"].join("\n");
	check(/HttpOnly/i.test(cookie) && /SameSite=Lax/i.test(cookie) && /Path=\//.test(cookie), cookie);
	check((await b.get("/settings")).status === 200, "signed in");
	check((await get("/members")).body.includes("Ünal_7"), "on the board");
});

await test("forms/sign-up-errors-keep-what-was-typed", async () => {
	const b = new Browser(port);
	const r = await b.post("/sign-up", { handle: 'x"<b>', email: "no address", password: "short", next: "/members" });
	equal(r.status, 422);
	const f = fieldsOf(r.body.slice(r.body.indexOf("<main")).replace(/<footer[\s\S]*/, ""));
	equal([f.handle, f.email, f.next, f.password], ['x"<b>', "no address", "/members", ""], "what was typed (but the password)");
	equal((r.body.match(/aria-invalid="true"/g) ?? []).length, 3, "fields marked as wrong");
	check(!b.cookies.has("hearth_session"), "no session");
	const taken = await b.post("/sign-up", { handle: "ANN", email: "", password: "correct horse battery" });
	equal(taken.status, 409);
	check(taken.body.includes('value="ANN"') && taken.body.includes("handle-error"), "a taken name is told beside its field");
});

await test("forms/sign-in-refused", async () => {
	for (const [handle, pw] of [["ann", "wrong password"], ["nobody", "correct horse battery"], ["ann", "x".repeat(256)], ["ann'--", "x"]]) {
		const b = new Browser(port), r = await b.post("/sign-in", { handle, password: pw, next: "/tags" });
		equal(r.status, 422, handle);
		check(r.body.includes('role="alert"') && unescapeHtml(r.body).includes(`value="${handle}"`) && r.body.includes('value="/tags"'), "what was typed is there");
		check(!b.cookies.has("hearth_session"), "no session");
	}
});

await test("forms/sign-out", async () => {
	const b = await new Browser(port).signUp("leaver"), old = b.cookies.get("hearth_session");
	const r = await b.post("/sign-out");
	equal(r.status, 303);
	check(!b.cookies.has("hearth_session"), "the cookie is gone");
	equal((await get("/settings", { Cookie: `hearth_session=${old}` })).status, 303, "the old session");
});

await test("forms/next-stays-on-this-site", async () => {
	for (const next of ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example", "/\t/evil.example", " //evil.example", "%2F%2Fevil.example", "/%09/evil.example"]) {
		const r = await new Browser(port).post("/sign-in", { handle: "admin", password, next });
		equal(r.status, 303, next);
		check(new URL(r.headers.location, "http://here.example").host === "here.example", `${JSON.stringify(next)} leads to ${r.headers.location}`);
	}
	const r = await request(port, "POST", "/sign-in", { headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: server.url }, body: `handle=admin&password=${password}&next=%2Fx%0D%0ASet-Cookie:%20a=b` });
	check(r.status === 303 && !(r.headers["set-cookie"] ?? []).some((c) => c.startsWith("a=")), "a header was split");
});

await test("forms/password-change-ends-other-sessions", async () => {
	const here = await new Browser(port).signUp("changer"), there = new Browser(port);
	await there.post("/sign-in", { handle: "changer", password: "correct horse battery" });
	await here.get("/settings");
	const wrong = await here.post("/settings/password", { current: "not it", password: "another good password" });
	equal(wrong.status, 422, "with the wrong current password");
	equal((await here.post("/settings/password", { current: "correct horse battery", password: "another good password" })).status, 303);
	equal((await here.get("/settings")).status, 200, "this browser");
	equal((await there.get("/settings")).status, 303, "the other browser");
});

await test("forms/tokens", async () => {
	await ann.get("/settings");
	const r = await ann.post("/settings/tokens", { label: "my <script>" });
	equal(r.status, 200);
	check(/no-store/.test(r.headers["cache-control"]), r.headers["cache-control"]);
	const made = unescapeHtml(/<code>([^<]+)<\/code>/.exec(r.body)[1]);
	equal((await api(port, made).post("/api/v1/topics", { space: "lab", title: "Posted with a token", body: "x" })).status, 201, "the token works");
	const page = await ann.get("/settings");
	check(!page.body.includes(made) && page.body.includes("my &lt;script&gt;"), "the label is listed, the token is not");
	const id = /\/settings\/tokens\/([^/]+)\/delete/.exec(page.body)[1];
	equal((await ben.post(`/settings/tokens/${id}/delete`)).status, 404, "another member's token");
	equal((await ann.post(`/settings/tokens/${id}/delete`)).status, 303);
	equal((await api(port, made).post("/api/v1/topics", { space: "lab", title: "Posted with a token", body: "x" })).status, 401, "after it was deleted");
});

// --- who may send a form ------------------------------------------------------------------------------------------------

const topic = await newTopic("A topic for all kinds of forms", "The *question*.", "help", "forms tests");
const opening = await openingOf(topic.id);

await test("forms/csrf", async () => {
	const path = `/t/${topic.id}/answer`, before = stats().answers;
	const other = await new Browser(port).signUp("other");
	equal((await ann.post(path, { csrf: undefined, body: "x" })).status, 403, "no token");
	equal((await ann.post(path, { csrf: "0".repeat(64), body: "x" })).status, 403, "a made-up token");
	equal((await ann.post(path, { csrf: "", body: "x" })).status, 403, "an empty token");
	equal((await ann.post(path, { csrf: other.csrf, body: "x" })).status, 403, "the token of another session");
	equal((await ann.post(path, { body: "x" }, { Origin: "https://evil.example", "Sec-Fetch-Site": undefined })).status, 403, "from another site (Origin)");
	equal((await ann.post(path, { body: "x" }, { Origin: "null", "Sec-Fetch-Site": undefined })).status, 403, "from nowhere (Origin: null)");
	equal((await ann.post(path, { body: "x" }, { Origin: undefined, "Sec-Fetch-Site": "cross-site" })).status, 403, "from another site (Sec-Fetch-Site)");
	equal((await ann.post(path, { body: "x" }, { Origin: undefined, "Sec-Fetch-Site": "same-site" })).status, 403, "from a neighbour (same-site)");
	equal(stats().answers, before, "answers");
	const first = ann.csrf;
	await ann.get("/ask");
	check(ann.csrf !== first, "the token is masked anew each time");
	equal((await ann.post(path, { csrf: first, body: "an older token of the same session is good" })).status, 303);
});

await test("forms/of-guests-need-an-origin", async () => {
	const b = new Browser(port), fields = { handle: "admin", password };
	equal((await b.post("/sign-in", fields, { Origin: undefined, "Sec-Fetch-Site": undefined })).status, 403, "neither header");
	equal((await b.post("/sign-in", fields, { Origin: "https://evil.example" })).status, 403, "another site");
	equal((await b.post("/sign-up", { handle: "forged", password: "correct horse battery" }, { "Sec-Fetch-Site": "cross-site" })).status, 403, "another site");
	equal((await b.post("/theme", { theme: "dark", next: "/" }, { Origin: "https://evil.example" })).status, 403, "another site");
});

await test("forms/guests-are-led-to-sign-in", async () => {
	for (const path of ["/ask", "/settings", `/p/${opening}/edit`, `/p/${opening}/report`]) {
		const r = await get(path);
		equal([r.status, r.headers.location], [303, `/sign-in?next=${encodeURIComponent(path)}`], path);
	}
	const b = new Browser(port), r = await b.post(`/t/${topic.id}/answer`, { body: "x" });
	check(r.status === 303 && r.headers.location.startsWith("/sign-in"), `answer of a guest: ${r.status}`);
	const page = await get("/sign-in?next=%2Fask%3Ftitle%3Da%26b");
	check(page.body.includes('name="next" value="/ask?title=a&amp;b"'), "next is kept");
});

await test("forms/rights-of-roles", async () => {
	for (const [path, fields] of [[`/t/${topic.id}/close`, { closed: "1" }], ["/reports/zzzzzzzzzzz/close", {}]])
		equal((await ann.post(path, fields)).status, 403, `${path} by a member`);
	equal((await ann.get("/reports")).status, 403, "/reports for a member");
	equal((await ann.post(`/p/${opening}/delete`, { deleted: "1" })).status, 403, "deleting what another wrote");
	equal((await ann.post(`/p/${opening}/edit`, { title: "Taken over by a stranger", body: "x", tags: "" })).status, 403, "editing what another wrote");
	equal((await boss.get("/reports")).status, 200, "/reports for an administrator");
});

await test("forms/edit-form-is-for-those-who-may-edit", async () => { equal((await ann.get(`/p/${opening}/edit`)).status, 403); });

await test("forms/malformed", async () => {
	const send = (body, type = "application/x-www-form-urlencoded") => ann.send("POST", `/t/${topic.id}/answer`, { headers: { "Content-Type": type, Origin: server.url }, body });
	equal((await send(`csrf=${ann.csrf}&body=%zz`)).status, 400, "a broken escape");
	equal((await send(`csrf=${ann.csrf}&${"a=b&".repeat(300)}body=x`)).status, 400, "300 fields");
	equal((await send(`csrf=${ann.csrf}&body=%00`)).status < 500, true, "a NUL");
	equal((await send(`csrf=${ann.csrf}&body=%ff%fe`)).status < 500, true, "no UTF-8");
	equal((await send(`body=a&body=b`)).status, 403, "no token");
});

// --- writing ------------------------------------------------------------------------------------------------------------

const spaceId = async (b, title) => unescapeHtml((await b.get("/ask")).body).match(new RegExp(`<option value="([^"]+)"[^>]*>${title}<`))[1];

await test("forms/ask", async () => {
	const space = await spaceId(ann, "Laboratory");
	const r = await ann.post("/ask", { space, title: "Is the form's question kept?", body: "Line one\r\nline two", tags: "forms, Tests" });
	equal(r.status, 303, short(r.body));
	check(/^\/t\/[0-9a-z]+\/is-the-form-?s-question-kept$/.test(r.headers.location), r.headers.location);
	const page = await ann.get(r.headers.location);
	check(unescapeHtml(page.body).includes("<h1>Is the form's question kept?</h1>"), "the title");
	check(page.body.includes('href="/tag/forms"') && page.body.includes('href="/tag/tests"'), "the tags");
});

await test("forms/ask-errors-keep-what-was-typed", async () => {
	const space = await spaceId(ann, "Laboratory"), body = "</textarea><script>alert(1)</script> & more";
	const r = await ann.post("/ask", { space, title: "short\"'", body, tags: "one two three four five six" });
	equal(r.status, 422);
	const f = fieldsOf(r.body);
	equal([f.body, f.title, f.tags, f.space], [body, "short\"'", "one two three four five six", space], "what was typed");
	check(!r.body.includes("<script>alert"), "it is escaped");
	equal((r.body.match(/class="error" id="(title|tags)-error"/g) ?? []).length, 2, "errors beside their fields");
});

await test("forms/long-text-in-other-letters", async () => {
	const body = "Ж".repeat(32000), r = await ann.post(`/t/${topic.id}/answer`, { body }); // 64 KB, 192 KB on the wire
	equal(r.status, 303, short(r.body, 200));
	check((await ann.follow(r)).body.includes(body), "the text is whole");
});

await test("forms/answer-errors-keep-what-was-typed", async () => {
	const r = await ann.post(`/t/${topic.id}/answer`, { body: " \n " });
	equal(r.status, 422);
	check(r.body.includes("text-error"), "the error stands beside the field");
	const long = `start ${"x".repeat(66000)} end`, l = await ann.post(`/t/${topic.id}/answer`, { body: long });
	equal(l.status, 422, "66 KB");
	check(l.body.includes(long), "what was typed is there");
});

await test("forms/comment-errors-keep-what-was-typed", async () => {
	const long = `start ${"x".repeat(2000)} end`, r = await ann.post(`/p/${opening}/comment`, { body: long });
	equal(r.status, 422);
	check(r.body.includes(long), "what was typed is there");
});

await test("forms/answer-to-a-closed-topic-keeps-what-was-typed", async () => {
	const t = await newTopic("To be closed while one writes");
	await boss.post(`/t/${t.id}/close`, { closed: "1" });
	const r = await ann.post(`/t/${t.id}/answer`, { body: "written for an hour" });
	equal(r.status, 409);
	check(r.body.includes("written for an hour"), "what was typed is there");
});

await test("forms/answer-comment-and-permalinks", async () => {
	const r = await ben.post(`/t/${topic.id}/answer`, { body: "An answer by *Ben*." });
	equal(r.status, 303);
	const id = /^\/p\/([0-9a-z]+)$/.exec(r.headers.location)[1], page = await ben.follow(r);
	check(page.body.includes(`id="p-${id}"`) && page.body.includes("<em>Ben</em>"), "the answer is on the page it leads to");
	const c = await ann.post(`/p/${id}/comment`, { body: "A comment with **weight**." });
	check((await ann.follow(c)).body.includes("<strong>weight</strong>"), "the comment");
});

await test("forms/permalink-on-a-late-page", async () => {
	const t = await newTopic("A topic of sixty answers", "x", "lab"), ids = [];
	for (let i = 0; i < 60; i++) ids.push(await newAnswer(t.id, `answer number ${i + 1}`));
	const first = await get(t.url);
	equal((first.body.match(/<article class="post/g) ?? []).length, 21, "posts on the first page (20 and the question)");
	let path = t.url, seen = [];
	for (let i = 0; path && i < 10; i++) {
		const page = await get(path);
		equal(page.status, 200, path);
		seen.push(...[...page.body.matchAll(/<article class="post[^"]*" id="p-([0-9a-z]+)"/g)].map((m) => m[1]).filter((id) => ids.includes(id)));
		path = unescapeHtml(/<a class="btn" href="([^"]+)" rel="next"/.exec(page.body)?.[1] ?? "");
	}
	equal(seen, ids, "all answers, in order, once");
	for (const k of [0, 19, 20, 39, 40, 59]) {
		const to = (await get(`/p/${ids[k]}`)).headers.location;
		check((await get(to.replace(/#.*/, ""))).body.includes(`id="p-${ids[k]}"`) && to.endsWith(`#p-${ids[k]}`), `/p/ of answer ${k + 1} leads to ${to}`);
	}
	await author.post(`/api/v1/posts/${ids[45]}/accept`, { accepted: true });
	check((await get(t.url)).body.includes(`post-solution" id="p-${ids[45]}"`), "the solution stands on the first page");
	check((await get(`/p/${ids[45]}`)).headers.location.startsWith(t.url), "its permalink leads there");
	for (const k of [45, 20, 3]) { // on a later page, the next after the first page, on the first page
		await author.post(`/api/v1/posts/${ids[k]}/accept`, { accepted: true });
		const body = (await get(t.url)).body, on = [...body.matchAll(/<article class="post[^"]*" id="p-([0-9a-z]+)"/g)].map((m) => m[1]);
		equal(on.slice(1), [ids[k], ...ids.filter((id) => id !== ids[k]).slice(0, 20)], `the first page with the solution ${k + 1}: it, then twenty others`);
		check(body.includes(`?from=${k < 20 ? 22 : 21}`), "the next page goes on where this one ends");
	}
	for (const from of ["0", "1", "2", "61", "62", "9999", "-1", "x", "99999999999"]) check((await get(`${t.url}?from=${from}`)).status < 500, `from=${from}`);
});

await test("forms/draft-is-kept-and-shown", async () => {
	const save = await ann.post("/drafts", { place: "ask", title: "A draft title", tags: "d", body: "half a <thought>" });
	equal(save.status, 204, short(save.body));
	const elsewhere = new Browser(port);
	await elsewhere.post("/sign-in", { handle: "ann", password: "correct horse battery" });
	const ask = fieldsOf((await elsewhere.get("/ask")).body);
	equal([ask.title, ask.tags, ask.body], ["A draft title", "d", "half a <thought>"], "on another device");
	check(!(await ben.get("/ask")).body.includes("A draft title"), "for others");
	const space = await spaceId(ann, "Help");
	await ann.post("/ask", { space, title: "A draft title", tags: "d", body: "half a <thought>" });
	check(!(await ann.get("/ask")).body.includes("A draft title"), "gone when it was posted");
	await ann.post("/drafts", { place: `t-${topic.id}`, body: "half an answer" });
	equal(fieldsOf((await elsewhere.get(`/t/${topic.id}/x`)).body).body, "half an answer", "an answer's draft");
	await ann.post(`/t/${topic.id}/answer`, { body: "half an answer" });
	equal(fieldsOf((await elsewhere.get(`/t/${topic.id}/x`)).body).body, "", "gone when it was posted");
});

await test("forms/preview-is-the-servers-own", async () => {
	const body = "A *word* and `code`\n\n<img src=x onerror=alert(1)>";
	const fragment = await ann.post("/preview", { body }, { "HX-Request": "true" });
	equal(fragment.status, 200);
	const html = /<div class="prose">([\s\S]*?)<\/div>/.exec(fragment.body)[1].trim();
	check(html.includes("<em>word</em>") && !html.includes("<img"), short(html));
	const t = await newTopic("For comparing the preview", body);
	check((await get(t.url)).body.includes(html), "the post looks like its preview");
	check((await ann.post("/preview", { body })).body.includes(html), "the preview without scripts");
});

await test("forms/edit-and-history", async () => {
	const t = await newTopic("A titel with a fault", "First sentence.\n\nSecond sentence.", "lab", "old");
	const b = new Browser(port); // the author, by a session
	await b.post("/sign-in", { handle: "author", password: lastLine(hearthOk("user", "passwd", "author", "--keep-tokens", "--data", dir)) });
	const id = await openingOf(t.id), form = await b.get(`/p/${id}/edit`);
	const shown = fieldsOf(form.body);
	equal([shown.title, shown.body, shown.tags], ["A titel with a fault", "First sentence.\n\nSecond sentence.", "old"], "the form shows what is there");
	const bad = await b.post(`/p/${id}/edit`, { title: "short", body: "kept text", tags: "kept-tag", reason: "kept reason" });
	equal(bad.status, 422);
	const kept = fieldsOf(bad.body);
	equal([kept.title, kept.body, kept.tags, kept.reason], ["short", "kept text", "kept-tag", "kept reason"], "what was typed");
	equal((await b.post(`/p/${id}/edit`, { title: "A title without a fault", body: "First sentence.\n\nAnother sentence.", tags: "new", reason: "spelling of <titel>" })).status, 303);
	equal((await b.post(`/p/${id}/edit`, { title: "A title without a fault", body: "First sentence.\n\nAnother sentence.\n\nPostscript.", tags: "new", reason: "postscript" })).status, 303);
	const page = (await get(`/t/${t.id}/x`)).body;
	check(page.includes("A title without a fault") && page.includes("Another sentence") && !page.includes("Second sentence") && page.includes('href="/tag/new"') && !page.includes('href="/tag/old"'), "the page");
	check((await get("/search?q=postscript")).body.includes("A title without a fault"), "found by the new words");
	check(!(await get("/search?q=%22Second%20sentence%22")).body.includes("A title without a fault"), "not found by the old words");
	const history = (await get(`/p/${id}/history`)).body, sections = history.match(/<section class="revision"[\s\S]*?<\/section>/g) ?? [];
	const diffOf = (reason) => { const s = sections.filter((x) => unescapeHtml(x).includes(reason)); equal(s.length, 1, `sections with the reason "${reason}"`); return s[0]; };
	const first = diffOf("spelling of <titel>"), second = diffOf("postscript");
	check(/<del>[^<]*Second/.test(first) && /<ins>[^<]*Another/.test(first), `the first edit: ${short(first, 600)}`);
	check(/<ins>[^<]*Postscript/.test(second) && !/<del>[^<]*Second/.test(second), `the second edit: ${short(second, 600)}`);
	check(sections.findIndex((s) => s === second) < sections.findIndex((s) => s === first), "newest first");
});

await test("forms/two-edits-at-once-lose-nothing", async () => {
	const t = await newTopic("Edited by two at a time", "Original."), id = await openingOf(t.id);
	const a = new Browser(port), b = boss;
	await a.post("/sign-in", { handle: "author", password: lastLine(hearthOk("user", "passwd", "author", "--keep-tokens", "--data", dir)) });
	const hidden = (body) => Object.fromEntries([...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
	const formA = hidden((await a.get(`/p/${id}/edit`)).body), formB = hidden((await b.get(`/p/${id}/edit`)).body);
	equal((await a.post(`/p/${id}/edit`, { ...formA, title: "Edited by two at a time", body: "Text of the author.", tags: "" })).status, 303);
	const late = await b.post(`/p/${id}/edit`, { ...formB, title: "Edited by two at a time", body: "Text of the helper.", tags: "" });
	equal(late.status, 409, "the second, who never saw the first one's text; status");
	check(late.body.includes("Text of the helper."), "what was typed is there");
});

await test("forms/accept-and-unaccept", async () => {
	const t = await newTopic("Which one is the solution?"), one = await newAnswer(t.id, "one", api(port, token)), two = await newAnswer(t.id, "two", api(port, token));
	equal((await ann.post(`/p/${one}/accept`, { accepted: "1" })).status, 403, "by a stranger");
	for (const [id, on] of [[one, true], [two, true], [two, false]]) {
		equal((await boss.post(`/p/${id}/accept`, { accepted: on ? "1" : "0" })).status, 303);
		const page = (await get(`/t/${t.id}/x`)).body;
		equal(page.includes(`post-solution" id="p-${id}"`), on, `solution ${id} on the page`);
		equal((page.match(/post-solution"/g) ?? []).length, on ? 1 : 0, "solutions");
		equal((await get("/search?q=solution&state=solved")).body.includes("Which one is"), on, "found among the solved");
	}
});

await test("forms/vote", async () => {
	const id = await newAnswer(topic.id, "an answer to vote on");
	const vote = async (b, value, headers) => b.post(`/p/${id}/vote`, { value }, headers);
	equal((await vote(ann, "1", { "HX-Request": "true" })).body.trim(), "1", "a script gets the score");
	equal((await vote(ben, "1")).status, 303);
	equal((await vote(ben, "-1", { "HX-Request": "true" })).body.trim(), "0");
	equal((await vote(ben, "0", { "HX-Request": "true" })).body.trim(), "1");
	equal((await vote(ben, "5")).status, 422);
	const mine = (await ann.follow(await ann.post(`/t/${topic.id}/answer`, { body: "my own" }))).body, own = [...mine.matchAll(/id="p-([0-9a-z]+)"/g)].pop()[1];
	equal((await ann.post(`/p/${own}/vote`, { value: "1" })).status, 403, "one's own post");
	check(!mine.includes(`action="/p/${own}/vote"`), "no form for it either");
});

await test("forms/same-here", async () => {
	const on = async (b, v) => equal((await b.post(`/t/${topic.id}/same`, { on: v })).status, 303);
	await on(ann, "1");
	await on(ann, "1");
	await on(ben, "1");
	check((await get(`/t/${topic.id}/x`)).body.includes("2 have the same problem"), "counted once per member");
	await on(ben, "0");
	check((await get(`/t/${topic.id}/x`)).body.includes("1 has the same problem"), "taken back");
});

await test("forms/guest-solved-me-counts-once-per-browser", async () => {
	const t = await newTopic("Does this help guests?");
	const a = await newAnswer(t.id, "yes");
	await author.post(`/api/v1/posts/${a}/accept`, { accepted: true });
	const one = new Browser(port), two = new Browser(port), facts = await settledStats(dir);
	check((await one.get(`/t/${t.id}/x`)).body.includes(`action="/t/${t.id}/solved-me"`), "the button is there");
	for (const b of [one, one, two, one]) equal((await b.post(`/t/${t.id}/solved-me`)).status, 303);
	check((await get(`/t/${t.id}/x`)).body.includes("helped 2 visitors"), "two browsers");
	equal(stats().facts, facts.facts + 2, "facts");
	equal(stats().votes, facts.votes, "votes");
});

await test("forms/report-and-close-it", async () => {
	const id = await newAnswer(topic.id, "a post to report");
	equal((await ben.get(`/p/${id}/report`)).status, 200);
	const r = await ben.post(`/p/${id}/report`, { why: "3", note: "rude & <b>loud</b>" });
	equal(r.status, 303);
	const list = await boss.get("/reports");
	check(list.body.includes("rude &amp; &lt;b&gt;loud&lt;/b&gt;") && list.body.includes(`/p/${id}`), "the report is on the list");
	equal((await ben.post(`/p/${id}/report`, { why: "9", note: "" })).status, 422);
	const again = await ben.follow(await ben.post(`/p/${id}/report`, { why: "3", note: "again" }));
	check(again.body.includes("is with the moderators already") && (await ben.get(`/p/${id}/report`)).body.includes("is with the moderators already"), "a second press");
	check(!(await boss.get("/reports")).body.includes("again"), "one report");
	const report = /\/reports\/([0-9a-z]+)\/close/.exec(list.body)[1];
	equal((await boss.post(`/reports/${report}/close`)).status, 303);
	check(!(await boss.get("/reports")).body.includes("rude &amp;"), "gone from the list");
});

await test("forms/report-keeps-what-was-typed", async () => {
	const r = await ben.post(`/p/${opening}/report`, { why: "1", note: `start ${"x".repeat(1000)} end` });
	equal(r.status, 422);
	check(r.body.includes(`start ${"x".repeat(1000)} end`), "what was typed is there");
});

await test("forms/report-tells-that-it-was-sent", async () => {
	const r = await ben.follow(await ben.post(`/p/${opening}/report`, { why: "1", note: "" }));
	check(/role="status"|class="note|class="toast/.test(r.body), "nothing on the page tells that the report was sent");
});

await test("forms/delete", async () => {
	const t = await newTopic("A topic that will be deleted", "with a unicorn word: quokkas", "lab", "doomed"), id = await newAnswer(t.id, "an answer about wombats");
	const b = await ann.follow(await ann.post(`/t/${t.id}/answer`, { body: "my own answer about numbats" })), own = [...b.body.matchAll(/id="p-([0-9a-z]+)"/g)].pop()[1];
	equal((await ann.post(`/p/${own}/delete`, { deleted: "1" })).status, 303, "one's own answer");
	check(!(await get(`/t/${t.id}/x`)).body.includes("numbats"), "gone from the page");
	check(!(await get("/search?q=numbats")).body.includes(`/t/${t.id}/`), "gone from the search");
	for (const path of [`/p/${own}`, `/p/${own}/history`, `/api/v1/posts/${own}`]) equal((await get(path)).status, 404, path);
	equal((await ann.get(`/p/${own}/edit`)).status, 404, "its edit form");
	equal((await boss.post(`/p/${await openingOf(t.id)}/delete`, { deleted: "1" })).status, 303, "the topic");
	for (const path of [`/t/${t.id}`, `/t/${t.id}/x`, `/p/${id}`, `/p/${id}/history`, `/t/${t.id}/feed.atom`, `/api/v1/topics/${t.id}`, `/api/v1/topics/${t.id}/posts`]) equal((await get(path)).status, 404, path);
	for (const path of ["/", "/s/lab", "/tag/doomed", "/search?q=quokkas", "/search?q=wombats", "/m/author", "/sitemap-topics.xml", "/feed.atom", "/s/lab/feed.atom"]) {
		const page = await get(path);
		check(!page.body.includes(t.id), `${path} still leads to it`);
	}
	check(!/>doomed</.test((await get("/tags")).body), "its tag");
});

// --- reading ------------------------------------------------------------------------------------------------------------

const odd = await newTopic("Ampersands & <angles> \"quotes\" 'n ]]> \ufffe\uffff more", "Text with & < > ]]> \u{1F525} and control \u0001\u000b\u001b\ufffe characters.", "help", "a&b <c>");

await test("read/feeds-are-well-formed", async () => {
	for (const path of ["/feed.atom", "/s/help/feed.atom", "/tag/forms/feed.atom", `/t/${topic.id}/feed.atom`, `/t/${odd.id}/feed.atom`]) {
		const r = await get(path);
		equal(r.status, 200, path);
		check(/^application\/atom\+xml/.test(r.headers["content-type"]), `${path}: ${r.headers["content-type"]}`);
		const doc = wellFormed(r.body);
		equal(doc.name, "feed", path);
		const ids = doc.all("id").map((e) => e.text);
		equal(new Set(ids).size, ids.length, `${path}: ids are unique`);
		check(doc.all("entry").length > 0, `${path} has no entry`);
		for (const e of doc.all("entry"))
			for (const part of ["id", "title", "updated", "author"]) check(e.all(part).length === 1, `${path}: an entry has ${e.all(part).length} ${part}`);
		for (const u of doc.all("updated")) check(!Number.isNaN(Date.parse(u.text)), u.text);
	}
	equal((await get("/s/nowhere/feed.atom")).status, 404);
});

await test("read/feeds-keep-the-ids-of-what-is-edited", async () => {
	const t = await newTopic("A title that will be another one"), post = await openingOf(t.id);
	const ids = async (path) => wellFormed((await get(path)).body).all("entry").map((e) => e.all("id")[0].text).filter((id) => id.includes(t.id) || id.includes(post));
	const before = [await ids("/feed.atom"), await ids(`/t/${t.id}/feed.atom`)];
	equal((await boss.post(`/p/${post}/edit`, { title: "Another title than the first one", body: "Edited.", tags: "" })).status, 303);
	check((await get("/feed.atom")).body.includes("/another-title-than-the-first-one"), "the feed has the new address");
	equal([await ids("/feed.atom"), await ids(`/t/${t.id}/feed.atom`)], before, "the ids");
	for (const id of before.flat()) check([200, 301, 302, 303].includes((await get(new URL(id).pathname)).status), id);
	for (const [path, page] of [["/feed.atom", "/"], ["/s/help/feed.atom", "/s/help"], [`/t/${t.id}/feed.atom`, `/t/${t.id}/another-title-than-the-first-one`]])
		equal(new URL(wellFormed((await get(path)).body).all("link").find((l) => l.attributes.rel === "alternate").attributes.href).pathname, page, path);
});

await test("read/sitemap", async () => {
	const index = wellFormed((await get("/sitemap.xml")).body);
	equal(index.name, "sitemapindex");
	const urls = [];
	for (const loc of index.all("loc")) {
		const page = wellFormed((await get(new URL(loc.text).pathname + new URL(loc.text).search)).body);
		equal(page.name, "urlset");
		urls.push(...page.all("loc").map((e) => e.text));
	}
	equal(new Set(urls).size, urls.length, "addresses are unique");
	check(urls.some((u) => u.includes(`/t/${topic.id}/`)), "the topic is in it");
	equal((await get(new URL(urls[0]).pathname)).status, 200, urls[0]);
	check((await get("/sitemap-topics.xml?after=nonsense!")).status === 404, "a page that is none");
});

await test("read/robots", async () => {
	const r = await get("/robots.txt");
	equal(r.status, 200);
	check(/^text\/plain/.test(r.headers["content-type"]), r.headers["content-type"]);
	check(/^User-agent: \*/m.test(r.body) && new RegExp(`^Sitemap: ${server.url}/sitemap.xml`, "m").test(r.body), r.body);
	for (const path of ["/", "/s/help", topic.url, "/tags", "/members", "/m/ann"])
		for (const m of r.body.matchAll(/^Disallow: (\S+)/gm)) check(!path.startsWith(m[1]), `${path} is shut out by ${m[1]}`);
});

// What schema.org and the search engines ask of each type.
function checkLd(d) {
	const has = (o, ...names) => { for (const n of names) check(o?.[n] !== undefined && o[n] !== "", `${d["@type"]}: ${n} is missing in ${short(JSON.stringify(o))}`); };
	const date = (s) => check(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(s), `${d["@type"]}: no date: ${s}`);
	const person = (p) => { equal(p?.["@type"], "Person", "author"); has(p, "name"); };
	equal(d["@context"], "https://schema.org");
	const e = d.mainEntity;
	if (d["@type"] === "ProfilePage") return void (date(d.dateCreated), person(e));
	if (d["@type"] === "DiscussionForumPosting") return void (has(d, "headline", "text"), date(d.datePublished), person(d.author));
	equal([d["@type"], e["@type"]], ["QAPage", "Question"], "types");
	has(e, "name", "text");
	date(e.dateCreated);
	person(e.author);
	check(Number.isInteger(e.answerCount) && Number.isInteger(e.upvoteCount), "numbers");
	const answers = [e.acceptedAnswer, e.suggestedAnswer].filter(Boolean);
	equal(answers.length, e.answerCount ? 1 : 0, "answers shown of a question that has some");
	for (const x of answers) {
		equal(x["@type"], "Answer");
		has(x, "text", "url");
		date(x.dateCreated);
		person(x.author);
		check(Number.isInteger(x.upvoteCount) && x.url.startsWith(`${server.url}/p/`), short(JSON.stringify(x)));
	}
}
const ldOf = (body) => [...body.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map((m) => JSON.parse(m[1]));

await test("read/canonical-and-json-ld", async () => {
	const id = await newAnswer(topic.id, 'The </script><script>alert(1)</script> "solution" \u2028.');
	await author.post(`/api/v1/posts/${id}/accept`, { accepted: true });
	hearthOk("space", "create", "--data", dir, "talk", "Talk", "--kind", "discussion");
	const open = await newTopic("Nobody knows the solution yet"), none = await newTopic("Nobody answered this one"), talk = await newTopic("Let us talk about it", "Let us.", "talk");
	await newAnswer(open.id, "A first try.");
	const best = await newAnswer(open.id, "A better try.");
	equal((await ann.post(`/p/${best}/vote`, { value: "1" })).status, 303, "kudos");
	const want = { [topic.url]: "QAPage", [open.url]: "QAPage", [none.url]: "QAPage", [talk.url]: "DiscussionForumPosting", "/m/author": "ProfilePage" }, got = {};
	for (const [path, type] of Object.entries(want)) {
		const r = await get(`${path}?utm=x`), link = [...r.body.matchAll(/<link rel="canonical" href="([^"]+)"/g)];
		equal(link.map((m) => m[1]), [server.url + path], `canonical of ${path}`);
		const blocks = ldOf(r.body);
		equal(blocks.map((b) => b["@type"]), [type], path);
		checkLd(blocks[0]);
		got[path] = blocks[0].mainEntity;
	}
	check(got[topic.url].acceptedAnswer.text.includes("alert(1)"), "the solution's text");
	equal(got[open.url].suggestedAnswer.text, "A better try.", "the answer with most kudos");
	for (const path of ["/sign-in", "/sign-up", "/search?q=x"]) check((await get(path)).body.includes('name="robots" content="noindex"'), `${path} is not for indexes`);
	equal((await get(`/t/${topic.id}`)).status, 301, "the short address");
});

await test("read/pages-for-indexes-describe-themselves", async () => {
	const said = {};
	for (const path of ["/", "/s/help", "/s/lab", topic.url, "/tags", "/tag/forms", "/members", "/m/ann"]) {
		const all = [...(await get(path)).body.matchAll(/<meta name="description" content="([^"]+)">/g)].map((m) => m[1]);
		check(all.length === 1 && all[0].length >= 10, `${path}: ${all}`);
		said[path] = all[0];
	}
	check(said["/m/ann"].includes("ann") && said["/tags"] !== said["/tag/forms"], JSON.stringify(said));
});

await test("read/wrong-slug-leads-to-the-right-one", async () => {
	const r = await get(`/t/${topic.id}/some-other-words`);
	check(r.status === 301 || r.body.includes(`rel="canonical" href="${server.url}${topic.url}"`), "neither redirect nor canonical link");
});

await test("read/head", async () => {
	for (const path of ["/", topic.url, "/feed.atom", "/robots.txt", "/nothing-here", "/healthz", "/api/v1/spaces"]) {
		const g = await get(path), h = await request(port, "HEAD", path);
		equal([h.status, h.body, h.headers["content-type"]], [g.status, "", g.headers["content-type"]], path);
		check(h.headers["content-length"] === undefined || g.headers["content-length"] === undefined || Math.abs(h.headers["content-length"] - g.headers["content-length"]) < 200, `${path}: length ${h.headers["content-length"]}, not ${g.headers["content-length"]}`);
	}
});

await test("read/head-first-leaves-the-page-as-it-is", async () => {
	for (const path of ["/tags?from=head", "/sign-in?next=%2Ftags"]) {
		const h = await request(port, "HEAD", path), g = await get(path);
		equal(h.headers["content-length"], String(g.bytes.length), `${path}: the length`);
		check(g.body.includes(`/sign-in?next=${encodeURIComponent(path)}"`), `${path}: whoever signs in comes back to it`);
	}
	equal((await request(port, "HEAD", "/settings")).headers.location, "/sign-in?next=%2Fsettings", "sent to sign in");
});

await test("read/etag-and-304", async () => {
	for (const path of ["/", topic.url, "/feed.atom", "/api/v1/spaces"]) {
		await get(path);
		const r = await get(path); // from the cache, if it needs a second time
		check(r.headers.etag, `${path} has no ETag`);
		const again = await get(path, { "If-None-Match": r.headers.etag });
		equal([again.status, again.body], [304, ""], path);
		equal((await get(path, { "If-None-Match": '"other"' })).status, 200, path);
	}
	const asset = /href="(\/[^"]+\.css[^"]*)"/.exec((await get("/")).body)[1], css = await get(asset);
	check(/immutable|max-age=\d{6,}/.test(css.headers["cache-control"] ?? ""), `${asset}: ${css.headers["cache-control"]}`);
});

await test("read/etag-the-first-time", async () => {
	const path = "/tags?first-time"; // nobody asked for it yet
	check((await get(path)).headers.etag, "the first reply has no ETag");
});

await test("read/encodings", async () => {
	const { brotliDecompressSync, gunzipSync } = await import("node:zlib");
	const still = (html) => html.replace(/\d+ views?/, ""); // each coding is cached by itself, and views go on
	for (const [name, decode] of [["gzip", gunzipSync], ["br", brotliDecompressSync]])
		for (let i = 0; i < 2; i++) {
			const plain = (await get(topic.url)).body, r = await get(topic.url, { "Accept-Encoding": name });
			equal(r.headers["content-encoding"], name);
			check(/accept-encoding/i.test(r.headers.vary), `Vary: ${r.headers.vary}`);
			equal(still(decode(r.bytes).toString("utf8")), still(plain), name);
		}
	equal((await get(topic.url, { "Accept-Encoding": "gzip;q=0, br;q=0" })).headers["content-encoding"], undefined, "refused codings");
});

await test("read/not-found-page", async () => {
	for (const path of ["/nothing-here", "/s/nowhere", "/tag/nothing-has-this-tag", "/m/nobody-here", "/t/zzzzzzzzzzz/x", "/t/!/x", "/p/zzzzzzzzzzz", "/origin/stackexchange/1", "/s/", "/t/", "/s/help/", "//", "/a/b/c/d/e/f/g/h/i/j"]) {
		const r = await get(path);
		equal(r.status, 404, path);
		check(/^text\/html/.test(r.headers["content-type"]) && r.body.includes("</html>") && r.body.includes('href="/"'), `${path}: no page`);
	}
});

await test("read/security-headers", async () => {
	for (const path of ["/", topic.url, "/nothing-here", "/sign-in", "/feed.atom", "/api/v1/spaces"]) {
		const h = (await get(path)).headers, csp = h["content-security-policy"] ?? "";
		check(/script-src 'self'(;|$)/.test(csp) && /default-src 'none'/.test(csp) && /base-uri 'none'/.test(csp) && /frame-ancestors 'none'/.test(csp) && /form-action 'self'/.test(csp), `${path}: ${csp}`);
		equal(h["x-content-type-options"], "nosniff", path);
	}
});

await test("read/health-and-metrics", async () => {
	equal([(await get("/healthz")).status, (await get("/healthz")).body], [200, "ok\n"]);
	const m = await get("/metrics");
	equal(m.status, 200);
	for (const line of m.body.trim().split("\n")) check(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)*\})? -?[\d.e+]+)$/.test(line), `no Prometheus line: ${line}`);
	const value = (name) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(m.body)?.[1]);
	check(value("hearth_http_requests_total") > 100 && value("hearth_store_commits_total") > 10, "the counters count");
	check(/route="\/t\/\{topic:id\}\/\{slug\}"/.test(m.body), "requests by route");
});

await test("read/path-traversal", async () => {
	for (const path of ["/../../etc/passwd", "/..%2f..%2fetc/passwd", "/assets/../../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc%5cpasswd", "/s/..%2f..%2fsites%2fmain.db", "/sites/main.db", "/assets/", "/assets/%00", "/%2e%2e/", "/s/%00", "/s/%ff%fe", "/s/help%00.atom", "/.git/config"]) {
		const r = await get(path);
		check([400, 404, 301, 302].includes(r.status) && !/root:x:|SQLite format/.test(r.body), `${path}: ${r.status}`);
	}
});

await test("read/lists-and-filters", async () => {
	for (const path of ["/", "/s/help", "/s/lab", "/s/help?show=newest", "/s/help?filter=unanswered", "/tags", "/tag/forms", "/members", "/m/ann", "/m/ANN", "/search", "/search?q=form&sort=newest&state=solved&space=help&tag=forms&by=author", "/search?q=form&space=nowhere", "/members?after=1.zzz", "/?after=x", "/tags?after=%00", "/m/ann?after=-1"]) {
		const r = await get(path);
		check([200, 301, 400, 404, 422].includes(r.status), `${path}: ${r.status}`);
		if (!/after=|nowhere/.test(path)) check([200, 301].includes(r.status), `${path}: ${r.status}`);
	}
	const tabs = [...(await get("/s/help")).body.matchAll(/<a href="(\/s\/help[^"]*)"/g)].map((m) => unescapeHtml(m[1]));
	check(tabs.length >= 5, "filters of a space");
	for (const path of tabs) equal((await get(path)).status, 200, path);
});

await test("read/a-space-by-tag", async () => {
	const here = await newTopic("A tagged one in the laboratory", "x", "lab", "beaker c++"), there = await newTopic("A tagged one in help", "x", "help", "beaker");
	for (let i = 0; i < 22; i++) await newTopic(`Another beaker ${i}`, "x", "lab", "beaker");
	const first = await get("/s/lab/tag/beaker"), second = await get(unescapeHtml(/<a class="btn" href="([^"]+)" rel="next"/.exec(first.body)[1]));
	const titles = [first, second].flatMap((r) => [...r.body.matchAll(/class="row-title"><a href="\/t\/([0-9a-z]+)\//g)].map((m) => m[1]));
	equal([titles.length, new Set(titles).size, titles.includes(here.id), titles.includes(there.id)], [23, 23, true, false], "topics of the space with the tag");
	check(first.body.includes('href="/tag/beaker"'), "the way to all spaces");
	check((await get("/s/lab")).body.includes('href="/s/lab/tag/beaker"'), "tags in a space's list lead to it");
	check((await get("/s/lab/tag/c%2B%2B")).body.includes(here.id), "a tag with signs");
	equal((await get("/s/help/tag/forms")).status, 200);
	for (const path of ["/s/nowhere/tag/beaker", "/s/lab/tag/nothing-has-this"]) equal((await get(path)).status, 404, path);
});

await test("read/space-pages", async () => {
	for (let i = 0; i < 45; i++) await newTopic(`One of many topics, number ${i}`, "x", "lab");
	for (const start of ["/s/lab", ...[...(await get("/s/lab")).body.matchAll(/<nav class="tabs"[\s\S]*?<\/nav>/g)].flatMap((n) => [...n[0].matchAll(/href="([^"]+)"/g)].map((m) => unescapeHtml(m[1]))), "/"]) {
		const seen = [];
		let path = start;
		for (let i = 0; path && i < 20; i++) {
			const page = await get(path);
			equal(page.status, 200, path);
			seen.push(...[...page.body.matchAll(/class="row-title"><a href="\/t\/([0-9a-z]+)\//g)].map((m) => m[1]));
			path = unescapeHtml(/<a class="btn" href="([^"]+)" rel="next"/.exec(page.body)?.[1] ?? "");
		}
		equal(new Set(seen).size, seen.length, `${start}: a topic came twice`);
		if (start === "/s/lab") check(seen.length >= 45, `${start}: only ${seen.length} topics`);
	}
});

// --- the page cache -----------------------------------------------------------------------------------------------------

await test("cache/shows-no-members-page-to-a-guest", async () => {
	for (const path of ["/", topic.url, "/members", "/tags", "/s/help", "/m/ann", "/search?q=forms"]) {
		for (let i = 0; i < 3; i++) {
			const own = await ann.get(path), guest = await get(path);
			check(own.body.includes("/settings") && /private|no-store/.test(own.headers["cache-control"]), `${path}: the member's page (${own.headers["cache-control"]})`);
			check(!guest.body.includes("/settings") && !guest.body.includes(ann.csrf) && guest.body.includes("/sign-in"), `${path}: a guest sees the member's page`);
			check(/cookie/i.test(own.headers.vary ?? "") && /cookie/i.test(guest.headers.vary ?? ""), `${path}: Vary`);
		}
		const stale = await get(path, { Cookie: "hearth_session=nonsense" });
		check(stale.status === 200 && !stale.body.includes("/settings"), `${path} with a session that is none`);
	}
});

await test("cache/a-post-is-visible-to-a-guest-at-once", async () => {
	const t = await newTopic("Visible to guests at once?");
	for (let i = 0; i < 40; i++) {
		await get(t.url);
		const word = `needle${i}`;
		await newAnswer(t.id, word);
		const [page, feed] = await Promise.all([get(t.url), get(`/t/${t.id}/feed.atom`)]);
		if (i < 20) check(page.body.includes(word), `answer ${i + 1} is not on the page`);
		check(page.body.includes(`${i + 1} answer`), `the page does not count answer ${i + 1}`);
		check(feed.status === 200, "feed");
	}
});

await test("cache/keeps-hosts-and-themes-apart", async () => {
	const a = await get(topic.url, { Host: "a.example" }), b = await get(topic.url, { Host: "b.example" });
	check(a.body.includes("http://a.example/") && !b.body.includes("a.example"), "canonical links of another host");
	const dark = await get(topic.url, { Cookie: "hearth_theme=dark" }), light = await get(topic.url, { Cookie: "hearth_theme=light" }), none = await get(topic.url);
	check(dark.body.includes('data-theme="dark"') && light.body.includes('data-theme="light"') && !none.body.includes("data-theme="), "themes");
});

await test("cache/theme-form", async () => {
	const b = new Browser(port), r = await b.post("/theme", { theme: "dark", next: topic.url });
	equal([r.status, r.headers.location], [303, topic.url]);
	check((await b.get("/")).body.includes('<html lang="en" data-theme="dark"'), "dark");
	await b.post("/theme", { theme: "system", next: "/" });
	check(!(await b.get("/")).body.includes("data-theme="), "as the system");
});

await test("forms/settings-hold-for-every-page-at-once", async () => {
	equal((await ben.get("/admin/settings")).status, 403);
	const r = await boss.post("/admin/settings/site", { "site.description": "Help among <neighbours>", "site.licence": "CC BY 4.0" });
	equal([r.status, r.headers.location], [303, "/admin/settings?saved=site#site"]);
	check((await boss.get("/admin/settings?saved=site")).body.includes('value="Help among &lt;neighbours&gt;"'), "shown at once");
	let home = "";
	for (let i = 0; i < 20 && !home.includes("CC BY 4.0."); i++) {
		await new Promise((done) => { setTimeout(done, 100); });
		home = (await get("/")).body; // a guest's, from the page cache
	}
	check(home.includes("CC BY 4.0.") && home.includes('content="Help among &lt;neighbours&gt;"'), "in force within two seconds");
	check(/site\.licence: "" -> "CC BY 4\.0"/.test(hearthOk("audit", "--data", dir)), "in the audit list");
	const bad = await boss.post("/admin/settings/members", { "members.session_days": "0", "members.sign_up": "off" });
	check(bad.status === 422 && bad.body.includes('value="0"') && (await get("/sign-up")).body.includes('name="handle"'), "all or nothing");
});

await test("forms/nothing-was-logged-as-an-error", () => { check(!/"level":"error"|BUG |runtime error|AddressSanitizer/i.test(server.log), short(server.log, 3000)); });

await test("forms/ends-well", async () => {
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});

// --- rate limits --------------------------------------------------------------------------------------------------------

const limited = await serve(dir);
const burst = async (n, send) => {
	for (let i = 0; i < n; i++) {
		const r = await send(i);
		if (r.status === 429) return { after: i, reply: r };
		check(r.status < 500, `${r.status}`);
	}
	return null;
};

await test("limits/sign-in", async () => {
	const hit = await burst(20, (i) => new Browser(limited.port).post("/sign-in", { handle: `name-${i}`, password: "guess" }));
	check(hit && hit.after >= 5, `guessing passwords: ${hit ? `refused after ${hit.after}` : "never refused"}`);
	check(/^\d+$/.test(hit.reply.headers["retry-after"] ?? ""), `Retry-After: ${hit.reply.headers["retry-after"]}`);
	check(hit.reply.body.includes("</html>"), "a page says so");
});

await test("limits/retry-after-is-true", async () => {
	const hit = await burst(20, (i) => new Browser(limited.port).post("/sign-in", { handle: `name-${i}`, password: "guess" }));
	const seconds = Number(hit.reply.headers["retry-after"]), said = Number(/again in (\d+) second/.exec(hit.reply.body)?.[1] ?? seconds);
	equal(seconds, said, "Retry-After and what the page says");
	await new Promise((r) => { setTimeout(r, Math.min(seconds, 15) * 1000 + 50); });
	check((await new Browser(limited.port).post("/sign-in", { handle: "another", password: "guess" })).status !== 429, `still refused after the ${seconds} s that Retry-After says`);
});

await test("limits/api-writes", async () => {
	const who = api(limited.port, token);
	const hit = await burst(60, (i) => who.post(`/api/v1/topics/${topic.id}/posts`, { body: `quick ${i}` }));
	check(hit && hit.after >= 20, `posting: ${hit ? `refused after ${hit.after}` : "never refused"}`);
	check(/problem\+json/.test(hit.reply.headers["content-type"]) && hit.reply.headers["retry-after"], "problem+json with Retry-After");
});

await test("limits/reading-is-not-limited", async () => { equal(await burst(300, () => request(limited.port, "GET", topic.url)), null); });
await limited.stop();
done();
