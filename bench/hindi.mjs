// SPDX-License-Identifier: AGPL-3.0-or-later
// hindi.mjs [DATA]: UMSAB's development texts in romanised Hindi with the labels that were given anew (tests/text/hindi.labels.tsv, by
// FNV-1a of the text's bytes), as lines of `label TAB language TAB text`.
import { readFileSync } from 'node:fs';

const data = process.argv[2] ?? '../shared/data/text';
const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => l.split('\t'));
const key = (text) => Buffer.from(text).reduce((h, c) => ((h ^ BigInt(c)) * 0x100000001b3n) & 0xffffffffffffffffn, 0xcbf29ce484222325n).toString(16).padStart(16, '0');
const labels = new Map(lines('tests/text/hindi.labels.tsv').map(([label, of]) => [of, label]));
for (const [, language, text] of lines(`${data}/train/sent_multi_umsab.dev.tsv`)) {
	if (language !== 'hi') continue;
	const label = labels.get(key(text));
	if (!label) throw new Error(`no label for ${key(text)}`);
	console.log(`${label}\thi\t${text}`);
}
