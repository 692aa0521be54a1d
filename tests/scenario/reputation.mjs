// SPDX-License-Identifier: AGPL-3.0-or-later
// Reputation on the command line: a small community made here, and the real dump replayed against its published figures.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, TMP, check, done, equal, hearth, hearthOk, short, site, test } from "./lib.mjs";

const DUMP = join(ROOT, "../shared/data/stackexchange/quantumcomputing-2018-09");
const dump = existsSync(DUMP) ? undefined : { skip: "no ../shared/data" };
const data = ["--data", join(TMP, "quantum")];

// A table with a header line as objects.
function rows(text) {
	const [head, ...lines] = text.split("\n").map((l) => l.split("\t"));
	return lines.map((l) => Object.fromEntries(head.map((h, i) => [h, l[i]])));
}
const score = (...more) => rows(hearthOk("reputation", "score", ...data, "--tsv", ...more));

if (!dump) {
	hearthOk("init", ...data);
	hearthOk("space", "create", "quantum", "Quantum", ...data);
	hearthOk("import", "stackexchange", DUMP, ...data, "--space", "quantum");
}

await test("reputation/replay-gives-the-published-figures", () => {
	if (dump) return dump;
	const published = new Map();
	for (const [, id, points] of readFileSync(join(DUMP, "Users.xml"), "utf8").matchAll(/<row Id="(-?\d+)" Reputation="(\d+)"/g)) published.set(id, +points);
	const members = score("--rules", "stackexchange").filter((r) => +r.events > 0 && published.has(r.external_id));
	const off = (r) => Math.min(Math.abs(+r.points - published.get(r.external_id)), Math.abs(+r.points + 100 - published.get(r.external_id)));
	equal(members.length, 331, "members with events");
	check(members.filter((r) => off(r) === 0).length >= 248, "equal, modulo one bonus");
	check(members.filter((r) => off(r) <= Math.max(4, 0.05 * published.get(r.external_id))).length >= 319, "near");
	check(members.every((r) => +r.points >= 1 && Number.isInteger(+r.points)), "starts at 1, never below");
	return undefined;
});

// Days on which somebody wrote, taken from the dump itself: each counts once, and half of that after 30 days.
await test("reputation/engagement-is-days", () => {
	if (dump) return dump;
	const days = new Map(), at = Date.UTC(2018, 6, 1) / 864e5;
	for (const [file, who] of [["Posts.xml", "OwnerUserId"], ["Comments.xml", "UserId"]])
		for (const row of readFileSync(join(DUMP, file), "utf8").matchAll(/<row .*?\/>/gs)) {
			const id = row[0].match(new RegExp(` ${who}="(-?\\d+)"`))?.[1], day = Date.parse(`${row[0].match(/ CreationDate="([^"]{10})/)[1]}Z`) / 864e5;
			if (!id || day > at || (file === "Posts.xml" && !/ PostTypeId="[12]"/.test(row[0]))) continue;
			days.set(id, (days.get(id) ?? new Set()).add(day));
		}
	const members = score("--as-of", "2018-07-01").filter((r) => +r.engagement > 0);
	check(members.length > 100, `only ${members.length} members took part`);
	for (const r of members) {
		const sum = [...days.get(r.external_id)].reduce((n, d) => n + 2 ** (-(at - d) / 30), 0);
		check(Math.abs(sum - r.engagement) <= 0.002 * days.get(r.external_id).size, `${r.handle}: ${r.engagement}, by the dump ${sum}`);
	}
	return undefined;
});

await test("reputation/the-same-bytes-every-time", () => {
	if (dump) return dump;
	for (const pack of ["support-default", "stackexchange", "khoros-default", "discourse", "question2answer", "noisiest"]) {
		const once = hearthOk("reputation", "score", ...data, "--rules", pack, "--tsv");
		equal(hearthOk("reputation", "score", ...data, "--rules", pack, "--tsv") === once, true, pack);
		check(once.split("\n").length === 3463, `${pack}: a line for each member`);
	}
	return undefined;
});

await test("reputation/an-explanation-sums-to-the-score", () => {
	if (dump) return dump;
	for (const first of score("--as-of", "2018-07-01").slice(0, 5)) {
		const lines = rows(hearthOk("reputation", "explain", ...data, "--member", first.handle, "--as-of", "2018-07-01"));
		const thousandths = (r) => Math.round(+r.counts * 1000), total = lines.pop();
		equal(total.rule, "score", "the last line");
		equal(lines.reduce((sum, r) => sum + thousandths(r), 0), thousandths(total), first.handle);
		equal(thousandths(total), Math.round(+first.credibility * 1000), "the table's");
	}
	return undefined;
});

await test("reputation/as-of-knows-nothing-of-later", () => {
	if (dump) return dump;
	const early = score("--as-of", "2018-04-01"), none = score("--as-of", "2018-03-01");
	check(early.some((r) => +r.credibility > 0), "somebody helped by April");
	check(none.every((r) => +r.credibility === 0 && r.events === "0"), "before the first question");
	const bad = hearth("reputation", "score", ...data, "--as-of", "April");
	equal(bad.code, 2, "exit code");
	check(bad.err.includes("--as-of wants a date"), bad.err);
	return undefined;
});

