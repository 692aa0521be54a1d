// SPDX-License-Identifier: AGPL-3.0-or-later
// What the scenario, crash and browser tests share: verdicts, a site of one's own, and an HTTP client that sends exactly
// what it is told (no redirects followed, no headers added but Host, and Origin as a browser would for forms).
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkReply } from "./lib-schema.mjs";

export const ROOT = new URL("../..", import.meta.url).pathname;
export const HEARTH = process.env.HEARTH ?? join(ROOT, "build/debug/hearth");
export const TMP = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), "hearth-"));

// --- verdicts -----------------------------------------------------------------------------------------------------------

let failures = 0;
const wanted = process.argv.slice(2); // words choose tests by name

export async function test(name, fn) {
	if (wanted.length && !wanted.some((w) => name.includes(w))) return undefined;
	try {
		const result = await fn();
		if (result?.skip) console.log(`skip ${name} ${result.skip}`);
		else console.log(`ok ${name}`);
		return result;
	} catch (error) {
		failures++;
		console.log(String(error?.stack ?? error).split("\n").slice(0, 12).join("\n"));
		console.log(`not ok ${name}`);
		return undefined;
	}
}

export const done = () => { process.exitCode = failures ? 1 : 0; };

// Asks until it is so; what the server does by itself has its own pace.
export async function until(fn, what, within = 15000) {
	const end = Date.now() + within;
	while (!(await fn())) {
		check(Date.now() < end, `not within ${within} ms: ${what}`);
		await new Promise((r) => { setTimeout(r, 50); });
	}
}

export function check(condition, text) {
	if (!condition) throw new Error(text);
}

export function equal(got, expected, what) {
	const a = JSON.stringify(got), b = JSON.stringify(expected);
	if (a !== b) throw new Error(`${what ?? "value"}: got ${short(a)}, expected ${short(b)}`);
}

export const short = (text, n = 400) => (String(text).length > n ? `${String(text).slice(0, n)}…` : String(text));

// --- the program --------------------------------------------------------------------------------------------------------

export function hearth(...args) {
	const r = spawnSync(HEARTH, args, { encoding: "utf8", timeout: 60000 });
	return { code: r.status, out: r.stdout, err: r.stderr };
}

export function hearthOk(...args) {
	const r = hearth(...args);
	if (r.code !== 0) throw new Error(`hearth ${args.join(" ")} exited with ${r.code}: ${r.err}${r.out}`);
	return r.out.trimEnd();
}

// What there is once the server has done what it does by itself after a change (ranks, areas): the same for two seconds.
export async function settledStats(dir) {
	const read = () => hearthOk("stats", "--data", dir, "--json");
	for (let before = read(), same = 0, n = 0; n < 120; n++) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		const now = read();
		same = now === before ? same + 1 : 0;
		if (same === 4) return JSON.parse(now);
		before = now;
	}
	throw new Error("the counts do not come to rest");
}

export const lastLine = (text) => text.trimEnd().split("\n").pop();

// A new site with the spaces given as {slug: title}; password is the administrator's.
export function site(name, spaces = { help: "Help" }) {
	const dir = join(TMP, name), password = lastLine(hearthOk("init", "--data", dir, "--name", "Test & <Site>"));
	for (const [slug, title] of Object.entries(spaces)) hearthOk("space", "create", "--data", dir, slug, title);
	return { dir, password };
}

const running = new Set();
process.on("exit", () => {
	for (const child of running) child.kill("SIGKILL");
	if (!process.env.KEEP) rmSync(TMP, { recursive: true, force: true });
});

// Serves DIR on a free port. log holds what it wrote to stderr.
export const serve = (dir, ...options) => start("serve", dir, ...options);

export function start(verb, dir, ...options) {
	const program = options.find((o) => typeof o === "object")?.program ?? HEARTH; // {program}: another binary
	const child = spawn(program, [verb, "--data", dir, "--listen", "127.0.0.1:0", ...options.filter((o) => typeof o === "string")], { stdio: ["ignore", "ignore", "pipe"] });
	running.add(child);
	const server = { child, log: "", ended: null };
	server.exit = new Promise((resolve) => {
		child.on("exit", (code, signal) => {
			running.delete(child);
			if (server.url && !server.killed) console.log(`the server ended by itself with ${code ?? signal}:\n${server.log.slice(-6000)}`);
			resolve({ code, signal });
		});
	});
	server.kill = (signal = "SIGKILL") => { server.killed = true; child.kill(signal); return server.exit; };
	server.stop = async () => {
		const { code, signal } = await server.kill("SIGTERM");
		check(code === 0, `serve ended with ${code ?? signal}: ${server.log.slice(-2000)}`);
	};
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`${verb} is not ready after 60 s: ${server.log}`)), 60000);
		child.stderr.setEncoding("utf8");
		child.stderr.on("data", (text) => {
			server.log += text;
			const m = !server.url && /listening on (http:\/\/127\.0\.0\.1:(\d+))\n/.exec(server.log);
			if (!m) return;
			clearTimeout(late);
			server.url = m[1];
			server.port = Number(m[2]);
			resolve(server);
		});
		server.exit.then((e) => { clearTimeout(late); reject(new Error(`serve ended with ${JSON.stringify(e)}: ${server.log}`)); });
	});
}

// --- HTTP ---------------------------------------------------------------------------------------------------------------

