// SPDX-License-Identifier: AGPL-3.0-or-later
// The JSON API over a real port: what it promises to programs, checked against its own OpenAPI file at every step.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Browser, ROOT, api, check, done, equal, hearth, hearthOk, lastLine, request, serve, settledStats, short, site, source, test } from "./lib.mjs";
import { operationOf, validate } from "./lib-schema.mjs";

const { dir, password } = site("api", { help: "Help", lab: "Laboratory" });
const member = (handle, ...more) => {
	lastLine(hearthOk("user", "add", handle, "--data", dir, ...more));
	return lastLine(hearthOk("token", "create", "--data", dir, "--member", handle));
};
const tokens = { ada: member("ada"), bob: member("bob"), hal: member("hal", "--role", "helper") };
const server = await serve(dir, "--no-rate-limits");
const guest = api(server.port), ada = api(server.port, tokens.ada), bob = api(server.port, tokens.bob), hal = api(server.port, tokens.hal);

let openapi = null;
await test("api/openapi-parses", async () => {
	const r = await guest.get("/api/v1/openapi.json");
	equal(r.status, 200);
	check(/^application\/(json|openapi\+json)/.test(r.headers["content-type"]), r.headers["content-type"]);
	check(r.json?.openapi?.startsWith("3.1"), "openapi 3.1");
	check(r.json.info?.title && r.json.info?.version, "info");
	openapi = r.json;
});

await test("api/openapi-lists-every-route", () => {
	const rows = [];
	for (const feature of readdirSync(join(ROOT, "src/features"), { withFileTypes: true }).filter((d) => d.isDirectory()))
		for (const file of readdirSync(join(ROOT, "src/features", feature.name)).filter((f) => f.endsWith(".c") && !f.endsWith("_test.c")))
			for (const m of source(`src/features/${feature.name}/${file}`).matchAll(/\b(READ|WRITE)\s*\("(\/api\/[^"]*)"/g))
				rows.push([m[1] === "READ" ? "get" : "post", m[2].replace(/\{(\w+):\w+\}/g, "{$1}")]);
	check(rows.length >= 10, `only ${rows.length} routes found in the sources`);
	const lacking = rows.filter(([method, path]) => !openapi.paths[path]?.[method]).map((r) => r.join(" "));
	equal(lacking, [], "routes that the file lacks");
	const known = new Set(rows.map((r) => r.join(" ")));
	for (const [path, item] of Object.entries(openapi.paths))
		for (const method of Object.keys(item)) check(known.has(`${method} ${path}`), `${method} ${path} is in no table`);
});

await test("api/openapi-describes-each-operation", () => {
	for (const [path, item] of Object.entries(openapi.paths))
		for (const [method, op] of Object.entries(item)) {
			check(op.summary, `${method} ${path} has no summary`);
			check(Object.keys(op.responses ?? {}).some((c) => /^2/.test(c)), `${method} ${path} has no good reply`);
			const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
			equal((op.parameters ?? []).filter((p) => p.in === "path").map((p) => p.name), inPath, `${path}: parameters`);
			for (const p of op.parameters ?? []) check(p.schema && (p.in !== "path" || p.required === true), `${path}: ${p.name}`);
			for (const s of op.security ?? []) for (const name of Object.keys(s)) check(openapi.components.securitySchemes[name], `${path}: ${name}`);
		}
});

// JSON Schema counts letters, the server bytes: a program that only trusts the schema is told so beside each limit.
await test("api/lengths-are-in-bytes-and-the-file-says-so", async () => {
	const limited = JSON.stringify(openapi).match(/"maxLength":\d+[^}]*}/g);
	check(limited.length > 5, "some lengths have a limit");
	equal(limited.filter((s) => !s.includes("bytes of UTF-8")), [], "limits that do not say what they count");
	const { maxLength } = openapi.paths["/api/v1/topics"].post.requestBody.content["application/json"].schema.properties.title;
	const ask = (title) => ada.post("/api/v1/topics", { space: "lab", title, body: "x", tags: "alpha" });
	equal((await ask("\u00fc".repeat(maxLength))).status, 422, "as many letters, twice as many bytes");
	equal((await ask("\u00fc".repeat(maxLength / 2))).status, 201, "as many bytes");
});

