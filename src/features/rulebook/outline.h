// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands where in a text of rules, as the parser of TOML finds it: headings and what follows each. What cannot be read is looked
// at from heading to heading, without the lines that are wrong, so that an editor has a table of contents of it, too. What the rules
// mean is for rules/rules.h alone.
//
//   Sections now = rulebook_outline(a, in_force), then = rulebook_outline(a, typed);
//   const Section *same = rulebook_section(&now, &then.v[i]);      // NULL: it is new
//   bool changed = same && !str_eq(same->text, then.v[i].text);
#pragma once
#include "rules/rules.h"

#define RULEBOOK_SECTIONS_MAX 400

typedef struct Section {
	Str kind;  // "rule", "cap", "score", …
	Str id;    // its id or name, "credibility" of [score.credibility]; absent: there is one of the kind
	Str title; // for members; absent: none
	Str gives; // what it comes to: points of a rule, the limit, the condition; in one line, cut if it is very long
	Str score; // of a rule
	Str text;  // all that it says, in the order of its lines; equal if only remarks, white space and spelling are not
	int line;  // of the heading
} Section;
typedef struct Sections {
	Section *v;
	size_t n;
} Sections;

Sections rulebook_outline(Arena *a, Str toml);                          // the first RULEBOOK_SECTIONS_MAX
const Section *rulebook_section(const Sections *in, const Section *of); // the one of the same kind and id
