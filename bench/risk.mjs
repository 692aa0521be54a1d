// SPDX-License-Identifier: AGPL-3.0-or-later
// risk.mjs [DATA]: risky advice. Recall and classes on tests/text/risk.kept.tsv (the head is learnt from risk.train.tsv, the
// patterns were mended by it), alarms on the posts and comments of the imported community and on the questions of BANKING77.
// risk.fresh.tsv: orders and advice that were written later, in several tones, half of the verbs the same in both classes; nothing was learnt from
// them. Prints a row for bench/RESULTS.md.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const data = process.argv[2] ?? '../shared/data/text';
const model = process.env.MODEL ? ['--model', process.env.MODEL] : [];
function risks(lines) {
	const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', ['text', 'analyse', '--tasks', 'risk', ...model], { input: lines.map((l) => l.replaceAll('\n', ' ') + '\n').join(''), maxBuffer: 1 << 30 });
	if (run.status !== 0) throw new Error(run.stderr.toString());
	return run.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l).risk.class);
}
const rows = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => l.split('\t'));
const dump = (file, attribute) => spawnSync(process.execPath, ['bench/community.mjs', data, file, attribute], { maxBuffer: 1 << 30 }).stdout.toString().trimEnd().split('\n');
const questions = rows(`${data}/train/intent_en_banking77.train.tsv`).map((r) => r[2]);
const alarms = (lines) => risks(lines).filter((c) => c !== 'harmless').length / lines.length;
const part = (name, language = '') => {
	const set = rows(`tests/text/risk.${name}.tsv`).filter((r) => r[1].startsWith(language)), got = risks(set.map((r) => r[2]));
	const pairs = set.map((r, i) => [r[0], got[i]]), risky = pairs.filter(([gold]) => gold !== 'harmless'), rest = pairs.filter(([gold]) => gold === 'harmless');
	const share = (list, test) => list.filter(test).length / list.length;
	return { n: risky.length, recall: share(risky, ([, g]) => g !== 'harmless'), right: share(risky, ([gold, g]) => gold === g), wrong: rest.filter(([, g]) => g !== 'harmless').length, rest: rest.length };
};
const kept = part('kept'), train = part('train'), fresh = part('fresh', 'en'), german = part('fresh', 'de'), short = (v) => v.toFixed(3).replace(/^0\./, '.'), percent = (v) => `${(v * 100).toFixed(2)} %`;
const community = alarms(dump('Posts', 'Body')), comments = alarms(dump('Comments', 'Text')), bank = alarms(questions);
console.log(`| risky advice (own set, kept back, ${kept.n} risky), recall; alarms on the community and on BANKING77 | **${short(kept.recall)}; ${percent(community)}, ${percent(bank)}** | .90 at 2 % | .95 | right class ${short(kept.right)}; ${kept.wrong} of ${kept.rest} harmless sentences that sound alike taken for risky; alarms on the community's comments ${percent(comments)}; on the part it was learnt from ${short(train.recall)}, ${train.wrong} of ${train.rest}; plain orders written afresh, English (${fresh.n} risky) ${short(fresh.recall)}, ${fresh.wrong} of ${fresh.rest}, German, which it does not know (${german.n} risky) ${short(german.recall)}, ${german.wrong} of ${german.rest} |`);
process.exitCode = kept.recall >= 0.9 && community <= 0.02 && comments <= 0.02 && bank <= 0.02 ? 0 : 1;