// Every reply below goes through this: its status and shape are what the OpenAPI file says.
const undescribed = [], shapeless = new Set();
const noting = (fn) => { try { fn(); } catch (error) { undescribed.push(error.message); } };
function conforms(method, path, sent, r) {
	const found = operationOf(openapi, method, path);
	if (!found) return void undescribed.push(`${method} ${path}: not described`);
	const op = found[1], listed = op.responses[r.status] ?? op.responses[`${String(r.status)[0]}XX`];
	if (r.status < 400) {
		if (!listed) undescribed.push(`${method} ${found[0]} answers ${r.status}, the file says ${Object.keys(op.responses).join(", ")}`);
		const schema = listed?.content?.["application/json"]?.schema;
		if (schema) validate(openapi, schema, r.json, `${method} ${path}`);
		else shapeless.add(`${method} ${found[0]}`);
		if (sent && op.requestBody) noting(() => validate(openapi, op.requestBody.content["application/json"].schema, sent, `${method} ${found[0]} as sent`));
	} else {
		check(/^application\/problem\+json/.test(r.headers["content-type"] ?? ""), `${method} ${path}: ${r.status} is ${r.headers["content-type"]}: ${short(r.body)}`);
		equal(r.json?.status, r.status, "problem.status");
		check(typeof r.json.title === "string" && typeof r.json.type === "string", short(r.body));
	}
}
async function get(who, path, status = 200) {
	const r = await who.get(path);
	equal(r.status, status, `GET ${path}: ${short(r.body)}; status`);
	conforms("get", path, null, r);
	return r;
}
async function post(who, path, data, status, headers) {
	const r = await who.post(path, data, headers);
	equal(r.status, status, `POST ${path} ${short(JSON.stringify(data), 120)}: ${short(r.body)}; status`);
	conforms("post", path, typeof data === "string" ? null : data, r);
	return r;
}

let topic = null, answer = null;
const stats = () => JSON.parse(hearthOk("stats", "--data", dir, "--json"));

await test("api/topic-created", async () => {
	const r = await post(ada, "/api/v1/topics", { space: "help", title: "Why does the zeppelin hum at night?", body: "It *hums*.\n\nBadly.", tags: ["noise", "night"] }, 201);
	check(/^\/t\/[0-9a-z]+\/why-does/.test(r.json.url), short(r.body));
	equal(r.headers.location, r.json.url, "Location");
	equal(typeof r.json.id, "string", "type of id");
	topic = r.json.id;
	const t = (await get(guest, `/api/v1/topics/${topic}`)).json;
	equal([t.id, t.title, t.space, t.author, t.answers, t.solution_id ?? null], [topic, "Why does the zeppelin hum at night?", "help", "ada", 0, null]);
	const page = await request(server.port, "GET", r.json.url);
	equal(page.status, 200);
	check(page.body.includes("<em>hums</em>"), "the text is rendered");
});

await test("api/tags-as-text-or-array", async () => {
	const a = (await post(ada, "/api/v1/topics", { space: "lab", title: "Tags as one text", body: "x", tags: "alpha beta" }, 201)).json.id;
	const b = (await post(ada, "/api/v1/topics", { space: "lab", title: "Tags as an array", body: "x", tags: ["alpha", "beta"] }, 201)).json.id;
	equal((await get(guest, `/api/v1/topics/${a}`)).json.tags, (await get(guest, `/api/v1/topics/${b}`)).json.tags, "tags");
});

await test("api/answer-created", async () => {
	const r = await post(bob, `/api/v1/topics/${topic}/posts`, { body: "The *propeller* vibrates; tighten its xylophone bolt." }, 201);
	answer = r.json.id;
	const page = await request(server.port, "GET", r.json.url);
	equal(page.status, 302);
	check(page.headers.location.startsWith(`/t/${topic}/`), page.headers.location);
	const posts = (await get(guest, `/api/v1/topics/${topic}/posts`)).json.items;
	equal(posts.filter((p) => p.id === answer).length, 1, "the answer is listed once");
});

await test("api/idempotency-key-same-reply-one-row", async () => {
	const key = { "Idempotency-Key": "k-1" }, data = { space: "help", title: "Only once, please", body: "once" }, before = stats();
	const first = await post(ada, "/api/v1/topics", data, 201, key), second = await post(ada, "/api/v1/topics", data, 201, key);
	equal([second.status, second.body, second.headers.location, second.headers["content-type"]], [first.status, first.body, first.headers.location, first.headers["content-type"]], "the second reply");
	equal(stats().topics, before.topics + 1, "topics");
	const again = await Promise.all(Array.from({ length: 8 }, () => post(ada, `/api/v1/topics/${first.json.id}/posts`, { body: "at once" }, 201, { "Idempotency-Key": "k-2" })));
	equal(new Set(again.map((r) => r.json.id)).size, 1, "ids of eight simultaneous posts with one key");
	equal(stats().answers, before.answers + 1, "answers");
});