export function request(port, method, path, { headers = {}, body, agent, timeout = 30000 } = {}) {
	return new Promise((resolve, reject) => {
		const all = { ...headers };
		if (body !== undefined && all["Content-Length"] === undefined) all["Content-Length"] = Buffer.byteLength(body);
		const req = http.request({ host: "127.0.0.1", port, method, path, headers: all, agent, timeout }, (res) => {
			const chunks = [];
			res.on("data", (c) => chunks.push(c));
			res.on("error", reject);
			res.on("aborted", () => reject(new Error("aborted")));
			res.on("end", () => resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks).toString("utf8"), bytes: Buffer.concat(chunks) }));
		});
		req.on("timeout", () => req.destroy(new Error(`no reply to ${method} ${path} in ${timeout} ms`)));
		req.on("error", reject);
		req.end(body);
	});
}

export const encode = (fields) => new URLSearchParams(fields).toString();

// A browser without scripts: cookies, Origin, the CSRF token of the last page that had one.
export class Browser {
	constructor(port) {
		this.port = port;
		this.cookies = new Map();
	}

	headers(extra) {
		const h = { ...extra };
		if (this.cookies.size) h.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
		return h;
	}

	async send(method, path, options = {}) {
		const reply = await request(this.port, method, path, { ...options, headers: this.headers(options.headers) });
		for (const line of reply.headers["set-cookie"] ?? []) {
			const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line);
			if (/max-age=0\b/i.test(rest)) this.cookies.delete(name);
			else this.cookies.set(name, value);
		}
		const m = /name="csrf" value="([^"]+)"/.exec(reply.body);
		if (m) this.csrf = m[1];
		return reply;
	}

	get(path, headers) { return this.send("GET", path, { headers }); }

	// Sends a form as a browser does; a field of value undefined is left out.
	post(path, fields = {}, headers = {}) {
		const form = { ...(this.csrf && this.cookies.has("hearth_session") ? { csrf: this.csrf } : {}), ...fields };
		for (const k of Object.keys(form)) if (form[k] === undefined) delete form[k];
		const all = { "Content-Type": "application/x-www-form-urlencoded", Origin: `http://127.0.0.1:${this.port}`, "Sec-Fetch-Site": "same-origin", ...headers };
		for (const k of Object.keys(all)) if (all[k] === undefined) delete all[k];
		return this.send("POST", path, { headers: all, body: encode(form) });
	}

	// Follows a redirect within the site, once per step.
	async follow(reply) {
		let r = reply;
		for (let i = 0; i < 5 && r.headers.location; i++) {
			check(r.headers.location.startsWith("/"), `leads away: ${r.headers.location}`);
			r = await this.get(r.headers.location.replace(/#.*/, ""));
		}
		return r;
	}

	async signUp(handle, password = "correct horse battery") {
		const r = await this.post("/sign-up", { handle, email: "", password, next: "/" });
		equal(r.status, 303, `sign-up of ${handle}`);
		check(this.cookies.has("hearth_session"), "no session cookie");
		await this.get("/ask"); // for the token of forms
		return this;
	}
}

// What the server says of its API, asked for once; undefined while it cannot be had (a server that is about to be killed).
let described;
async function openapi(port) {
	if (!described) {
		try {
			const r = await request(port, "GET", "/api/v1/openapi.json", { timeout: 5000 });
			if (r.status === 200) described = JSON.parse(r.body);
		} catch { /* the reply that was asked for is what counts */ }
	}
	return described;
}

// The JSON API with a personal token. Returns {status, headers, body, json}. Every reply below 500 and without a
// connection lost on the way is held against its schema.
export function api(port, token) {
	const call = async (method, path, data, headers = {}, options = {}) => {
		const all = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers };
		let body;
		if (data !== undefined) {
			all["Content-Type"] ??= "application/json";
			body = typeof data === "string" ? data : JSON.stringify(data);
		}
		const r = await request(port, method, path, { headers: all, body, ...options });
		try { r.json = JSON.parse(r.body); } catch { r.json = undefined; }
		const schema = path.startsWith("/api/") && r.status < 500 ? await openapi(port) : undefined;
		if (schema) checkReply(schema, method.toLowerCase(), path, r);
		return r;
	};
	return {
		get: (path, headers) => call("GET", path, undefined, headers),
		post: (path, data, headers, options) => call("POST", path, data, headers, options),
	};
}

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
export const unescapeHtml = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, dec, name) => (name ? NAMED[name] : String.fromCodePoint(parseInt(hex ?? dec, hex ? 16 : 10))));

// What the fields of a page's forms hold, by name (the last of a name); a select holds the value that is chosen.
export function fieldsOf(html) {
	const fields = {};
	for (const m of html.matchAll(/<input\b[^>]*\bname="([^"]+)"[^>]*>/g)) fields[m[1]] = unescapeHtml(/\bvalue="([^"]*)"/.exec(m[0])?.[1] ?? "");
	for (const m of html.matchAll(/<textarea\b[^>]*\bname="([^"]+)"[^>]*>\n?([^<]*)<\/textarea>/g)) if (m[2] || !fields[m[1]]) fields[m[1]] = unescapeHtml(m[2]);
	for (const m of html.matchAll(/<select\b[^>]*\bname="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) fields[m[1]] = /<option value="([^"]*)" selected/.exec(m[2])?.[1] ?? "";
	return fields;
}

export const source = (path) => readFileSync(join(ROOT, path), "utf8");
