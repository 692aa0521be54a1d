// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page in Chromium: axe without violations at 1280 and 390 px, light and dark; no sideways scrolling at 320, 390 and
// 1280 px; a silent console; HTML that html-validate accepts; no first load over 100 KB. With SHOTS=DIR it takes pictures too.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { ROOT, SHOTS, api, check, community, done, equal, hearthOk, lastLine, launch, listen, short, signedIn, test } from "./lib.mjs";

const axe = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate(new StaticConfigLoader(JSON.parse(readFileSync(new URL("htmlvalidate.json", import.meta.url), "utf8"))));

const { dir, server, t, who } = await community("pages");

// Somebody with the longest name there can be, who writes words that nothing can break, from right to left as well.
const LONG = "the_left_hand_of_the_router_cupboard_on_the_second_landing";
const once = lastLine(hearthOk("user", "add", LONG, "--data", dir));
who.long = api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", LONG)));
const word = "donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(2);
t.named = (await who.long.post("/api/v1/topics", { space: "routers", title: `جهاز التوجيه ${word} 😀`, body: `${word}\n\nשלום ${word}`, tags: "tag-of-many-words-that-stand-in-one-line" })).json;
const said = (await who.ben.post(`/api/v1/topics/${t.named.id}/posts`, { body: `Try ${word}.` })).json.id;
await who.long.post(`/api/v1/posts/${said}/accept`, { accepted: true });
await who.long.post(`/api/v1/posts/${said}/comments`, { body: `${word}, thanks` });
t.theirs = (await who.ada.post("/api/v1/topics", { space: "routers", title: "Who has the longest name of all?", body: "Say.", tags: "name" })).json;
const named = (await who.long.post(`/api/v1/topics/${t.theirs.id}/posts`, { body: "I have." })).json.id;
await who.ada.post(`/api/v1/posts/${named}/accept`, { accepted: true });
await who.ada.post(`/api/v1/posts/${named}/vote`, { value: 1 });
const boss = lastLine(hearthOk("user", "passwd", "admin", "--data", dir));
const browser = await launch();
const wide = { viewport: { width: 1280, height: 900 }, bypassCSP: true, baseURL: server.url }; // axe has to be put into the page
const as = {
	guest: await browser.newContext(wide),
	ada: await signedIn(browser, server, "ada", wide),
	mona: await signedIn(browser, server, "mona", wide),
	max: await signedIn(browser, server, "max", wide),
	admin: await signedIn(browser, server, "admin", wide, boss),
	long: await signedIn(browser, server, LONG, wide, once),
};

const submit = (fields, button) => async (page) => {
	for (const [name, value] of Object.entries(fields)) {
		const field = page.locator(`main [name="${name}"]:visible`).first();
		await field.evaluate((e) => { e.form.noValidate = true; });
		await field.fill(value);
	}
	await Promise.all([page.waitForNavigation(), page.locator("main").getByRole("button", { name: button, exact: true }).first().click()]);
};