await test("api/idempotency-key-is-ones-own", async () => {
	const key = { "Idempotency-Key": "k-shared" };
	const a = await post(ada, "/api/v1/topics", { space: "help", title: "A topic of Ada", body: "a" }, 201, key);
	const b = await post(bob, "/api/v1/topics", { space: "help", title: "A topic of Bob", body: "b" }, 201, key);
	check(a.json.id !== b.json.id, "another member's key gave the same reply");
});

await test("api/idempotency-key-of-another-request", async () => {
	const key = { "Idempotency-Key": "k-other" };
	const a = (await post(ada, "/api/v1/topics", { space: "help", title: "A first place to answer", body: "a" }, 201)).json.id;
	const b = (await post(ada, "/api/v1/topics", { space: "help", title: "A second place to answer", body: "b" }, 201)).json.id;
	const first = await post(ada, `/api/v1/topics/${a}/posts`, { body: "to the first" }, 201, key);
	const second = await ada.post(`/api/v1/topics/${b}/posts`, { body: "to the second" }, key);
	check(second.status >= 400 || second.json.id !== first.json.id, "a key used for one topic was acknowledged for another, where nothing was posted");
});

await test("api/idempotency-key-failed-request-is-not-kept", async () => {
	const key = { "Idempotency-Key": "k-fail" };
	await post(ada, "/api/v1/topics", { space: "help", title: "short", body: "x" }, 422, key);
	await post(ada, "/api/v1/topics", { space: "help", title: "Long enough this time", body: "x" }, 201, key);
	await post(ada, "/api/v1/topics", { space: "help", title: "A key that is too long", body: "x" }, 400, { "Idempotency-Key": "k".repeat(201) });
});

