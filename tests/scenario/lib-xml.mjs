// SPDX-License-Identifier: AGPL-3.0-or-later
// Is it well-formed XML 1.0? Enough of a parser to say no to everything a feed could get wrong: nesting, quoting,
// entities, forbidden characters, "]]>" in text. Returns the root as {name, attributes, text, all(name)}.
export function wellFormed(xml) {
	let at = 0;
	const fail = (why) => { throw new Error(`XML, at ${at}: ${why}: …${JSON.stringify(xml.slice(Math.max(0, at - 60), at + 60))}…`); };
	const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
	if (bad) { at = bad.index; fail(`forbidden character U+${bad[0].codePointAt(0).toString(16)}`); }
	const decode = (s) => {
		if (s.includes("<")) fail("< in a value");
		const m = /&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.exec(s);
		if (m) fail(`a bare & or an unknown entity: ${s.slice(m.index, m.index + 20)}`);
		return s.replace(/&(#x?)?(\w+);/g, (_, num, name) => (num ? String.fromCodePoint(parseInt(name, num === "#x" ? 16 : 10)) : { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name]));
	};
	const element = (name, attributes) => {
		const e = { name, attributes, text: "", children: [] };
		e.all = (wanted) => e.children.flatMap((c) => [...(c.name === wanted ? [c] : []), ...c.all(wanted)]);
		return e;
	};
	const root = element("", {}), stack = [root];
	const declaration = /^<\?xml [^?]*\?>/.exec(xml);
	if (!declaration) fail("no declaration");
	at = declaration[0].length;
	while (at < xml.length) {
		const top = stack[stack.length - 1], rest = xml.slice(at, at + 100000);
		let m;
		if ((m = /^<!\[CDATA\[[\s\S]*?\]\]>/.exec(rest))) top.text += m[0].slice(9, -3);
		else if ((m = /^<!--(?:(?!--)[\s\S])*-->/.exec(rest)) || (m = /^<\?[\s\S]*?\?>/.exec(rest))) { /* nothing */ }
		else if ((m = /^<\/([\w:.-]+)\s*>/.exec(rest))) {
			if (m[1] !== top.name) fail(`</${m[1]}> closes <${top.name}>`);
			stack.pop();
		} else if ((m = /^<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/.exec(rest))) {
			const attributes = {};
			for (const a of m[2].matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
				if (a[1] in attributes) fail(`${a[1]} twice`);
				attributes[a[1]] = decode(a[2] ?? a[3]);
			}
			const e = element(m[1], attributes);
			top.children.push(e);
			if (stack.length === 1 && root.children.length > 1) fail("two roots");
			if (!m[3]) stack.push(e);
		} else if ((m = /^[^<]+/.exec(rest))) {
			if (m[0].includes("]]>")) fail("]]> in text");
			const text = decode(m[0]);
			if (stack.length === 1 && text.trim()) fail("text outside the root");
			for (const open of stack) open.text += open === top ? text : "";
		} else fail("neither text nor a tag");
		at += m[0].length;
	}
	if (stack.length > 1) fail(`<${stack.pop().name}> is not closed`);
	return root.children[0] ?? fail("no root");
}