// name, who, path, then what to do there; {status} other than 200.
const PAGES = [
	["home", "guest", "/"],
	["home-member", "ada", "/"],
	["space", "guest", "/s/cameras"],
	["space-long-words", "guest", "/s/routers"],
	["search-long-words", "guest", `/search?q=${encodeURIComponent(word)}`],
	["profile-long-name", "guest", `/m/${LONG}`],
	["profile-long-name-own", "long", `/m/${LONG}`],
	["why-long-name", "guest", `/m/${LONG}/why`],
	["topic-long-name", "long", t.named.url],
	["space-filtered", "guest", "/s/cameras", { follow: 'nav.tabs a:has-text("Solved")' }],
	["topic-solved", "guest", t.solved.url],
	["topic-solved-member", "ada", t.solved.url, { act: async (page) => { await page.locator("details.more-menu summary").first().click(); } }],
	["topic-unsolved", "guest", t.unsolved.url],
	["topic-unanswered-member", "ada", t.unanswered.url],
	["topic-long", "guest", t.long.url],
	["topic-long-last-page", "guest", `${t.long.url}?from=41`],
	["topic-wide", "guest", t.wide.url, { mayFail: /127\.0\.0\.1:1\/none\.png|ERR_CONNECTION/ }],
	["topic-closed-moderator", "mona", t.closed.url],
	["topic-comment-box", "ada", t.unsolved.url, { act: async (page) => { await page.locator("details.comment-box summary").first().click(); } }],
	["topic-preview", "ada", t.unsolved.url, { act: async (page) => {
		await page.locator("#text").fill("A *preview* of `this`.");
		await page.getByRole("button", { name: "Preview" }).click();
		await page.locator("em:has-text('preview')").waitFor();
	} }],
	["answer-refused", "ada", t.unsolved.url, { act: submit({ body: " " }, "Post answer"), status: 422 }],
	["tags", "guest", "/tags"],
	["space-tag", "guest", "/s/routers/tag/radar"],
	["tag", "guest", "/tag/radar"],
	["search-start", "guest", "/search"],
	["search-results", "guest", "/search?q=radar"],
	["search-none", "guest", "/search?q=zzzzzzzz"],
	["ask", "ada", "/ask"],
	["ask-refused", "ada", "/ask", { act: submit({ title: "short", body: "x", tags: "one two three four five six" }, "Post question"), status: 422 }],
	["ask-similar", "ada", "/ask", { act: async (page) => {
		await page.locator("#title").fill("Radar on the camera, again");
		await page.locator(".suggestion").first().waitFor();
	} }],
	["ask-similar-guest", "guest", "/ask/similar?title=Radar+on+the+camera"],
	["ask-similar-none", "guest", "/ask/similar?title=qwertz+asdfgh+yxcvbn"],
	["ask-who", "mona", `/ask/who/${t.unsolved.id}`],
	["ask-who-unanswered", "max", `/ask/who/${t.unanswered.id}`],
	["asking", "max", "/asking?days=91"],
	["edit", "ada", `/p/${t.opening}/edit`],
	["history", "guest", `/p/${t.opening}/history`],
	["report", "ada", `/p/${t.opening}/report`],
	["reported", "ada", `${t.solved.url}?reported=1`],
	["reported-already", "ada", `${t.solved.url}?reported=already`],
	["reports", "mona", "/reports"],
	["about", "ada", "/settings/about"],
	["about-preview", "ada", "/settings/about", { act: async (page) => {
		await page.locator("#body").fill("I *mend* things.");
		await page.getByRole("button", { name: "Preview" }).click();
		await page.locator("em:has-text('mend')").waitFor();
	} }],
	["about-saved", "ada", "/settings/about", { act: submit({ body: `I *mend* things.\n\n${word}` }, "Save") }],
	["about-refused", "ada", "/settings/about", { act: async (page) => {
		await page.locator("#body").evaluate((e) => { e.removeAttribute("maxlength"); e.value = "x".repeat(2001); });
		await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Save", exact: true }).click()]);
	}, status: 422 }],
	["profile-report", "max", "/m/ada/report"],
	["profile-reported", "max", "/m/ada/report", { act: submit({ note: "A word that is too long" }, "Report") }],
	["profile-moderator", "mona", "/m/ada"],
	["profile-reports", "mona", "/reports"],
	["admin-settings", "admin", "/admin/settings"],
	["admin-settings-saved", "admin", "/admin/settings", { act: submit({ "members.session_days": "31" }, "Save Members") }],
	["admin-settings-refused", "admin", "/admin/settings", { act: submit({ "members.session_days": "a week" }, "Save Members"), status: 422 }],
	["sign-in", "guest", "/sign-in"],
	["sign-in-refused", "guest", "/sign-in", { act: submit({ handle: "ada", password: "wrong" }, "Sign in"), status: 422 }],
	["sign-up", "guest", "/sign-up"],
	["sign-up-refused", "guest", "/sign-up", { act: submit({ handle: "a b", email: "x", password: "short" }, "Make the account"), status: 422 }],
	["members", "guest", "/members"],
	["board", "max", "/board?period=28d&among=everybody"],
	["board-other-days", "max", "/board?period=days&from=2026-01-01&to=2025-01-01&by=kept"],
	["board-credibility", "max", "/board?period=365d&by=credibility&against=year&among=everybody"],
	["board-not-measured", "max", "/board?by=time"],
	["board-empty", "max", "/board?period=last-year"],
	["board-facts", "max", "/board?period=28d&among=everybody&by=content", { follow: "td a[href*='/board/facts']" }],
	["superusers", "max", "/board/superusers"],
	["insight", "max", "/insight"],
	["insight-moderator", "mona", "/insight"],
	["insight-space", "max", "/s/cameras/insight?period=all", { act: async (page) => { await page.locator("details.more summary").first().click(); } }],
	["insight-space-empty", "max", "/s/cameras/insight?period=days&from=2001-01-01&to=2001-01-09"],
	["insight-posts", "max", "/s/cameras/insight/posts?period=all"],
	["insight-posts-none", "max", "/s/cameras/insight/posts?lang=zu"],
	["insight-of", "mona", `/insight/of/${t.opening}`],
	["insight-spam", "mona", "/insight/spam"],
	["insight-corrections", "max", "/insight/corrections"],
	["insight-tag", "max", "/tag/radar/insight"],
	["topic-moderator", "mona", t.solved.url, { act: async (page) => { await page.locator("details.reading summary").first().click(); } }],
	["fairplay", "max", "/board/fairplay"],
	["programme", "max", "/programme"],
	["programme-terms", "max", "/programme/terms"],
	["programme-terms-refused", "max", "/programme/terms", { act: submit({ text: "x", days: "5" }, "Publish the terms"), status: 422 }],
	["programme-me", "ada", "/programme/me"],
	["programme-member", "max", "/m/ben", { follow: "a[href^='/programme/']" }],
	["help", "max", "/help"],
	["profile", "guest", "/m/ben"],
	["why", "guest", "/m/ben/why"],
	["why-member", "ada", "/m/ben/why?f=capped"],
	["why-area", "guest", "/m/ben/why?area=radar"],
	["why-empty", "guest", "/m/admin/why"],
	["why-refused", "ada", "/m/ben/why", { act: submit({ note: "no" }, "Send the objection"), status: 422 }],
	["reputation", "guest", "/reputation"],
	["card", "guest", "/reputation/card?card=x"],
	["my-data", "ada", "/me/data"],
	["profile-empty", "guest", "/m/admin"],
	["profile-own", "ada", "/m/ada"],
	["settings", "ada", "/settings"],
	["settings-new-token", "ada", "/settings", { act: submit({ label: "My script" }, "Make a token") }],
	["rules", "max", "/board/rules"],
	["rules-refused", "max", "/board/rules", { act: submit({ toml: "[ruleset" }, "Try over history"), status: 422 }],
	["rules-checked", "max", "/board/rules", { act: async (page) => {
		await page.locator("#toml").evaluate((e) => { e.value = `${e.value.replace("points = 15", "points = 30")}\n[[rule]]\nid = "chatter"\non = "commented"\nscore = "credibility"\npoints = 5\n`; });
		await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Check" }).click()]);
		await page.locator(".list a[data-line]").first().click();
		equal(await page.evaluate(() => { const e = document.querySelector("#toml"); return e.value.slice(e.selectionStart, e.selectionEnd); }), "[[rule]]", "the line is chosen");
	} }],
	["rules-tried", "max", "/board/rules", { act: async (page) => {
		await page.locator("#toml").evaluate((e) => { e.value = e.value.replace("points = 15", "points = 1"); });
		await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Try over history" }).click()]);
		for (let i = 0; i < 60 && await page.getByRole("link", { name: "Look again" }).count(); i++) {
			await page.waitForTimeout(100);
			await page.reload();
		}
		await page.getByRole("heading", { name: "Who moves" }).waitFor();
	} }],
	["backtest", "max", "/board/backtest"],
	["error-404", "guest", "/nothing-here", { status: 404 }],
	["error-403", "ada", "/reports", { status: 403 }],
];

