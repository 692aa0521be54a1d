// SPDX-License-Identifier: AGPL-3.0-or-later
// What the browser tests share: Chromium, and a small but complete community that they fill through the API.
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Browser, TMP, api, check, hearthOk, lastLine, serve, short, site } from "../scenario/lib.mjs";

export * from "../scenario/lib.mjs";
export const SHOTS = process.env.SHOTS; // a folder for pictures; without it none are taken
if (SHOTS) mkdirSync(SHOTS, { recursive: true });

export function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
		env: { ...process.env, HOME: mkdtempSync(join(TMP, "chromium-")) },
	});
}

export const PASSWORD = "correct horse battery";

async function made(promise, what) {
	const r = await promise;
	check(r.status === 201 || r.status === 200, `${what}: ${r.status} ${short(r.body)}`);
	return r.json;
}

// People: ada asks, ben answers and is trusted, hal helps, mona moderates, max manages, admin. Topics of every state.
export async function community(name, ...options) {
	const { dir, password } = site(name, { routers: "Routers", cameras: "Cameras & doorbells" });
	for (const [handle, role] of [["ada", "member"], ["ben", "member"], ["hal", "helper"], ["mona", "moderator"], ["max", "manager"]])
		hearthOk("user", "add", handle, "--data", dir, "--role", role);
	const server = await serve(dir, "--no-rate-limits", ...options), who = {};
	for (const handle of ["ada", "ben", "hal", "mona"]) who[handle] = api(server.port, lastLine(hearthOk("token", "create", "--data", dir, "--member", handle)));
	const ask = (handle, space, title, body, tags) => made(who[handle].post("/api/v1/topics", { space, title, body, tags: tags.join(" ") }), title);
	const answer = async (handle, topic, body) => (await made(who[handle].post(`/api/v1/topics/${topic.id}/posts`, { body }), "answer")).id;
	const t = {};
	t.solved = await ask("ada", "routers", "The router forgets its radar channel after a restart", "Since the last update my router goes back to channel 36 after **every** restart.\n\n- Firmware 3.2\n- Two antennas\n\n```\nradar: wait 60 s\nradar: channel 36\n```\n\nWhat can I do?", ["radar", "firmware"]);
	await answer("hal", t.solved, "Did you try to save the configuration by hand?");
	t.solution = await answer("ben", t.solved, "Turn off *fast start*: it skips the radar check and falls back to channel 36.\n\n1. Open `System`\n2. Untick **fast start**\n3. Restart\n\nSee [the manual](https://example.com/manual).");
	await made(who.ada.post(`/api/v1/posts/${t.solution}/accept`, { accepted: true }), "accept");
	for (const h of ["ada", "hal", "mona"]) await made(who[h].post(`/api/v1/posts/${t.solution}/vote`, { value: 1 }), "vote");
	await made(who.ada.post(`/api/v1/posts/${t.solution}/comments`, { body: "That was it, thank you. `fast start` is off now." }), "comment");
	t.unsolved = await ask("ada", "cameras", "Doorbell rings at night although nobody is there", "It rings about once an hour.", ["night"]);
	await answer("ben", t.unsolved, "Which version does it have?");
	t.unanswered = await ask("hal", "cameras", "Is there a cover for the outdoor camera?", "It rains here.", []);
	t.wide = await ask("mona", "routers", "Everything that is wide: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", `| Channel | Width | Power | Remarks | More | And more |\n|---|---:|:-:|---|---|---|\n${"| 36 | 80 | 23 dBm | a remark that is long enough to need room | x | y |\n".repeat(4)}\n\n\`\`\`\n${"0123456789 ".repeat(30)}\n\`\`\`\n\n${"https://example.com/a/very/long/address/".repeat(5)}\n\n> A quote\n> of two lines\n\n### A heading\n\n${"Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(5)}\n\n![A picture](https://127.0.0.1:1/none.png)`, ["wide-tags-need-room-too", "averyveryverylongtagwithoutanyhyphen"]);
	t.long = await ask("ada", "routers", "What was your longest uptime?", "Mine is 400 days.", ["uptime"]);
	for (let i = 1; i <= 45; i++) await answer(["ben", "hal", "mona"][i % 3], t.long, `${i * 3} days here, on firmware ${i % 5}.${i}.`);
	for (let i = 0; i < 22; i++) await ask("mona", "cameras", `Notes on lens number ${i + 1}`, "A short note.", [`lens-${i}`]);
	t.closed = await ask("ada", "routers", "An old topic that was closed", "Closed by a moderator.", ["radar"]);
	t.opening = (await who.ada.get(`/api/v1/topics/${t.unsolved.id}/posts?from=0&limit=1`)).json.items[0].id;
	for (const handle of ["ada", "mona", "max"]) { // so that they can sign in with a password that the tests know
		const b = new Browser(server.port), once = lastLine(hearthOk("user", "passwd", handle, "--keep-tokens", "--data", dir));
		await b.post("/sign-in", { handle, password: once, next: "/" });
		await b.get("/settings");
		await b.post("/settings/password", { current: once, password: PASSWORD });
		await b.get("/ask");
		if (handle === "mona") await b.post(`/t/${t.closed.id}/close`, { closed: "1" });
		else if (handle === "ada") {
			await b.post(`/p/${t.opening}/edit`, { title: "Doorbell rings at night although nobody is there", body: "It rings about once an hour, but only when it is cold.", tags: "night cold", reason: "said when" });
			await b.post(`/p/${t.solution}/report`, { why: "2", note: "Out of date since 3.3" });
		}
	}
	return { dir, password, server, who, t };
}

// A signed-in browser context: the session is made by a form, as people do it.
export async function signedIn(browser, server, handle, options = {}, password = PASSWORD) {
	const b = new Browser(server.port), r = await b.post("/sign-in", { handle, password, next: "/" });
	check(r.status === 303, `sign-in of ${handle}: ${r.status}`);
	const context = await browser.newContext(options);
	await context.addCookies([...b.cookies].map(([name, value]) => ({ name, value, url: server.url, httpOnly: true, sameSite: "Lax" })));
	return context;
}

// Everything a page complains about while it is open: errors and warnings of the console (the policy's too), exceptions,
// requests that failed, dialogs.
export function listen(page) {
	const heard = [];
	page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") heard.push(`${m.type()}: ${m.text()} (${m.location()?.url})`); });
	page.on("pageerror", (e) => heard.push(`exception: ${e.message}`));
	page.on("dialog", (d) => { heard.push(`dialog: ${d.message()}`); d.dismiss().catch(() => {}); });
	return heard;
}
