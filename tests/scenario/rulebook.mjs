// SPDX-License-Identifier: AGPL-3.0-or-later
// A manager changes a rule, sees who would move, and publishes; members and guests cannot.
import { Browser, check, done, equal, hearthOk, serve, site, test, unescapeHtml } from "./lib.mjs";

const { dir, password } = site("rulebook");
hearthOk("user", "add", "asker", "--data", dir);
const server = await serve(dir), admin = new Browser(server.port), guest = new Browser(server.port);
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

await test("rulebook/try-look-publish", async () => {
	const rules = textOf(await admin.get("/board/rules")).replace("points = 15", "points = 30");
	const tried = await admin.post("/board/rules/try", { toml: rules });
	equal(tried.status, 303, "tried");
	const at = tried.headers.location;
	const page = await waitFor(async () => { const p = await admin.get(at); return p.body.includes("Before and after") && p; }, "the job");
	check(page.body.includes("Nobody would move"), "an empty community");
	equal((await admin.post(`${at}/publish`, { note: "" })).status, 422, "a note is needed");
	await admin.get(at);
	equal((await admin.post(`${at}/publish`, { note: "Solutions count double." })).status, 303, "published");
	const after = await admin.get("/board/rules");
	check(after.body.includes("version 2"), "version 2 is in force");
	check(after.body.includes("Solutions count double."), "with its note");
	check(textOf(after).includes("points = 30"), "its text is in the editor");
	check(hearthOk("audit", "--data", dir).includes("rules.published"), "audited");
});

await test("rulebook/back-test-of-a-young-site-says-so", async () => {
	equal((await admin.post("/board/backtest")).status, 303, "asked");
	const page = await waitFor(async () => { const p = await admin.get("/board/backtest"); return p.body.includes("Reckoned") && p; }, "the job");
	check(page.body.includes("too little history"), "says so");
});

await server.stop();
done();
