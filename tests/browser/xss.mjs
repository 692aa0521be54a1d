// SPDX-License-Identifier: AGPL-3.0-or-later
// Hostile strings in every field that a person controls, read back on every page that shows them, in a Chromium whose
// content policy is switched off: only escaping and sanitising stand between them and a running script. After each page:
// nothing ran, no dialog, no on… attribute, no javascript: address, no element or attribute that our templates do not make.
import { Browser, api, check, community, done, equal, hearthOk, lastLine, launch, listen, serve, short, signedIn, site, test } from "./lib.mjs";

const RUN = "window.__xss=1", MARKUP = [
	`<script>${RUN}</script>`,
	`</title><script>${RUN}</script>`,
	`</textarea></script></style><script>${RUN}</script>`,
	`"><img src=x onerror="${RUN}">`,
	`'><img src=x onerror='${RUN}'>`,
	`" onmouseover="${RUN}" autofocus onfocus="${RUN}" x="`,
	`' onmouseover='${RUN}' autofocus onfocus='${RUN}' x='`,
	`\` onmouseover=${RUN} x=\``,
	`<svg/onload=${RUN}>`,
	`<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
	`<iframe srcdoc="<script>parent.${RUN.slice(7)}</script>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${RUN}>">`,
	`<details open ontoggle=${RUN}><summary>x</summary></details>`,
	`<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">`,
	`<form action="https://evil.example/"><input name=csrf><button formaction="javascript:${RUN}">`,
	`<a href="javascript:${RUN}">press</a><object data="javascript:${RUN}"></object><embed src="javascript:${RUN}">`,
	`{{constructor.constructor('${RUN}')()}} \${${RUN}} <%=${RUN}%>`,
	`&lt;img src=x onerror=${RUN}&gt; &#60;script&#62;${RUN}&#60;/script&#62; &amp;lt;script&amp;gt;`,
	`\u003cscript\u003e${RUN}\u003c/script\u003e \\u003cscript\\u003e]]><!--`,
	`<!--><img src=x onerror=${RUN}>--> <![CDATA[<img src=x onerror=${RUN}>]]>`,
	`<img src=x onerror=${RUN}//`,
	`\u2028\u2029\u202e<x onclick=${RUN} style="position:fixed;inset:0">\u0085`,
];
const MARKDOWN = [
	`[press](javascript:${RUN}) [press](JaVaScRiPt:${RUN}) [press](java&#115;cript:${RUN}) [press](javascript&colon;${RUN})`,
	`[press](&#x6A;avascript:${RUN}) [press](%6Aavascript:${RUN}) [press](<java\tscript:${RUN}>) [press](\u0001javascript:${RUN})`,
	`<javascript:${RUN}> <data:text/html,<script>${RUN}</script>> <vbscript:x>`,
	`[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [press](vbscript:x) [press](blob:x) [press](//evil.example)`,
	`![x](x"onerror="${RUN}) ![x" onerror="${RUN}](https://127.0.0.1:1/x) ![x](javascript:${RUN})`,
	`[x](https://e.example "t\\" onmouseover=\\"${RUN}") [x](https://e.example 't\\' onmouseover=\\'${RUN}')`,
	`[x]: javascript:${RUN}\n\n[x] and [y][x]\n\n[z]: https://e.example "\\" onclick=${RUN}"\n\n[z]`,
	`\`\`\`x" onmouseover="${RUN}\n</code></pre><script>${RUN}</script>\n\`\`\``,
	`~~~<script>\n${RUN}\n~~~\n\n    <script>${RUN}</script>`,
	`| a | b |\n|---|---|\n| <script>${RUN}</script> | " onclick=${RUN} |`,
	`https://e.example/"onmouseover="${RUN} www.e.example/<script>${RUN}</script> mailto:x"onclick=${RUN}@e.example`,
	`<div>\n\n*a*\n\n<script>\n${RUN}\n</script>\n\n</div>`,
	`\`<img src=x onerror=${RUN}>\` **<img src=x onerror=${RUN}>** ~~<img src=x onerror=${RUN}>~~`,
	`# <img src=x onerror=${RUN}>\n> <svg onload=${RUN}>\n- <iframe src=javascript:${RUN}>\n1. <object data=javascript:${RUN}>`,
	`\\<script>${RUN}\\</script> <scr<script>ipt>${RUN}</scr</script>ipt>`,
];
const ALL = [...MARKUP, ...MARKDOWN];