const view = (page, width, dark) => Promise.all([page.setViewportSize({ width, height: 900 }), page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" })]);

// The theme changes colours only: in the dark only the rules about colours run. Levels of headings inside .prose are those
// that people wrote.
async function violations(page, dark) {
	const found = await page.evaluate((colours) => globalThis.axe.run(document, {
		resultTypes: ["violations"],
		...(colours ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } } : { rules: { "target-size": { enabled: true } } }),
	}).then((r) => r.violations.map((v) => ({ id: v.id, nodes: v.nodes.filter((n) => v.id !== "heading-order" || !document.querySelector(n.target[0])?.closest(".prose")).map((n) => `${n.html.slice(0, 120)} ${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ""}`) })).filter((v) => v.nodes.length)), dark);
	return found.map((v) => `axe: ${v.id} (${v.nodes.length}): ${v.nodes[0]}`);
}

// What lies over what: texts and controls of the page whose boxes meet, and texts that run out of the page where nothing
// scrolls. What floats (menus, the button for new replies) may.
const collisions = (page) => page.evaluate(() => {
	const width = document.documentElement.clientWidth, boxes = [], out = [];
	const floats = (e) => { for (let a = e; a && a !== document.body; a = a.parentElement) if (a.matches(".vh, .menu, .fresh, .skip, .chart, thead")) return true; return false; };
	const scrolls = (e) => { for (let a = e; a && a !== document.body; a = a.parentElement) if (/auto|scroll/.test(getComputedStyle(a).overflowX)) return true; return false; };
	const put = (e, rects, text) => { for (const r of rects) if (r.width > 1 && r.height > 1) boxes.push({ e, r, text: text.trim().slice(0, 40) }); };
	const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
	for (let n = texts.nextNode(); n; n = texts.nextNode()) {
		if (!n.textContent.trim() || n.parentElement.closest("svg, select, textarea, script") || !n.parentElement.checkVisibility() || floats(n.parentElement)) continue;
		const range = document.createRange();
		range.selectNodeContents(n);
		put(n.parentElement, range.getClientRects(), n.textContent);
	}
	for (const e of document.querySelectorAll("main :is(input, select, textarea)")) if (e.checkVisibility() && !floats(e)) put(e, [e.getBoundingClientRect()], e.name ?? e.tagName);
	for (const b of boxes) if ((b.r.right > width + 1 || b.r.left < -1) && !scrolls(b.e)) out.push(`“${b.text}” runs out of the page: to ${Math.round(b.r.right)}`);
	boxes.sort((a, b) => a.r.top - b.r.top);
	for (let i = 0; i < boxes.length && out.length < 4; i++)
		for (let k = i + 1; k < boxes.length && boxes[k].r.top < boxes[i].r.bottom - 4; k++) {
			const a = boxes[i], b = boxes[k];
			if (a.e === b.e || a.e.contains(b.e) || b.e.contains(a.e)) continue;
			if (Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left) > 3 && !(scrolls(a.e) || scrolls(b.e))) out.push(`“${a.text}” and “${b.text}” lie over one another`);
		}
	return out.slice(0, 4);
});