await test("reputation/the-default-rules-foretell-best", () => {
	if (dump) return dump;
	const test = (rules) => JSON.parse(hearthOk("reputation", "backtest", ...data, "--at", "2018-06-24", "--horizon", "91", "--rules", rules, "--json"));
	const mine = test("support-default");
	check(mine.auc >= 0.88 && mine.ndcg10 >= 0.85, JSON.stringify(mine));
	check(mine.auc_interval[0] < mine.auc && mine.auc < mine.auc_interval[1], "the interval holds the value");
	for (const other of ["stackexchange", "khoros-default", "discourse", "question2answer", "noisiest"]) {
		const o = test(other);
		check(o.auc < mine.auc && o.ndcg10 < mine.ndcg10, `${other}: ${JSON.stringify(o)}`);
	}
	return undefined;
});

await test("reputation/what-if-says-who-moves", () => {
	if (dump) return dump;
	const what = (rules) => JSON.parse(hearthOk("reputation", "whatif", ...data, "--with", rules, "--json"));
	const same = what("support-default"), other = what("noisiest");
	equal([same.moved, same.ranks_gained, same.ranks_lost, same.tau], [0, 0, 0, 1], "the same rules");
	check(other.moved > 100 && other.tau < 0.8 && other.moves.length > 0, short(JSON.stringify(other)));
	equal(other.after.price_of_attack, 0, "who pays for noise is bought with noise");
	check(other.before.price_of_attack > 0, "the default rules are not");
	return undefined;
});

await test("reputation/seeds-can-be-named", () => {
	if (dump) return dump;
	// Only trusted credit counts here: with the allowance, on this community nearly all of it does, whoever the seeds are.
	const all = score(), text = readFileSync(join(ROOT, "src/features/rules/packs/support-default.toml"), "utf8")
		.replace(/^allowance = .*$/m, "allowance = 0").replace(/^rho = .*$/m, "rho = 0");
	const file = join(TMP, "strict.toml"), seeded = join(TMP, "seeded.toml"), names = all.slice(30, 36).map((r) => `"handle:${r.handle}"`).join(", ");
	writeFileSync(file, text);
	writeFileSync(seeded, text.replace(/^seeds = .*$/m, `seeds = [${names}]`));
	const credit = (...args) => score(...args).reduce((sum, r) => sum + +r.credibility, 0);
	const found = credit("--rules", file), named = credit("--rules", seeded), more = credit("--rules", seeded, "--seeds", all.slice(0, 10).map((r) => r.handle).join(","));
	check(named !== found, "named seeds take the place of found ones");
	check(more > named, "more seeds, more credit");
	return undefined;
});

await test("reputation/lint-and-bad-rules", () => {
	equal(hearth("reputation", "lint", "support-default").code, 0, "support-default");
	const file = join(TMP, "bad.toml");
	writeFileSync(file, '[ruleset]\nname = "bad"\nversion = 1\n\n[[rule]]\nid = "x"\non = "posted"\nscore = "credibility"\npoints = "thing + 1"\n');
	const r = hearth("reputation", "lint", file);
	equal(r.code, 2, "exit code");
	check(/bad\.toml:9: .*thing/.test(r.err), r.err);
	equal(hearth("reputation", "lint", "no-such-pack").code, 4, "no such pack");
});

await test("reputation/formulas-of-khoros", () => {
	const out = hearthOk("reputation", "khoros", "(net_accepted_solutions >= 5) && (net_kudos_weight_received > 20)");
	check(/^when = '.*>= 5.*&&.*> 20.*'$/m.test(out) && out.includes("[metric."), out);
	equal(hearth("reputation", "khoros", "(net_accepted_solutions >= ").code, 2, "half a formula");
});

await test("reputation/a-quiet-site-has-scores-too", () => {
	const { dir } = site("quiet");
	const all = rows(hearthOk("reputation", "score", "--data", dir, "--tsv"));
	equal(all.length, 1, "the administrator");
	equal(all[0].credibility, "0", "and nothing earned");
	equal(hearth("reputation", "backtest", "--data", dir, "--at", "2026-01-01", "--json").code, 2, "nothing to tell apart");
	check(hearth("reputation", "backtest", "--data", dir, "--at", "2026-01-01", "--horizon", "0").err.includes("--horizon"), "no days at all");
	equal(hearth("reputation", "explain", "--data", dir, "--member", "nobody").code, 4, "nobody of that name");
	const nothing = rows(hearthOk("reputation", "explain", "--data", dir, "--member", all[0].member_id));
	equal(nothing.map((r) => [r.rule, r.counts]), [["score", "0"]], "nothing to explain is said");
	for (const [option, verb] of [["--as-of", "score"], ["--rules", "score"], ["--score", "explain"]])
		check(hearth("reputation", verb, "--data", dir, "--member", "admin", option, "").code !== 0, `${verb} ${option} that is empty`);
});

await test("reputation/each-score-is-explained-of-days-that-are-known", () => {
	if (dump) return dump;
	for (const kind of ["credibility", "contribution", "conduct"])
		for (const r of score().slice(0, 3)) {
			const lines = rows(hearthOk("reputation", "explain", ...data, "--member", r.member_id, "--score", kind)), total = lines.pop();
			equal(total.counts, r[kind], `${kind} of ${r.handle}`);
			equal(lines.reduce((sum, l) => sum + Math.round(+l.counts * 1000), 0), Math.round(+r[kind] * 1000), "their sum");
		}
	equal(score("--as-of", "1969-12-31").every((r) => r.credibility === "0"), true, "before anything");
	const known = (at) => JSON.parse(hearthOk("reputation", "backtest", ...data, "--at", at, "--json")).known_days;
	equal([known("2018-06-01"), known("2018-08-30")], [91, 4], "what came after is known of so many days");
	return undefined;
});

done();
