// SPDX-License-Identifier: AGPL-3.0-or-later
// The blocks of code in docs/*.md, and how each kind is tried: shell in bash, SQL by sqlc, templates by tmplc, C by the
// compiler of this build with its flags, linked with its libraries.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, TMP, source } from "./lib.mjs";

export const BUILD = process.env.BUILD ?? join(ROOT, "build/debug");
export const PAGES = readdirSync(join(ROOT, "docs")).filter((f) => f.endsWith(".md")).map((f) => f.slice(0, -3));
const tool = (name) => process.env[name.toUpperCase()] ?? join(BUILD, "tools", name);

// [{language, text}] of a page; language "sh", "c", …
export const blocksOf = (page) => [...source(`docs/${page}.md`).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((m) => ({ language: m[1], text: m[2] }));

export const block = (page, language, holding) => {
	const found = blocksOf(page).filter((b) => b.language === language && b.text.includes(holding));
	if (found.length !== 1) throw new Error(`docs/${page}.md has ${found.length} ${language} blocks with "${holding}"`);
	return found[0].text;
};

export function put(path, text) {
	const file = join(TMP, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return file;
}

function run(command, args, options) {
	const r = spawnSync(command, args, { encoding: "utf8", ...options });
	if (r.status !== 0) throw new Error(`${command} exited with ${r.status}: ${`${r.stdout}${r.stderr}${r.error ?? ""}`.slice(0, 3000)}`);
	return r.stdout;
}

const migrations = execFileSync(join(ROOT, "tools/sources.sh"), ["migration-dirs"], { encoding: "utf8" }).trim().split("\n").flatMap((d) => ["--migrations", join(ROOT, d)]);
const catalogues = execFileSync(join(ROOT, "tools/sources.sh"), ["messages"], { encoding: "utf8" }).trim().split("\n").flatMap((c) => ["--catalogue", join(ROOT, c)]);

// NAME_sql.h and .c into gen/
export function sqlc(name, queries, ...more) {
	mkdirSync(join(TMP, "gen"), { recursive: true });
	run(tool("sqlc"), ["--queries", queries, ...migrations, ...more.flatMap((d) => ["--migrations", d]), "--name", name, "--out-h", join(TMP, `gen/${name}_sql.h`), "--out-c", join(TMP, `gen/${name}_sql.c`)]);
	return join(TMP, `gen/${name}_sql.c`);
}

export function tmplc(name, view, ...more) {
	mkdirSync(join(TMP, "gen"), { recursive: true });
	run(tool("tmplc"), ["--name", name, ...catalogues, ...more.flatMap((c) => ["--catalogue", c]), "--out-h", join(TMP, `gen/${name}_html.h`), "--out-c", join(TMP, `gen/${name}_html.c`), view]);
	return join(TMP, `gen/${name}_html.c`);
}

export function embed(name, ...files) {
	const out = join(TMP, `gen/${name}_migrations.c`);
	run(join(ROOT, "tools/embed-migrations.sh"), [name, out, ...files]);
	return out;
}

const words = (command) => command.match(/'[^']*'|"[^"]*"|\S+/g).map((w) => w.replace(/^(['"])(.*)\1$/, "$2"));

// Compiles as this build compiles src/app/features.c, which may include everything, and returns the object.
export function compile(file, ...flags) {
	const all = JSON.parse(readFileSync(join(BUILD, "compile_commands.json"), "utf8"));
	const like = words(all.find((c) => c.file.endsWith("src/app/features.c")).command);
	const args = [];
	for (let i = like.indexOf("gcc") >= 0 ? like.indexOf("gcc") + 1 : 1; i < like.length; i++) {
		if (["-o", "-MF", "-MQ", "-c"].includes(like[i])) i++;
		else if (like[i] !== "-MD") args.push(like[i]);
	}
	const object = join(TMP, "gen", `${file.replace(TMP, "").replace(/[^a-z0-9]+/gi, "_")}.o`);
	run("gcc", [...args, `-I${join(TMP, "src")}`, `-I${join(TMP, "src/features")}`, `-I${join(TMP, "gen")}`, `-I${join(ROOT, "tests")}`, "-Werror", ...flags, "-c", file, "-o", object], { cwd: BUILD });
	return object;
}

// Links as this build links TARGET, with our objects in place of (or before) those that `drop` names.
export function link(target, objects, drop) {
	const commands = run("ninja", ["-C", BUILD, "-t", "commands", target]).trim().split("\n");
	const like = words(commands.pop()), out = join(TMP, "gen", target.replace(/.*\//, "docs_")), args = [];
	for (let i = 1; i < like.length; i++) {
		if (like[i] === "-o") i++;
		else if (!drop.test(like[i])) args.push(like[i]);
	}
	run(like[0], ["-o", out, ...objects, ...args], { cwd: BUILD });
	return out;
}

export { run };
