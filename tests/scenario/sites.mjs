// SPDX-License-Identifier: AGPL-3.0-or-later
// Several sites in one process, chosen by Host: same paths, same handles, same passwords, and nothing of one is seen in the
// other. One server on DIR serves them all, --site NAME one of them alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TMP, check, done, encode, equal, hearth, hearthOk, lastLine, request, serve, test } from "./lib.mjs";

const dir = join(TMP, "sites"), data = ["--data", dir];
const NAMES = ["acme", "birch"], hostOf = (name) => `${name}.example`, of = {};
for (const name of NAMES) {
	of[name] = { admin: lastLine(hearthOk("init", ...data, "--site", name, "--name", `The ${name}`, "--url", `http://${hostOf(name)}`)) };
	hearthOk("space", "create", ...data, "--site", name, "help", `Help of ${name}`);
	of[name].password = lastLine(hearthOk("user", "add", "ada", ...data, "--site", name));
	of[name].token = lastLine(hearthOk("token", "create", ...data, "--site", name, "--member", "ada"));
}
const server = await serve(dir, "--access-log", join(TMP, "access"));
const ask = (host, path, { method = "GET", headers = {}, body } = {}) => request(server.port, method, path, { headers: { Host: host, ...headers }, body });
const api = (host, token, path, data) => ask(host, path, { method: data ? "POST" : "GET", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" }, body: data && JSON.stringify(data) });
const form = (host, path, fields, cookie) => ask(host, path, { method: "POST", body: encode(fields), headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin", ...(cookie ? { Cookie: cookie } : {}) } });
const signIn = async (host, password) => {
	const r = await form(host, "/sign-in", { handle: "ada", password, next: "/" });
	return { status: r.status, cookie: /hearth_session=[^;]+/.exec(String(r.headers["set-cookie"]))?.[0] };
};

await test("sites/each-by-its-host", async () => {
	for (const name of NAMES)
		for (const host of [hostOf(name), hostOf(name).toUpperCase(), `${hostOf(name)}:${server.port}`]) {
			const r = await ask(host, "/");
			equal(r.status, 200, host);
			check(r.body.includes(`The ${name}`) && r.body.includes(`Help of ${name}`), `${host} shows another site`);
			check(r.body.includes(`<link rel="canonical" href="http://${hostOf(name)}/`), "canonical");
		}
});

await test("sites/unknown-host-421", async () => {
	for (const host of ["elsewhere.example", "127.0.0.1", "acme.example.evil"]) {
		const r = await ask(host, "/");
		equal(r.status, 421, host);
		check(/No community here has this address/.test(r.body) && r.headers["content-type"].startsWith("text/html"), "no clear page");
		for (const name of NAMES) check(!r.body.includes(name) || host.includes(name), "names a site");
	}
	const hostile = await ask("<script>", "/");
	check([400, 421].includes(hostile.status) && !hostile.body.includes("<script>"), "host is not escaped");
	equal((await form("elsewhere.example", "/sign-in", { handle: "ada", password: "x", next: "/" })).status, 421, "form");
	const json = await api("elsewhere.example", of.acme.token, "/api/v1/spaces");
	equal([json.status, JSON.parse(json.body).status], [421, 421], "api");
	equal((await ask("elsewhere.example", "/healthz")).body, "ok\n", "healthz belongs to no site");
	const css = /href="(\/assets\/hearth[^"]+\.css)"/.exec((await ask("elsewhere.example", "/")).body)[1];
	equal((await ask("elsewhere.example", css)).status, 200, "its style sheet");
});

await test("sites/pages-in-the-cache-do-not-mix", async () => {
	for (let i = 0; i < 40; i++)
		for (const name of NAMES) check((await ask(hostOf(name), "/s/help")).body.includes(`Help of ${name}`), "another site's page");
});

await test("sites/accounts-and-tokens-are-apart", async () => {
	equal((await api("acme.example", of.acme.token, "/api/v1/spaces")).status, 200, "own token");
	equal((await api("birch.example", of.acme.token, "/api/v1/spaces")).status, 401, "token of the other site");
	equal((await signIn("birch.example", of.acme.password)).cookie, undefined, "password of the other site");
	for (const name of NAMES) of[name].cookie = (await signIn(hostOf(name), of[name].password)).cookie;
	const mine = await ask("acme.example", "/settings", { headers: { Cookie: of.acme.cookie } });
	equal(mine.status, 200, "settings");
	const csrf = /name="csrf" value="([^"]+)"/.exec(mine.body)[1];
	equal((await ask("birch.example", "/settings", { headers: { Cookie: of.acme.cookie } })).status, 303, "session of the other site");
	equal((await form("birch.example", "/theme", { csrf, theme: "dark", next: "/" }, of.birch.cookie)).status, 403, "CSRF token of the other site");
	equal((await form("acme.example", "/theme", { csrf, theme: "dark", next: "/" }, of.acme.cookie)).status, 303, "own CSRF token");
});

