// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page of docs/ has an example, and it works: shell blocks are run against a site that has what they speak of,
// the feature of adding-a-feature.md is put together from the pages, built, tested and served, and what remains of SQL, C
// and templates is compiled. Blocks that need root, systemd, make or a PostgreSQL of their own are left out.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, HEARTH, ROOT, TMP, api, check, done, equal, hearthOk, lastLine, serve, source, start, test } from "./lib.mjs";
import { PAGES, block, blocksOf, compile, embed, link, put, run, sqlc, tmplc } from "./lib-docs.mjs";

const tried = new Set(); // pages with an example that worked

// --- shell --------------------------------------------------------------------------------------------------------------

const dir = join(TMP, "site"), bin = join(TMP, "bin");
mkdirSync(bin);
mkdirSync(join(TMP, "backup"));
symlinkSync(HEARTH, join(bin, "hearth"));
mkdirSync(join(TMP, "quantumcomputing-2018-09"));
for (const name of ["Users", "Tags", "Posts", "Comments", "PostLinks", "Votes", "Badges"]) writeFileSync(join(TMP, `quantumcomputing-2018-09/${name}.xml`), `<${name.toLowerCase()}>\n</${name.toLowerCase()}>\n`);
hearthOk("init", "--data", dir);
hearthOk("space", "create", "support", "Support", "--data", dir);
for (const handle of ["ada", "maria"]) hearthOk("user", "add", handle, "--data", dir);
const server = await serve(dir, "--no-rate-limits"), ada = api(server.port, lastLine(hearthOk("token", "create", "--member", "ada", "--data", dir)));
const topic = (await ada.post("/api/v1/topics", { space: "support", title: "The mesh node loses its firmware", body: "It blinks **twice**." })).json;

