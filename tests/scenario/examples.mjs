// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of docs/examples work: a real nginx in front, with the example's own lines, and the units as systemd reads
// them, with the socket that it passes.
import { spawn, spawnSync } from "node:child_process";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { HEARTH, TMP, check, done, encode, equal, hearthOk, serve, source, test } from "./lib.mjs";

const has = (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const freePort = () => new Promise((resolve) => { const s = net.createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => resolve(port)); }); });
const wait = (ms) => new Promise((r) => { setTimeout(r, ms); });
const HOST = "community.example.com", dir = join(TMP, "site");
hearthOk("init", "--data", dir, "--url", `https://${HOST}`);
hearthOk("space", "create", "help", "Help", "--data", dir);

function ask(client, port, method, path, { headers = {}, body } = {}) {
	return new Promise((resolve, reject) => {
		const all = { Host: HOST, ...headers, ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }) };
		const req = client.request({ host: "127.0.0.1", port, method, path, headers: all, rejectUnauthorized: false, timeout: 10000 }, (res) => {
			let text = "";
			res.on("data", (d) => { text += d; }).on("end", () => resolve({ status: res.statusCode, headers: res.headers, body: text }));
		});
		req.on("error", reject).on("timeout", () => req.destroy(new Error("no reply")));
		req.end(body);
	});
}

await test("examples/nginx", async () => {
	check(has("nginx") && has("openssl"), "nginx and openssl are needed (deps/apt-test.txt)");
	const server = await serve(dir, "--proxy", "127.0.0.1"), at = join(TMP, "nginx"), plain = await freePort(), tls = await freePort();
	mkdirSync(at);
	const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", `/CN=${HOST}`, "-keyout", join(at, "key.pem"), "-out", join(at, "cert.pem")], { encoding: "utf8" });
	equal(made.status, 0, made.stderr);
	// Ports, certificate and folder are this machine's; everything else is the example.
	const example = source("docs/examples/nginx.conf")
		.replace("server 127.0.0.1:8080;", `server 127.0.0.1:${server.port};`)
		.replace(/listen (\[::\]:)?80;/g, (_, six) => (six ? "" : `listen 127.0.0.1:${plain};`)).replace(/listen (\[::\]:)?443 ssl http2;/g, (_, six) => (six ? "" : `listen 127.0.0.1:${tls} ssl http2;`))
		.replace(/ssl_certificate .*;/, `ssl_certificate ${at}/cert.pem;`).replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${at}/key.pem;`);
	const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((n) => `${n}_temp_path ${at}/${n};`).join("\n");
	writeFileSync(join(at, "nginx.conf"), `daemon off;\npid ${at}/pid;\nerror_log ${at}/error.log;\nevents {}\nhttp {\naccess_log off;\n${temp}\n${example}\n}\n`);
	const nginx = spawn("nginx", ["-p", at, "-c", join(at, "nginx.conf")], { stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	nginx.stderr.on("data", (d) => { said += d; });
	try {
		for (let i = 0; ; i++) {
			check(i < 100 && nginx.exitCode === null, `nginx does not start: ${said}`);
			try { await ask(http, plain, "GET", "/"); break; } catch { await wait(50); }
		}
		const moved = await ask(http, plain, "GET", "/s/help");
		equal([moved.status, moved.headers.location], [301, `https://${HOST}/s/help`], "to https");
		const page = await ask(https, tls, "GET", "/s/help");
		equal(page.status, 200, "through the proxy");
		check(page.body.includes(`<link rel="canonical" href="https://${HOST}/s/help"`), "canonical");
		equal((await ask(https, tls, "GET", "/metrics")).status, 404, "metrics are hidden");
		const form = { "Content-Type": "application/x-www-form-urlencoded", Origin: `https://${HOST}`, "Sec-Fetch-Site": "same-origin" };
		const up = await ask(https, tls, "POST", "/sign-up", { headers: form, body: encode({ handle: "ada", email: "", password: "correct horse battery", next: "/" }) });
		equal(up.status, 303, "a form");
		check(/hearth_session=.*; Secure/.test(String(up.headers["set-cookie"])), "the cookie is Secure");
		equal((await ask(https, tls, "POST", "/sign-up", { headers: { ...form, Origin: "https://elsewhere.example" }, body: "handle=eve" })).status, 403, "a form from elsewhere");
		check([413, 502].includes((await ask(https, tls, "POST", "/ask", { headers: form, body: "x".repeat(300 * 1024) })).status), "too large");
	} finally {
		nginx.kill("SIGTERM");
	}
	await server.stop();
});

await test("examples/systemd-units", () => {
	if (!has("systemd-analyze")) return { skip: "systemd-analyze is not installed" };
	const at = join(TMP, "units");
	mkdirSync(at);
	writeFileSync(join(at, "hearth.service"), source("docs/examples/hearth.service").replace("/usr/local/bin/hearth", HEARTH).replace(/^(User|Group)=.*$/gm, "$1=root"));
	writeFileSync(join(at, "hearth.socket"), source("docs/examples/hearth.socket"));
	const r = spawnSync("systemd-analyze", ["verify", "--man=no", join(at, "hearth.service"), join(at, "hearth.socket")], { encoding: "utf8" });
	const about = r.stderr.split("\n").filter((l) => /hearth\.(service|socket)/.test(l) && !/sysinit|basic\.target|Transaction/.test(l));
	equal(about, [], "what systemd says of them");
	return undefined;
});

await test("examples/systemd-socket", async () => {
	if (!has("systemd-socket-activate")) return { skip: "systemd-socket-activate is not installed" };
	const port = await freePort();
	const child = spawn("systemd-socket-activate", ["-l", `127.0.0.1:${port}`, ...["ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"].flatMap((n) => (process.env[n] ? ["-E", `${n}=${process.env[n]}`] : [])), HEARTH, "serve", "--data", dir], { stdio: ["ignore", "ignore", "pipe"] });
	let said = "";
	child.stderr.on("data", (d) => { said += d; });
	const ended = new Promise((resolve) => { child.on("exit", (code, signal) => resolve(code ?? signal)); });
	for (let i = 0; ; i++) {
		check(i < 100 && child.exitCode === null, `no answer: ${said}`);
		try { equal((await ask(http, port, "GET", "/healthz")).body, "ok\n", "healthz"); break; } catch (error) { if (i === 99) throw error; await wait(100); }
	}
	check(said.includes("the.socket.passed"), said);
	child.kill("SIGTERM");
	equal(await ended, 0, "its end");
	return undefined;
});
done();