await test("api/search-finds-it", async () => {
	for (const sort of ["relevance", "newest"]) {
		const items = (await get(guest, `/api/v1/search?q=zeppelins&sort=${sort}&limit=5`)).json.items;
		equal(items.map((i) => i.id), [topic], `${sort}: a stemmed word of the title`);
		equal(Object.keys(items[0]).sort(), ["id", "snippet", "title", "url"], "members of a hit");
		equal((await request(server.port, "GET", items[0].url.replace(/#.*/, ""))).status, 200, items[0].url);
	}
	const hit = (await get(guest, "/api/v1/search?q=xylophone")).json.items;
	equal(hit.map((i) => i.id), [topic], "a word of the answer");
	check(/xylophone/i.test(hit[0].snippet), short(hit[0].snippet));
	equal((await get(guest, "/api/v1/search?q=qwertyuiop")).json.items, [], "nothing");
	equal((await get(guest, "/api/v1/search?q=%22tighten%20its%22")).json.items.length, 1, "words in quotation marks");
	equal((await get(guest, "/api/v1/search?q=%22its%20tighten%22")).json.items.length, 0, "words in quotation marks, the other way round");
});

await test("api/search-takes-any-words", async () => {
	for (const q of ['"', '""', "*", "a*", "NEAR(", "AND OR NOT", "-", "zeppelin)", "'; drop table topic;--", "%", "col:umn", "\u{1F525}", "ß".repeat(200), "a ".repeat(200), "^", "{", "zeppelin AND", "(((", "\\"])
		await get(guest, `/api/v1/search?q=${encodeURIComponent(q)}`);
	await get(guest, "/api/v1/search", 422);
	await get(guest, "/api/v1/search?q=", 422);
	await get(guest, "/api/v1/search?q=x&limit=0", 422);
	await get(guest, "/api/v1/search?q=x&limit=101", 422);
	await get(guest, "/api/v1/search?q=x&limit=two", 422);
	await get(guest, `/api/v1/search?q=${"x".repeat(501)}`, 422);
	await get(guest, "/api/v1/search?q=%zz", 400);
});

await test("api/search-sort-that-is-none", async () => { await get(guest, "/api/v1/search?q=x&sort=sideways", 422); });

await test("api/vote", async () => {
	equal((await post(ada, `/api/v1/posts/${answer}/vote`, { value: 1 }, 200)).json.score, 1, "score");
	equal((await post(ada, `/api/v1/posts/${answer}/vote`, { value: 1 }, 200)).json.score, 1, "score after the same vote");
	equal((await post(hal, `/api/v1/posts/${answer}/vote`, { value: -1 }, 200)).json.score, 0, "score");
	equal((await post(hal, `/api/v1/posts/${answer}/vote`, { value: 0 }, 200)).json.score, 1, "score");
	await post(bob, `/api/v1/posts/${answer}/vote`, { value: 1 }, 403);
	await post(guest, `/api/v1/posts/${answer}/vote`, { value: 1 }, 401);
	await post(ada, `/api/v1/posts/${answer}/vote`, { value: 2 }, 422);
	await post(ada, `/api/v1/posts/${answer}/vote`, { value: 1.5 }, 400);
	await post(ada, "/api/v1/posts/zzzzzzzzzzz/vote", { value: 1 }, 404);
	equal(stats().votes, 1, "votes");
});

await test("api/vote-needs-a-value", async () => {
	await post(ada, `/api/v1/posts/${answer}/vote`, {}, 422);
	equal((await get(guest, `/api/v1/topics/${topic}/posts`)).json.items.find((p) => p.id === answer).score, 1, "score");
});

await test("api/accept", async () => {
	await post(bob, `/api/v1/posts/${answer}/accept`, { accepted: true }, 403);
	await post(guest, `/api/v1/posts/${answer}/accept`, { accepted: true }, 401);
	equal((await post(ada, `/api/v1/posts/${answer}/accept`, { accepted: true }, 200)).json.accepted, true);
	equal((await get(guest, `/api/v1/topics/${topic}`)).json.solution_id, answer, "solution");
	equal((await post(ada, `/api/v1/posts/${answer}/accept`, { accepted: false }, 200)).json.accepted, false);
	equal((await get(guest, `/api/v1/topics/${topic}`)).json.solution_id ?? null, null, "solution");
	await post(hal, `/api/v1/posts/${answer}/accept`, { accepted: true }, 200); // a helper may
	equal(stats().accepted, 1, "accepted");
	const opening = (await get(guest, `/api/v1/topics/${topic}/posts?from=0`)).json.items[0];
	equal(opening.number, 0, "number of the first post");
	await post(ada, `/api/v1/posts/${opening.id}/accept`, { accepted: true }, 409);
});

await test("api/comment", async () => {
	const r = await post(ada, `/api/v1/posts/${answer}/comments`, { body: "Thanks, `bolt 7` it was." }, 201);
	check(r.json.id && r.json.url, short(r.body));
	check((await request(server.port, "GET", `/t/${topic}/x`)).body.includes("<code>bolt 7</code>"), "the comment is on the page");
	await post(ada, `/api/v1/posts/${answer}/comments`, { body: "x".repeat(2001) }, 422);
	await post(ada, `/api/v1/posts/${answer}/comments`, { body: "  " }, 422);
	await post(guest, `/api/v1/posts/${answer}/comments`, { body: "hm" }, 401);
});

await test("api/malformed-input-is-refused", async () => {
	const before = await settledStats(dir);
	for (const body of ["", "{", "[]", "null", '"x"', "{}x", '{"space":"help"', '{"a":1,"a":2}', '{"title":"\\ud800"}', "\u0000", "[".repeat(5000), '{"space":{"a":1}}', '{"body":1.5}', '{"tags":[1]}'])
		await post(ada, "/api/v1/topics", body, 400);
	await post(ada, "/api/v1/topics", { space: "help", title: "A title of some length", body: "x", admin: true }, 400); // unknown member
	await post(ada, "/api/v1/topics", "space=help&title=A+title+of+some+length&body=x", 400, { "Content-Type": "application/x-www-form-urlencoded" });
	await post(ada, "/api/v1/topics", '{"space":"help","title":"A title of some length","body":"x"}', 400, { "Content-Type": "text/plain" });
	equal(stats(), before, "what was refused changed something");
});

await test("api/field-errors-name-the-field", async () => {
	const errors = async (data) => (await post(ada, "/api/v1/topics", data, 422)).json.errors?.map((e) => e.field).sort();
	equal(await errors({ space: "help", title: "short", body: "x" }), ["title"]);
	equal(await errors({ space: "nowhere", title: "A title of some length", body: "x" }), ["space"]);
	equal(await errors({ space: "help", title: "A title of some length" }), ["body"]);
	equal(await errors({ space: "help", title: "A title of some length", body: " \n\t " }), ["body"]);
	equal(await errors({ space: "help", title: "A title of some length", body: "x", tags: ["a", "b", "c", "d", "e", "f"] }), ["tags"]);
	equal(await errors({ space: "help", title: "x".repeat(301), body: "x" }), ["title"]);
});

await test("api/field-errors-come-all-at-once", async () => {
	const r = await post(ada, "/api/v1/topics", { space: "help", title: "short", body: "" }, 422);
	equal(r.json.errors.map((e) => e.field).sort(), ["body", "title"]);
});

await test("api/the-longest-texts-fit", async () => {
	const body = `${"ä".repeat(32767)}z`; // 65,535 bytes
	const r = await post(ada, "/api/v1/topics", { space: "lab", title: "ü".repeat(150), body }, 201);
	check((await get(guest, `/api/v1/topics/${r.json.id}/posts?from=0`)).json.items[0].html.includes(body), "the text is whole");
	await post(ada, "/api/v1/topics", { space: "lab", title: "A body that is too long", body: "x".repeat(65537) }, 422);
	const huge = await ada.post("/api/v1/topics", JSON.stringify({ space: "lab", title: "Far too long", body: "x".repeat(400000) })).catch((e) => e);
	check(huge instanceof Error || huge.status === 413, `400 KB: ${huge.status}`);
});

await test("api/tokens", async () => {
	await post(guest, "/api/v1/topics", { space: "help", title: "A title of some length", body: "x" }, 401);
	for (const bad of ["Bearer nonsense", "Bearer ", "Bearer", "Basic YWRhOmFkYQ==", `bearer${tokens.ada}`, `Bearer ${tokens.ada}x`, `Bearer ${tokens.ada.slice(0, -1)}`]) {
		const r = await guest.post("/api/v1/topics", { space: "help", title: "A title of some length", body: "x" }, { Authorization: bad });
		equal(r.status, 401, `${bad}; status`);
		check(r.headers["www-authenticate"], "WWW-Authenticate");
	}
	// A token is for the API: pages do not take it.
	const page = await request(server.port, "GET", "/settings", { headers: { Authorization: `Bearer ${tokens.ada}` } });
	check(page.status === 303 && page.headers.location.startsWith("/sign-in"), `/settings with a token: ${page.status}`);
});

await test("api/unknown-token-is-told-on-reads-too", async () => {
	for (let i = 0; i < 2; i++) { // the second time the page cache may know the address
		await get(guest, "/api/v1/spaces");
		const r = await guest.get("/api/v1/spaces", { Authorization: "Bearer nonsense" });
		equal(r.status, 401, "status");
	}
});

await test("api/session-needs-the-csrf-token", async () => {
	const b = new Browser(server.port);
	await b.signUp("carol");
	const send = (headers) => b.send("POST", "/api/v1/topics", { headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify({ space: "help", title: "Posted from a session", body: "x" }) });
	equal((await send({})).status, 403, "without the token");
	equal((await send({ "X-CSRF-Token": b.csrf, Origin: "https://evil.example" })).status, 403, "from another site");
	equal((await send({ "X-CSRF-Token": b.csrf, "Sec-Fetch-Site": "cross-site" })).status, 403, "from another site");
	equal((await send({ "X-CSRF-Token": b.csrf, Origin: server.url })).status, 201, "with the token");
});

await test("api/pages-of-topics", async () => {
	for (let i = 0; i < 7; i++) await post(ada, "/api/v1/topics", { space: "lab", title: `Numbered topic ${i}`, body: "x" }, 201);
	const seen = [];
	let cursor = "", n = 0;
	do {
		const page = (await get(guest, `/api/v1/topics?space=lab&limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`)).json;
		check(page.items.length <= 3, "more than the limit");
		seen.push(...page.items.map((i) => i.id));
		cursor = page.cursor;
	} while (cursor && ++n < 20);
	const all = (await get(guest, "/api/v1/topics?space=lab&limit=100")).json;
	equal(all.cursor, null, "cursor of the last page");
	equal(seen, all.items.map((i) => i.id), "pages one after the other");
	equal(new Set(seen).size, seen.length, "a topic came twice");
	await get(guest, "/api/v1/topics?space=nowhere", 404);
	for (const bad of ["x", "-", "99999999999999999999.1", "1.", ".1", "%00"]) {
		const r = await guest.get(`/api/v1/topics?cursor=${bad}`);
		equal(r.status, 422, `cursor=${bad}`);
	}
});

await test("api/pages-of-posts", async () => {
	const id = (await post(ada, "/api/v1/topics", { space: "lab", title: "A topic with many posts", body: "0" }, 201)).json.id;
	for (let i = 1; i <= 7; i++) await post(bob, `/api/v1/topics/${id}/posts`, { body: `number ${i}` }, 201);
	const seen = [];
	let from = 0, n = 0;
	do {
		const page = (await get(guest, `/api/v1/topics/${id}/posts?limit=3&from=${from}`)).json;
		seen.push(...page.items.map((p) => p.number));
		from = page.next_from;
	} while (from !== null && ++n < 20);
	equal(seen, [0, 1, 2, 3, 4, 5, 6, 7], "numbers");
});

await test("api/spaces", async () => {
	const items = (await get(guest, "/api/v1/spaces")).json.items;
	equal(items.map((s) => s.slug).sort(), ["help", "lab"]);
	const counted = (await get(guest, "/api/v1/topics?space=lab&limit=100")).json.items.length;
	equal(items.find((s) => s.slug === "lab").topics, counted, "topics of lab");
});

await test("api/closed-topic-takes-no-answer", async () => {
	const id = (await post(ada, "/api/v1/topics", { space: "help", title: "A topic to be closed", body: "x" }, 201)).json.id;
	const b = new Browser(server.port);
	equal((await b.post("/sign-in", { handle: "admin", password })).status, 303, "sign-in");
	await b.get("/ask");
	equal((await b.post(`/t/${id}/close`, { closed: "1" })).status, 303, "close");
	await post(bob, `/api/v1/topics/${id}/posts`, { body: "too late" }, 409);
	await b.post(`/t/${id}/close`, { closed: "0" });
	await post(bob, `/api/v1/topics/${id}/posts`, { body: "in time" }, 201);
});

await test("api/nothing-there", async () => {
	for (const path of ["/api/v1/topics/zzzzzzzzzzz", "/api/v1/nothing", "/api/v2/topics", "/api/"]) {
		const r = await guest.get(path);
		equal(r.status, 404, path);
		check(/problem\+json/.test(r.headers["content-type"]), `${path}: ${r.headers["content-type"]}`);
	}
	await post(ada, "/api/v1/topics/zzzzzzzzzzz/posts", { body: "x" }, 404);
});

await test("api/allow-says-what-an-address-takes", async () => {
	for (const [path, allow] of [["/api/v1/topics", "GET, HEAD, POST"], ["/api/v1/search", "GET, HEAD"], ["/api/v1/posts/4k2/vote", "POST"]])
		equal((await request(server.port, "DELETE", path)).headers.allow, allow, path);
});

await test("api/types-are-those-of-the-file", async () => {
	const topic = { space: "help", title: "A number is not a title", body: "x" };
	for (const odd of [{ title: 123456789 }, { body: true }, { tags: 5 }]) equal((await ada.post("/api/v1/topics", { ...topic, ...odd })).status, 400, JSON.stringify(odd));
	const { id } = (await ada.post("/api/v1/topics", topic)).json, post = (await bob.post(`/api/v1/topics/${id}/posts`, { body: "An answer." })).json.id;
	for (const accepted of ["no", "false", 1]) equal((await ada.post(`/api/v1/posts/${post}/accept`, { accepted })).status, 400, JSON.stringify(accepted));
	equal((await ada.post(`/api/v1/posts/${post}/vote`, { value: "1" })).status, 400);
	equal((await guest.get(`/api/v1/topics/${id}`)).json.solution_id, null, "accepted by a word");
});

await test("api/wrong-method-405", async () => {
	const r = await guest.get(`/api/v1/posts/${answer}/vote`);
	equal(r.status, 405, "GET of an address that takes POST; status");
	check(/POST/.test(r.headers.allow ?? ""), `Allow: ${r.headers.allow}`);
});

await test("api/all-is-as-described", () => { equal([...new Set(undescribed)], [], "what the OpenAPI file does not know"); });
await test("api/reply-shapes-are-described", () => {
	if (shapeless.size) throw new Error(`no schema for the reply of: ${[...shapeless].sort().join("; ")}`);
});

await test("api/nothing-was-logged-as-an-error", () => { check(!/"level":"error"|ERROR|BUG |runtime error|AddressSanitizer/i.test(server.log), short(server.log, 3000)); });
await test("api/ends-well", async () => {
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor --replay");
});
done();