// What pages read from files of the reader's own.
const INPUTS = { "posts.txt": "My kettle leaks\nMy kettle leaks\nSomething else\n", "q.tsv": "1\tkettle AND leaks\n", "faq.tsv": "1\tMy kettle leaks\n2\tThe lid is stuck\n", asked: "Why does the kettle leak?\n", answers: "Why does the kettle leak?\tThe seal is worn, a new one costs 3 euros.\n" };
for (const [name, text] of Object.entries(INPUTS)) writeFileSync(join(TMP, name), text);
// Lines that need public data sets.
const NEEDS_SETS = /^.*\bhearth text (evaluate|train)\b.*\n/gm;
const NOT_HERE = /\b(sudo|systemctl|createdb|make|psql)\b|--tls-cert|db\.example/;
// Paths and addresses of the page become those of this run; a server is stopped after a second and has to end well.
const here = (text) => text
	.replace(/\/(srv|var\/lib)\/hearth/g, dir).replace(/\/srv\/dumps/g, TMP).replace(/\/backup\//g, `${TMP}/backup/`)
	.replace(/http:\/\/127\.0\.0\.1:8080/g, server.url)
	.replace(/^(hearth serve [^#\n]*)/gm, (line) => `{ timeout -s TERM 2 ${line.trim()} --listen 127.0.0.1:0 || [ $? -eq 124 ]; } `);

await test("docs/shell-examples-run", () => {
	for (const page of PAGES) {
		const blocks = blocksOf(page).filter((b) => b.language === "sh" && !NOT_HERE.test(b.text)).map((b) => b.text.replace(NEEDS_SETS, "")).filter((text) => text.trim());
		if (!blocks.length) continue;
		const script = `set -eu\ncurl() { command curl -sS "$@"; echo; }\n${here(blocks.join("\n"))}`;
		const out = run("bash", ["-c", script], { cwd: TMP, timeout: 60000, env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ID: topic.id } });
		check(!/"status":\s*[45]\d\d/.test(out), `docs/${page}.md: ${out}`);
		// A line of its own that begins with a status says what comes.
		for (const m of blocks.join("\n").matchAll(/^# (HTTP\/1\.1 \d{3} [A-Z][A-Za-z ]+[a-z]|\d{3})$/gm)) check(out.includes(m[1]), `docs/${page}.md promises "${m[1]}": ${out}`);
		tried.add(page);
	}
});
await server.stop();

// --- SQL, C and templates that stand alone --------------------------------------------------------------------------------

// Statements go into a function that has the names they use; what begins with `static` goes before it.
function compileStatements(name, includes, parameters, text) {
	const parts = text.split("\n\n"), outside = parts.filter((p) => p.startsWith("static")), inside = parts.filter((p) => !p.startsWith("static"));
	return compile(put(`src/${name}.c`, `// SPDX-License-Identifier: AGPL-3.0-or-later\n${includes.map((i) => `#include "${i}"\n`).join("")}${outside.join("\n\n")}\nStatus ${name}(${parameters});\nStatus ${name}(${parameters})\n{\n${inside.join("\n\n")}\nreturn ST_OK;\n}\n`), "-Wno-unused-function", "-Wno-unused-variable", "-Wno-unused-parameter", "-Wno-error");
}

await test("docs/database", () => {
	sqlc("docs", put("docs.sql", block("database", "sql", "-- name:")));
	compile(put("src/docs_setting.c", `#include "core_sql.h"\n${block("database", "c", "Status setting_find")}`)); // the same prototype
	compileStatements("docs_database", ["core_sql.h"], "Ctx *cx, Store *store, TxFn put_url, Str url, SettingFindRow row, bool found", block("database", "c", "db_begin"));
	tried.add("database");
});

await test("docs/facts", () => {
	compileStatements("docs_append", ["core/fact.h"], "Ctx *cx, Tx *tx, Id me, Id post, Id author, Id space", block("facts", "c", "fact_append"));
	compileStatements("docs_read", ["core/job.h"], "Ctx *cx, Store *store", block("facts", "c", "facts_read"));
	compileStatements("docs_fresh", ["core/job.h"], "void", block("facts", "c", ".fresh ="));
	tried.add("facts");
});

await test("docs/templates", () => {
	put("src/docs_view.h", `#pragma once\n#include "web/html.h"\ntypedef struct DocsComments { struct { Str text; } *v; size_t n; } DocsComments;\ntypedef struct AnswerView { Id id; Str handle; SafeHtml html; bool solved; DocsComments comments; } AnswerView;\n`);
	const messages = put("docs.en.txt", "topic.no_comments = No comments yet\n");
	const view = put("views/docs.html", `{% include "docs_view.h" %}\n{% include "assets_gen.h" %}\n${block("templates", "html", "{% template answer")}`);
	compile(tmplc("docs", view, messages));
	tried.add("templates");
});

await test("docs/rule-files-load", () => {
	for (const page of PAGES)
		for (const b of blocksOf(page).filter((x) => x.language === "toml")) {
			check(hearthOk("reputation", "lint", put("rules.toml", b.text)), `docs/${page}.md: lint says nothing`);
			tried.add(page);
		}
});

// --- the feature that adding-a-feature.md makes ---------------------------------------------------------------------------

const SPDX = "// SPDX-License-Identifier: AGPL-3.0-or-later\n";
const objects = [];
await test("docs/a-feature-is-put-together", () => {
	const F = "src/features/notice", html = block("adding-a-feature", "html", "{% template page");
	const migration = put(`${F}/migrations/0001_notice.sql`, block("adding-a-feature", "sql", "CREATE TABLE"));
	const queries = put(`${F}/queries.sql`, block("adding-a-feature", "sql", "-- name:"));
	put(`${F}/notice.h`, `${SPDX}#pragma once\n#include "core/site.h"\n#include "web/route.h"\n#include "notice_sql.h"\nextern const Migration notice_migrations[];\nextern const size_t notice_migrations_n;\nStatus notice_create(Ctx *cx, Tx *tx, Str text);\nFeature notice_feature(void);\n`);
	put(`${F}/view.h`, `${SPDX}#pragma once\n#include "web/shell.h"\n${block("adding-a-feature", "c", "typedef struct NoticeView")}`);
	const messages = put(`${F}/messages.en.txt`, "notice.title = Notice\nnotice.none = No notice now.\nnotice.error = Write something.\n");
	const model = put(`${F}/model.c`, `${SPDX}#include "notice/notice.h"\n${block("adding-a-feature", "c", "Status notice_create")}`);
	const pages = put(`${F}/pages.c`, `${SPDX}#include "notice/notice.h"\n#include "notice/view.h"\n#include "notice_html.h"\n#include "web/i18n.h"\n${block("adding-a-feature", "c", "notice_page(")}\n${block("routes-and-forms", "c", "const Route ROUTES")}\n${block("adding-a-feature", "c", "Feature notice_feature")}`);
	const view = put(`${F}/views/notice.html`, html);
	for (const c of [sqlc("notice", queries, join(TMP, F, "migrations")), tmplc("notice", view, messages), embed("notice", migration), model, pages]) objects.push(compile(c));
});

await test("docs/its-test-passes", () => {
	const file = put("src/features/notice/model_test.c", `${SPDX}#include "notice/notice.h"\n#include "core/store_testkit.h"\n#include "test.h"\n${block("testing", "c", "TEST(the_newest_notice_counts)")}`);
	const main = join(TMP, "gen/test_notice_main.c");
	run(join(ROOT, "tools/collect-tests.sh"), [main, file]);
	const binary = link("src/test_members", [...objects, compile(file, '-DTEST_UNIT="notice"'), compile(main)], /test_members_main|members_.*_test\.c\.o/);
	check(run(binary, []).includes("the_newest_notice_counts"), "the test did not run");
	tried.add("testing");
});

let program;
await test("docs/its-pages-are-served", async () => {
	// THE list of features with one more, before the library's own.
	const list = source("src/app/features.c"), end = "\tapp->features_n = n;";
	check(list.includes(end), "the list ends in another way");
	const more = put("src/app/features.c", list.replace(end, `\tapp->features[n++] = notice_feature();\n${end}`).replace("#include", '#include "notice/notice.h"\n#include'));
	program = link("hearth", [...objects, compile(more)], /$^/);
	const place = join(TMP, "notice"), password = lastLine(run(program, ["init", "--data", place]));
	const it = await start("serve", place, { program }), admin = new Browser(it.port), guest = new Browser(it.port);
	const none = await guest.get("/notice");
	equal(none.status, 200, "notice");
	check(none.body.includes("No notice now."), none.body);
	equal((await guest.post("/notice", { text: "Not I" })).headers.location?.startsWith("/sign-in"), true, "guests may not");
	equal((await admin.post("/sign-in", { handle: "admin", password, next: "/notice" })).status, 303, "sign-in");
	await admin.get("/notice");
	await admin.get("/settings");
	equal((await admin.post("/notice", { text: "Closed on <Friday>" })).status, 303, "post");
	check((await guest.get("/notice")).body.includes("Closed on &lt;Friday&gt;"), "the notice");
	const wrong = await admin.post("/notice", { text: "" });
	equal(wrong.status, 422, "an empty one");
	await it.stop();
	for (const page of ["adding-a-feature", "routes-and-forms"]) tried.add(page);
});

await test("docs/every-page-has-an-example-that-ran", () => equal(PAGES.filter((p) => !tried.has(p)), [], "pages without one"));
await test("docs/a-page-is-one-screen", () => equal(PAGES.filter((p) => source(`docs/${p}.md`).split("\n").length > 170), [], "longer ones"));
done();
