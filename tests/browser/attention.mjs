// SPDX-License-Identifier: AGPL-3.0-or-later
// The clock of a page in Chromium: reading with the hand on the mouse counts, what scripts do does not, nor a hidden tab, nor a
// pause; writing is told apart; Do-Not-Track and Global Privacy Control are honoured; a member says yes, no, and has it deleted.
import { check, community, done, equal, hearthOk, launch, listen, request, signedIn, test, until } from "./lib.mjs";

const { server, dir, t } = await community("attention");
const browser = await launch();
const SIZE = { viewport: { width: 1280, height: 800 }, baseURL: server.url };
hearthOk("setting", "set", "attention.consent", "on", "--data", dir);
for (;;) { // taken over within a second
	const context = await signedIn(browser, server, "ada", SIZE), page = await context.newPage();
	await page.goto(t.long.url);
	const marked = await page.locator("script[data-mark]").count();
	await context.close();
	if (marked) break;
}

// A message that is sent while a page is being left is seen by no listener of the test: the page keeps a copy.
const keepCopies = () => {
	const send = Navigator.prototype.sendBeacon;
	Navigator.prototype.sendBeacon = function sendBeacon(url, body) {
		sessionStorage.setItem("sent", JSON.stringify([...JSON.parse(sessionStorage.getItem("sent") ?? "[]"), [url, String(body)]]));
		return send.call(this, url, body);
	};
};

const heardNotes = async () => Number(/route="\/attention"\} (\d+)/.exec((await request(server.port, "GET", "/metrics")).body)?.[1] ?? 0);

// A page with a clock that the test turns; what it sent until it was left, and has arrived.
async function withPage(fn, options = {}) {
	const before = await heardNotes();
	const context = await signedIn(browser, server, "ada", { ...SIZE, ...options.context }), page = await context.newPage(), heard = listen(page);
	await page.addInitScript(keepCopies);
	if (options.init) await page.addInitScript(options.init);
	if (!options.realTime) await page.clock.install();
	await page.goto(options.path ?? t.long.url);
	await fn(page);
	await page.goto("/tags");
	const sent = JSON.parse(await page.evaluate(() => sessionStorage.getItem("sent") ?? "[]"));
	equal(heard, [], "what the page complained about");
	await until(async () => (await heardNotes()) >= before + sent.length, "all messages arrived"); // closing sooner would lose the last
	await context.close();
	equal(sent.filter(([url]) => url !== "/attention"), [], "to other addresses");
	return sent.map(([, body]) => new URLSearchParams(body));
}
const seconds = (list) => [...(list ?? "").matchAll(/[a-z](\d+)/g)].reduce((n, [, k]) => n + Number(k), 0);
const sum = (sent, what) => sent.reduce((n, s) => n + seconds(s.get(what)), 0);

await test("attention/reading-counts-with-the-post-in-view", async () => {
	const sent = await withPage(async (page) => {
		await page.mouse.move(300, 400);
		await page.clock.runFor(10000);
		await page.mouse.wheel(0, 20000); // to the end: another post
		for (let i = 0; i < 500 && await page.evaluate(() => scrollY) < 500; i++);
		await page.clock.runFor(5000);
	});
	check(sum(sent, "read") >= 13 && sum(sent, "read") <= 16, `${sum(sent, "read")} seconds`);
	const letters = new Set(sent.flatMap((s) => s.get("read").match(/[a-z]/g)));
	check(letters.has("o") && letters.size >= 2, `first one's own question, then what others said: ${[...letters]}`);
	equal(sum(sent, "wrote"), 0);
	check(sent.every((s) => s.get("mark").split(".").length === 5), "with the page's mark");
});

await test("attention/writing-is-told-apart", async () => {
	const sent = await withPage(async (page) => {
		await page.locator("#text").click();
		for (let i = 0; i < 4; i++) {
			await page.keyboard.type("some words ");
			await page.clock.runFor(3000);
		}
	});
	check(sum(sent, "wrote") >= 11 && sum(sent, "wrote") <= 13, `${sum(sent, "wrote")} seconds written`);
	check(sent.every((s) => /^[cep]\d+$/.test(s.get("wrote"))), `to whom the page's form answers: ${sent.map((s) => s.get("wrote"))}`);
	check(sum(sent, "read") <= 1, "and not read meanwhile");
});

// A link of the page, to an address of this site that stands on it already.
const follow = (page, to) => Promise.all([page.waitForURL((u) => u.pathname === to), page.evaluate((href) => {
	const a = Object.assign(document.createElement("a"), { href, textContent: "on" });
	document.querySelector("main").prepend(a);
	a.click();
}, to)]);

await test("attention/who-reads-on-sends-one-message-for-several-pages", async () => {
	const read = async (page, ms) => {
		await page.mouse.move(300, 400);
		await page.clock.runFor(ms);
		await page.mouse.move(310, 410);
	};
	const sent = await withPage(async (page) => {
		await read(page, 5000);
		await follow(page, t.solved.url);
		await read(page, 7000);
		await follow(page, "/members"); // a page without a clock keeps what waits, too
		await follow(page, t.long.url);
		await read(page, 3000);
	});
	equal(sent.length, 1, "three pages, one message");
	const before = sent[0].get("before").split("*");
	equal(before.length, 2);
	check(seconds(before[0].split("_")[1]) >= 4 && seconds(before[1].split("_")[1]) >= 6 && sum(sent, "read") >= 2, `${before} ${sent[0]}`);
	check(new Set([...before.map((n) => n.split("_")[0]), sent[0].get("mark")]).size === 3, "each with the mark of its page");
	const left = await withPage(async (page) => {
		await read(page, 5000);
		await follow(page, "/members");
	});
	equal(left.length, 1, "sent when a page without a clock is left");
	check(sum(left, "read") >= 4 && !left[0].get("before"));
	const many = await withPage(async (page) => {
		for (let i = 0; i < 7; i++) {
			await read(page, 3000);
			await follow(page, i % 2 ? t.long.url : t.solved.url);
		}
	});
	equal(many.map((s) => (s.get("before") ?? "").split("*").filter(Boolean).length), [5, 0], "six at most in one message");
});

