// SPDX-License-Identifier: AGPL-3.0-or-later
// sentences.mjs FILE [POSTS]: the language of each sentence in posts that mix two languages. FILE is label TAB language TAB
// sentence; a post is two to four sentences, in turn of two languages. Prints a row for bench/RESULTS.md. MODEL=FILE for
// another model than the program's own: the figure is worth something only where the sentences are not what it learnt from.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [file, posts = '4000'] = process.argv.slice(2);
let state = 12345n;
const random = (n) => Number((state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn) >> 33n) % n;
const by = {};
for (const line of readFileSync(file, 'utf8').split('\n')) {
	const [, language, text] = line.split('\t');
	if (text && text.length < 300) (by[language] ??= []).push(/[.!?…。؟।]["”»)]*$/.test(text.trim()) ? text.trim() : text.trim() + '.');
}
const languages = Object.keys(by);
const made = Array.from({ length: +posts }, () => {
	const a = random(languages.length), b = (a + 1 + random(languages.length - 1)) % languages.length, gold = [];
	let text = '';
	for (let i = 0, n = 2 + random(3); i < n; i++) {
		const language = languages[i % 2 ? b : a], sentence = by[language][random(by[language].length)];
		if (i) text += ' ';
		const at = Buffer.byteLength(text);
		text += sentence;
		gold.push({ language, at, end: Buffer.byteLength(text) });
	}
	return { text, gold };
});
const args = ['text', 'analyse', '--tasks', 'sentences', ...(process.env.MODEL ? ['--model', process.env.MODEL] : [])];
const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', args, { input: made.map((p) => p.text + '\n').join(''), maxBuffer: 1 << 30 });
if (run.status !== 0) throw new Error(run.stderr.toString());
let right = 0, all = 0;
const confused = {};
run.stdout.toString().trimEnd().split('\n').forEach((line, i) => {
	const found = JSON.parse(line).sentences;
	for (const g of made[i].gold) {
		const overlap = (f) => Math.min(f.end, g.end) - Math.max(f.at, g.at);
		const best = found.reduce((x, f) => (overlap(f) > overlap(x) ? f : x), found[0]);
		all++;
		if (best.language === g.language) right++;
		else confused[`${g.language}>${best.language}`] = (confused[`${g.language}>${best.language}`] ?? 0) + 1;
	}
});
const worst = Object.entries(confused).sort((x, y) => y[1] - x[1]).slice(0, 6).map(([k, v]) => `${k} ${v}`).join(', ');
console.log(`| language per sentence, ${made.length} generated posts of two of ${languages.length} languages | **${(right / all).toFixed(3).slice(1)}** | .95 | .98 | ${all} sentences of the tenth that a trial training did not see; most confused: ${worst} |`);
process.exitCode = right / all >= 0.95 ? 0 : 1;