// Who sticks out, if the page can be scrolled sideways.
const sideways = (page) => page.evaluate(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
	return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1).slice(0, 4).map((e) => `${e.tagName.toLowerCase()}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`);
});

// What is wrong with a page, each fault once, with where it was seen.
class Faults extends Map {
	add(fault, where) { this.set(fault, [...(this.get(fault) ?? []), ...(where ? [where] : [])]); }

	raise() {
		const lines = [...this].map(([fault, places]) => short(places.length ? `[${places.join(", ")}] ${fault}` : fault, 700));
		if (lines.length) throw Object.assign(new Error("faults"), { stack: lines.join("\n") });
	}
}

for (const [name, who, path, options = {}] of PAGES) {
	const { act, follow, status = 200, mayFail } = options;
	await test(`page/${name}`, async () => {
		const page = await as[who].newPage(), heard = listen(page);
		page.setDefaultTimeout(10000);
		try {
			let reply = await page.goto(path, { waitUntil: "load" });
			const to = follow ? await page.locator(follow).first().getAttribute("href") : null;
			if (to) reply = await page.goto(to);
			page.on("response", (r) => { if (r.request().isNavigationRequest()) reply = r; });
			if (act) await act(page);
			equal(reply.status(), status, "status");
			const wrong = new Faults();
			const html = await reply.text();
			const written = (at) => html.lastIndexOf('<div class="prose">', at) > html.lastIndexOf('<div class="post-foot', at);
			for (const m of (await validator.validateString(html, `${name}.html`)).results[0]?.messages.filter((x) => x.ruleId !== "heading-level" || !written(x.offset)) ?? [])
				wrong.add(`html-validate: ${m.ruleId}: ${m.message} …${short(html.slice(Math.max(0, m.offset - 60), m.offset + 100), 200)}…`);
			await page.evaluate(axe);
			for (const width of [1280, 390])
				for (const dark of [false, true]) {
					await view(page, width, dark);
					for (const v of await violations(page, dark)) wrong.add(v, `${width} ${dark ? "dark" : "light"}`);
					if (SHOTS && dark === (width === 390)) await page.screenshot({ path: join(SHOTS, `${name}-${width}-${dark ? "dark" : "light"}.png`), fullPage: name !== "topic-long" });
				}
			for (const width of [320, 390, 1280]) {
				await view(page, width, false);
				const out = await sideways(page);
				if (out.length) wrong.add(`scrolls sideways: ${out.join(", ")}`, `${width}`);
				for (const c of await collisions(page)) wrong.add(c, `${width}`);
			}
			const bad = heard.filter((h) => !(mayFail && mayFail.test(h)) && !(status >= 400 && /Failed to load resource.*status of 4/.test(h)));
			for (const h of bad) wrong.add(`console: ${h}`);
			wrong.raise();
		} finally {
			await page.close();
		}
	});
}