await test("attention/a-pause-over-30-seconds-does-not-count", async () => {
	const sent = await withPage(async (page) => {
		await page.mouse.move(300, 400);
		await page.clock.runFor(100000);
	});
	check(sum(sent, "read") >= 28 && sum(sent, "read") <= 31, `${sum(sent, "read")} seconds`);
});

await test("attention/at-most-every-two-minutes", async () => {
	const sent = await withPage(async (page) => {
		for (let i = 0; i < 12; i++) {
			await page.mouse.move(300 + i, 400);
			await page.clock.runFor(20000);
		}
	});
	check(sent.length >= 2 && sent.length <= 3, `${sent.length} messages in four minutes`);
	check(sum(sent, "read") >= 236 && sum(sent, "read") <= 241, `${sum(sent, "read")} seconds`);
});

await test("attention/scripts-are-nobody", async () => {
	const sent = await withPage(async (page) => {
		for (let i = 0; i < 5; i++) {
			await page.evaluate((y) => {
				scrollTo(0, y);
				document.body.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
				document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
			}, i * 300);
			await page.clock.runFor(2000);
		}
	});
	equal(sent.length, 0);
});

await test("attention/a-hidden-tab-does-not-count", async () => {
	const sent = await withPage(async (page) => {
		await page.mouse.move(300, 400);
		await page.clock.runFor(5000);
		await page.evaluate(() => {
			Object.defineProperty(Document.prototype, "visibilityState", { get: () => "hidden", configurable: true });
			document.dispatchEvent(new Event("visibilitychange"));
		});
		await page.mouse.move(310, 410);
		await page.clock.runFor(20000);
	});
	equal(sent.length, 1, "sent when it was hidden, and nothing after");
	check(sum(sent, "read") >= 4 && sum(sent, "read") <= 6, `${sum(sent, "read")} seconds`);
});

for (const [name, options] of [
	["sec-gpc", { context: { extraHTTPHeaders: { "Sec-GPC": "1" } } }],
	["dnt", { context: { extraHTTPHeaders: { DNT: "1" } } }],
	["globalPrivacyControl", { init: () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }) }],
	["doNotTrack", { init: () => Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" }) }],
])
	await test(`attention/honours-${name}`, async () => {
		const sent = await withPage(async (page) => {
			equal(await page.locator("script[data-mark]").count(), options.context ? 0 : 1);
			await page.mouse.move(300, 400);
			await page.clock.runFor(10000);
		}, options);
		equal(sent.length, 0);
	});

await test("attention/guests-have-no-clock", async () => {
	const context = await browser.newContext(SIZE), page = await context.newPage();
	await page.goto(t.long.url);
	equal(await page.locator("script[data-mark]").count(), 0);
	await context.close();
});

await test("attention/what-was-read-stands-on-the-page-about-me-until-it-is-deleted", async () => {
	const sent = await withPage(async (page) => {
		await page.mouse.move(300, 400);
		await page.mouse.wheel(0, 20000); // to what others wrote
		await page.waitForTimeout(3500); // the server believes no more than went by
	}, { realTime: true });
	check(sum(sent, "read") >= 2, "something was sent");
	const context = await signedIn(browser, server, "ada", SIZE), page = await context.newPage();
	const table = page.locator("section[aria-labelledby=time] table");
	for (let i = 0; i < 450; i++) { // rows are written every thirty seconds
		await page.goto("/me/data"); // with a fragment, going there again would load nothing
		if (await table.count()) break;
		await page.waitForTimeout(100);
	}
	check((await table.textContent()).includes("under 1 min"), "a few seconds of reading customers");
	check((await page.locator("section[aria-labelledby=time]").textContent()).includes("How long you read in which topic is kept"), "and what of it");
	const boards = await signedIn(browser, server, "max", SIZE), board = await boards.newPage();
	const read = board.locator("td a[href*='what=read']").first();
	for (let i = 0; i < 450; i++) {
		await board.goto("/board?by=read&period=7d&among=everybody&against=nothing");
		if (await read.count()) break;
		await board.waitForTimeout(100);
	}
	equal(await read.textContent(), "under 1 min", "whom she read");
	await read.click();
	check((await board.getByRole("main").textContent()).includes("in 1 topic"), "and where");
	await board.locator("tbody a").first().click();
	await board.waitForURL((url) => url.pathname.startsWith(t.long.url.split("/").slice(0, 3).join("/")));
	await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Stop counting and delete all of it" }).click()]);
	equal(await table.count(), 0);
	await board.goto("/board?by=read&period=7d&among=everybody&against=nothing");
	equal(await board.locator("td a[href*='what=read']").count(), 0, "boards forget it at once");
	await boards.close();
	check((await page.locator("section[aria-labelledby=time]").textContent()).includes("you said no"), "and not again");
	await page.goto(t.long.url);
	equal(await page.locator("script[data-mark]").count(), 0);
	await page.goto("/me/data");
	await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Yes, count it" }).click()]);
	await page.goto(t.long.url);
	equal(await page.locator("script[data-mark]").count(), 1);
	await context.close();
});

await browser.close();
await server.stop();
done();
