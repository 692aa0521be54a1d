// SPDX-License-Identifier: AGPL-3.0-or-later
// Started by systemd: the socket is passed as descriptor 3 (sd_listen_fds(3)), and connections wait in it until the server is
// there.
import { spawn } from "node:child_process";
import net from "node:net";
import { HEARTH, check, done, equal, request, site, test } from "./lib.mjs";

const { dir } = site("systemd", { help: "Help" });
const passed = net.createServer();
await new Promise((r) => { passed.listen(0, "127.0.0.1", r); });
const { port } = passed.address();

// Runs `hearth serve` with the socket as descriptor 3.
function start(pid) {
	const child = spawn("/bin/sh", ["-c", `LISTEN_PID=${pid} exec "$0" "$@"`, HEARTH, "serve", "--data", dir], { stdio: ["ignore", "pipe", "pipe", passed._handle], env: { ...process.env, LISTEN_FDS: "1" } });
	child.log = "";
	child.stderr.on("data", (d) => { child.log += d; });
	child.ended = new Promise((r) => { child.on("exit", (code, signal) => r({ code, signal })); });
	return child;
}

await test("systemd/serves-the-socket-that-was-passed", async () => {
	const child = start("$$");
	passed.close(); // the child has it
	const page = await request(port, "GET", "/s/help");
	check(page.status === 200 && page.body.includes("Help"), `${page.status}: ${child.log}`);
	check(/^listening on http:\/\/\S+:\d+$/m.test(child.log), child.log);
	child.kill("SIGTERM");
	equal(await child.ended, { code: 0, signal: null }, child.log);
});
done();
process.exit();
