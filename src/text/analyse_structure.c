// SPDX-License-Identifier: AGPL-3.0-or-later
// The tasks of an analysis that look at parts of a text rather than at the whole: what it names, and the text without
// what is personal.
#include "base/json.h"
#include "base/utf8.h"
#include "text/analyse.h"

#include <utf8proc.h>

#define REDACTED_BYTES (TEXT_MAX_BYTES * 4)

static TextStructure *structure_of(TextEngine *e)
{
	if (e->structure) return e->structure;
	e->structure = ARENA_NEW(e->arena, TextStructure, 1);
	e->structure->entities = entities_new(e->arena, e->catalogue);
	e->structure->redacted = buf_init(e->arena, REDACTED_BYTES, REDACTED_BYTES);
	return e->structure;
}

void analyse_structure(TextEngine *e, Str text, Analysis *a)
{
	TextStructure *s = structure_of(e);
	a->structure = s;
	if (text.n > TEXT_MAX_BYTES) text = utf8_cut(text, TEXT_MAX_BYTES);
	if (a->tasks & ANALYSE_REDACT) {
		s->redacted.n = 0;
		entities_redact(s->entities, text, &s->redacted);
	}
	if (a->tasks & ANALYSE_ENTITIES) entities_find(s->entities, text);
}

void analysis_write_text(Buf *b, Str s)
{
	if (utf8_valid(s)) {
		buf_json_escaped(b, s);
		return;
	}
	buf_char(b, '"');
	for (size_t at = 0; at < s.n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
		size_t bytes = n > 0 ? (size_t)n : 1;
		if (n <= 0 || c < ' ' || c == '"' || c == '\\') buf_format(b, "\\u%04x", n > 0 ? (unsigned)c : 0xfffdu);
		else buf_mem(b, s.p + at, bytes);
		at += bytes;
	}
	buf_char(b, '"');
}

void analysis_write_structure(Buf *b, const Analysis *a)
{
	const TextStructure *s = a->structure;
	if (a->tasks & ANALYSE_ENTITIES) {
		buf_str(b, S(",\"entities\":"));
		entities_write(b, s->entities);
	}
	if (a->tasks & ANALYSE_REDACT) {
		buf_str(b, S(",\"redacted\":"));
		analysis_write_text(b, buf_view(&s->redacted));
	}
}
