// SPDX-License-Identifier: AGPL-3.0-or-later
// risk.mjs [DATA]: risky advice. Recall and classes on tests/text/risk.test.tsv (held back: the patterns were written looking
// at risk.train.tsv only), alarms on the posts of the imported community and on the questions of BANKING77. Prints rows
// for bench/RESULTS.md.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const data = process.argv[2] ?? '../shared/data/text';
function risks(lines) {
	const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', ['text', 'analyse', '--tasks', 'risk'], { input: lines.map((l) => l.replaceAll('\n', ' ') + '\n').join(''), maxBuffer: 1 << 30 });
	if (run.status !== 0) throw new Error(run.stderr.toString());
	return run.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l).risk.class);
}
const rows = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => l.split('\t'));
const entity = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = (s) => s.replace(/&(?:#x?([0-9a-fA-F]+)|(\w+));/g, (all, code, name) => (code ? String.fromCodePoint(parseInt(code, all[2] === 'x' ? 16 : 10)) : (entity[name] ?? all)));
const posts = [...readFileSync(`${data}/../stackexchange/quantumcomputing-2018-09/Posts.xml`, 'utf8').matchAll(/ Body="([^"]*)"/g)].map(([, body]) => decode(decode(body).replace(/<[^>]+>/g, ' ')));
const questions = rows(`${data}/train/intent_en_banking77.train.tsv`).map((r) => r[2]);
const alarms = (lines) => risks(lines).filter((c) => c !== 'harmless').length / lines.length;
const part = (name) => {
	const set = rows(`tests/text/risk.${name}.tsv`), got = risks(set.map((r) => r[2]));
	const risky = set.map((r, i) => [r[0], got[i]]).filter(([gold]) => gold !== 'harmless'), rest = set.map((r, i) => [r[0], got[i]]).filter(([gold]) => gold === 'harmless');
	return { n: risky.length, recall: risky.filter(([, g]) => g !== 'harmless').length / risky.length, right: risky.filter(([gold, g]) => gold === g).length / risky.length, wrong: rest.filter(([, g]) => g !== 'harmless').length, rest: rest.length };
};
const test = part('test'), train = part('train'), short = (v) => v.toFixed(3).replace(/^0/, ''), percent = (v) => `${(v * 100).toFixed(2)} %`;
const community = alarms(posts), bank = alarms(questions);
console.log(`| risky advice (own set, held-back part, ${test.n} risky), recall; alarms on the community and on BANKING77 | **${short(test.recall)}; ${percent(community)}, ${percent(bank)}** | .90 at 2 % | .95 | right class ${short(test.right)}; ${test.wrong} of ${test.rest} harmless sentences that sound alike taken for risky; on the part that the patterns were written from ${short(train.recall)} |`);
process.exitCode = test.recall >= 0.9 && community <= 0.02 && bank <= 0.02 ? 0 : 1;
