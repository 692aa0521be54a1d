// SPDX-License-Identifier: AGPL-3.0-or-later
// community.mjs DATA FILE ATTRIBUTE: the texts of the imported community, one a line, without markup.
import { readFileSync } from 'node:fs';

const [data, file, attribute] = process.argv.slice(2);
const entity = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = (s) => s.replace(/&(?:#x?([0-9a-fA-F]+)|(\w+));/g, (all, code, name) => (code ? String.fromCodePoint(parseInt(code, all[2] === 'x' ? 16 : 10)) : (entity[name] ?? all)));
const dump = readFileSync(`${data}/../stackexchange/quantumcomputing-2018-09/${file}.xml`, 'utf8');
for (const [, text] of dump.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))) process.stdout.write(decode(decode(text).replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ') + '\n');
