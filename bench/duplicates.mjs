// SPDX-License-Identifier: AGPL-3.0-or-later
// duplicates.mjs [DATA]: near-duplicates. 8,000 different tweets and an edited copy of each, which are (in turn) a retweet with an address, a
// word dropped, a word changed, a word changed in a retweet. Recall: how many copies name their original. Pairs among the originals count as
// false, though most are real repeats. Prints a row for bench/RESULTS.md.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const data = process.argv[2] ?? '../shared/data/text', TEXTS = 8000;
let seed = 12345;
const chance = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % n);
const all = [...new Set(readFileSync(`${data}/train/sent_en_tweeteval.train.tsv`, 'utf8').trimEnd().split('\n').map((l) => l.split('\t')[2].trim()))];
const texts = all.filter((t) => t.split(' ').length >= 6).filter((_, i) => i % 5 === 0).slice(0, TEXTS);
const retweet = (t) => `RT @someone: ${t} https://t.co/${chance(1e6).toString(36)}`;
const drop = (t) => { const w = t.split(' '); w.splice(chance(w.length), 1); return w.join(' '); };
const change = (t) => { const w = t.split(' '); w[chance(w.length)] = 'something'; return w.join(' '); };
const edits = [retweet, drop, change, (t) => retweet(change(t))];
const copies = texts.map((t, i) => edits[i % edits.length](t));
const run = spawnSync(process.env.HEARTH ?? 'build/release/hearth', ['text', 'duplicates'], { input: [...texts, ...copies].map((t) => t + '\n').join(''), maxBuffer: 1 << 30 });
if (run.status !== 0) throw new Error(run.stderr.toString());
const found = run.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l).duplicates.map((d) => d.line - 1));
const n = texts.length, recall = copies.filter((_, i) => found[n + i].includes(i)).length / n;
const among = found.slice(0, n).reduce((sum, d) => sum + d.length, 0), million = among / (n * (n - 1) / 2 / 1e6);
console.log(`| near-duplicates, ${n} tweets and an edited copy of each, recall; pairs among the originals per million | **${recall.toFixed(3).replace(/^0/, '')}; ${million.toFixed(1)}** | .95 at 1 | .99 | ${among} pairs, nearly all of them real repeats (the same news twice, a retweet with a word before it) |`);
process.exitCode = recall >= 0.95 ? 0 : 1;