await test("page/console-is-silent-under-the-real-policy", async () => {
	const context = await browser.newContext({ baseURL: server.url }), heard = [];
	for (const path of ["/", t.solved.url, "/s/cameras", "/search?q=radar", "/members", "/m/ben", "/sign-up", "/tags"]) {
		const page = await context.newPage(), here = listen(page);
		await page.goto(path, { waitUntil: "networkidle" });
		heard.push(...here.map((h) => `${path}: ${h}`));
		await page.close();
	}
	await context.close();
	equal(heard, []);
});

await test("page/first-load-is-at-most-100-KB", async () => {
	const heavy = [];
	for (const path of ["/", "/s/cameras", t.solved.url, t.long.url, "/search?q=radar", "/members", "/m/ben", "/sign-up"]) {
		const context = await browser.newContext({ baseURL: server.url }), page = await context.newPage();
		await page.goto(path, { waitUntil: "networkidle" });
		const bytes = await page.evaluate(() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((n, e) => n + e.transferSize, 0));
		check(bytes > 1000, `${path}: ${bytes} bytes cannot be`);
		if (bytes > 100 * 1024) heavy.push(`${path}: ${bytes} bytes`);
		await context.close();
	}
	equal(heavy, []);
});

// Marks, columns and edges stand where the text begins; an English page holds it all.
await test("page/right-to-left-text", async () => {
	const body = "مرحبا بكم.\n\n- أولاً\n- ثانياً\n  1. عبر الشبكة\n- English in it\n\n> اقتباس\n\n```\nradar: channel 36\n```\n\n| القناة | العرض |\n|---|---|\n| 36 | 80 |\n\nPlain English.\n\n- one\n- two\n";
	const r = await who.ada.post("/api/v1/topics", { space: "routers", title: "جهاز التوجيه يفقد الاتصال", body, tags: "" });
	const page = await as.guest.newPage();
	for (const width of [1280, 390]) {
		await view(page, width, false);
		await page.goto(r.json.url);
		const side = await page.evaluate(() => {
			const prose = document.querySelector(".post-question .prose"), edge = prose.getBoundingClientRect();
			const of = (e) => { // where its own text stands, from either edge
				const range = document.createRange();
				range.selectNodeContents([...e.childNodes].find((n) => n.nodeType === 3 && n.textContent.trim()) ?? e);
				const box = range.getBoundingClientRect();
				return { left: Math.round(box.left - edge.left), right: Math.round(edge.right - box.right) };
			};
			const all = (q) => [...prose.querySelectorAll(q)].map(of);
			return { p: all(":scope > p"), li: all("li"), quote: all("blockquote p"), code: all("pre code"), th: all("th"), bar: getComputedStyle(prose.querySelector("blockquote")).borderRightWidth };
		});
		const starts = (x, from, atLeast, atMost, what) => check(x[from] >= atLeast && x[from] <= atMost, `${width}: ${what}: ${JSON.stringify(x)}`);
		starts(side.p[0], "right", 0, 1, "an Arabic paragraph");
		starts(side.p[1], "left", 0, 1, "an English paragraph");
		for (const i of [0, 1]) starts(side.li[i], "right", 15, 40, "an Arabic item stands behind its mark");
		starts(side.li[2], "right", side.li[0].right + 15, 80, "an item of the list in it");
		starts(side.li[3], "right", 15, 40, "an English item of an Arabic list stands behind its mark too");
		for (const i of [4, 5]) starts(side.li[i], "left", 15, 40, "an English item");
		starts(side.quote[0], "right", 10, 40, "a quote");
		check(parseFloat(side.bar) > 0, "the quote's bar is on the right");
		starts(side.code[0], "left", 5, 40, "code");
		check(side.th[0].right < side.th[1].right, `${width}: the first column is the right one: ${JSON.stringify(side.th)}`);
	}
	await page.close();
});

await test("page/theme-buttons", async () => {
	const context = await browser.newContext({ baseURL: server.url, colorScheme: "light" }), page = await context.newPage(), heard = listen(page);
	const back = () => page.evaluate(() => getComputedStyle(document.body).color);
	await page.goto("/");
	const light = await back();
	await Promise.all([page.waitForResponse((r) => r.url().endsWith("/theme")), page.getByRole("button", { name: "Dark", exact: true }).click()]);
	const dark = await back();
	check(dark !== light, `nothing changed: ${light}`);
	await page.goto("/tags");
	equal(await back(), dark, "the next page");
	await page.emulateMedia({ colorScheme: "dark" });
	await Promise.all([page.waitForResponse((r) => r.url().endsWith("/theme")), page.getByRole("button", { name: "As the system" }).click()]);
	await page.goto("/");
	equal(await back(), dark, "as the system, which is dark");
	equal(heard, []);
	await context.close();
});

await browser.close();
await server.stop();
done();
