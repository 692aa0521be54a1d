// SPDX-License-Identifier: AGPL-3.0-or-later
// The work of faults.sh.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TMP, api, check, done, equal, hearth, hearthOk, lastLine, serve, short, test } from "./lib.mjs";

const OPTIONS = ["--no-rate-limits", "--page-cache", "4"];

function siteIn(dir) {
	hearthOk("init", "--data", dir, "--name", "Faults");
	hearthOk("space", "create", "--data", dir, "help", "Help");
	hearthOk("user", "add", "ann", "--data", dir);
	return lastLine(hearthOk("token", "create", "--data", dir, "--member", "ann"));
}

class Poster {
	constructor(token) { Object.assign(this, { token, acknowledged: new Map(), serial: 0, statuses: {} }); }

	async ask(port) {
		const r = await api(port, this.token).post("/api/v1/topics", { space: "help", title: "What if the disk gives up?", body: "Just asking for a friend.", tags: "disk" });
		equal(r.status, 201, `ask: ${short(r.body)}`);
		this.topic = r.json.id;
	}

	async post(port, bytes = 200) {
		const word = `word${++this.serial}x`, body = `${word} ${"lorem ipsum dolor ".repeat(Math.ceil(bytes / 18))}`;
		const r = await api(port, this.token).post(`/api/v1/topics/${this.topic}/posts`, { body }, { "Idempotency-Key": word });
		this.statuses[r.status] = (this.statuses[r.status] ?? 0) + 1;
		if (r.status === 201) this.acknowledged.set(r.json.id, word);
		else check([503, 507].includes(r.status), `a failed write gave ${r.status}: ${short(r.body)}`);
		if (r.status === 503) check(r.headers["retry-after"], "503 without Retry-After");
		return r.status;
	}

	async look(port) {
		const found = new Map();
		for (let from = 0; from !== null;) {
			const r = await api(port).get(`/api/v1/topics/${this.topic}/posts?from=${from}&limit=100`);
			equal(r.status, 200, `reading: ${short(r.body)}`);
			for (const p of r.json.items) { check(!found.has(p.id), `${p.id} is there twice`); found.set(p.id, p.html); }
			from = r.json.next_from;
		}
		for (const [id, word] of this.acknowledged) check(found.get(id)?.includes(`${word} `), `acknowledged and lost: ${id} ${word}`);
	}
}

await test("faults/full-disk", async () => {
	const disk = process.env.FULL_DISK;
	if (!disk) return { skip: "mount -t tmpfs is not permitted here (run as root)" };
	const dir = join(disk, "data"), ballast = join(disk, "ballast"), poster = new Poster(siteIn(dir));
	let server = await serve(dir, ...OPTIONS);
	await poster.ask(server.port);
	for (let i = 0; i < 5; i++) equal(await poster.post(server.port), 201, "a post before");
	const { bavail, bsize } = statfsSync(disk);
	check(bavail * bsize > 1 << 20, `only ${bavail * bsize} bytes left at the beginning`);
	writeFileSync(ballast, Buffer.alloc(bavail * bsize - (300 << 10)));
	let refused = 0;
	for (let i = 0; i < 400 && refused < 10; i++) if (await poster.post(server.port, 8000) !== 201) refused++;
	check(refused === 10, `the disk was never full: ${JSON.stringify(poster.statuses)}`);
	check(poster.statuses[507], `never 507: ${JSON.stringify(poster.statuses)}`);
	await poster.look(server.port); // reading goes on
	equal((await api(server.port).get("/healthz")).status, 200, "healthz");
	equal((await api(server.port).get("/api/v1/search?q=lorem")).status, 200, "search");
	rmSync(ballast);
	equal(await poster.post(server.port, 8000), 201, "a post when there is room again");
	await poster.look(server.port);
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor");
	server = await serve(dir, ...OPTIONS);
	await poster.look(server.port);
	await server.stop();
	console.log(`# ${JSON.stringify(poster.statuses)}`);
});

await test("faults/killed-while-full", async () => {
	const disk = process.env.FULL_DISK;
	if (!disk) return { skip: "mount -t tmpfs is not permitted here (run as root)" };
	rmSync(join(disk, "data"), { recursive: true, force: true });
	const dir = join(disk, "data"), ballast = join(disk, "ballast"), poster = new Poster(siteIn(dir));
	let server = await serve(dir, ...OPTIONS);
	await poster.ask(server.port);
	const { bavail, bsize } = statfsSync(disk);
	writeFileSync(ballast, Buffer.alloc(bavail * bsize - (200 << 10)));
	for (let i = 0, refused = 0; i < 400 && refused < 3; i++) if (await poster.post(server.port, 8000) !== 201) refused++;
	await server.kill();
	rmSync(ballast);
	server = await serve(dir, ...OPTIONS);
	await poster.look(server.port);
	equal(await poster.post(server.port), 201, "a post after the restart");
	await server.stop();
	equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor");
});

// fiu-run preloads a library, which a program with AddressSanitizer refuses: another build of the same program serves.
function plainHearth() {
	const all = [process.env.FAULTS_HEARTH, "build/release/hearth", "build/debug/hearth"].filter((p) => existsSync(p));
	return all.find((p) => !spawnSync("nm", ["-D", p], { encoding: "utf8", maxBuffer: 1 << 26 }).stdout.includes("__asan_init"));
}

// What SQLite syncs its log by, once a commit; and what it writes to its files by, many times a commit.
for (const [fault, odds] of [["sync/fdatasync", 0.02], ["rw/pwrite", 0.006]]) {
	const call = fault.replace(/.*\//, "");
	await test(`faults/${call}-fails-now-and-then`, async () => {
		if (spawnSync("fiu-run", ["--help"]).error) return { skip: "libfiu is not installed (apt-get install fiu-utils)" };
		const program = plainHearth();
		if (!program) return { skip: "needs a build without AddressSanitizer (make quick)" };
		const dir = join(TMP, call);
		mkdirSync(dir);
		const poster = new Poster(siteIn(dir));
		const healthy = await serve(dir, ...OPTIONS);
		await poster.ask(healthy.port);
		await healthy.stop();
		Object.assign(process.env, { FAULTS_CALL: fault, FAULTS_ODDS: odds, FAULTS_PLAIN: program }); // for the wrapper in faults.sh
		// The fault may hit the opening of the database: then the server says so and ends, and is started again.
		let server;
		for (let tries = 0; !server; tries++) server = await serve(dir, ...OPTIONS).catch((e) => { if (tries > 8 || !/I\/O error/.test(e)) throw e; });
		delete process.env.FAULTS_CALL;
		for (let i = 0; i < 400 && (i < 50 || !poster.statuses[503]); i++) await Promise.all(Array.from({ length: 6 }, () => poster.post(server.port)));
		await poster.look(server.port);
		await server.kill();
		const after = await serve(dir, ...OPTIONS);
		await poster.look(after.port);
		equal(await poster.post(after.port), 201, "a post afterwards");
		await after.stop();
		equal(hearth("doctor", "--data", dir, "--replay").code, 0, "doctor");
		console.log(`# ${JSON.stringify(poster.statuses)}`);
		check(poster.statuses[503], `no ${call} failed`);
		check(poster.acknowledged.size > 100, `only ${poster.acknowledged.size} were acknowledged`);
	});
}
done();
