// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may not write is told so before the body: no 100 Continue for it, no megabyte taken. Raw sockets, since clients of
// HTTP hide just this.
import net from "node:net";
import { Browser, api, check, done, equal, hearthOk, lastLine, serve, site, test } from "./lib.mjs";

const { dir } = site("expect");
hearthOk("user", "add", "ada", "--data", dir);
const token = lastLine(hearthOk("token", "create", "--data", dir, "--member", "ada"));
const server = await serve(dir);

// Says the head, then body after the first reply line if `after` allows it. Resolves with all that was heard at the end.
function talk(head, body, after = /^HTTP\/1\.1 100 /) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(server.port, "127.0.0.1"), began = Date.now();
		let heard = "", sent = false;
		const end = () => { clearTimeout(late); resolve({ heard, sent, statuses: [...heard.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((m) => Number(m[1])), took: Date.now() - began }); };
		const late = setTimeout(() => { socket.destroy(); reject(new Error(`no end after 8 s, heard ${JSON.stringify(heard)}`)); }, 8000);
		socket.on("error", reject);
		socket.on("close", end);
		socket.on("data", (data) => {
			heard += data;
			if (!sent && after.test(heard) && body) {
				sent = true;
				socket.write(body);
			}
		});
		socket.write(`${head.join("\r\n")}\r\n\r\n`);
	});
}
const json = JSON.stringify({ space: "help", title: "Asked after a hundred", body: "And *answered* soon." });
const head = (path, length, ...more) => [`POST ${path} HTTP/1.1`, "Host: town.example", "Connection: close", "Content-Type: application/json", `Content-Length: ${length}`, ...more];
const EXPECT = "Expect: 100-continue";

await test("expect/guest-gets-401-and-no-100", async () => {
	const r = await talk(head("/api/v1/topics", json.length, EXPECT), json);
	equal([r.statuses, r.sent], [[401], false], r.heard);
	check(/problem\+json/.test(r.heard) && /WWW-Authenticate: Bearer/i.test(r.heard), r.heard);
});

await test("expect/unknown-token-gets-401-and-no-100", async () => {
	const r = await talk(head("/api/v1/topics", json.length, EXPECT, "Authorization: Bearer nonsense"), json);
	equal([r.statuses, r.sent], [[401], false], r.heard);
});

await test("expect/member-gets-100-then-201", async () => {
	const r = await talk(head("/api/v1/topics", json.length, EXPECT, `Authorization: Bearer ${token}`), json);
	equal([r.statuses, r.sent], [[100, 201], true], r.heard);
});

await test("expect/too-large-gets-413-and-no-100", async () => {
	const r = await talk(head("/api/v1/topics", 300 * 1024, EXPECT, `Authorization: Bearer ${token}`), json);
	equal(r.statuses, [413], r.heard);
});

await test("expect/wrong-role-gets-403-and-no-100", async () => {
	const ada = await new Browser(server.port).signUp("plain");
	const cookie = `Cookie: hearth_session=${ada.cookies.get("hearth_session")}`;
	const topic = (await api(server.port, token).post("/api/v1/topics", { space: "help", title: "Who may close this?", body: "Text." })).json.id;
	const r = await talk([`POST /t/${topic}/close HTTP/1.1`, "Host: town.example", "Connection: close", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 200", cookie, EXPECT], "x".repeat(200));
	equal([r.statuses, r.sent], [[403], false], r.heard);
});

await test("expect/a-big-body-of-a-guest-is-not-waited-for", async () => {
	for (const more of [[], ["Cookie: hearth_session=nonsense"]]) {
		const r = await talk(head("/ask", 200 * 1024, ...more), null);
		equal(r.statuses, [303], r.heard);
		check(/Location: \/sign-in/i.test(r.heard), r.heard);
		check(r.took < 3000, `${r.took} ms`);
	}
	const chunked = await talk(["POST /ask HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", ""].filter(Boolean), null);
	equal(chunked.statuses, [303], chunked.heard);
});

await test("expect/what-is-not-there-is-told-before-the-body", async () => {
	const r = await talk(head("/nothing/here", 100, EXPECT), "x");
	equal([r.statuses, r.sent], [[404], false], r.heard);
	const m = await talk(head("/members", 100, EXPECT), "x");
	equal([m.statuses, m.sent], [[405], false], m.heard);
});

await test("expect/a-guest-form-is-let-through", async () => {
	const form = "handle=nobody&password=wrong+password&next=/";
	const r = await talk(["POST /sign-in HTTP/1.1", "Host: town.example", "Connection: close", "Origin: http://town.example", "Content-Type: application/x-www-form-urlencoded", `Content-Length: ${form.length}`, EXPECT], form);
	equal([r.statuses, r.sent], [[100, 422], true], r.heard);
});

await server.stop();
done();
