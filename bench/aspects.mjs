// SPDX-License-Identifier: AGPL-3.0-or-later
// aspects.mjs: what a feeling is about, and why. On tests/text/aspects.tsv, our own texts: the first column lists what is to be
// found, "+camera|it works in the dark;-price" (a sign, the aspect, its reason if one is given) or "none". An aspect is found if
// half of the words of either are the same, so is a reason. Prints rows for bench/RESULTS.md; SHOW=1 the mistakes.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const words = (s) => s.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
function alike(a, b) {
	const x = words(a), y = words(b), both = x.filter((w) => y.includes(w)).length;
	return both > 0 && both * 2 >= Math.max(x.length, y.length);
}
const wanted = (label) => (label === 'none' ? [] : label.split(';').map((s) => ({ good: s[0] === '+', aspect: s.slice(1).split('|')[0], reason: s.split('|')[1] })));
const rows = readFileSync('tests/text/aspects.tsv', 'utf8').trimEnd().split('\n').map((l) => l.split('\t'));
const model = process.env.MODEL ? ['--model', process.env.MODEL] : [];
const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', ['text', 'analyse', '--tasks', 'aspects', ...model], { input: rows.map((r) => r[2] + '\n').join('') });
if (run.status !== 0) throw new Error(run.stderr.toString());
const said = run.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l).aspects);

function measure(choose) {
	const n = { texts: 0, gold: 0, got: 0, found: 0, sign: 0, reasons: 0, given: 0, right: 0 };
	rows.forEach(([label, language], i) => {
		if (!choose(language)) return;
		const gold = wanted(label), left = [...said[i]];
		n.texts++;
		n.gold += gold.length;
		n.got += left.length;
		n.reasons += gold.filter((g) => g.reason).length;
		n.given += left.filter((a) => a.reason).length;
		let good = gold.length === left.length;
		for (const g of gold) {
			const at = left.findIndex((a) => alike(a.aspect.words, g.aspect));
			if (at < 0) {
				good = false;
				continue;
			}
			const [a] = left.splice(at, 1);
			n.found++;
			n.sign += a.polarity > 0 === g.good;
			n.right += Boolean(g.reason && a.reason && alike(a.reason.words, g.reason));
			good &&= a.polarity > 0 === g.good && Boolean(a.reason) === Boolean(g.reason);
		}
		if (!good && process.env.SHOW) console.error(label, '<-', rows[i][2], JSON.stringify(said[i].map((a) => [a.aspect.words, a.polarity, a.reason?.words])));
	});
	return n;
}
const part = (a, b) => (b ? (a / b).toFixed(3).replace(/^0/, '') : '-');
const f1 = (hit, got, gold) => part(2 * hit, got + gold);
for (const [name, choose] of [['English', (l) => l === 'en'], ['five other languages', (l) => l !== 'en']]) {
	const n = measure(choose);
	console.log(`| aspects, own set, ${name}, ${n.texts} texts: F1 of aspects; of reasons | **${f1(n.found, n.got, n.gold)}; ${f1(n.right, n.given, n.reasons)}** | - | - | precision ${part(n.found, n.got)}, recall ${part(n.found, n.gold)} of ${n.gold}; liked or not told right of ${part(n.sign, n.found)}; reasons: precision ${part(n.right, n.given)}, recall ${part(n.right, n.reasons)} of ${n.reasons} |`);
}
