// SPDX-License-Identifier: AGPL-3.0-or-later
// tls.mjs PORT N: N clients over TLS, sixty at once, each rude in one of eight ways; afterwards a polite one is answered.
import net from "node:net";
import tls from "node:tls";

const port = Number(process.argv[2]), wanted = Number(process.argv[3]);
const options = { host: "127.0.0.1", port, rejectUnauthorized: false };
const get = (path, more = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
let answered = 0, ended = 0;

// Resolves when the connection is over, or after twenty seconds, which counts as hanging.
function client(kind) {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`a client of kind ${kind} hangs`)), 20000);
		const over = () => { clearTimeout(late); ended++; resolve(); };
		if (kind === 0 || kind === 1) { // gone in the handshake: after a part of a hello, or with noise
			const raw = net.connect(port, "127.0.0.1", () => {
				raw.write(kind ? Buffer.from("16030100f1010000ed0303", "hex") : Buffer.from("GET / HTTP/1.1\r\n\r\n"));
				setTimeout(() => raw.destroy(), 2);
			});
			raw.on("error", () => {}).on("close", over);
			return;
		}
		const s = tls.connect(options, () => {
			if (kind === 2) s.destroy();
			if (kind === 3) s.write(get("/big"), () => setTimeout(() => s.destroy(), 1));
			if (kind === 4) s.write("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n" + "x".repeat(20000), () => s.destroy());
			if (kind === 5) s.write(get("/sleep") + get("/later") + get("/again") + get("/work"), () => s.destroy());
			if (kind === 6) s.end(get("/work", "Connection: close\r\n"));
			if (kind === 7) s.write(get("/fast") + get("/later", "Connection: close\r\n"));
		});
		s.on("data", (d) => { if (d.includes("HTTP/1.1 200")) answered++; });
		s.on("error", () => {}).on("close", over);
	});
}

let started = 0;
async function worker() {
	while (started < wanted) await client(started++ % 8);
}
let failed = false;
try {
	await Promise.all(Array.from({ length: 60 }, worker));
} catch (error) {
	console.log(error.message);
	failed = true;
}
console.log(`# ${ended} clients over TLS, ${answered} replies heard`);
console.log(`${failed || answered < wanted / 8 ? "not ok" : "ok"} hostile/abrupt_disconnects_in_tls`);
const polite = await new Promise((resolve) => {
	let heard = "";
	const s = tls.connect(options, () => s.write(get("/work", "Connection: close\r\n")));
	s.on("data", (d) => { heard += d; }).on("error", (e) => resolve(String(e))).on("close", () => resolve(heard));
});
const good = polite.startsWith("HTTP/1.1 200");
if (!good) console.log(polite.slice(0, 300));
console.log(`${good ? "ok" : "not ok"} hostile/answers_over_tls_afterwards`);
process.exit(failed || !good ? 1 : 0);