const { server, t, dir } = await community("xss");
const browser = await launch();
const open = { bypassCSP: true, baseURL: server.url, viewport: { width: 1280, height: 900 } };
const contexts = { guest: await browser.newContext(open), ada: await signedIn(browser, server, "ada", open), mona: await signedIn(browser, server, "mona", open) };
const pages = {};
for (const [who, context] of Object.entries(contexts)) {
	pages[who] = await context.newPage();
	pages[who].heard = listen(pages[who]);
	pages[who].setDefaultTimeout(10000);
}

// What stands in the page that none of our templates made.
const intruders = (page) => page.evaluate(() => {
	const bad = [], ours = location.origin, add = (e, why) => bad.push(`${why}: ${e.outerHTML.slice(0, 200)}`);
	if (window.__xss) bad.push("a script ran");
	for (const e of document.querySelectorAll("*")) {
		const tag = e.localName;
		if (/^(iframe|object|embed|base|applet|frame|frameset|math|marquee|style|template|portal|x|animate|set|audio|video|source|foreignobject|mglyph)$/i.test(tag)) add(e, "element");
		if (tag === "script" && !(e.type === "application/ld+json" || (e.src.startsWith(`${ours}/assets/`) && !e.textContent))) add(e, "script");
		if (tag === "meta" && e.httpEquiv) add(e, "meta");
		if (tag === "link" && e.rel === "stylesheet" && !e.href.startsWith(ours)) add(e, "link");
		if (tag === "form" && !e.action.startsWith(`${ours}/`)) add(e, "form");
		if (tag === "img" && !/^https:/.test(e.src)) add(e, "image");
		for (const a of e.attributes) {
			if (/^on/i.test(a.name)) add(e, "handler");
			if (/^(style|srcdoc|autofocus|formaction|xlink:href|background|ping)$/i.test(a.name) && !(a.name === "formaction" && /^\/(preview|ask\/similar|ask\/solved\/[0-9a-z]+)$/.test(a.value))) add(e, a.name);
			if (/^(href|src|action|formaction|data|poster|cite)$/i.test(a.name)) {
				let to;
				try { to = new URL(a.value, location.href); } catch { continue; }
				if (!/^(https?|mailto):$/.test(to.protocol)) add(e, "address");
			}
		}
	}
	return bad.slice(0, 3);
});

// Provoke what only runs when it is touched.
const touch = (page) => page.evaluate(() => {
	for (const e of document.querySelectorAll("main *")) {
		if (e.closest("form")) continue;
		for (const type of ["mouseover", "focus", "toggle", "error", "load"]) e.dispatchEvent(new Event(type));
		if (e.localName === "a" && /script:/i.test(e.href)) e.click();
	}
});

let looked = 0;
async function look(who, path, what = path, shows) {
	const page = pages[who];
	page.heard.length = 0;
	const r = await page.goto(path, { waitUntil: "domcontentloaded" });
	await clean(page, `${what} for ${who}`, r.status() < 500 ? null : `status ${r.status()}`);
	if (shows !== undefined) {
		const text = await page.evaluate(() => `${document.body.innerText}\n${[...document.querySelectorAll("input,textarea")].map((e) => e.value).join("\n")}`);
		const squeeze = (s) => s.replace(/[\s\u0000-\u001f\u200b\u2028\u2029\u202e\u0085]+/g, "");
		check(squeeze(text).includes(squeeze(shows)), `${what}: ${short(shows)} is not shown as it was typed`);
	}
}
async function clean(page, what, fault) {
	await touch(page);
	const bad = await intruders(page);
	if (fault) bad.push(fault);
	bad.push(...page.heard.filter((h) => /^(dialog|exception)/.test(h)));
	looked++;
	if (bad.length) throw new Error(`${what}: ${bad.join("\n")}`);
}
const made = async (promise) => { const r = await promise; check(r.status === 201 || r.status === 200, `${r.status} ${short(r.body)}`); return r.json; };
const ada = api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", "ada")));
const posted = { topics: [], posts: [] };