await test("sites/what-is-written-stays-in-its-site", async () => {
	for (const name of NAMES) {
		const r = await api(hostOf(name), of[name].token, "/api/v1/topics", { space: "help", title: `A question in ${name} only`, body: "Is it here?", tags: [name] });
		equal(r.status, 201, r.body);
		of[name].topic = JSON.parse(r.body);
		const key = { "Idempotency-Key": "the-same" };
		const again = await request(server.port, "POST", "/api/v1/topics", { headers: { Host: hostOf(name), Authorization: `Bearer ${of[name].token}`, "Content-Type": "application/json", ...key }, body: JSON.stringify({ space: "help", title: `Second of ${name}`, body: "Text." }) });
		equal(again.status, 201, "a key is the site's own");
	}
	const other = { acme: "birch", birch: "acme" };
	for (const name of NAMES) {
		equal((await ask(hostOf(other[name]), of[name].topic.url.replace(/^https?:\/\/[^/]+/, ""))).status, 404, "topic of the other site");
		const found = await ask(hostOf(name), "/search?q=question");
		check(found.body.includes(`in ${name} only`) && !found.body.includes(`in ${other[name]} only`), "search");
		equal(JSON.parse(hearthOk("stats", "--json", ...data, "--site", name)).topics, 2, "topics");
	}
});

await test("sites/limits-are-each-site's", async () => {
	let limited = 0;
	for (let i = 0; i < 15; i++) limited += (await signIn("acme.example", "wrong password")).status === 429;
	check(limited > 0, "no limit");
	check((await signIn("birch.example", "wrong password")).status !== 429, "the other site's visitors pay for it");
});

await test("sites/views-are-counted-in-their-site", async () => {
	// Many in one, a look at the other's page of the same number is none.
	const path = of.acme.topic.url.replace(/^https?:\/\/[^/]+/, "");
	const views = async () => Number(/(\d+) views?</.exec((await ask("acme.example", path)).body)[1]);
	const before = await views();
	for (let i = 0; (await views()) < before + 3; i++) {
		check(i < 300, "the views are not stored");
		await new Promise((r) => { setTimeout(r, 50); });
	}
	check(/>0 views</.test((await ask("birch.example", of.birch.topic.url.replace(/^https?:\/\/[^/]+/, ""))).body), "the other site counts them");
	for (const name of NAMES) hearthOk("doctor", "--replay", ...data, "--site", name);
});

await test("sites/metrics-name-the-site", async () => {
	const all = (await ask("127.0.0.1", "/metrics")).body, one = (await ask("acme.example", "/metrics")).body;
	for (const name of NAMES) check(all.includes(`hearth_store_commits_total{site="${name}"}`), name);
	equal(all.match(/# TYPE hearth_store_commits_total/g).length, 1, "TYPE lines");
	check(!one.includes("birch"), "a site's metrics tell of another");
});

await test("sites/one-alone-serves-every-host", async () => {
	const alone = await serve(dir, "--site", "birch");
	for (const host of ["birch.example", "acme.example", "127.0.0.1"])
		check((await request(alone.port, "GET", "/", { headers: { Host: host } })).body.includes("The birch"), host);
	await alone.stop();
});

await server.stop();

await test("sites/access-log-names-the-site", () => {
	const sites = new Set(readFileSync(join(TMP, "access"), "utf8").trim().split("\n").map((l) => JSON.parse(l).site ?? "none"));
	equal([...sites].sort(), ["acme", "birch", "none"], "sites");
});

await test("sites/one-that-is-not-ready-is-named", () => {
	const r = hearth("init", ...data, "--site", "Not Good");
	check(r.code !== 0 && /--site/.test(r.err), r.err);
	const none = hearth("serve", "--data", join(TMP, "empty"));
	check(none.code !== 0 && /hearth init/.test(none.err), none.err);
});
done();
