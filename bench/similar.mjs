// SPDX-License-Identifier: AGPL-3.0-or-later
// similar.mjs NAME FAQ.tsv ASKED.tsv […]: each question of ASKED is asked of the questions of FAQ (label, language, text); right is one of
// its own label. Prints a row for bench/RESULTS.md: the first three arguments decide it, three more each are details.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const rows = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => l.split('\t')).filter(([label]) => label !== 'oos');
const dir = mkdtempSync(`${tmpdir()}/similar-`);

function measure(faq, asked) {
	writeFileSync(`${dir}/faq`, rows(faq).map(([label, , text]) => `${label}\t${text}\n`).join(''));
	const questions = rows(asked), args = ['text', 'similar', '--corpus', `${dir}/faq`];
	if (process.env.MODEL) args.push('--model', process.env.MODEL);
	const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', args, { input: questions.map((r) => r[2] + '\n').join(''), maxBuffer: 1 << 30 });
	if (run.status !== 0) throw new Error(run.stderr.toString());
	const places = run.stdout.toString().trimEnd().split('\n').map((l, i) => JSON.parse(l).similar.findIndex((hit) => hit.id === questions[i][0]));
	const within = (n) => places.filter((p) => p >= 0 && p < n).length / places.length;
	return { n: places.length, first: within(1), five: within(5) };
}

const short = (v) => v.toFixed(3).replace(/^0/, '');
const [name, faq, asked, ...more] = process.argv.slice(2), got = measure(faq, asked), details = [];
for (let i = 0; i + 2 < more.length; i += 3) {
	const other = measure(more[i + 1], more[i + 2]);
	details.push(`${more[i]}: ${short(other.first)} / ${short(other.five)} of ${other.n}`);
}
rmSync(dir, { recursive: true });
console.log(`| similar question, ${name}, ${got.n} asked, first / one of five right | **${short(got.first)} / ${short(got.five)}** | .82 / .95 | .90 / .97 | ${details.join('; ') || '-'} |`);
process.exitCode = got.first >= 0.82 && got.five >= 0.95 ? 0 : 1;