await test("xss/the-detector-detects", async () => {
	const page = await contexts.guest.newPage();
	await page.goto("/");
	for (const html of MARKUP.slice(0, 16).filter((m) => !/^[`'"] on|http-equiv/.test(m))) {
		await page.evaluate((h) => { const d = document.createElement("div"); d.id = "probe"; d.innerHTML = `<div title="${h}">${h}</div>`; document.querySelector("main").append(d); }, html);
		check((await intruders(page)).length > 0, `${html} goes unnoticed`);
		await page.evaluate(() => { document.querySelector("#probe").remove(); });
	}
	await page.evaluate(() => { delete window.__xss; });
	await page.close();
});

await test("xss/handles-are-refused", async () => {
	for (const handle of MARKUP) {
		const b = new Browser(server.port), r = await b.post("/sign-up", { handle, email: "", password: "correct horse battery" });
		check(r.status === 422, `${handle}: ${r.status}`);
	}
});

await test("xss/write-the-corpus", async () => {
	for (const [i, text] of ALL.entries()) {
		const line = text.replace(/\s+/g, " ").slice(0, 200);
		const topic = await made(ada.post("/api/v1/topics", { space: "routers", title: `${i}: ${line}`, body: text, tags: "" }));
		const id = (await made(ada.post(`/api/v1/topics/${topic.id}/posts`, { body: `xssword\n\n${text}` }))).id;
		await made(ada.post(`/api/v1/posts/${id}/comments`, { body: text.slice(0, 1900) }));
		if (i % 4 === 0) await made(ada.post(`/api/v1/posts/${id}/accept`, { accepted: true }));
		posted.topics.push({ ...topic, title: `${i}: ${line}` });
		posted.posts.push(id);
		await ada.post("/api/v1/topics", { space: "routers", title: `tags of ${i} are hostile`, body: "x", tags: text.slice(0, 200) }); // refused or folded
	}
});

await test("xss/topics", async () => { for (const topic of posted.topics) await look("guest", topic.url, topic.title, topic.title); });
await test("xss/topics-of-a-member-and-a-moderator", async () => {
	for (const [i, topic] of posted.topics.entries()) if (i % 2) await look(i % 4 > 1 ? "ada" : "mona", topic.url);
});

await test("xss/lists", async () => {
	const next = () => pages.guest.locator('a[rel="next"]').first().getAttribute("href", { timeout: 1 }).catch(() => null);
	for (const start of ["/", "/s/routers", "/tags", "/m/ada", "/members"]) for (let path = start, n = 0; path && n < 8; n++, path = await next()) await look("guest", path);
	await look("ada", "/");
	await look("ada", "/m/ada");
});

await test("xss/tags", async () => {
	await pages.guest.goto("/tags");
	const hrefs = await pages.guest.locator(".tag-list a.tag").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
	for (const path of hrefs.slice(0, 25)) await look("guest", path);
	for (const text of MARKUP) await look("guest", `/tag/${encodeURIComponent(text)}`, `tag ${text}`);
});

await test("xss/search", async () => {
	for (const [i, text] of ALL.entries()) {
		const q = encodeURIComponent(text.slice(0, 300));
		await look(i % 3 ? "guest" : "ada", `/search?q=${q}`, `q=${text}`, i < MARKUP.length ? text.slice(0, 300).replace(/[\n\t\u0001]/g, " ") : undefined);
		if (i < MARKUP.length) await look("guest", `/search?q=xssword&tag=${q}&by=${q}&space=${q}&state=${q}&sort=${q}&skip=${q}`, `facets ${text}`);
	}
	await look("guest", "/search?q=xssword");
	for (const word of ["script", "img", "onerror", "press", "javascript"]) await look("guest", `/search?q=${word}`);
});

await test("xss/addresses", async () => {
	for (const text of MARKUP) {
		const q = encodeURIComponent(text);
		for (const path of [`/sign-in?next=${q}`, `/sign-up?next=${q}`, `/s/${q}`, `/m/${q}`, `/t/${posted.topics[0].id}/${q}`, `/?${q}`, `/?after=${q}`, `/${q}`]) await look("guest", path);
		await look("ada", `/ask?title=${q}&in=${encodeURIComponent(text.slice(0, 60))}`, `ask?title=${text}`, text);
	}
});

await test("xss/next-leads-nowhere-else", async () => {
	for (const next of ["javascript:window.__xss=1", "//evil.example/", "https://evil.example/", "data:text/html,<script>1</script>", "/\\evil.example", "\tjavascript:window.__xss=1"]) {
		const context = await browser.newContext(open), page = await context.newPage();
		await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
		await page.getByLabel("Name or e-mail").fill("ada");
		await page.getByLabel("Password").fill("correct horse battery");
		await page.locator("main").getByRole("button", { name: "Sign in" }).click();
		await page.waitForURL((u) => u.pathname !== "/sign-in");
		check(page.url().startsWith(`${server.url}/`), `${next} leads to ${page.url()}`);
		equal(await page.evaluate(() => window.__xss), undefined, next);
		await context.close();
	}
});

await test("xss/edits-reasons-and-history", async () => {
	const b = new Browser(server.port);
	await b.post("/sign-in", { handle: "ada", password: "correct horse battery" });
	await b.get("/ask");
	for (const [i, text] of ALL.entries()) {
		const r = await b.post(`/p/${posted.posts[i]}/edit`, { body: `${text}\n\nedited ${text}`, reason: text.slice(0, 250) });
		equal(r.status, 303, short(r.body, 200));
		await look("guest", `/p/${posted.posts[i]}/history`, `history of ${text}`, text.slice(0, 250));
		if (i % 2) await look("ada", `/p/${posted.posts[i]}/edit`, `edit ${text}`, text);
	}
	const id = t.opening;
	for (const text of MARKUP.slice(0, 8)) equal((await b.post(`/p/${id}/edit`, { title: `Title ${text}`, body: "x", tags: "", reason: "title" })).status, 303);
	await look("guest", `/p/${id}/history`, "history of titles");
});

await test("xss/reports", async () => {
	const b = new Browser(server.port);
	await b.post("/sign-in", { handle: "ada", password: "correct horse battery" });
	await b.get("/ask");
	for (const [i, text] of ALL.entries()) equal((await b.post(`/p/${posted.posts[i]}/report`, { why: "3", note: text.slice(0, 900) })).status, 303);
	await look("mona", "/reports", "/reports", MARKUP[0]);
	await look("ada", `/p/${posted.posts[0]}/report`);
});

await test("xss/what-profiles-say", async () => {
	const b = new Browser(server.port);
	await b.post("/sign-in", { handle: "ada", password: "correct horse battery" });
	await b.get("/settings/about");
	for (const text of ALL) {
		equal((await b.post("/settings/about", { body: text.slice(0, 900) })).status, 303);
		await look("guest", "/m/ada");
		await look("ada", "/settings/about");
	}
	await b.post("/m/mona/report", { note: MARKUP.join(" ").slice(0, 900) });
	await look("mona", "/reports", "/reports", MARKUP[0]);
});

await test("xss/token-labels", async () => {
	const b = new Browser(server.port);
	await b.post("/sign-in", { handle: "ada", password: "correct horse battery" });
	await b.get("/settings");
	for (const text of MARKUP) check([200, 422].includes((await b.post("/settings/tokens", { label: text.slice(0, 80) })).status), text);
	await look("ada", "/settings", "/settings", MARKUP[0]);
});

await test("xss/forms-that-are-shown-again", async () => {
	const page = pages.ada, submit = async (path, fields, button, who = "ada") => {
		const p = pages[who];
		p.heard.length = 0;
		await p.goto(path);
		for (const [name, value] of Object.entries(fields)) {
			await p.locator(`main [name="${name}"]:visible`).first().evaluate((e, v) => { e.form.noValidate = true; e.removeAttribute("maxlength"); e.value = v; }, value);
		}
		await Promise.all([p.waitForNavigation(), p.locator("main").getByRole("button", { name: button, exact: true }).first().click()]);
		await clean(p, `${path} shown again with ${JSON.stringify(fields)}`);
	};
	check(page, "a page");
	for (const text of MARKUP.slice(0, 8)) {
		await submit("/ask", { title: "short", body: text, tags: `${text} a b c d e f g` }, "Post question");
		await submit("/sign-up", { handle: text, email: text, password: "short" }, "Make the account", "guest");
		await submit("/sign-in", { handle: text, password: "wrong" }, "Sign in", "guest");
		await submit(`/p/${t.opening}/edit`, { title: text.slice(0, 5), body: text, tags: text, reason: text }, "Save");
	}
});

await test("xss/drafts-and-previews", async () => {
	const b = new Browser(server.port);
	await b.post("/sign-in", { handle: "ada", password: "correct horse battery" });
	await b.get("/ask");
	for (const text of ALL) {
		equal((await b.post("/drafts", { place: "ask", title: text.replace(/\s+/g, " ").slice(0, 250), tags: text.slice(0, 200), body: text })).status, 204);
		await look("ada", "/ask", `draft ${text}`, text);
		const page = pages.ada;
		page.heard.length = 0;
		await page.getByRole("button", { name: "Preview" }).click();
		await page.locator("section.preview").waitFor();
		await page.waitForFunction(() => !document.querySelector("section.preview[aria-busy=true]"));
		await clean(page, `preview of ${text}`);
		await page.getByRole("button", { name: "Preview" }).click();
	}
	await b.post("/drafts", { place: "ask", title: "", tags: "", body: "" });
});

await test("xss/names-of-site-and-spaces", async () => {
	const other = site("hostile", { plain: "Plain" });
	for (const [i, text] of MARKUP.entries()) hearthOk("space", "create", "--data", other.dir, `s-${i}`, text.slice(0, 100));
	const s = await serve(other.dir), context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
	page.heard = listen(page);
	for (const path of ["/", "/search?q=x", ...MARKUP.map((_, i) => `/s/s-${i}`)]) {
		await page.goto(s.url + path);
		await clean(page, path);
	}
	await context.close();
	await s.stop();
});

console.log(`# ${looked} pages looked at`);
await browser.close();
await server.stop();
done();
